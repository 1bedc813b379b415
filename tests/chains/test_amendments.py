from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.chains.amendments import Amendment, amended
from chainmap.errors import CurationError

FILE = """\
# 说明：注释要留着
id: demo
aliases: [甲, 乙]   # 行尾注释
empty: []

groups:
  - {id: g-one, name: 一, cites: [x1]}
  - {id: g-two, name: "二"}
segments:
  # ---- 板块一 ----
  - id: s-one
    name: 环节一
    terms: [甲件,
            乙件]
    note: >
      折行的
      文字
  # ---- 板块二 ----
  - id: s-two
    name: 环节二
    cites: []
"""


def change(op: str, at: str, value: object, after: str | None = None) -> Amendment:
    path = tuple(at.split("."))
    return Amendment.model_validate(
        {"file": "demo.yml", "at": path, "op": op, "value": value, "after": after}
    )


@pytest.mark.parametrize(
    ("amendment", "line"),
    [
        (change("add", "aliases", "丙"), "aliases: [甲, 乙, 丙]   # 行尾注释"),
        (change("add", "aliases", "4G+: 5G"), 'aliases: [甲, 乙, "4G+: 5G"]   # 行尾注释'),
        (change("add", "empty", "0111"), 'empty: ["0111"]'),
        (change("add", "segments.s-one.terms", "丙件"), "            乙件, 丙件]"),
        (change("add", "segments.s-two.cites", "a-1"), "    cites: [a-1]"),
        (change("add", "segments.s-one.cites", "a-1"), "    cites: [a-1]"),
        (change("add", "groups.g-one.cites", "x2"), "  - {id: g-one, name: 一, cites: [x1, x2]}"),
        (change("add", "groups.g-two.cites", "x2"), '  - {id: g-two, name: "二", cites: [x2]}'),
        (
            change("add", "groups", {"id": "g-3", "name": "新块", "n": 3}),
            '  - {id: g-3, name: "新块", n: 3}',
        ),
        (change("set", "segments.s-two.replaced_by", "s-one"), "    replaced_by: s-one"),
        (change("add", "empty", {"id": "e", "x": ["no"]}), '  - id: e\n    x: ["no"]'),
        (change("add", "segments", {"id": "s-3", "name": "新"}, "s-one"),
         "  - id: s-3\n    name: 新\n  # ---- 板块二 ----"),
    ],
)  # fmt: skip
def test_a_change_is_one_line_and_its_inverse_gives_the_bytes_back(
    amendment: Amendment, line: str
) -> None:
    new, inverse = amended(FILE, amendment)
    assert line in new
    untouched = [old for old in FILE.splitlines() if old not in new.splitlines()]
    assert len(untouched) <= 1
    assert amended(new, inverse)[0] == FILE


def test_line_breaks_of_the_file_are_kept() -> None:
    crlf = FILE.replace("\n", "\r\n")
    new, inverse = amended(crlf, change("add", "segments", {"id": "s-3", "name": "新"}))
    assert "\n" not in new.replace("\r\n", "")
    assert amended(new, inverse)[0] == crlf


def test_a_file_without_a_last_line_break_takes_an_entry() -> None:
    new, inverse = amended(FILE.rstrip("\n"), change("add", "segments", {"id": "s-3"}))
    assert new.endswith("cites: []\n  - id: s-3")
    assert yaml.safe_load(amended(new, inverse)[0]) == yaml.safe_load(FILE)


@pytest.mark.parametrize(
    ("amendment", "message"),
    [
        (change("add", "aliases", "甲"), "已有 甲"),
        (change("add", "segments.s-nine.cites", "a"), "没有可写的条目"),
        (change("add", "id", "a"), "没有列表"),
        (change("set", "segments.s-one.name", "改名"), "已有值"),
        (change("remove", "aliases", "丁"), "已被改动或删除"),
        (change("unset", "segments.s-one.name", "别的"), "已被改动或删除"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(amendment: Amendment, message: str) -> None:
    with pytest.raises(CurationError, match=message):
        amended(FILE, amendment)


@settings(max_examples=60)
@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12))
def test_any_text_survives_being_written(value: str) -> None:
    for at in ("aliases", "empty", "segments.s-two.cites", "groups.g-one.cites"):
        if value in ("甲", "乙", "x1"):
            continue
        new, inverse = amended(FILE, change("add", at, value))
        assert amended(new, inverse)[0] == FILE
