"""Who is who: the same company under two names, branches and parents, likely subsidiaries.

Nothing is merged here. Each link says what it rests on and how sure it is; a person or a later
step decides.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

import polars as pl

from chainmap.linkage.names import NameParts, is_brand, parts_of_key, take_apart
from chainmap.linkage.pairs import likely_pairs

RARE_BRAND, COMMON_BRAND = 4, 12
"""Companies of one city under one brand: up to so many a sign of one owner, from so many none."""

LEAST_CONFIDENCE = 0.5
"""Weaker links are not proposed."""


class Band(NamedTuple):
    """Proposed subsidiaries of one strength of evidence; `confidence` is the share found right."""

    zh: str
    confidence: float


BANDS = (Band("高", 0.95), Band("中", 0.55), Band("低", 0.4), Band("很低", 0.2))
"""Shares of one group measured on tests/golden/resolution-groups.csv, rounded to five hundredths:
`chainmap evaluate resolution` prints them with their intervals. One reader, by the names alone."""

_SCORES = (0.8, 0.7)
"""Evidence from which a band below the first counts, strongest first."""


class Relation(StrEnum):
    """What one company is to the other."""

    SAME = "same"
    BRANCH = "branch_of"
    SUBSIDIARY = "subsidiary_of"
    NONE = "different"


class Named(NamedTuple):
    """A company as far as telling it apart needs; `key` saves working out the name's again."""

    name: str
    city_code: str | None = None
    uscc: str | None = None
    former: tuple[str, ...] = ()
    key: str | None = None

    @property
    def parts(self) -> NameParts:
        """The name taken apart."""
        return take_apart(self.name) if self.key is None else parts_of_key(self.key)


class Link(NamedTuple):
    """What the first company is to the second; `confidence` is 0..1, `why` is Chinese."""

    relation: Relation
    confidence: float
    why: str


LINKS = pl.Schema(
    {"company_id": pl.String, "other_id": pl.String, "relation": pl.String,
     "confidence": pl.Float64, "why": pl.String}
)  # fmt: skip


def relate(left: Named, right: Named, carriers: int | None = None) -> Link:
    """Return what `left` is to `right`, the surest relation that holds.

    Two sound credit codes decide alone whether the two are one company; then at most a branch or
    a subsidiary is left.

    Args:
        left: The one that may be the branch or the subsidiary.
        right: The other.
        carriers: How many companies of the city carry the brand; None where not counted.
    """
    if left.uscc and right.uscc and left.uscc == right.uscc:
        return Link(Relation.SAME, 1.0, "统一社会信用代码相同")
    a, b = left.parts, right.parts
    found = [_branch(a, b, _together(left, right))]
    if not (left.uscc and right.uscc):
        found.append(_same(left, right, a, b))
    found.append(_subsidiary(a, b, _together(left, right), carriers))
    best = max(found, key=lambda link: link.confidence)
    if best.confidence < LEAST_CONFIDENCE:
        return Link(Relation.NONE, 1 - best.confidence, "没有足够的相同之处")
    if best.relation is Relation.SUBSIDIARY:
        return best._replace(confidence=_band(a, b, best.confidence).confidence)
    return best


def _band(a: NameParts, b: NameParts, score: float) -> Band:
    """Return the band of a proposed subsidiary; two that both name a group come first."""
    if a.holding and b.holding:
        return BANDS[0]
    return next((band for band, least in zip(BANDS[1:], _SCORES, strict=False) if score >= least),
                BANDS[-1])  # fmt: skip


def _together(left: Named, right: Named) -> bool | None:
    """Return whether both are in one city; None where that is not known."""
    if left.city_code is None or right.city_code is None:
        return None
    return left.city_code == right.city_code


def _same(left: Named, right: Named, a: NameParts, b: NameParts) -> Link:
    together = _together(left, right)
    if together is False:
        return Link(Relation.SAME, 0.2, "名称相近但不在一个城市")
    near = 0.0 if together else 0.1
    if a.key == b.key:
        return Link(Relation.SAME, 0.97 - near, "名称（不计写法）和城市相同")
    former = {take_apart(name).key for name in (*left.former, *right.former)}
    if a.key in former or b.key in former:
        return Link(Relation.SAME, 0.95 - near, "一方的名称是另一方的曾用名")
    if a.parents or b.parents:
        return Link(Relation.SAME, 0.0, "")
    if a.loose == b.loose and (a.places or b.places):
        return Link(Relation.SAME, 0.9 - near, "名称只差地名的写法（省、市字样或位置）")
    nested = set(a.places) <= set(b.places) or set(b.places) <= set(a.places)
    if _rest(a) == _rest(b) and len(_rest(a)) >= 6 and nested:
        return Link(Relation.SAME, 0.75 - near, "名称只差冠在前面的地名")
    if a.key.replace("股份", "") == b.key.replace("股份", ""):
        return Link(Relation.SAME, 0.8 - near, "名称只差“股份”：可能是改制前后")
    if re.sub("集团|公司", "", a.key) == re.sub("集团|公司", "", b.key) and _rest(a) != _rest(b):
        return Link(Relation.SAME, 0.6 - near, "名称只差“集团”：可能是更名，也可能是母公司")
    return Link(Relation.SAME, 0.0, "")


