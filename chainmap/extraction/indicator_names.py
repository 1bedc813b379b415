"""Indicators: the name of what a number in a sentence counts, and where its statement begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chainmap.concepts.policy import Goal
from chainmap.extraction.quantities import Quantity

_LEAD_WORDS = re.compile(
    r"^(?:\((?=其中)|其中|同时|并|且|和|与|及|以及|使|将|全省|全市|到20\d\d年(?:底|末)?|20\d\d年|每年|力争|争取|确保|预计|,|、|:|;)+"
)
_NOT = r"(?:不(?:得|能|应|可|宜|会|再)?)?"
_VERB_TAIL = re.compile(
    rf"(?:分别)?(?:达到?了?|达|为|实现|{_NOT}(?:超过|突破|超|高于全[省市国]|[高大多低少小]于)|大于或?等于|小于或?等于|不足|不到"
    r"|至少|至多|最多|[≥≤><]=?|提高到?|(?:提升|增加|增长|上升|扩大|下降|降低|减少|压缩|缩短)[到至]|[增提降减][到至]|保持在?|控制在|稳定在|约"
    r"|各|新增|约为|力争|共|总计|近|实施|等)+$"
)
_VERBS = (
    r"(?:新认定|新引进|新建成|培育认定|培育引进|引进培育|培育新认定|重点培养支持|培养支持|培育形成|新增|新建|建成|建设|建立|培育|引进|引育|培养"
    r"|打造|实施|推动|集聚|实现|完成|承接|认定|拥有|形成|招引|支持|突破|发展|设立|创建|布局|开展|组织|推进)"
)
_VERB_HEAD = re.compile(
    r"^(?:重点|着力|加快|力争|争取|累计|再|全市|全省|共|逐步|确保|努力|滚动|精选)*"
    rf"{_VERBS}(?:[和与及、]?{_VERBS})*"
)


def indicator_of(
    text: str, left: int, number: Quantity, limit: int
) -> tuple[tuple[int, int], list[str]]:
    """Return the clean span of the goal and the names of what it counts."""
    lead = text[left : number.start]
    skipped = _LEAD_WORDS.match(lead)
    start = left + (skipped.end() if skipped else 0)
    before = stripped(text[start : number.start])
    growth = re.search(r"年均(?:增长|增速|递增)?$|增长$|增速$", before)
    right = re.match(
        r"(?:[^,。;\d(]|\d+(?:\.\d+)?[万亿]?元(?:以上)?的)*(?:\([^()\d]*\))?",
        text[number.end : limit],
    )
    noun = _head_noun(right[0] if right else "")
    example = re.search(r"(?:等|领域)$", lead.strip()) and noun
    if len(before) >= 2 and not _only_verb(before) and not example:
        names = [before]
        if text[number.start - 1] == "各" or "各年均" in before:
            tail = "年均增长" if growth else ""
            head = re.sub(r"各?(?:年均)?(?:增长|增速)?$", "", before)
            names = [n + tail for n in re.split(r"、|(?<=.{2})[和与及](?=.{2})", head) if n]
        return (start, number.end), [named(n) for n in names]
    end = number.end + (len(right[0].rstrip("、和与及")) if noun and right else 0)
    verb = re.match(_VERB_HEAD, before)
    name = noun or (verb[0] if verb else before)
    return (start, end), [named(name)]


def _head_noun(right: str) -> str:
    """Return what a number counts: the words after it, qualities before the last 的 left out."""
    right = re.sub(r"[、和与及]$", "", right)
    words = right.rpartition("的")[2] if "的" in right else right.partition("、")[0]
    return _unquoted(words)


def stripped(before: str) -> str:
    """Return the words before a number without the years and verbs at their rim."""
    before = re.sub(r"(?:比|较|到|至)?20\d\d年(?:底|末)?,?", "", before)
    while True:
        shorter = _VERB_TAIL.sub("", before)
        if shorter == before:
            return before.strip(",:、 ")
        before = shorter


def _only_verb(before: str) -> bool:
    verb = _VERB_HEAD.match(before)
    return bool(verb and verb.end() == len(before)) or before in ("每年", "年", "另", "其中")


def named(name: str) -> str:
    """Return the name of an indicator without the verb and the words that open its clause."""
    short = _LEAD_WORDS.sub("", name)
    verb = _VERB_HEAD.match(short)
    if verb and len(short) - verb.end() >= 2:
        short = short[verb.end() :]
    return _unquoted((short or name).strip(",、 "))


def _unquoted(name: str) -> str:
    """Return a name without quotes around the whole of it, or that have lost their other half."""
    if re.fullmatch(r"“[^“”]*”", name) or name.count("“") != name.count("”"):
        return name.strip("“”")
    return name


_GROWTH = re.compile(r"(?:年均)?(?:增长|增速|递增)$")
_RANKED = re.compile(r"级(?P<head>[一-鿿]{2,})$")


def carried_on(name: str, before: Sequence[Goal], unit: str | None) -> str:
    """Return a name made whole by the goal before it, where it leans on that one.

    An empty name is the one before where the unit is the same or the one before was its growth;
    年均增长 and 占…比重 are said of the one before.
    """
    if not before:
        return name
    last = before[-1]
    stem = _GROWTH.sub("", last.indicator)
    if name in ("年均增长", "年均增速", "增速", "增长"):
        return last.indicator + name
    if name.startswith("占"):
        return stem + name
    if not name and (last.unit == unit or stem != last.indicator):
        return last.indicator if last.unit == unit else stem
    return name


def with_heads(goals: Sequence[Goal]) -> list[Goal]:
    """Return goals where 1个千亿级、3个百亿级产业集群 name their common head each."""
    found: list[Goal] = []
    head = ""
    for goal in reversed(goals):
        ranked = _RANKED.search(goal.indicator)
        head = ranked["head"] if ranked else head if goal.indicator.endswith("级") else ""
        name = goal.indicator + head if goal.indicator.endswith("级") else goal.indicator
        found.append(
            goal if name == goal.indicator else goal.model_copy(update={"indicator": name})
        )
    return found[::-1]
