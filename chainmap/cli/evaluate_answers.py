"""What each `chainmap evaluate` command answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from chainmap import resources
from chainmap.cli.output import Format, Rows, emit, say
from chainmap.cli.policy_answers import policy_files
from chainmap.errors import InputError
from chainmap.extraction.evaluate import KINDS, KINDS_ZH, Evaluation, evaluate_document, total
from chainmap.extraction.golden import GoldenDocument
from chainmap.pipeline import extract_files
from chainmap.reports.plain_workbook import write_rows


def show_policy_scores(
    documents: Sequence[Path], golden: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap evaluate policy`."""
    from chainmap.sources.policy import read_policy

    annotations = _annotations(golden)
    files = policy_files(documents)
    sources = {source.sha256: (file, source) for file in files for source in [read_policy(file)]}
    evaluations = []
    for annotation in annotations:
        if annotation.sha256 not in sources:
            say(f"未评测 {annotation.document}：所给文件中没有 SHA-256 与标注一致的。")
            continue
        file, source = sources[annotation.sha256]
        (extraction,) = extract_files([file])
        evaluations.append(evaluate_document(annotation, extraction, source.text))
    if not evaluations:
        raise InputError(
            "没有一份文件与标注对应。", todo="--documents 应指向标注所依据的原始文件，未经改动。"
        )
    shown = [*evaluations, total(evaluations)] if len(evaluations) > 1 else evaluations
    rows = [row for evaluation in shown for row in _rows(evaluation)]
    title = f"政策抽取评测（{len(evaluations)} 份文件）"
    notes = [
        "术语、专栏、细分领域以重叠达并集一半为对；目标、布局以位置相交且内容一致为对。",
        "指标名称以文字和数字逐字相同为对，标点、空格不计；地区以行政区划代码相同为对，都没有代码也算对。",
    ]
    emit(
        fmt,
        out,
        record=[_record(evaluation) for evaluation in shown],
        rows=rows,
        title=title,
        workbook=lambda file: write_rows(file, title, notes, list(rows)),
    )


def _annotations(folder: Path | None) -> list[GoldenDocument]:
    """Return the annotations of a folder, by file name.

    Raises:
        InputError: The folder is not there, is empty, or holds a malformed file.
    """
    where = folder or resources.root() / "tests" / "golden" / "policy"
    files = sorted(where.glob("*.json")) if where.is_dir() else []
    if not files:
        raise InputError(
            f"没有找到人工标注 {where}。",
            todo="标注随源码发布、不随安装包安装：请在源码目录运行，或用 --golden 指定文件夹。",
        )
    found = []
    for file in files:
        try:
            found.append(GoldenDocument.model_validate_json(file.read_bytes()))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise InputError(f"标注 {file.name} 的 {place} 不合格：{first['msg']}。") from error
    return found


def _rows(evaluation: Evaluation) -> Rows:
    rows: list[dict[str, Any]] = []
    for kind in KINDS:
        score = evaluation.scores[kind]
        rows.append(
            {
                "文件": evaluation.document,
                "对象": KINDS_ZH[kind],
                "准确率": _share(score.precision),
                "召回率": _share(score.recall),
                "F1": _share(score.f1),
                "对上": score.matched,
                "抽取": score.found,
                "标注": score.wanted,
            }
        )
    offsets = evaluation.offsets
    exact = _share(offsets.exact / offsets.total if offsets.total else None)
    rows.append(
        {"文件": evaluation.document, "对象": "原文位置", "准确率": exact, "召回率": "", "F1": "",
         "对上": offsets.exact, "抽取": offsets.total, "标注": ""}
    )  # fmt: skip
    return rows


def _record(evaluation: Evaluation) -> dict[str, Any]:
    offsets = evaluation.offsets
    return {
        "document": evaluation.document,
        "scores": {
            kind: {
                "precision": score.precision,
                "recall": score.recall,
                "f1": score.f1,
                "matched": score.matched,
                "found": score.found,
                "wanted": score.wanted,
                "missed": evaluation.missed.get(kind, []),
                "extra": evaluation.extra.get(kind, []),
            }
            for kind, score in evaluation.scores.items()
        },
        "offsets": {"exact": offsets.exact, "total": offsets.total},
    }


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