def _rest(parts: NameParts) -> str:
    return parts.loose.rsplit("|", 1)[-1]


def _branch(a: NameParts, b: NameParts, together: bool | None) -> Link:
    for depth, parent in enumerate(a.parents):
        if parent == b.key:
            return Link(
                Relation.BRANCH, 0.98 - 0.05 * depth, "名称以对方全称开头，后接分支机构字样"
            )
        other = parts_of_key(parent)
        if other.loose == b.loose and len(_rest(b)) >= 4:
            sure = 0.85 if together is not False else 0.75
            return Link(Relation.BRANCH, sure - 0.05 * depth, "名称开头与对方全称只差地名的写法")
    return Link(Relation.BRANCH, 0.0, "")


def _subsidiary(a: NameParts, b: NameParts, together: bool | None, carriers: int | None) -> Link:
    """Return how likely `a` belongs to the group of `b`: a shared brand, and signs of a group."""
    brand = shared_brand(a, b)
    if a.parents or b.parents or brand is None or a.key == b.key:
        return Link(Relation.SUBSIDIARY, 0.0, "")
    sure, why = 0.3, [f"字号同为“{brand}”"]
    if len(brand) >= 3:
        sure, why = sure + 0.15, [*why, "字号较长、少见"]
    if b.holding and not a.holding:
        sure, why = sure + 0.2, [*why, "对方是集团、控股或股份公司"]
    elif not b.holding:
        # Two companies of one brand without a head: as likely strangers or sisters.
        return Link(Relation.SUBSIDIARY, 0.0, "")
    else:
        why = [*why, "两家名称都写明集团或总公司，可能是母子，也可能同属一家"]
    if together:
        sure, why = sure + 0.1, [*why, "同在一个城市"]
    if a.trade and b.trade and (a.trade[:2] in b.trade or b.trade[:2] in a.trade):
        sure, why = sure + 0.1, [*why, "行业字样相同"]
    if carriers is not None and carriers <= RARE_BRAND:
        sure, why = sure + 0.15, [*why, f"全市只有 {carriers} 家用这个字号"]
    elif carriers is not None and carriers >= COMMON_BRAND:
        sure, why = sure - 0.2, [*why, f"但全市有 {carriers} 家用这个字号"]
    return Link(Relation.SUBSIDIARY, min(sure, 0.85), "，".join(why))


def shared_brand(a: NameParts, b: NameParts) -> str | None:
    """Return the brand two names share, or None; one that no word of trade ends may run on."""
    short, long = sorted((a, b), key=lambda parts: len(parts.brand))
    same = short.brand == long.brand or (short.brand_is_cut and long.brand.startswith(short.brand))
    return short.brand if same and is_brand(short.brand) else None


def resolve(companies: pl.DataFrame) -> pl.DataFrame:
    """Return proposed links (`LINKS`) between the companies of a register, by company.

    Args:
        companies: `company_id, name, uscc, city_code, former_names, name_key` as in a workspace.
    """
    frame = companies.select("company_id", "name", "uscc", "city_code", "former_names", "name_key")
    pairs = likely_pairs(frame)
    named = {
        row[0]: Named(row[1], row[3], row[2], tuple(row[4].split(";")) if row[4] else (), row[5])
        for row in _needed(frame, pairs).iter_rows()
    }
    rows = []
    for left, right, carriers in pairs.iter_rows():
        link = relate(named[left], named[right], carriers)
        if link.relation is not Relation.NONE:
            rows.append((left, right, link.relation.value, round(link.confidence, 3), link.why))
    links = pl.DataFrame(rows, schema=LINKS, orient="row")
    return _best_parent(links).sort("company_id", "relation", "other_id")


def _needed(frame: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    ids = pl.concat([pairs["left"], pairs["right"]]).unique()
    return frame.filter(pl.col("company_id").is_in(ids.implode()))


def _best_parent(links: pl.DataFrame) -> pl.DataFrame:
    """Return links with one parent a branch: the surest, ties by id; other links all stay."""
    branch = pl.col("relation") == Relation.BRANCH.value
    best = (
        links.filter(branch).sort(["confidence", "other_id"], descending=[True, False])
        .unique("company_id", keep="first", maintain_order=True)
    )  # fmt: skip
    return pl.concat([links.filter(~branch), best])
