import copy

import pytest

from chainmap.server.compatibility import breaking_changes

OLD = {
    "components": {
        "headers": {
            "ETag": {"schema": {"type": "string"}, "required": True},
            "Link": {"schema": {"type": "string"}, "required": False},
        },
        "schemas": {
            "City": {
                "type": "object",
                "required": ["code", "name"],
                "properties": {
                    "code": {"type": "string"},
                    "name": {"type": "string"},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "day": {"type": "string", "format": "date"},
                    "state": {"type": "string", "enum": ["a", "b"]},
                    "near": {"type": "array", "items": {"$ref": "#/components/schemas/City"}},
                },
            },
            "Question": {
                "type": "object",
                "additionalProperties": False,
                "required": ["city"],
                "properties": {
                    "city": {"type": "string", "maxLength": 20},
                    "top": {"type": "integer", "maximum": 500},
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "limit": {"type": "integer", "default": 20},
                },
            },
        },
    },
    "paths": {
        "/cities": {
            "get": {
                "operationId": "listCities",
                "parameters": [
                    {"in": "query", "name": "q", "schema": {"type": "string"}},
                    {"in": "query", "name": "top", "schema": {"type": "integer", "minimum": 1}},
                ],
                "responses": {
                    "200": {
                        "headers": {
                            "ETag": {"$ref": "#/components/headers/ETag"},
                            "Link": {"$ref": "#/components/headers/Link"},
                        },
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/City"},
                                }
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"content": {}},
                },
            },
            "post": {
                "operationId": "ask",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Question"}}
                    }
                },
                "responses": {"200": {"content": {}}},
            },
        }
    },
}


def changed(change):
    new = copy.deepcopy(OLD)
    cities = new["paths"]["/cities"]
    change(new["components"]["schemas"], cities.get("get"), cities.get("post"), new)
    return breaking_changes(OLD, new)


def test_the_same_contract_breaks_nothing():
    assert breaking_changes(OLD, copy.deepcopy(OLD)) == []


HARMLESS = {
    "a new operation": lambda s, g, p, n: n["paths"].update({"/x": {"get": g}}),
    "an optional parameter": lambda s, g, p, n: g["parameters"].append(
        {"in": "query", "name": "new", "schema": {"type": "string"}}
    ),
    "a field more in an answer": lambda s, g, p, n: s["City"]["properties"].update(
        {"new": {"type": "string"}}
    ),
    "an optional field more in a question": lambda s, g, p, n: s["Question"]["properties"].update(
        {"new": {"type": "string"}}
    ),
    "a wider limit": lambda s, g, p, n: s["Question"]["properties"]["top"].update(maximum=1000),
    "a form more": lambda s, g, p, n: g["responses"]["200"]["content"].update({"x/y": {}}),
    "a header more": lambda s, g, p, n: g["responses"]["200"]["headers"].update(
        {"Sunset": {"schema": {"type": "string"}}}
    ),
    "a header in other letters": lambda s, g, p, n: g["responses"]["200"]["headers"].update(
        {"etag": g["responses"]["200"]["headers"].pop("ETag")}
    ),
    "a header that always comes": lambda s, g, p, n: n["components"]["headers"]["Link"].update(
        required=True
    ),
    "a status more": lambda s, g, p, n: g["responses"].update({"410": {}}),
    "one kind more to ask for": lambda s, g, p, n: s["Question"]["properties"]["kind"][
        "enum"
    ].append("c"),
    "an answer that is null no more": lambda s, g, p, n: s["City"]["properties"].update(
        {"note": {"type": "string"}}
    ),
}

