"""What is wrong with a request is said in Chinese, with the place and what was sent."""

import json
import re
from typing import get_args

import pytest
from pydantic_core import core_schema

from chainmap.server.faults import fault
from tests.server.routes import contract

QUESTION = {"city": "绍兴"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "请求内容 city：缺少这一项"),
        (QUESTION | {"top": "many"}, "请求内容 top：应为整数"),
        (QUESTION | {"top": 0}, "请求内容 top：应不小于 1"),
        (QUESTION | {"wishes": 1}, "请求内容 wishes：没有这一项"),
        (QUESTION | {"weights": {"affinity": 7}}, "weights.affinity：应不大于 3"),
        (QUESTION | {"as_of": "soon"}, "应为日期"),
        (QUESTION | {"include_expired": "perhaps"}, "true 或 false"),
        ({"city": ""}, "至少 1 个字符"),
        ([], "应为对象"),
    ],
)
def test_a_body_that_cannot_be_used(served, sent, said):
    found = served.client.post("/v1/targets", json=sent).json()
    assert said in found["detail"] and found["status"] == 422
    assert not re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{2,}", found["detail"]), found["detail"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?top=x", "参数 top：应为整数"),
        ("?as_of=2026", "参数 as_of：应为日期，写作 YYYY-MM-DD（收到 '2026'）"),
        ("?mode=x", "参数 mode：只能是 chain、"),
        ("?limit=5000", "参数 limit：应不大于 1000"),
    ],
)
def test_a_parameter_that_cannot_be_used(served, query, said):
    assert said in served.get(f"/v1/cities/330600/targets{query}").json()["detail"]


def test_no_pattern_of_the_contract_is_shown_to_a_reader():
    asked = contract()["paths"], contract()["components"]["schemas"]  # what is sent, not answered
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\\\]|\\\\.)*")', json.dumps(asked)))
    assert len(patterns) > 5
    for pattern in map(json.loads, patterns):
        error = {"type": "string_pattern_mismatch", "loc": ("query", "x"), "input": "?"}
        said = fault(error | {"ctx": {"pattern": pattern}})
        assert "^" not in said and "$" not in said and ("只能是" in said or "应为" in said)


def test_what_was_sent_is_shown_as_it_was_sent(served):
    for sent, shown in ((None, "null"), (True, "true"), (0.5, "0.5")):
        found = served.client.post("/v1/targets", json={"city": sent}).json()["detail"]
        assert f"（收到 {shown}）" in found
    assert "应大于 0（" in served.get("/v1/cities/330600/projects?land=-1").json()["detail"]


@pytest.mark.parametrize("kind_said", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_is_not_said_to_be_json_is_of_a_wrong_type(served, kind_said):
    said = {"content-type": kind_said} if kind_said else {}
    answer = served.client.post("/v1/targets", content=b'{"city": "330600"}', headers=said)
    found = answer.json()
    assert answer.status_code == 415 and found["type"].endswith(":unsupported-type")
    assert "application/json" in found["detail"] and "b'" not in found["detail"]


@pytest.mark.parametrize(
    "day", ["0", 0, "86400", "2025-06-01T00:00:00", "２０２５-０６-０１", True]
)
def test_a_day_is_written_as_a_day_and_not_as_a_number(served, day):
    answers = [served.client.post("/v1/targets", json=QUESTION | {"as_of": day})]
    for path in ("/v1/policies", "/v1/policies/goals", "/v1/segments/ic-eda/trace"):
        answers.append(served.client.get(path, params={"as_of": str(day)}))
    for answer in answers:
        assert answer.status_code == 422 and "应为日期" in answer.json()["detail"], answer.text
    right = served.client.get("/v1/segments/ic-eda/trace?as_of=2025-06-01")
    assert right.json()["as_of"] == "2025-06-01"


@pytest.mark.parametrize("sent", [
    b'{"city":', b"", b"[" * 9000, b'{"city": "\xff"}', '{"city": "绍兴"}'.encode("utf-16"),
    '{"city": "绍兴"}'.encode("utf-32-be"),
])  # fmt: skip
def test_what_is_no_json_is_unreadable(served, sent):
    headers = {"content-type": "application/json"}
    found = served.client.post("/v1/targets", content=sent, headers=headers)
    assert found.json()["type"].endswith("bad-input" if sent == b"" else "unreadable")
    assert found.status_code == (422 if sent == b"" else 400)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/v1/cities/330600/targets?segmnt=x", "segment"),
        ("/v1/cities/330600/gaps?home=上海", "可用"),
        ("/v1/diffs?earlier=x", "可用"),
        ("/v1/snapshots/current?x=1", "不用任何参数"),
    ],
)
def test_an_unknown_parameter_is_said(served, path, near):
    found = served.get(path).json()
    assert found["status"] == 422
    assert ("没有参数" in found["detail"] and near in found["todo"]) or "缺少" in found["detail"]


KINDS = get_args(core_schema.ErrorType)


@pytest.mark.parametrize(
    "kind", [*(kind for kind in KINDS if kind != "json_invalid"), "none of the library's"]
)
def test_every_kind_of_fault_is_said_in_chinese(kind):
    class Anything(dict):
        def items(self):
            names = ("min_length", "max_length", "pattern", "gt", "ge", "lt", "le", "expected")
            others = ("multiple_of", "tz_expected", "discriminator", "expected_tags", "max_digits")
            rest = ("expected_schemes", "expected_version", "decimal_places", "whole_digits")
            return [(name, 3) for name in (*names, *others, *rest)] + [("error", "不成立")]

    said = fault({"type": kind, "loc": ("query", "top"), "msg": "Bad thing", "ctx": Anything(a=1)})
    assert re.search("[一-鿿]", said.partition("：")[2]) and "Bad" not in said and "{" not in said
    lacking = fault({"type": kind, "loc": ("query", "top"), "msg": "Bad thing", "input": 1})
    assert "Bad" not in lacking and "{" not in lacking


def test_what_a_library_says_in_english_is_not_passed_on():
    error = {"type": "value_error", "loc": ("body", "file"), "msg": "Value error, Expected it"}
    said = fault(error | {"input": "x", "ctx": {"error": ValueError("Expected UploadFile")}})
    assert said == "请求内容 file：不是可用的值（收到 'x'）。"


def test_all_faults_are_told_at_once(served):
    found = served.get("/v1/cities/330600/targets?top=x&limit=0").json()["detail"]
    assert "参数 top" in found and "参数 limit" in found


def test_what_http_itself_says_is_chinese_too(served):
    missing, method = served.get("/v1/nowhere"), served.client.delete("/v1/chains")
    assert missing.json()["title"] == "没有这个网址" and missing.json()["title_en"] == "Not Found"
    assert method.json()["title"].startswith("此网址不支持") and method.headers["allow"]
