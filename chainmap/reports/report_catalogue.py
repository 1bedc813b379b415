"""An investment catalogue (招商目录) as a report; Word and Excel have writers of their own."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from chainmap.catalogue.fairness import needs_review, review_basis, review_mark
from chainmap.concepts.admission import FairCompetition
from chainmap.concepts.catalogue import Catalogue, CatalogueItem
from chainmap.reports.catalogue_document import write_catalogue_document
from chainmap.reports.catalogue_rows import (
    UNSITED,
    item_rows,
    priority_words,
    reason_rows,
    term_rows,
)
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Said,
    Table,
    cells,
)
from chainmap.reports.document_files import Form, document_bytes
from chainmap.reports.document_sources import SHOWN_HASH, Cited, numbered

_ITEM_HEADS = (("序号", 7), ("环节", 16), ("引进方向", 33), ("缺口类型", 11), ("优先级", 9),
               ("目标对象", 12), ("准入条件", 12), ("实施期限", 13))  # fmt: skip
_TERM_HEADS = (("序号", 8), ("指标", 14), ("要求", 30), ("数值", 9), ("单位", 12), ("适用地", 12),
               ("性质", 9), ("文件", 26), ("询问对象", 28))  # fmt: skip


def catalogue_report(catalogue: Catalogue, rule: FairCompetition) -> Document:
    """Return a catalogue version as a report; its passages are the sources."""
    cited = Cited()
    refs = {
        passage.id: cited.number(
            passage.id, "政策",
            f"《{passage.title}》{passage.box}，点名“{'、'.join(passage.names)}”"
            + ("" if passage.in_force else "；已到期，仅供背景"),
            f"出处编号 {passage.id}",
        )
        for passage in catalogue.passages
    }  # fmt: skip
    ground = catalogue.groundwork
    state = "" if catalogue.sanction else "（草案）"
    title = f"{catalogue.city}{catalogue.year}年产业链招商目录{state}"
    made = Document(
        title=title,
        subtitle=catalogue.label,
        name=title,
        day=ground.edition if ground else dt.date(2000, 1, 1),
        abstract=_abstract(catalogue),
        body=(*_listed(catalogue, rule, refs), *_terms(catalogue), *_review(catalogue, rule)),
        annex=_annex(catalogue),
        sources=cited.sources(),
    )
    return numbered(made)


def _listed(catalogue: Catalogue, rule: FairCompetition, refs: dict[str, int]) -> Iterator[Block]:
    """Yield each chain's heading and table of items."""
    rows = {str(row["条目编号"]): row for row in item_rows(catalogue, rule)}
    for chain, name in catalogue.chains.items():
        items = [item for item in catalogue.items if item.chain == chain]
        yield Heading(f"{name}（{len(items)}项）")
        if not items:
            yield Paragraph((Said("本产业链没有列入条目。"),))
            continue
        lines = tuple(
            cells(*(_cell(str(rows[item.id][head]), head, item, refs) for head, _ in _ITEM_HEADS))
            for item in items
        )
        yield Table(f"{name}招商目录", _columns(_ITEM_HEADS), lines, sheet=name)


def _cell(text: str, head: str, item: CatalogueItem, refs: dict[str, int]) -> Said:
    """Return a cell; the direction carries the numbers of the item's passages."""
    if head != "引进方向":
        return Said(text)
    return Said(text, tuple(refs[passage] for passage in item.policy if passage in refs))


def catalogue_bytes(catalogue: Catalogue, rule: FairCompetition, form: Form) -> bytes:
    """Return a catalogue in a form; Word and Excel as `chainmap catalogue export` writes them."""
    writers = {Form.DOCX: write_catalogue_document, Form.XLSX: write_catalogue}
    if form not in writers:
        return document_bytes(catalogue_report(catalogue, rule), form)
    with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
        file = Path(folder) / f"catalogue.{form}"
        writers[form](catalogue, rule, file)
        return file.read_bytes()


def _columns(heads: tuple[tuple[str, int], ...]) -> tuple[Column, ...]:
    centred = {"序号", "缺口类型", "优先级", "数值", "单位", "性质"}
    return tuple(
        Column(name, width, "centre" if name in centred else "left") for name, width in heads
    )


def _abstract(catalogue: Catalogue) -> tuple[Line, ...]:
    plans = "、".join(f"《{title}》" for title in catalogue.plans) or "无"
    lines: list[Line] = [
        (
            Said(
                f"本目录共{len(catalogue.items)}项，分属{len(catalogue.chains)}条产业链。"
                f"依据的在期规划：{plans}。目录不含激励承诺；“未知”的准入数值须向所列单位核实。"
            ),
        )
    ]
    ground = catalogue.groundwork
    if ground:
        lines.append(
            (
                Said(
                    f"条目取自本市{ground.n_gaps}项产业链缺口，名录日期{ground.edition}，"
                    f"政策时点{ground.as_of}；数量均指名录内数量，供研判参考。"
                ),
            )
        )
        lines.append((Said(priority_words()),))
    return tuple(lines)


def _terms(catalogue: Catalogue) -> list[Block]:
    rows = tuple(
        cells(*(str(row[head]) for head, _ in _TERM_HEADS)) for row in term_rows(catalogue)
    )
    if not rows:
        return []
    table = Table("准入条件", _columns(_TERM_HEADS), rows)
    return [Heading("准入条件"), table]


def _review(catalogue: Catalogue, rule: FairCompetition) -> list[Block]:
    marked = [item for item in catalogue.items if needs_review(item)]
    if not marked:
        return []
    lines = [
        Paragraph((Said(f"{item.name}：{item.incentive}（{review_mark(item, rule)}）"),))
        for item in marked
    ]
    return [Heading("公平竞争审查"), *lines, Paragraph((Said(review_basis(rule)),))]


def _annex(catalogue: Catalogue) -> tuple[Block, ...]:
    rows = reason_rows(catalogue)
    sited = any(row["规划布局地点"] != UNSITED for row in rows)
    heads = (("序号", 7), ("环节", 18), ("优先级", 8), ("理由", 56),
             *([("规划布局地点", 20)] if sited else []))  # fmt: skip
    lines = tuple(cells(*(str(row[head]) for head, _ in heads)) for row in rows)
    reasons: list[Block] = [Table("测算理由", _columns(heads), lines)]
    if rows and not sited:
        said = "所引规划均未指明各条目的布局地点。"
        reasons.insert(0, Paragraph((Said(said),), note=True))
    facts = [("版本", catalogue.version_name), ("内容 SHA-256", catalogue.content_sha256)]
    ground = catalogue.groundwork
    if ground:
        facts += [
            ("环节分类校验值", ground.chains_sha256[:SHOWN_HASH]),
            ("企业名录校验值", ground.companies_sha256[:SHOWN_HASH]),
            ("政策出处校验值", ground.policy_sha256[:SHOWN_HASH]),
            ("规则校验值", ground.rules_sha256[:SHOWN_HASH]),
        ]
    version = Table(
        "版本", (Column("项目", 25), Column("内容", 75)),
        tuple(cells(name, text) for name, text in facts), head=False, sheet="版本说明",
    )  # fmt: skip
    return (*reasons, version)
