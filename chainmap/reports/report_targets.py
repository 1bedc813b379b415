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
from chainmap.reports.report_quality import quality
from chainmap.reports.report_tables import target_table
from chainmap.reports.report_words import (
    basis_line,
    chance_method,
    limits,
    plans_line,
    said_of_all,
    signed,
    target_method,
)
from chainmap.reports.rows import FAMILY_LABELS

_PICTURED = 20
_PROVINCES = 5
"""Home provinces named in the abstract; the others are counted together."""
_SEEN = 0.005
"""A summand under it is shown as nought."""


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
        quality(cited),
    ]
    files = cited.documents()
    annex: list[Block] = (
        [
            *against(found.targets, catalogue=basis.catalogue_version is not None),
            *_parts(found, ranked),
            _companies(found.targets),
        ]
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
    shown = homes.most_common(_PROVINCES)
    provinces = "、".join(f"{name}{n}家" for name, n in shown)
    if len(homes) > len(shown):
        provinces += f"，其他省（区、市）{len(targets) - sum(n for _, n in shown)}家"
    chains = len({target.segment_id for target in targets})
    near = sum(target.distance_km <= 300 for target in targets)
    listed = sum(target.stock_code is not None for target in targets)
    first = "、".join(f"{t.company}（补“{t.segment}”）" for t in targets[:3])
    return (
        (
            Said("一是名单。", strong=True),
            Said(
                f"本清单列出{len(targets)}家外地企业，对应{chains}个缺口环节，"
                f"其中上市公司{listed}家，总部在300公里以内的{near}家。",
                (roster,),
            ),
            Said(f"总部所在地：{provinces}。", (roster,)),
        ),
        (Said("二是先谈谁。", strong=True), Said(f"得分居前的是{first}。", (ranked,))),
        (Said("三是要核实什么。", strong=True), Said(_unknown(found), (roster,))),
    )


def _unknown(found: TargetList) -> str:
    """Return what has to be asked before anybody is called, in a sentence."""
    asked = sum(one.terms_unknown > 0 for one in found.targets)
    without = sum(one.catalogue_item is None for one in found.targets)
    said = ["各家现状、投资意愿和近期计划名录中没有，须逐家核实"]
    if asked:
        said.append(f"{asked}家还须对照招商目录核实准入条件")
    if found.basis.catalogue_version is None:
        said.append("本市还没有招商目录，准入条件须另行核实")
    elif without:
        said.append(f"{without}家对应的环节尚未列入招商目录")
    return "；".join(said) + "。不利因素逐家列在附表。"


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


def against(targets: list[TargetRecord], *, catalogue: bool = True) -> list[Block]:
    """Return what speaks against each; what is said of all stands once above.

    Args:
        targets: The list.
        catalogue: Whether the city has an investment catalogue; without one nothing is said of it.
    """
    told = [
        [text for text in one.counter_evidence if not text.startswith("目录准入条件")]
        for one in targets
    ]
    common = said_of_all(told)
    own = [[text for text in said if text not in common] for said in told]
    other = "其他" if common else ""
    rows = tuple(
        cells(
            one.rank,
            one.company,
            "；".join(said) or f"未见{other}",
            *([_terms(one)] if catalogue else []),
        )
        for one, said in zip(targets, own, strict=True)
        if said or one.catalogue_item is not None
    )
    columns = (
        Column("名次", 8, "right"), Column("企业", 27),
        Column("不利与待核实", 34 if catalogue else 65),
        *([Column("目录准入条件", 31)] if catalogue else []),
    )  # fmt: skip
    notes = [f"各家共有的：{'；'.join(common)}。"] if common else []
    if len(rows) < len(targets):
        rest = len(targets) - len(rows)
        listed = "，对应的环节未列入招商目录" if catalogue else ""
        notes.append(f"未列出的{rest}家未见{other}不利因素{listed}。")
    blocks: list[Block] = [Paragraph((Said("".join(notes)),), note=True)] if notes else []
    if rows:
        blocks.append(Table("不利因素和待核实事项", columns, rows, sheet="不利与待核实"))
    return blocks


def _terms(target: TargetRecord) -> str:
    if target.catalogue_item is None:
        return "目录未列该环节"
    return f"已知符合{target.terms_met}条，待核实{target.terms_unknown}条"


def _parts(found: TargetList, ref: int) -> list[Block]:
    """Return the score's parts; families that add nothing to anybody are named, not tabled."""
    shown: list[tuple[str, str]] = []
    idle: list[tuple[str, str]] = []
    for name, label in FAMILY_LABELS.items():
        moves = any(abs(one.parts[name]) >= _SEEN for one in found.targets)
        (shown if moves else idle).append((name, label))
    columns = (
        Column("名次", 8, "right"), Column("企业", 28),
        *(
            Column(f"{label[:-2]}\n{label[-2:]}", 10 if len(label) <= 4 else 12, "right")
            for _, label in shown
        ),
        Column("得分", 8, "right"),
    )  # fmt: skip
    rows = tuple(
        cells(
            f"{one.rank}", one.company, *(signed(one.parts[name]) for name, _ in shown),
            f"{one.score:.2f}",
        )
        for one in found.targets
    )  # fmt: skip
    title = "得分构成（比居中候选高出多少）"
    table = Table(title, columns, rows, sheet="得分构成", refs=(ref,))
    names = "、".join(label for _, label in idle)
    note = Paragraph((Said(f"{names}各家均为 0，不列。"),), note=True)
    return [note, table] if idle else [table]


def _companies(targets: list[TargetRecord]) -> Table:
    columns = (
        Column("名次", 8, "right"), Column("企业", 28), Column("股票代码", 13, "centre"),
        Column("现在的环节", 20), Column("主要产品", 34),
    )  # fmt: skip
    rows = tuple(
        cells(f"{t.rank}", t.company, t.stock_code or "—", t.made_segment, "、".join(t.products))
        for t in targets
    )
    return Table("企业基本情况", columns, rows, sheet="企业信息")
