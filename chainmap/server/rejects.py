"""Rows that imports rejected, as one table."""

from __future__ import annotations

import polars as pl

from chainmap.concepts.inert_text import inert
from chainmap.ledger.jobs import Json
from chainmap.sources.workspace import Workspace

LIST = "名单"
"""Heading of the column that says which list a row stood in."""


def joined_rejects(workspace: Workspace, result: Json) -> bytes | None:
    """Return the rows an import rejected as CSV; None where there are none, or none any more.

    Rows of one list are the file as it was written. Those of several stand under one heading, with
    the list's name before them.

    Args:
        workspace: Where the files are; a later import of the same list takes them away.
        result: Of the job, as `importing` writes it.
    """
    files = [workspace.folder / str(name) for name in result.get("rejects", [])]
    if not files:
        return None
    told = [str(one["label"]) for one in result.get("lists", []) if one["rejected"]]
    names = told if len(told) == len(files) else [file.name for file in files]
    there = [(name, file) for name, file in zip(names, files, strict=True) if file.is_file()]
    if not there:
        return None
    if len(files) == 1:
        return there[0][1].read_bytes()
    tables = [
        pl.read_csv(file, infer_schema=False).select(pl.lit(inert(name)).alias(LIST), pl.all())
        for name, file in there
    ]
    whole = pl.concat(tables, how="diagonal")
    text: str = whole.write_csv(include_bom=True, line_terminator="\r\n")
    return text.encode()
