"""The list of targets (招商目标清单): who, for which gap, why, and where it can be checked."""

from __future__ import annotations

from collections import Counter

from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
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
    limits,
    plans_line,
    signed,
    target_method,
    target_table,
)
from chainmap.reports.rows import FAMILY_LABELS

_PICTURED = 20


def targets_report(material: Material) -> Document:
    """Return the ranked target list of a city, of one chain or of all."""
    found, cited = material.targets, Cited()
    basis = found.basis
    scope = material.chain.name if material.chain else ""
    title = f"{basis.city}{scope}招商目标清单"
    roster = cited.roster(basis)
    ranked, chance = target_method(cited, found), chance_method(cited)
    body: list[Block] = [Heading("目标企业")]
    if found.targets:
        body.append(_picture(found))
        body.append(target_table(found.targets, (ranked, chance, roster), cited, title))
    else:
        body.append(Paragraph((Said("没有可列的目标：没有缺口，或名录数据不足以判断缺口。"),)))
    per = f"同一环节最多列{found.per_segment}家" if found.per_segment else "同一环节不限家数"
    body += [
        Heading("说明"),
        Paragraph((Said(f"{per}；本市企业不列入。得分的各项构成见附表。", (ranked,)),)),
        Paragraph(plans_line(basis)),
        *limits(basis, roster),
    ]
    files = cited.documents()
    annex: list[Block] = (
        [_against(found.targets), _parts(found, ranked), _companies(found.targets)]
        if found.targets
        else []
    )
    made = Document(
        title=title,
        subtitle=basis_line(basis),
        name=title,
        day=basis.edition,
        abstract=_abstract(found, roster, ranked),
        body=tuple(body),
        annex=(*annex, files) if files else tuple(annex),
        sources=cited.sources(),
    )
    return numbered(made)


def _abstract(found: TargetList, roster: int, ranked: int) -> tuple[Line, ...]:
    targets = found.targets
    if not targets:
        return ((Said("本次没有列出目标企业。", (roster,)),),)
    homes = Counter(target.home_province for target in targets)
    provinces = "、".join(f"{name}{n}家" for name, n in homes.most_common(5))
    chains = len({target.segment_id for target in targets})
    near = sum(target.distance_km <= 300 for target in targets)
    listed = sum(target.stock_code is not None for target in targets)
    first = "、".join(f"{t.company}（补“{t.segment}”）" for t in targets[:3])
    return (
        (
            Said(
                f"本清单列出{len(targets)}家外地企业，对应{chains}个缺口环节，"
                f"其中上市公司{listed}家，总部在300公里以内的{near}家。",
                (roster,),
            ),
            Said(f"总部所在地：{provinces}。", (roster,)),
        ),
        (Said(f"得分居前的是{first}。", (ranked,)),),
    )


def _picture(found: TargetList) -> Picture:
    shown = found.targets[:_PICTURED]
    rows = [
        BarRow(
            f"{one.rank}. {one.short_name}",
            (
                Bar(
                    one.score, f"{one.score:.1f}　{one.home_city.removesuffix('市')}，{one.segment}"
                ),
            ),
        )
        for one in shown
    ]
    said = "；".join(f"{row.name} {row.bars[0].shown}" for row in rows)
    most = max(one.score for one in shown)
    alt = f"{found.basis.city}招商目标得分：{said}。"
    return Picture(f"得分居前的{len(shown)}家目标企业", bars_svg(rows, alt, most), alt)


def _against(targets: list[TargetRecord]) -> Table:
    rows = tuple(
        cells(f"{one.rank}", one.company, "；".join(one.counter_evidence) or "—", _terms(one))
        for one in targets
    )
    columns = (
        Column("序", 5, "centre"), Column("企业", 25), Column("不利与待核实", 48),
        Column("目录准入条件", 22),
    )  # fmt: skip
    return Table("不利因素和待核实事项", columns, rows, sheet="不利与待核实")


def _terms(target: TargetRecord) -> str:
    if target.catalogue_item is None:
        return "目录未列该环节"
    return f"已知符合{target.terms_met}条，待问{target.terms_unknown}条"


def _parts(found: TargetList, ref: int) -> Table:
    columns = (
        Column("序", 5, "centre"), Column("企业", 25),
        *(Column(label, 9, "right", (ref,)) for label in FAMILY_LABELS.values()),
        Column("得分", 8, "right", (ref,)),
    )  # fmt: skip
    rows = tuple(
        cells(
            f"{one.rank}", one.company,
            *(signed(one.parts[name]) for name in FAMILY_LABELS), f"{one.score:.2f}",
        )
        for one in found.targets
    )  # fmt: skip
    return Table("得分构成（比居中候选高出多少）", columns, rows, sheet="得分构成")


def _companies(targets: list[TargetRecord]) -> Table:
    columns = (
        Column("序", 5, "centre"), Column("企业", 28), Column("股票代码", 13, "centre"),
        Column("现在的环节", 20), Column("主要产品", 34),
    )  # fmt: skip
    rows = tuple(
        cells(f"{t.rank}", t.company, t.stock_code or "—", t.made_segment, "、".join(t.products))
        for t in targets
    )
    return Table("企业基本情况", columns, rows, sheet="企业信息")
