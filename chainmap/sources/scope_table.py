"""Read companies with their business scopes from any list that `import` takes, part by part.

Columns, title rows, encodings and broken rows are understood as an import understands them
(`sources.intake`); nothing is stored and no code is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.errors import InputError
from chainmap.sources.intake.credit_code import read_codes
from chainmap.sources.intake.fields import proper_name, stated
from chainmap.sources.intake.headings import Mapping
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.intake.lists import CompanyList, Partition, partitions, read_block
from chainmap.sources.intake.normalise import industry_digits, no_company
from chainmap.sources.intake.opening import Wanted, open_lists
from chainmap.sources.intake.partition import by_field, realigned

TEXTS = {"scope": "scope", "main_business": "business", "main_products": "products"}
"""A list's fields that say what a company does, and what placement calls them."""
_KEYS = ("registration_no", "stock_code")
"""What names a company where its credit code is missing."""
_NO_DAY = dt.date(1970, 1, 1)
"""Placement does not ask what day a list is of."""


class ScopeLists(NamedTuple):
    """Lists that state what companies do, and in words what was passed over."""

    lists: list[CompanyList]
    passed_over: list[str]


class ScopeRows(NamedTuple):
    """One partition's companies, and the rows that are none: `list, row, reason`.

    `companies` is `company, name, scope` and where the list has them `business`, `products`,
    `industry_code`.
    """

    companies: pl.DataFrame
    refused: pl.DataFrame
    blank: int


def open_scope_lists(
    files: Sequence[Path], unpacked: Path, named: dict[str, str] | None = None
) -> ScopeLists:
    """Return the lists of files that have names and a text to place by.

    Args:
        files: CSV, workbooks, Parquet or zip archives of them.
        unpacked: A folder for members of archives.
        named: Headings given by the user, by `company, name, scope, business, products,
            industry_code`; the others are recognised.

    Raises:
        InputError: A file cannot be read, or has no name or no text.
    """
    fields = {"company": "uscc", "business": "main_business", "products": "main_products"}
    columns = {fields.get(key, key): heading for key, heading in (named or {}).items()}
    mapping = Mapping(columns=columns, recognise_others=True) if columns else None
    try:
        found, passed_over = open_lists(files, Wanted(mapping, _NO_DAY, _NO_DAY, unpacked))
    except UnknownLayoutError as error:
        raise _lacking(error.source, list(error.headings)) from error
    lists = []
    for one in found:
        has = set(one.of.layout.fields)
        if "name" in has and has & set(TEXTS):
            lists.append(one.of)
        elif len(found) == 1:
            raise _lacking(one.of.label, [h for h in one.of.layout.headings if h])
        else:
            passed_over.append(f"{one.of.label}：没有企业名称或经营范围的列，未读。")
    if not lists:
        raise _lacking("、".join(one.of.label for one in found), [])
    return ScopeLists(lists, passed_over)


def read_scope_rows(lists: Sequence[CompanyList]) -> Iterator[ScopeRows]:
    """Yield the rows of lists in order; each is a company's, refused with a reason, or blank.

    A company's key is its credit code, where that is missing its registration number or stock
    code, else its row as a spreadsheet counts, with the list's name where there are several.
    """
    for of in lists:
        for part in partitions(of):
            yield _read(part, several=len(lists) > 1)


def _read(part: Partition, *, several: bool) -> ScopeRows:
    fields, label = part.of.layout.fields, part.of.label
    block = read_block(part)
    frame, odd = realigned(block, fields)
    frame = by_field(frame, fields)
    known = [c for c in frame.columns if c not in ("row", "notes", "alone")]
    frame = frame.with_columns(stated(pl.col(c)) for c in known)
    lacking = {"uscc", "organisation_code", "industry_code", "scope", *_KEYS} - set(known)
    frame = frame.with_columns(pl.lit(None, pl.String).alias(c) for c in sorted(lacking))
    frame = read_codes(frame.with_columns(proper_name(pl.col("name")), as_written="uscc"))
    reasons = frame.select("row", reason=no_company())
    failed = pl.DataFrame(
        {"row": [o.row for o in odd], "reason": [o.why for o in odd]}, schema=reasons.schema
    )
    refused = pl.concat([reasons.drop_nulls("reason"), failed]).sort("row")
    row = pl.col("row").cast(pl.String)
    code = pl.when(pl.col("uscc_problem").is_null()).then("uscc")
    companies = frame.filter(reasons["reason"].is_null()).select(
        company=pl.coalesce(
            code, "as_written", *_KEYS, pl.concat_str(pl.lit(f"{label}#"), row) if several else row
        ),
        name="name",
        **{new: old for old, new in TEXTS.items() if old in frame.columns},
        industry_code=industry_digits(pl.col("industry_code")),
    )
    return ScopeRows(companies, refused.with_columns(list=pl.lit(label)), block.blank)


def _lacking(label: str, headings: list[str]) -> InputError:
    known = f"该文件的列：{'、'.join(headings[:20])}。" if headings else "检查第一行是否为列名。"
    return InputError(
        f"{label} 中找不到企业名称和经营范围（或主营业务、主要产品）的列。",
        todo=f"用 --name-column、--scope-column 等选项指明列名；{known}",
    )
