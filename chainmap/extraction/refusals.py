"""Refusals: what a plan forbids, limits, phases out or finds lacking is no direction of it."""

from __future__ import annotations

import re

_MANNER = (
    r"(?:坚决|严格|从严|原则上|一律|有序|逐步|加快|依法|依规|全面|要|应|应当|必须|继续|进一步|稳妥|积极|着力"
    r"|推动|推进|引导|全[国省市区县]|[我本][省市区县]|各地|对)*"
)
_DEED = (
    r"(?:新增|新建|新上|扩建|扩大|发展|布局|引进|引入|招引|审批|批准|核准|备案|建设|支持|鼓励|安排"
    r"|接纳|承接|投资)"
)
_REFUSED = re.compile(
    rf"{_MANNER}(?:严禁|禁止|严控|(?:严格|从严)(?:限制|控制|管控)|限制(?!性)|不准|不宜|不许|停止"
    rf"|暂停|取消|取缔|关停|关闭|清退|淘汰|压减|遏制|杜绝|避免|防止|叫停|退出|不{_DEED}|不(?:包)?含|不包括|不涉及)"
    rf"|[^、,以在为(“]{{1,12}}?不{_DEED}"
)
_NOWHERE = re.compile(
    r"严禁|禁止|一律不|不予|不作为|不[列纳]入|不再(?!生)|不得(?!不|低于|少于|小于|超过|高于|大于|突破)"
)
"""Said of what stands before it as well (甲、乙等项目一律不得引进)."""
_LACKING = re.compile(r"[^、,(“]{0,8}?(?:缺乏|缺少|没有|尚无|暂无)")
_PHASED_OUT = re.compile(r"(?:退出|淘汰|出清|腾退|关停)$")
_EXCEPT = re.compile(
    r"除(?!尘|湿|臭|霜|冰|雪|草|磷|氟|砷|菌|味|铁|杂|锈|油|硫|渣|盐|碳|氧)[^,]*(?:外|以外|之外)$"
)

_REFUSED_NAME = re.compile(
    r"(?:限制|禁止|淘汰|退出|压减|关停|负面)(?:发展|布局|引进|准入)?(?:类|清单|名单|目录|领域|产业|行业|项目)"
)
_WANTED = re.compile(r"鼓励|重点|优先|支持|允许")


def refuses(clause: str) -> bool:
    """Tell whether a clause says what is not wanted, or is not there (严禁…, 我市缺乏…)."""
    told = _REFUSED.match(clause) or _LACKING.match(clause)
    return bool(told or _NOWHERE.search(clause) or _PHASED_OUT.search(clause))


def excepts(clause: str) -> bool:
    """Tell whether a clause only says what is left out of the next one (除甲、乙外)."""
    return bool(_EXCEPT.match(clause))


def lists_refused(name: str) -> bool:
    """Tell whether a section, box or item so named lists what is not wanted (限制类, 负面清单)."""
    return bool(_REFUSED_NAME.search(name)) and not _WANTED.search(name)
