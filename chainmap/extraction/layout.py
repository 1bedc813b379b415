"""Lines of a text: spaces closed, wrapped lines joined, page chrome told from body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from chainmap.concepts.policy import Damage
from chainmap.extraction.mapped import Edit, MappedText
from chainmap.extraction.script import per_line

_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)}
_WIDE |= {
    ord(a): ord(b)
    for a, b in zip("\u00a0\u3000\u2002\u2003\u2009\u202f﹑｡﹐﹔", "      、。,;", strict=True)
}
_WIDE |= {ord(a): ord(b) for a, b in zip("〜∼﹕︰│┃丨", "~~::|||", strict=True)}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")
_SPACES = re.compile(r"[ \t\v\f]+")
_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.．、](?!\d)|\(\d{1,2}\)"
    r"|第[一二三四五六七八九十百\d]+[章节条]|专栏|——|[·•◆●■□])"
)
_STOP = re.compile(r"[。;:!?|.…”」』》)\]]$")
_CHROME_TAIL = re.compile(
    r"版权所有|copyright|备案号|ICP备|上一篇|下一篇|相关热词|扫一扫|在线留言|登录后|公众号|打印本页|关闭窗口"
    r"|^分享|主办单位|承办单位|网站地图|联系我们|技术支持|来源[::]|责任编辑|浏览次数|返回顶部",
    re.IGNORECASE,
)
_CHROME_HEAD = re.compile(
    r"欢迎访问|当前位置|首页|浏览次数|发[表布]时间|发布日期|文章来源|来源:|字号|打印|官方网站|^概览$|动态$|收藏|分享"
)
_PAGE = re.compile(r"[-—–\s第]*\d{1,3}[-—–\s页]*")
_BODY_LENGTH = 40  # a line this long is prose: no menu, caption or button is
_WRAP_LENGTH = 22  # narrower columns than this are tables, not prose


@dataclass(frozen=True)
class Line:
    """One line of clean text, `start` to `end`, with the rim of spaces left out."""

    start: int
    end: int
    text: str


def widened(mapped: MappedText) -> MappedText:
    """Return the text with full-width marks, digits and letters in their plain form."""
    text = mapped.text.translate(_WIDE).replace("，", ",")
    mapped = MappedText(text, mapped.starts, mapped.ends)
    edits = [Edit(m.start(), m.end(), "\n") for m in re.finditer(r"\r\n?|[\u2028\u2029\x85]", text)]
    edits += [Edit(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text)]
    return mapped.edited(edits)


def closed(mapped: MappedText) -> tuple[MappedText, list[Damage]]:
    """Return the text with spaces inside Chinese words closed, and one note per line.

    A space stays only between two ASCII letters or digits. Two or more tabs in a line
    are the borders of table cells and become ` |` marks.
    """
    text = mapped.text
    tabled = _tabled_lines(text)
    edits: list[Edit] = []
    strays: list[Edit] = []
    for match in _SPACES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if "\t" in match[0] and any(a <= match.start() < b for a, b in tabled):
            new = "|" * match[0].count("\t")
        elif before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
            new = " "
        else:
            new = ""
        edit = Edit(match.start(), match.end(), new)
        edits.append(edit)
        inner = before not in ("", "\n", "|") and after not in ("", "\n", "|")
        if not new and inner:
            strays.append(edit)
    return mapped.edited(edits), per_line(mapped, strays, "stray_space", "去除字间空格{n}处。")


def _tabled_lines(text: str) -> list[tuple[int, int]]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip().count("\t") >= 2:
            found.append((match.start(), match.end()))
    return found


def unwrapped(mapped: MappedText) -> tuple[MappedText, list[Damage]]:
    """Return the text with hard-wrapped lines joined where the whole text is wrapped.

    Evidence: at least a third of the prose lines break off without a closing mark.
    """
    lines = [m for m in re.finditer(r"[^\n]+", mapped.text) if not _PAGE.fullmatch(m[0])]
    prose = [m for m in lines if len(m[0]) >= _WRAP_LENGTH]
    broken = [m for m in prose if not _STOP.search(m[0])]
    if len(prose) < 8 or len(broken) * 3 < len(prose):
        return mapped, []
    edits = []
    width = max(Counter(len(m[0]) for m in broken).items(), key=lambda p: (p[1], p[0]))[0]
    for here, after in pairwise(lines):
        wrapped = len(here[0]) >= _WRAP_LENGTH and not _STOP.search(here[0])
        between = mapped.text[here.end() : after.start()]
        near = between == "\n" or _PAGE.fullmatch(between.strip())
        if wrapped and near and not _opens(here[0], after[0], width):
            edits.append(Edit(here.end(), after.start(), ""))
    if not edits:
        return mapped, []
    start, end = mapped.span(edits[0].start, edits[-1].end)
    note = f"正文按行宽折断，已接合{len(edits)}处。"
    return mapped.edited(edits), [Damage(kind="wrapped_line", start=start, end=end, note=note)]


def _opens(here: str, after: str, width: int) -> bool:
    """Tell whether a line opens something new; (2) behind a full line runs on in the text."""
    if re.match(r"\(\d{1,2}\)", after):
        return len(here) < width - 1
    return bool(_HEAD.match(after))


def lines_of(text: str) -> list[Line]:
    """Return the lines that are not blank, in order."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(Line(start, start + len(stripped), stripped))
    return found


def body_of(lines: list[Line]) -> tuple[int, int]:
    """Return the first and one past the last index of the lines that are the document.

    The body starts at the first heading, title or prose line that is no page chrome, and
    ends after the last prose or closing line before the page's own links and notices.
    """
    if not any(len(line.text) >= _BODY_LENGTH for line in lines):
        return 0, len(lines)
    first = 0
    while first < len(lines) and _is_chrome(lines[first], _CHROME_HEAD):
        first += 1
    last = len(lines)
    while last > first + 1 and (
        _is_chrome(lines[last - 1], _CHROME_TAIL) or _is_caption(lines[last - 1])
    ):
        last -= 1
    return first, last


def _is_chrome(line: Line, marks: re.Pattern[str]) -> bool:
    return len(line.text) < 2 * _BODY_LENGTH and bool(marks.search(line.text))


def _is_caption(line: Line) -> bool:
    # a body ends on a full stop, a bracket or a table mark, a link or button does not
    return len(line.text) < _BODY_LENGTH and not re.search(r"[。|)%]$", line.text)
