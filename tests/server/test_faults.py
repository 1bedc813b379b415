"""What is wrong with a request is said in Chinese, with the place and what was sent."""

import re
from typing import get_args

import pytest
from pydantic_core import core_schema

from chainmap.server.faults import fault

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
        ("?as_of=2026", "参数 as_of：写法应符合"),
        ("?mode=x", "参数 mode：只能是 chain、"),
        ("?limit=5000", "参数 limit：应不大于 1000"),
    ],
)
def test_a_parameter_that_cannot_be_used(served, query, said):
    assert said in served.get(f"/v1/cities/330600/targets{query}").json()["detail"]


@pytest.mark.parametrize("sent", [b'{"city":', b"", b"[" * 9000, b'{"city": "\xff"}'])
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