BREAKING = {
    "/cities: removed": lambda s, g, p, n: n["paths"]["/cities"].pop("get"),
    "operationId": lambda s, g, p, n: g.update(operationId="cities"),
    "now needs a key": lambda s, g, p, n: g.update(security=[{"bearer": []}]),
    "parameter q removed": lambda s, g, p, n: g["parameters"].pop(0),
    "parameter q is now required": lambda s, g, p, n: g["parameters"][0].update(required=True),
    "new required parameter x": lambda s, g, p, n: g["parameters"].append(
        {"in": "query", "name": "x", "required": True, "schema": {}}
    ),
    "minimum is now 5": lambda s, g, p, n: g["parameters"][1]["schema"].update(minimum=5),
    "pattern": lambda s, g, p, n: g["parameters"][0]["schema"].update(pattern="^a"),
    "parameter top takes integer no more": lambda s, g, p, n: g["parameters"][1].update(
        schema={"type": "string"}
    ),
    "[].name removed": lambda s, g, p, n: s["City"]["properties"].pop("name"),
    "name may now be missing": lambda s, g, p, n: s["City"]["required"].remove("name"),
    "name may now be null": lambda s, g, p, n: s["City"]["properties"].update(
        {"name": {"anyOf": [{"type": "string"}, {"type": "null"}]}}
    ),
    "code may now be integer": lambda s, g, p, n: s["City"]["properties"].update(
        {"code": {"type": "integer"}}
    ),
    "answer 200 comes without Link now": lambda s, g, p, n: g["responses"]["200"]["headers"].pop(
        "Link"
    ),
    "may now come without ETag": lambda s, g, p, n: n["components"]["headers"]["ETag"].pop(
        "required"
    ),
    "answer 200: ETag may now be integer": lambda s, g, p, n: n["components"]["headers"][
        "ETag"
    ].update(schema={"type": "integer"}),
    "comes as text/csv no more": lambda s, g, p, n: g["responses"]["200"]["content"].pop(
        "text/csv"
    ),
    "no answer 200": lambda s, g, p, n: g["responses"].update({"201": g["responses"].pop("200")}),
    "body.top is not accepted": lambda s, g, p, n: s["Question"]["properties"].pop("top"),
    "body.top is now required": lambda s, g, p, n: s["Question"]["required"].append("top"),
    "maxLength is now 5": lambda s, g, p, n: s["Question"]["properties"]["city"].update(
        maxLength=5
    ),
    "b not accepted": lambda s, g, p, n: s["Question"]["properties"]["kind"]["enum"].remove("b"),
    "takes no body": lambda s, g, p, n: p.pop("requestBody"),
    "now needs a body": lambda s, g, p, n: p["requestBody"].update(required=True),
    "GET /cities: removed": lambda s, g, p, n: n["paths"].pop("/cities"),
    "takes no application/json": lambda s, g, p, n: p["requestBody"].update(
        content={"text/plain": {"schema": {}}}
    ),
    "near[] may now be string": lambda s, g, p, n: s["City"]["properties"]["near"].update(
        items={"type": "string"}
    ),
    "answer 200 may now be object": lambda s, g, p, n: g["responses"]["200"]["content"][
        "application/json"
    ].update(schema={"type": "object"}),
    "state may now be c": lambda s, g, p, n: s["City"]["properties"]["state"]["enum"].append("c"),
    "state may now be anything": lambda s, g, p, n: s["City"]["properties"]["state"].pop("enum"),
    "day: format is now None": lambda s, g, p, n: s["City"]["properties"]["day"].pop("format"),
    "city: format is now date": lambda s, g, p, n: s["Question"]["properties"]["city"].update(
        format="date"
    ),
    "city: const is now x": lambda s, g, p, n: s["Question"]["properties"]["city"].update(
        const="x"
    ),
    "top: multipleOf is now 10": lambda s, g, p, n: s["Question"]["properties"]["top"].update(
        multipleOf=10
    ),
    "limit: default is now 50": lambda s, g, p, n: s["Question"]["properties"]["limit"].update(
        default=50
    ),
    "city: anything not accepted": lambda s, g, p, n: s["Question"]["properties"]["city"].update(
        enum=["x"]
    ),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_additions_break_nothing(what):
    assert changed(HARMLESS[what]) == []


@pytest.mark.parametrize("what", BREAKING)
def test_what_breaks_a_client_is_named(what):
    assert any(what in line for line in changed(BREAKING[what])), changed(BREAKING[what])
