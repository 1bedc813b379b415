"""`chainmap taxonomy …`: an expert's decisions on what may enter the taxonomy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_folder
from chainmap.cli.options import FormatOpt, OutOpt
from chainmap.cli.output import Format

taxonomy_app = typer.Typer(
    help="分类的提案与决定：看差异、采纳、驳回、停用、记录、回退、导出。", no_args_is_help=True
)

DEFAULT_DRAFTS = Path("taxonomy-drafts")


class Kind(StrEnum):
    """Kinds of proposals, as the option takes them."""

    DOCUMENT = "document"
    VERB = "verb"
    DOMAIN = "domain"
    SEGMENT = "segment"
    ALIAS = "alias"
    CITATION = "citation"
    POSITION = "position"


DraftsOpt = Annotated[Path, typer.Option("--drafts", help="草案所在文件夹")]
ByOpt = Annotated[str, typer.Option("--by", help="岗位或处室名称，不写人名")]
WhyOpt = Annotated[str, typer.Option("--why", help="理由")]
IdsArg = Annotated[
    list[str] | None, typer.Argument(metavar="ID…", help="提案编号，可只写前几位；缺省为全部")
]
KindOpt = Annotated[Kind | None, typer.Option("--kind", help="只取这一类提案")]
SureOpt = Annotated[float, typer.Option("--at-least", min=0, max=1, help="只取把握不低于此值的")]


def draft(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="txt、docx、pdf 或 html")],
    out: Annotated[
        Path, typer.Option("--out", "-o", callback=any_folder, help="草案写入的文件夹")
    ] = DEFAULT_DRAFTS,
) -> None:
    """Write proposals for the taxonomy beside it."""
    from chainmap.cli import taxonomy_answers as answers

    answers.write_draft(files, out)


@taxonomy_app.command(help="待决提案会怎样改动分类（统一差异格式，可直接阅读）。")
def diff(
    ids: IdsArg = None,
    kind: KindOpt = None,
    at_least: SureOpt = 0.0,
    drafts: DraftsOpt = DEFAULT_DRAFTS,
) -> None:
    """Print what pending proposals would change."""
    from chainmap.cli import taxonomy_answers as answers

    answers.show_diff(drafts, answers.Choice(tuple(ids or ()), kind, at_least))


@taxonomy_app.command(help="采纳提案：写入分类并记录；会使 chainmap review 变差的不写入。")
def accept(
    ids: IdsArg = None,
    kind: KindOpt = None,
    at_least: SureOpt = 0.0,
    by: ByOpt = "专家",
    why: WhyOpt = "",
    drafts: DraftsOpt = DEFAULT_DRAFTS,
) -> None:
    """Accept proposals, by id or by kind and confidence."""
    from chainmap.cli import taxonomy_answers as answers

    answers.decide("accept", drafts, answers.Choice(tuple(ids or ()), kind, at_least), (by, why))


@taxonomy_app.command(help="驳回提案：以后不再提出，须写理由。")
def reject(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="提案编号，可只写前几位")],
    why: WhyOpt,
    by: ByOpt = "专家",
    drafts: DraftsOpt = DEFAULT_DRAFTS,
) -> None:
    """Reject proposals by id."""
    from chainmap.cli import taxonomy_answers as answers

    answers.decide("reject", drafts, answers.Choice(tuple(ids), None, 0.0), (by, why))


@taxonomy_app.command(help="停用一个环节，由另一个环节接替其编号。")
def retire(
    segment: Annotated[str, typer.Argument(metavar="ID", help="要停用的环节编号")],
    successor: Annotated[str, typer.Option("--successor", help="接替它的环节编号")],
    why: WhyOpt,
    by: ByOpt = "专家",
) -> None:
    """Retire a segment in favour of a successor."""
    from chainmap.cli import taxonomy_answers as answers

    answers.retire_segment(segment, successor, (by, why))


@taxonomy_app.command(help="决定记录：何时、何岗位、为何、决定了什么。")
def log(
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print the decisions, newest first."""
    from chainmap.cli import taxonomy_answers as answers

    answers.show_log(fmt, out)


@taxonomy_app.command(help="回退一个决定；后来的决定依赖它时拒绝。")
def rollback(
    decision: Annotated[str, typer.Argument(metavar="ID", help="决定编号，可只写前几位")],
    why: WhyOpt = "",
    by: ByOpt = "专家",
) -> None:
    """Undo one decision."""
    from chainmap.cli import taxonomy_answers as answers

    answers.undo(decision, (by, why))


@taxonomy_app.command(help="把分类复制到一个文件夹，供自行修改（设 CHAINMAP_TAXONOMY 后生效）。")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新文件夹")],
) -> None:
    """Copy the taxonomy in use to a folder of the expert's own."""
    from chainmap.cli import taxonomy_answers as answers

    answers.export_taxonomy(folder)
