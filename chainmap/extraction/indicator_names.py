"""Indicators: the name of what a number in a sentence counts, and where its statement begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chainmap.concepts.policy import Goal
from chainmap.extraction.quantities import AGAINST, Quantity

LEADS = (
    r"(?:\((?=其中)|其中|同时|并|且|和|与|及|以及|使|将|全[省市县区]|到20\d\d年(?:底|末)?|20\d\d年"
    r"|力争|争取|确保|预计|,|、|:|;)"
)
"""What opens a clause and says nothing of what is counted."""
_LEAD_WORDS = re.compile(f"{LEADS}*")
_NOT = r"(?:不(?:得|能|应|可|宜|会|再)?)?"
_VERB_TAIL = re.compile(
    rf"(?:分别)?(?:达到?了?|达|为|实现|{_NOT}(?:超过|突破|超|[高大多低少小]于)|大于或?等于|小于或?等于|不足|不到"
    r"|至少|至多|最多|[≥≤><]=?|(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压缩|缩短)[到至]|[增提降减][到至]|保持在?|控制在|稳定在|约"
    r"|各|(?<!年均)新增|约为|力争|累计|共|总计|近|实施|等)+$"
)
VERBS = (
    r"(?:新认定|新引进|新建成|培育认定|培育引进|引进培育|培育新认定|重点培养支持|培养支持|培育形成|新增|新建|建成|建设|建立|培育|引进|引育|培养"
    r"|打造|实施|推动|集聚|实现|完成|承接|认定|拥有|形成|招引|支持|突破|发展|设立|创建|布局|开展|组织|推进)"
)
_VERB_HEAD = re.compile(
    r"(?:每年|重点|着力|加快|力争|争取|累计|再|全市|全省|共|逐步|确保|努力|滚动|精选)*"
    rf"{VERBS}(?:[和与及、]?{VERBS})*"
)
_FLOW = re.compile(r"(?:每年|新(?:增|认定|引进|建)).*")
_ADDED = re.compile(r"新增(?:约|近|超过?|达到?|不[少低]于|至少)?$")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|国际|国内|海外)级?")
_SIZED = re.compile(r"(?:超过?|达到?|过|突破)[\d十百千万]|[\d百千万亿](?:元|吨)以上")
_QUALITY = re.compile(
    r".*(?:具有|具备|拥有).+|.*(?:明显|显著|领先|完善|完备|鲜明|突出|先进|过硬|较强|优良|知名|一流)"
)


def indicator_of(
    text: str, left: int, number: Quantity, limit: int
) -> tuple[tuple[int, int], list[str]]:
    """Return the clean span of the goal and the names of what it counts."""
    lead = text[left : number.start]
    start = own_start(text, left, number.start)
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
            names = [name + tail for name in members(head)]
        return (start, number.end), [named(n) for n in names]
    end = number.end + (len(right[0].rstrip("、和与及")) if noun and right else 0)
    verb = _VERB_HEAD.match(before)
    name = noun or (verb[0] if verb else "" if _only_verb(before) else before)
    return (start, end), [named(name)]


def own_start(text: str, left: int, at: int) -> int:
    """Return where a clause that begins at `left` comes to what it counts, `at` at the latest."""
    skipped = _LEAD_WORDS.match(text, left, at)
    return skipped.end() if skipped else left


def flow_of(lead: str) -> str | None:
    """Return what makes a number one of new or yearly things (新增, 新认定, 每年推动).

    Args:
        lead: The words between the start of the clause and the number.

    Returns:
        Empty where a verb opens or closes the clause without it, None where there is no verb.
    """
    verb = _VERB_HEAD.match(lead, own_start(lead, 0, len(lead)))
    if verb is not None:
        said = _FLOW.search(verb[0])
        return said[0] if said else ""
    return "新增" if _ADDED.search(lead) and "年均" not in lead else None


def members(names: str) -> list[str]:
    """Return the indicators that 甲、乙和丙 lists; 国家和省专家 share a head."""
    found = [n for n in re.split(r"、|(?<=.{2})[和与及](?=.{2})", names) if n]
    last = _LEVEL.match(found[-1]) if found else None
    if last and all(_LEVEL.fullmatch(name) for name in found[:-1]):
        return [*(name + found[-1][last.end() :] for name in found[:-1]), found[-1]]
    return found


def _head_noun(right: str) -> str:
    """Return what a number counts: the words after it, qualities before the last 的 left out."""
    right = re.sub(r"[、和与及]$", "", right)
    if "的" not in right:
        return unquoted(right.partition("、")[0])
    qualities, _, head = right.rpartition("的")
    return unquoted(_sizes(qualities) + head)


def _sizes(qualities: str) -> str:
    """Return the qualities that say how big a thing is: 年收入超百亿元的企业 are not all firms."""
    return "".join(one for one in qualities.split("、") if _SIZED.search(one))


def _plain(name: str) -> str:
    """Return a name without praise before its noun (优势明显的产业集群); sizes stay."""
    qualities, of, head = name.rpartition("的")
    told = qualities.split("、")
    if of and head and all(_SIZED.search(one) or _QUALITY.fullmatch(one) for one in told):
        return _sizes(qualities) + head
    return name


def stripped(before: str) -> str:
    """Return the words before a number without the years and verbs at their rim.

    What the number is measured against stays (高于全省, 比2020年提高).
    """
    against = AGAINST.search(before)
    if against is not None:
        return _without_years(before[: against.start()]).strip(",:、 ") + against[0]
    before = _without_years(before)
    while True:
        shorter = _VERB_TAIL.sub("", before)
        if shorter == before:
            return before.strip(",:、 ")
        before = shorter


def _without_years(text: str) -> str:
    return re.sub(r"(?:比|较|到|至)?20\d\d年(?:底|末)?,?", "", text)


def _only_verb(before: str) -> bool:
    return bool(_VERB_HEAD.fullmatch(before)) or before in ("每年", "年", "另", "其中")


def named(name: str) -> str:
    """Return the name of an indicator without the verb and the words that open its clause."""
    short = name[own_start(name, 0, len(name)) :]
    verb = _VERB_HEAD.match(short)
    if verb and len(short) - verb.end() >= 2:
        short = short[verb.end() :]
    return unquoted(_plain((short or name).strip(",、 ")))


def unquoted(name: str) -> str:
    """Return a name without quotes around the whole of it, or that have lost their other half."""
    if re.fullmatch(r"“[^“”]*”", name) or name.count("“") != name.count("”"):
        return re.sub(r"[“”]", "", name)
    return name


_GROWTH = re.compile(r"(?:年均)?(?:增长|增速|递增)$")
_THING = re.compile(r"(?:研究院|实验室|综合体|示范区|产业园|高新区|[一-鿿]{2})$")
_RANKED = re.compile(r"级(?P<head>[一-鿿]{2,})$")


def carried_on(name: str, before: Sequence[Goal], unit: str | None) -> str:
    """Return a name made whole by the goal before it, where it leans on that one.

    An empty name is the one before where the unit is the same or the one before was its growth;
    年均增长 and 占…比重 are said of the one before; what ends in 的 counts its things.
    """
    if not before:
        return name
    last = before[-1]
    stem = AGAINST.sub("", _GROWTH.sub("", last.indicator))
    if name in ("年均增长", "年均增速", "增速", "增长"):
        return last.indicator + name
    if name.startswith("占"):
        return stem + name
    thing = _THING.search(last.indicator)
    if name.endswith("的") and thing and last.unit == unit:
        return name.removesuffix("的") + thing[0]
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
