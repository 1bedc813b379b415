"""An investment catalogue (招商目录) as a report; Word and Excel have writers of their own."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from chainmap.catalogue.fairness import needs_review, review_basis, review_mark
from chainmap.concepts.admission import FairCompetition
from chainmap.concepts.catalogue import Catalogue
from chainmap.reports.catalogue_document import write_catalogue_document
from chainmap.reports.catalogue_rows import item_rows, reason_rows, term_rows
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

_ITEM_HEADS = (("序号", 6), ("环节", 16), ("引进方向", 32), ("缺口类型", 10), ("优先级", 8),
               ("目标对象", 12), ("准入条件", 14), ("实施期限", 12))  # fmt: skip
_TERM_HEADS = (("序号", 9), ("指标", 13), ("要求", 30), ("数值", 9), ("单位", 12), ("适用地", 12),
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
    day = ground.edition if ground else dt.date(2000, 1, 1)
    state = "" if catalogue.sanction else "（草案）"
    title = f"{catalogue.city}{catalogue.year}年产业链招商目录{state}"
    rows = item_rows(catalogue, rule)
    body: list[Block] = []
    for chain, name in catalogue.chains.items():
        items = [
            (item, row)
            for item, row in zip(catalogue.items, rows, strict=True)
            if item.chain == chain
        ]
        body.append(Heading(f"{name}（{len(items)}项）"))
        if not items:
            body.append(Paragraph((Said("本产业链没有列入条目。"),)))
            continue
        lines = tuple(
            cells(
                *(
                    Said(str(row[head]), tuple(refs[p] for p in item.policy if p in refs))
                    if head == "引进方向"
                    else str(row[head])
                    for head, _ in _ITEM_HEADS
                )
            )
            for item, row in items
        )
        body.append(Table(f"{name}招商目录", _columns(_ITEM_HEADS), lines, sheet=name))
    body += _terms(catalogue)
    body += _review(catalogue, rule)
    made = Document(
        title=title,
        subtitle=catalogue.label,
        name=title,
        day=day,
        abstract=_abstract(catalogue),
        body=tuple(body),
        annex=_annex(catalogue),
        sources=cited.sources(),
    )
    return numbered(made)


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
    heads = (("序号", 6), ("环节", 18), ("理由", 56), ("规划布局地点", 20))
    rows = tuple(cells(*(str(row[head]) for head, _ in heads)) for row in reason_rows(catalogue))
    reasons = Table("测算理由", _columns(heads), rows)
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
    return (reasons, version)
