"""A company seen from a city on one page (企业招商画像): place, reasons for and against, facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import polars as pl

from chainmap.concepts.chain import Segment
from chainmap.concepts.gap_records import GapRecord
from chainmap.concepts.kinds import Role
from chainmap.concepts.records import TargetRecord
from chainmap.concepts.service_records import CompanyRecord
from chainmap.errors import InputError
from chainmap.ranking.families import Family
from chainmap.ranking.gap_words import products_of
from chainmap.reports.company_search import company_index
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Picture,
    Said,
    Table,
    cells,
)
from chainmap.reports.document_sources import Cited, numbered
from chainmap.reports.report_material import Material
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.report_words import (
    basis_line,
    chance_method,
    method_refs,
    signed,
    target_method,
)
from chainmap.reports.rows import FAMILY_LABELS, company_source
from chainmap.reports.why_company import company_called

_DOUBTFUL = 0.1
"""A chance of an unseen local maker worth a word, as in the gap's own reason."""
_PRODUCTS = 3
"""Products that say why a company is in a segment."""
_PLACES = 4
"""Segments of the company shown: as many as leave room for the reasons."""


def find_company(material: Material, given: str) -> CompanyRecord:
    """Return the company a reader means: by id, registered or short name, or stock code.

    Raises:
        InputError: Nothing was given, or the company was founded after the report's day.
        UnknownNameError: No company of the roster answers to it, or several do alike.
    """
    if not given.strip():
        raise InputError("企业招商画像要指明企业。", todo="请给出企业名称、简称或股票代码。")
    world = material.world
    company_id = company_called(world, given)
    later = world.later.filter(pl.col("company_id") == company_id)
    if later.height:
        row = later.row(0, named=True)
        raise InputError(
            f"{row['short_name']}当时尚未成立（{row['founded_year']}年成立），没有招商画像。",
            todo="换一家企业，或换较晚的时点。",
        )
    return company_index(world).record(company_id)


def profile_report(material: Material, company: CompanyRecord) -> Document:
    """Return a company's profile for a city, meant for one page."""
    cited = Cited(hashed=True)
    gaps = material.gaps
    basis = gaps.basis
    method = method_refs(cited, basis, gaps.weights)
    target = next((t for t in material.all_targets.targets if t.company_id == company.id), None)
    source = company_source(
        TargetRecord.model_construct(source=company.source, stock_code=company.stock_code)
    )
    own = cited.company(company.name, source)
    body: list[Block] = [_facts(company, own, target), _places(material, company, own)]
    if target is not None:
        ranked = target_method(cited, material.all_targets)
        body += _fit(material, (target, ranked, own), cited, method)
    body.append(Heading("下一步"))
    body.append(Items(tuple(_next(target, catalogue=basis.catalogue_version is not None))))
    title = f"企业招商画像：{company.name}"
    made = Document(
        title=title,
        subtitle=f"从{basis.city}看　{basis_line(basis)}",
        name=f"{basis.city}-{company.short_name}-企业招商画像",
        day=basis.edition,
        abstract=(_abstract(material, company, target, cited),),
        body=tuple(body),
        annex=(),
        sources=cited.sources(),
        brief=True,
    )
    return numbered(made)


def _abstract(
    material: Material, company: CompanyRecord, target: TargetRecord | None, cited: Cited
) -> Line:
    city = material.city
    if company.city_code == city.code:
        return (Said(f"{company.short_name}是{city.name}本市企业，不列入招商目标。"),)
    if target is None:
        why = "它所在的环节及其直接上下游不是该市缺口，或名录数据不足以判断。"
        return (Said(f"{company.short_name}不在{city.name}的候选目标中：{why}"),)
    ranked = target_method(cited, material.all_targets)
    n = len(material.all_targets.targets)
    scope = f"{material.chain.name}产业链" if material.chain else "各产业链"
    return (
        Said(
            f"在{city.name}{scope}{n}家候选中排第{target.rank}位"
            f"（90%区间{target.rank_low}–{target.rank_high}），得分{target.score:.2f}；"
            f"可{_WORDS[target.gap_kind]}“{target.segment}”。",
            (ranked,),
        ),
        Said(_advice(target.rank, target.rank_low), strong=True),
        Said(
            f"来本市做该环节的可能性{target.chance:.2%}，同链候选平均{target.usual_chance:.2%}。",
            (chance_method(cited),),
        ),
    )


_FIRST, _RESERVE = 20, 100
"""Lists of these lengths are what the ranking is measured by (docs/evaluation-targets.md)."""


def _advice(rank: int, rank_low: int) -> str:
    """Return what a rank advises; a company whose interval reaches the reserve is not put off."""
    if rank <= _FIRST:
        return "排位靠前，可优先接触。"
    return "可列入储备名单。" if rank_low <= _RESERVE else "排位靠后，不宜列为重点。"


_WORDS = {"build": "新建", "fill": "补上", "strengthen": "增强", "extend": "延伸到"}


def _facts(company: CompanyRecord, own: int, target: TargetRecord | None) -> Table:
    marks = "、".join(company.kinds) or "名录未收录"
    founded = f"{company.founded_year}年" if company.founded_year else "名录未收录"
    listed = company.stock_code or "名录未收录"
    home = f"{company.province}{company.city}"
    if target is not None:
        home += f"，距离约{target.distance_km:.0f}公里"
    rows = [
        cells("所在地", Said(home, (own,)), "股票代码", listed),
        cells("成立", founded, "公开称号", marks),
        cells("主要产品", Said("、".join(company.products), (own,)), "备注", company.note or "—"),
    ]
    columns = (Column("项目", 11), Column("内容", 44), Column("项目 ", 11), Column("内容 ", 34))
    return Table("企业概况", columns, tuple(rows), head=False)


