"""A body says numbers as numbers and truth values as such: nothing is guessed from texts."""

import asyncio
import inspect
import json
import re
from typing import Annotated, get_args

import pytest
from fastapi.params import Form
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel, TypeAdapter, ValidationError

from chainmap.server.agents import TOOLS, agent_server
from chainmap.server.app import build_app, create_app
from tests.server.serving import kind

JSON = {"content-type": "application/json"}
PRETENDERS = {"integer": ("3", True, 3.5), "number": ("0.5", True), "boolean": ("true", 1, "yes")}


def _models(annotation):
    """Every model in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for one in get_args(annotation) for found in _models(one)}


def _bodies(routes):
    """Every model that any route takes as its body, and those inside them."""
    waiting = [
        model
        for route in routes
        if isinstance(route, APIRoute)
        for field in route.dependant.body_params
        if not isinstance(field.field_info, Form)  # a form holds texts only
        for model in _models(field.field_info.annotation)
    ]
    found = set()
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            for field in model.model_fields.values():
                waiting += _models(field.annotation)
    return sorted(found, key=lambda model: model.__name__)


def _routes(app):
    """Every route of the application, those of routers in it too."""
    waiting, found = list(app.routes), []
    while waiting:
        one = waiting.pop()
        found.append(one)
        inner = getattr(one, "original_router", None) or getattr(one, "app", None)
        waiting += getattr(inner, "routes", None) or []
    return found


BODIES = _bodies(_routes(build_app()))


def _wrong(schema, wanted=PRETENDERS):
    """Values that a schema does not allow and that read as if they were right."""
    for one in (schema, *schema.get("anyOf", ())):
        yield from wanted.get(one.get("type"), ())
        inside = one.get("additionalProperties")
        if isinstance(inside, dict):
            yield from ({"x": value} for value in _wrong(inside))


def test_the_models_of_bodies_are_found():
    names = {model.__name__ for model in BODIES}
    assert {"TargetQuestion", "BatchRequest", "AllocationQuestion", "EmbedTokenRequest"} <= names
    assert {"CatalogueBuild", "PresenceBuild", "ApprovalAsked", "TalkLock"} <= names


@pytest.mark.parametrize("model", BODIES, ids=lambda model: model.__name__)
def test_no_body_takes_what_only_reads_like_a_number(model):
    for name, schema in model.model_json_schema()["properties"].items():
        for value in _wrong(schema):
            with pytest.raises(ValidationError) as caught:
                model.model_validate({name: value})
            assert any(one["loc"][0] == name for one in caught.value.errors()), (name, value)


def test_no_tool_for_agents_takes_it_either():
    seen = 0
    for tool in TOOLS:
        for parameter in inspect.signature(tool, eval_str=True).parameters.values():
            taken = TypeAdapter(Annotated[parameter.annotation, None])
            for value in _wrong(taken.json_schema()):
                seen += 1
                with pytest.raises(ValidationError):
                    taken.validate_python(value)
    assert seen > 20


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


QUESTION = '{"city":"绍兴","chain":"机器人","top":3,"weights":{"affinity":0.5}}'


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/v1/targets", '{"city":"绍兴","top":"3"}', "top：应为整数（收到 '3'）"),
        ("/v1/targets", '{"city":"绍兴","top":true}', "top：应为整数（收到 true）"),
        ("/v1/targets", '{"city":"绍兴","top":2.5}', "top：应为整数（收到 2.5）"),
        ("/v1/targets", '{"city":"绍兴","include_expired":1}', "应为 true 或 false（收到 1）"),
        ("/v1/targets", '{"city":"绍兴","weights":{"affinity":"1"}}', "affinity：应为数字"),
        ("/v1/targets", '{"city":"绍兴","listed":"yes"}', "listed：应为 true 或 false"),
        ("/v1/lists", '{"name":"甲","question":{"city":"绍兴","top":"3"}}', "question.top：应为"),
        ("/v1/allocations", '{"province":"浙江","max_cities":"2"}', "max_cities：应为整数"),
        ("/v1/builds/catalogue", '{"city":"绍兴","year":"2026"}', "year：应为整数"),
        ("/v1/embed-tokens", '{"origin":"https://a.b","minutes":true}', "minutes：应为整数"),
    ],
)
def test_the_refusal_names_the_field_and_what_was_sent(client, path, body, said):
    refused = client.post(path, content=body.encode(), headers=JSON)
    assert refused.status_code == 422 and kind(refused) == "bad-input"
    assert said in refused.json()["detail"] and refused.json()["title_en"]


def test_answers_at_hand_are_no_way_around_it(client):
    ready = client.post("/v1/targets", content=QUESTION.encode(), headers=JSON)
    assert ready.status_code == 200
    for wrong in ('"top":"3"', '"top":true', '"weights":{"affinity":"0.5"}'):
        name = wrong.partition(":")[0]
        asked = QUESTION.replace(f"{name}:3" if "top" in name else '"weights":{"affinity":0.5}',
                                 wrong)  # fmt: skip
        assert asked != QUESTION
        assert kind(client.post("/v1/targets", content=asked.encode(), headers=JSON)) == "bad-input"


def test_what_json_calls_the_same_number_stays_one(client):
    asked = QUESTION.replace('"top":3', '"top":3.0').replace("0.5", "1")
    found = client.post("/v1/targets", content=asked.encode(), headers=JSON)
    assert found.status_code == 200 and len(found.json()["targets"]) == 3


def test_bounds_are_told_in_the_words_of_json_schema():
    for model in BODIES:
        assert not re.search(r'"(ge|le|gt|lt)":', json.dumps(model.model_json_schema())), model
    tools = asyncio.run(agent_server().list_tools())
    told = json.dumps([tool.input_schema for tool in tools])
    assert '"maximum": 100' in told and not re.search(r'"(ge|le|gt|lt)":', told)
