"""The card of a document: title, issuer, region, date, period and what it cites."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from chainmap.concepts.policy import AdminLevel, Document, Period, Region
from chainmap.extraction.places import Mention, PlaceTable, divisions
from chainmap.extraction.repair import Clean
from chainmap.sources.policy import PolicySource

_TITLE_END = re.compile(
    r"(?:计划|规划|意见|方案|通知|办法|决定|纲要|措施|政策|细则|条例|规定|实施意见|若干意见|目录)(?:\([^)]*\))?$"
)
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_DATE = re.compile(r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?")
_DATE_MARK = re.compile(r"(?:发[表布]|印发|成文|公开)(?:时间|日期)?[::]?|时间[::]")
_HORIZON = re.compile(r"(?:到|(?<!截)至)(?<!截止到)(20\d\d)年")
_PERIOD = re.compile(r"(20\d\d)年?\s*(?:[—–]+|[-~至到])\s*(20\d\d)年")
_FIVE_YEAR = {
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
_ISSUED = re.compile(
    r"([^,。《》\n]{4,24}?(?:办公室|办公厅|人民政府|委员会|领导小组|厅|局|委))(?:近日|日前)?(?:印发|发布|出台|制定)"
)
_FOUNDING = re.compile(r"特制[定订](?:《([^《》]+)》|本(?:行动)?(?:计划|规划|意见|方案))")
_OUTLOOK = 8  # a year this far behind the first horizon is an outlook, no end of a plan
_FRONT = 12  # lines from the top where a title or a date can stand


def document_of(clean: Clean, source: PolicySource, table: PlaceTable) -> Document:
    """Return the card, every field null or empty where the text does not say.

    Title: a line near the top that ends like one, or the name in 《》 the text gives itself.
    Region: the place in the title, else the place most named at the level the text speaks
    of itself (我市, 我省). Period: stated, or the five-year plan named in the title, or
    the last year its goals are set for.
    """
    title = _title(clean)
    region = region_of(clean, title, table)
    return Document(
        file=source.file,
        sha256=source.sha256,
        title=title,
        issuer=_issuer(clean),
        region=Region(name=region.name, code=region.code) if region else None,
        published=_published(clean),
        period=_period(clean, title),
        cites=_cites(clean, title),
    )


_FORWARDED = re.compile(r"^(?P<issuer>.{4,40}?)关于印发《?(?P<title>[^《》]{6,60}?)》?的通知$")


def _title(clean: Clean) -> str | None:
    for line in clean.lines[:_FRONT]:
        forwarded = _FORWARDED.match(line.text)
        if forwarded:
            return forwarded["title"]
    named = _FOUNDING.search(clean.text)
    if named and named[1]:
        return named[1]
    own = re.search(
        r"(?:印发|出台|制定|发布)了?《([^《》]{6,60})》",
        "\n".join(line.text for line in clean.body[:4]),
    )
    if own and not clean.body[0].text.startswith("为"):
        return own[1]
    for line in clean.lines[:_FRONT]:
        text = line.text.strip("《》")
        plan = len(text) <= 60 and _TITLE_END.search(text)
        if plan and not re.search(r"[,。;:]", text) and not text.startswith(("首页", "关于印发<")):
            return text
    return None


def region_of(clean: Clean, title: str | None, table: PlaceTable) -> Mention | None:
    """Return the place the document is in force for, or None where nothing shows it."""
    inside = divisions(title or "", 0, len(title or ""), table)
    ranked: list[AdminLevel] = ["province", "city", "county"]
    inside = [m for m in inside if m.level in ranked]
    if inside:
        return _full(max(inside, key=lambda m: ranked.index(m.level or "province")), table)
    text = clean.text
    speaks: Counter[AdminLevel] = Counter()
    for own, word in zip(ranked, "省市县", strict=True):
        speaks[own] = text.count("我" + word) + text.count("全" + word)
    named = Counter((m.name, m.level) for m in divisions(text, 0, len(text), table))
    own_level = speaks.most_common(1)[0][0] if sum(speaks.values()) else None
    best: tuple[int, str] = (0, "")
    for name, found in sorted(named, key=lambda k: k[0]):
        if found in ranked and (own_level is None or found == own_level):
            code = table[name][0]
            total = sum(c for (n, _), c in named.items() if table[n][0] == code)
            best = max(best, (total, name))
    if not best[1]:
        return None
    return _full(Mention(0, 0, best[1], *table[best[1]]), table)


def _full(place: Mention, table: PlaceTable) -> Mention:
    """Return the place under its longest name in the table (绍兴 → 绍兴市)."""
    names = [n for n, (code, _) in table.items() if code == place.code]
    return Mention(place.start, place.end, max(names, key=len), place.code, place.level)


def _issuer(clean: Clean) -> str | None:
    for line in clean.lines[:_FRONT]:
        forwarded = _FORWARDED.match(line.text)
        if forwarded:
            return forwarded["issuer"]
    front = "\n".join(line.text for line in clean.lines[: clean.first + 4])
    match = _ISSUED.search(front)
    if match is None or re.search(r"关于|贯彻|《", match[1]):
        return None
    return match[1]


def _published(clean: Clean) -> str | None:
    for line in clean.lines[:_FRONT]:
        match = _DATE.search(line.text)
        marked = _DATE_MARK.search(line.text) or len(line.text) < 16
        if match and marked and (day := _day(match)):
            return day.isoformat()
    return None


def _day(written: re.Match[str]) -> dt.date | None:
    """Return the day a date names, or None for a day that is none (2月30日)."""
    try:
        return dt.date(int(written[1]), int(written[2]), int(written[3]))
    except ValueError:
        return None


def _period(clean: Clean, title: str | None) -> Period:
    body = "\n".join(line.text for line in clean.body)
    horizons = tuple(sorted({int(y) for y in _HORIZON.findall(body)}))
    stated = re.search(r"(?:规划期|实施期|计划期)[^。]{0,6}?" + _PERIOD.pattern, body)
    stated = stated or _PERIOD.search(title or "")
    if stated:
        first = int(stated[1])
        horizons = tuple(y for y in horizons if y >= first)
        return Period(start=first, end=int(stated[2]), horizons=horizons)
    for name, (start, end) in _FIVE_YEAR.items():
        if name in (title or ""):
            return Period(start=start, end=end, horizons=horizons)
    goals = Counter(int(y) for y in _HORIZON.findall(body))
    near = [y for y in goals if y < min(goals) + _OUTLOOK]
    end_year = max(near, key=lambda y: (goals[y], y)) if near else None
    start_year = None
    if end_year and "三年行动" in (title or body[:400]):
        start_year = end_year - 2
    return Period(start=start_year, end=end_year, horizons=horizons)


def _cites(clean: Clean, title: str | None) -> tuple[str, ...]:
    body = "\n".join(line.text for line in clean.lines[clean.first : clean.last])
    names = (m[1] for m in _QUOTED.finditer(body))
    short = {m[1] for m in re.finditer(r"(?:以下)?简称《([^《》]+)》", body)}
    return tuple(dict.fromkeys(n for n in names if n != title and n not in short))
