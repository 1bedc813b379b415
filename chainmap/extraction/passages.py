"""Passages: what a paragraph outside the boxes names as fields, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chainmap.extraction import lexicon as lex
from chainmap.extraction.listing import Phrase
from chainmap.extraction.phrases import Objects
from chainmap.extraction.reading import lists_of
from chainmap.extraction.things import NAMED

IsField = Callable[[str], bool]
"""Tells whether the caller's vocabulary knows a word as a field, product or technology."""

NOT_FIELDS = re.compile(
    r"创新|人才|资金|资本|机制|政策|成果|评价|市场|管理|收益|教育|要素|制度|企业|机构|资源|环境|合作|配置"
    r"|招商|改革|政府|服务体系|保障|组织|科研|医疗服务|监管|预算|目标|原则|行动|战略"
)
"""Words that make a phrase a measure or an institution, not a field."""
_UMBRELLA = re.compile(
    r"^(?:高新|高技术|专业|跨行业|融合性|科学|大科学|重点领域|新|高端|科技|战略性|新兴|未来|传统|主导|支柱|优势|特色|先进|重大|重点|关键|核心|前沿|现代|国家级?|省级|相关|适用|自主"
    r"|共性|共享|公共|各类|国内|国际|一流|技术|中高端|上下游|配套|绿色|智能|数字|产业|工业|主要)*"
    r"(?:产业|产业链|项目|技术|产品|平台|制造业|装备|设备|服务|业态|服务业|工业|基地|集群|设施|工程|领域|专项|品牌|标准)?$"
)
"""Names of whole economies and bare classes: they point at no field."""
_NO_HEAD = re.compile(
    r"(?:服务|平台|网络|数据|系统|产业|行业|业|机|器|包|片|板|线|基因|电子|工艺|中试线|经济|环保|健康|教育|窗口|引擎|专项"
    r"|产品|交通|医疗|燃料|原料|车|箱|管|布|纱|表|仪|油|酸|盐|塔|泵|阀|膜|粉|照明|影视|文学|电视|音乐|游戏)$"
)
"""Heads too general to show a field by themselves; they count inside a list of fields."""
_COUNTED = re.compile(r"\d+(?:\.\d+)?(?:个|家|项|名|件|%|亿|万|人|所|批|条|类|县)")
BODIES = re.compile(r"\((?:责任单位|任单位|牵头单位|责任部门)")
_SPREAD = re.compile(
    r"等?(?P<count>[两三四五六七八九十]大)?[^、,。;等]{0,8}?(?:领域|产业|方向|赛道|行业|业态|技术)"
)
_CALLED = re.compile(
    r"等[^、,。;]{0,12}(?:领域|产业|技术|方向|业态|产品|装备|服务|软件|材料|专项)|等?(?:领域|方向)"
    r"|为(?:重点|主导|特色|核心|基础|主体|支柱)"
)
_PURPOSE = re.compile(r"为[^。]*?(?:制[定订]|印发|通知如下)")
"""为加快发展…,特制定本规划: why there is a document, no direction."""
_FEW_TAIL = re.compile(r"(?<=.{2})[两三四五六七八九十]大[^、]{0,4}$")
_COUNTED_FEW = re.compile(r"等?[两三四五六七八九十]大(?![^、,。;]{0,4}方向)")
_DEVICE = re.compile(r"(?:软件|装备|设备|器械|材料|仪器|芯片)$")
_DIRECTS = re.compile(
    r"发展|突破|研发|开发|培育|布局|壮大|攻关|主攻|聚焦|加大|支持|推进|推动|加强|研究|选育"
)
_PLACE_END = re.compile(
    r"(?:大学|学院|研究院|研究所|[院所园区城县市省镇]|基地|走廊|中心|实验室|孵化器|新引擎|大科学装置|硅谷”?)$"
    r"|^(?:积极|充分|广泛|深入|全面|与|力度|政府|重大战略|新的|重点领域|社会)|(?:共享|运作|提升|发展|转化|技术|领域)关键技术$"
)
_LONGEST_FIELD = 18
_FEWEST_CALLED = 2
_MOST_UMBRELLAS = 3


