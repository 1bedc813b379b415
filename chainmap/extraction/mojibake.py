"""Runs of GBK text that slipped by one byte, put back where the round trip proves it."""

from __future__ import annotations

import re

from chainmap.concepts.hanzi import simplified
from chainmap.concepts.policy import Damage
from chainmap.extraction.mapped import Edit, MappedText

LOST = "\ufffd"
"""Stands in clean text for a character that cannot be known."""

_SEED = re.compile(r"[?？](?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\))?(?=[^\x00-\x7f]|\?)")
_LONGEST_RUN = 80  # a slip resynchronises within a sentence; longer runs were never seen
_SHORTEST_RUN = 4  # two or three shifted characters can look sensible by chance
_CLEAR_GAIN = 0.3  # repaired text must hold that much less rare, or more frequent, characters
_FREQUENT = set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开"
    "它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变"
    "条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基"
    "资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理研究技术科创新企"
    "业产推进支持加快促服务平台项目信息市场规划省县单位责针"
)
_PUNCTUATION = set("、。,“”《》()·…—:;!?，；：（）")


def _is_common(char: str) -> bool:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and b"\xb0\xa1" <= code <= b"\xd7\xf9"


def _rare_share(text: str) -> float:
    plain = simplified(text)
    rare = sum(not (_is_common(c) or c in _PUNCTUATION or c.isascii()) for c in plain)
    return rare / max(1, len(plain))


def _frequent_share(text: str) -> float:
    return sum(c in _FREQUENT for c in simplified(text)) / max(1, len(text))


def _is_gain(run: str, found: str) -> bool:
    """Tell whether the repaired reading is clearly the likelier Chinese of the two."""
    rarer = _rare_share(run) - _rare_share(found)
    return max(rarer, _frequent_share(found) - _frequent_share(run)) >= _CLEAR_GAIN


def _run_end(text: str, start: int) -> int:
    end = start + 1 if text[start : start + 1] == "?" else start  # 0xA3BF was shown as ?
    while end < min(len(text), start + _LONGEST_RUN):
        if text[end].isascii():
            # an ASCII letter can be the second half of a slipped pair: the run ends with it
            return end + 1 if text[end].isalpha() else end
        end += 1
    return end


def _unslipped(run: str) -> str | None:
    """Return what the run said before it slipped, or None where that is not proven."""
    try:
        data = run.encode("gb18030")[1:]
    except UnicodeEncodeError:
        return None
    even = data[: len(data) // 2 * 2]
    try:
        text = even.decode("gb18030")
    except UnicodeDecodeError:
        return None
    if len(text) * 2 != len(even) or len(text) < _SHORTEST_RUN or text.encode("gb18030") != even:
        return None
    return text if _rare_share(text) == 0 else None


def _best(text: str, start: int) -> tuple[int, str] | None:
    for end in range(_run_end(text, start), start + _SHORTEST_RUN, -1):
        run = text[start:end].replace("?", "？")
        found = _unslipped(run)
        if found is not None and _is_gain(run, found):
            return end, found
    return None


def unslip(mapped: MappedText) -> tuple[MappedText, list[Damage]]:
    """Return the text with slipped runs put back, and what was found, in raw offsets.

    Each run becomes one LOST character (the one the slip destroyed) and the text that
    the round trip proves; a half character left at its end becomes LOST too.
    """
    edits: list[Edit] = []
    damage: list[Damage] = []
    done = 0
    for seed in _SEED.finditer(mapped.text):
        if seed.start() < done:
            continue
        best = _best(mapped.text, seed.end())
        if best is None:
            continue
        end, found = best
        odd = len(mapped.text[seed.end() : end].replace("?", "？").encode("gb18030")) % 2 == 0
        tail = end < len(mapped.text) and odd and mapped.text[end] in "?？"
        stop = end + 1 if tail else end
        edits.append(Edit(seed.start(), stop, LOST + found + (LOST if odd else "")))
        raw_start, raw_end = mapped.span(seed.start(), stop)
        note = f"编码错位一个字节，已按往返校验复原为“{found}”；首尾缺失的字不作猜测。"
        damage.append(Damage(kind="byte_shift", start=raw_start, end=raw_end, note=note))
        done = stop
    return mapped.edited(edits), damage
