"""`chainmap admit` and `chainmap template project`: may a project come in, rule by rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import FormatOpt, OutOpt, WorkbookOpt
from chainmap.cli.output import Format


def admit(
    project: Annotated[
        Path,
        typer.Option(
            "--project", help="项目文件：.yml，或 chainmap template project 的 .xlsx 模板"
        ),
    ],
    city: Annotated[str | None, typer.Option("--city", help="落地城市；缺省为项目文件所写")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="规则时点 YYYY-MM-DD；缺省为名录日期")
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write pass, fail or unknown per rule, with the rule's source and the fact."""
    from chainmap.cli import admit_answers

    admit_answers.show_admission(project, city, as_of, fmt, out)


def project_template(
    out: WorkbookOpt,
) -> None:
    """Write the template for a project's facts."""
    from chainmap.cli import admit_answers

    admit_answers.write_template(out)