def fields_of(
    text: str, start: int, end: int, is_field: IsField, *, trusted: bool = False
) -> list[Phrase]:
    """Return the terms of the lists in a paragraph that name fields, in text order.

    A list counts where at least half of its terms are fields: known to the vocabulary, or ending
    in a noun for a kind of technical thing. Fields that only say where something else is done
    (围绕甲、乙等产业) are leaves too, three or fewer, or a counted few (四大领域), are groups. A
    `trusted` paragraph is known to state directions: its lists need not prove it.
    """
    bodies = BODIES.search(text, start, end)
    found: list[Phrase] = []
    for objects, phrases in lists_of(text, start, bodies.start() if bodies else end):
        if _PURPOSE.match(text, _sentence_start(text, start, objects.start)):
            continue
        directed = trusted and objects.verb is not None and bool(_DIRECTS.search(objects.verb))
        if _COUNTED.search(text, objects.start, objects.end):
            continue
        if objects.role == "context":
            found.extend(_spread(text, objects, phrases, is_field))
        else:
            found.extend(_named(text, phrases, is_field, directed=directed))
    return sorted(found, key=lambda p: (p.start, p.end))


def _sentence_start(text: str, start: int, at: int) -> int:
    return max(start - 1, *(text.rfind(mark, start, at) for mark in "。\n")) + 1


def _named(
    text: str, phrases: list[Phrase], is_field: IsField, *, directed: bool = False
) -> list[Phrase]:
    """Return the terms of a list if it lists fields: what they are, or what closes it, says so."""
    leaves = [p for p in phrases if p.role == "leaf"]
    usable = [p for p in leaves if _usable(text[p.start : p.end], is_field)]
    sure = [p for p in usable if _is_sure(text[p.start : p.end], is_field)]
    called = len(usable) >= _FEWEST_CALLED and _CALLED.match(text, usable[-1].end)
    proven = called or directed
    if not usable or (not proven and len(sure) * 2 < len(usable)):
        return []
    if _COUNTED_FEW.match(text, usable[-1].end):
        return [replace(p, role="group") for p in usable]
    return [p for p in phrases if p in usable or p.role != "leaf"]


def _spread(text: str, objects: Objects, phrases: list[Phrase], is_field: IsField) -> list[Phrase]:
    """Return the fields a prepositional phrase names, nothing if they are not fields."""
    if not phrases:
        return []
    counted = _FEW_TAIL.search(text, phrases[-1].start, phrases[-1].end)
    if counted:
        phrases = [*phrases[:-1], replace(phrases[-1], end=counted.start())]
    after = _SPREAD.match(text, objects.end) or _SPREAD.match(text, phrases[-1].end)
    named = _named(text, [replace(p, role="leaf") for p in phrases], is_field)
    if not named or after is None or len(named) != len(phrases):
        return []
    umbrella = bool(counted or after["count"]) or len(named) <= _MOST_UMBRELLAS
    if after[0].endswith("方向"):
        umbrella = False
    return [replace(p, role="group" if umbrella else "leaf") for p in named]


def _usable(word: str, is_field: IsField) -> bool:
    measure = NOT_FIELDS.search(word) and not _DEVICE.search(word)
    if len(word) > _LONGEST_FIELD or "的" in word or _PLACE_END.search(word):
        return False
    return not measure and not _points_nowhere(word, is_field)


def _points_nowhere(word: str, is_field: IsField) -> bool:
    return bool(_UMBRELLA.match(word)) and word not in NAMED and not is_field(word)


def _is_sure(word: str, is_field: IsField) -> bool:
    if is_field(word):
        return True
    return len(word) > 2 and bool(lex.HEAD_END.search(word)) and not _NO_HEAD.search(word)
