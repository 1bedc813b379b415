"""Script of a text: pinyin in brackets taken out, traditional turned simplified."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from chainmap.concepts.hanzi import converter, simplified
from chainmap.concepts.policy import Damage
from chainmap.extraction.mapped import Edit, MappedText

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
_PINYIN = re.compile(rf"(?<=[㐀-鿿\uf900-\ufaff])\n?[(（]\n?((?:[a-zü{_TONED}]\n?){{1,6}})[)）]")
_TONELESS = {"de", "le", "zi", "men", "tou", "ge", "ba", "ma", "ne", "me", "shang"}
_HAN = re.compile(r"[㐀-鿿]")
_PIECE = re.compile(r"[㐀-鿿]+")
_TAIWAN_WORDS = ("積體電路", "軟體", "硬體", "資訊", "網路", "奈米", "資料庫", "雷射", "記憶體")
_TRADITIONAL_SHARE = 0.02  # simplified text holds a stray traditional name, never one in fifty


def without_pinyin(mapped: MappedText) -> tuple[MappedText, list[Damage]]:
    """Return the text without pinyin in brackets after a character, and one note per line."""
    toned = 0
    edits: list[Edit] = []
    for match in _PINYIN.finditer(mapped.text):
        has_tone = any(c in _TONED for c in match[1])
        toned += has_tone
        if has_tone or (toned and match[1].replace("\n", "") in _TONELESS):
            edits.append(Edit(match.start(), match.end(), ""))
    return mapped.edited(edits), per_line(mapped, edits, "pinyin", "去除括注拼音{n}处。")


def per_line(mapped: MappedText, edits: list[Edit], kind: str, note: str) -> list[Damage]:
    """Return one damage per line that has edits, from its first to its last edit."""
    by_line: dict[int, list[Edit]] = {}
    line = at = 0
    for edit in sorted(edits, key=lambda e: e.start):
        line += mapped.text.count("\n", at, edit.start)
        at = max(at, edit.start)
        by_line.setdefault(line, []).append(edit)
    found = []
    for group in by_line.values():
        start, end = mapped.span(group[0].start, group[-1].end)
        text = note.format(n=len(group))
        found.append(
            Damage.model_validate({"kind": kind, "start": start, "end": end, "note": text})
        )
    return found


def to_simplified(mapped: MappedText) -> MappedText:
    """Return the text in simplified characters; unchanged where it is not traditional.

    Taiwan wording is turned too where the text shows two of its words; a phrase that
    changes length maps whole onto the characters it replaces.
    """
    han = len(_HAN.findall(mapped.text))
    if not han:
        return mapped
    plain = simplified(mapped.text)
    changed = sum(a != b for a, b in zip(plain, mapped.text, strict=False))
    if changed / han < _TRADITIONAL_SHARE:
        return mapped
    taiwan = sum(word in mapped.text for word in _TAIWAN_WORDS) >= 2
    convert = converter("tw2sp" if taiwan else "t2s").convert
    edits: list[Edit] = []
    for piece in _PIECE.finditer(mapped.text):
        new = convert(piece[0])
        if new == piece[0]:
            continue
        if len(new) == len(piece[0]):
            edits.append(Edit(piece.start(), piece.end(), new))
        else:
            edits.extend(_aligned(piece[0], new, piece.start()))
    return mapped.edited(edits)


def _aligned(old: str, new: str, offset: int) -> list[Edit]:
    matcher = SequenceMatcher(None, simplified(old), new, autojunk=False)
    blocks: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "insert":
            blocks.append((a, b, c, d))
        elif blocks:  # an inserted character belongs to the one before it
            pa, pb, pc, pd = blocks.pop()
            if pd - pc == pb - pa > 1:
                blocks.append((pa, pb - 1, pc, pd - 1))
                pa, pc = pb - 1, pd - 1
            blocks.append((pa, pb, pc, d))
        else:  # nothing stands before: the whole piece is one block
            return [Edit(offset, offset + len(old), new)]
    return [Edit(offset + a, offset + b, new[c:d]) for a, b, c, d in blocks]