def _places(material: Material, company: CompanyRecord, own: int) -> Table:
    library = material.world.library
    shown = company.placements[:_PLACES]
    rows = tuple(
        cells(
            place.segment,
            f"{library.chains[place.chain_id].name} · "
            f"{library.groups[library.segments[place.segment_id].group].name}",
            Role(place.role).zh,
            Said(_evidence(company, library.segments[place.segment_id], place.evidence), (own,)),
        )
        for place in shown
    )
    columns = (
        Column("环节", 24), Column("产业链 · 板块", 30), Column("角色", 12, "centre"),
        Column("依据", 34),
    )  # fmt: skip
    more = len(company.placements) - len(shown)
    title = "在产业链上的位置" + (f"（另有{more}个环节）" if more > 0 else "")
    return Table(title, columns, rows, sheet="产业链位置")


def _evidence(company: CompanyRecord, segment: Segment, written: str) -> str:
    """Return the products that speak of a segment; the evidence as written where none does."""
    named = products_of(company.products, segment) or written.split("、")
    return "、".join(named[:_PRODUCTS]) + ("等" if len(named) > _PRODUCTS else "")


def _fit(
    material: Material,
    about: tuple[TargetRecord, int, int],
    cited: Cited,
    method: dict[str, int],
) -> list[Block]:
    target, ranked, own = about
    gap = next((g for g in material.gaps.gaps if g.segment_id == target.segment_id), None)
    policy = cited.passages(target.citations)
    roster = method["roster"]
    families = zip_longest(target.reasons, target.reason_families[: len(target.reasons)])
    reasons = [
        (Said(f"{reason}。", _rests_on(family or "", own, roster, policy)),)
        for reason, family in families
    ]
    reasons += [(Said(text, (own,)),) for text in _kin(material, target)]
    if policy:
        last = target.citations[0]
        named = "、".join(last.names[:2])
        over = "" if last.in_force else "（已到期，仅供背景）"
        reasons.append((Said(f"《{last.title}》{last.box}点名“{named}”{over}。", policy),))
    against = [
        (Said(text.rstrip("。") + "。", (ranked, roster)),) for text in target.counter_evidence
    ]
    against += [(Said(text, (method["gap"],)),) for text in _doubts(gap)]
    return [
        Heading("与本市的契合"),
        score_picture(target),
        Heading("引进理由", 2),
        Items(tuple(reasons)),
        Heading("不利因素", 2),
        Items(tuple(against) or ((Said("没有明显的不利因素；仍须核实企业现状和意愿。"),),)),
    ]


def _rests_on(family: str, own: int, roster: int, policy: tuple[int, ...]) -> tuple[int, ...]:
    """Return the sources of a reason: the company's facts, the city's companies, or plans."""
    if family in (Family.SEGMENT_FIT, Family.EXPANSION, Family.AFFINITY):
        return (own,)
    if family == Family.NEED:
        return (roster,)
    if family == Family.POLICY and policy:
        return policy
    return (own, roster)


def _kin(material: Material, target: TargetRecord) -> Iterator[str]:
    companies = material.world.companies
    group = companies.filter(pl.col("company_id") == target.company_id)["group_id"][0]
    local = companies.filter(
        (pl.col("group_id") == group) & (pl.col("city_code") == material.city.code)
    )["full_name"].to_list()
    if local:
        yield f"同一集团的{local[0]}已在本市。"


def _doubts(gap: GapRecord | None) -> Iterator[str]:
    if gap is None:
        return
    if gap.p_unseen >= _DOUBTFUL:
        yield f"本市有{gap.p_unseen:.0%}的概率已有未入名录的同类企业。"
    if gap.rank_high > _FIRST:
        yield f"该缺口是否居前没有把握，名次区间为{gap.rank_low}–{gap.rank_high}。"


def score_picture(target: TargetRecord) -> Picture:
    """Return what a score is made of, as bars; families that add nothing are named in the title."""
    rows, idle = [], []
    for name, label in FAMILY_LABELS.items():
        if signed(target.parts[name]) == signed(0.0):
            idle.append(label)
        else:
            rows.append(BarRow(label, (Bar(target.parts[name], signed(target.parts[name])),)))
    most = max((0.0, *(row.bars[0].value for row in rows)))
    said = "；".join(f"{row.name}{row.bars[0].shown}" for row in rows) or "各项均为0"
    alt = f"{target.company}的得分构成：{said}。"
    title = "得分构成：比本市居中候选高出多少，0.7 约为一倍"
    title += f"（{'、'.join(idle)}为 0）" if idle else ""
    return Picture(title, bars_svg(rows, alt, most), alt, share=0.86)


def _next(target: TargetRecord | None, *, catalogue: bool) -> Iterator[Line]:
    yield (Said("按“可核对之处”核实企业现状、产能和近期投资计划。"),)
    if target is None:
        return
    if target.catalogue_item is None:
        why = "招商目录未列该环节" if catalogue else "本市还没有招商目录"
        yield (Said(f"{why}，“{target.segment}”项目的用地、能耗等要求须向本市有关部门确认。"),)
        return
    asked = f"（待问{target.terms_unknown}条）" if target.terms_unknown else ""
    yield (
        Said(f"对照本市招商目录的准入条件{asked}，确认“{target.segment}”项目的用地、能耗等要求。"),
    )
