"""Personal data in cells whose column is not known: left out before anything is written."""

from __future__ import annotations

import re

import polars as pl

from chainmap.sources.intake.credit_code import is_code
from chainmap.sources.intake.divisions import load_divisions
from chainmap.sources.intake.vocabulary import load_vocabulary

_PRIVATE = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|[\w.+-]{1,64}@[\w-]{1,255}\.[\w.]+"
    r"|(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
)
"""A mail's parts are as long as RFC 5321 lets them be: without bounds a cell of one long word takes
quadratic time."""
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]+)?|[A-Z][A-Za-z]+(?:[ .·-]+[A-Za-z]+){1,5}"
)


def is_private(text: str) -> bool:
    """Return whether a text holds a phone number, a mail address or an identity number."""
    return bool(_PRIVATE.search(text)) and not is_code(text)


def without_contacts(column: pl.Expr) -> pl.Expr:
    """Return texts without mobile numbers and mail addresses that stand inside them."""
    mail = column.str.replace_all(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "")
    return mail.str.replace_all(r"(^|[^\d])1[3-9]\d{9}([^\d]|$)", "$1$2")


def without_signers(column: pl.Expr) -> pl.Expr:
    """Return texts without the names of who filled in, checked or answers for a list.

    A colon makes sure of a name; without one the word before it must be a person's, and the name
    be two or three characters that end there.
    """
    people = "填表人|填报人|制表人|编制人|经办人|审核人|复核人|联系人|法人代表|法定代表人"
    who = f"{people}|制表|经办|审核|复核|负责人"
    named = column.str.replace_all(f"({who})\\s*[：:]\\s*[\u4e00-\u9fff·]{{2,4}}", "$1：（已隐去）")
    bare = f"({people})\\s*[\u4e00-\u9fff]{{2,3}}([\\s,，、;；()（）\\d]|$)"
    return named.str.replace_all(bare, "$1：（已隐去）$2")


def without_persons(cell: str) -> str:
    """Return a cell of an unaligned record with phones, mails and what may be a name left out."""
    text = _PRIVATE.sub("（已隐去）", cell.strip())
    if _NAME.fullmatch(text):
        places, words = load_divisions(), load_vocabulary()
        known = text in places.provinces or text in places.by_name or text in places.city_short
        if not (known or text in places.city_full or words.status(text) or words.kind(text)):
            return "（已隐去）"
    return text
