"""Company names one way, so that two spellings of one name are equal."""

from __future__ import annotations

import polars as pl

from chainmap.sources.intake.fields import narrow

_TRADITIONAL = (
    "電業機國際龍華興廠車門實發開東進達聯創豐義寶銀鋼鐵貿經濟藥醫療裝飾紡織絲綢閥壓縮"
    "導體積線網絡訊軟資設計圖書館農產養礦運輸構築環節儀錶專銷買賣億萬長張陳劉陽陰陸馬"
    "鳥魚麥黃齊優價備傳償側偉偽內冊別剛劃劇勁動務勝勞勢勻匯區協單卻厲縣參雙變團圍園圓"
    "場塊壇壞墊塗塵"
)
"""Common characters that simplified text does not use: a name with one of them is turned."""

_FORMS = (
    ("(集团)", "集团"), ("股份有限责任公司", "股份公司"), ("有限责任公司", "公司"),
    ("股份有限公司", "股份公司"), ("有限公司", "公司"), ("集团公司", "集团"),
)  # fmt: skip


def name_key(name: pl.Expr) -> pl.Expr:
    """Return names without blanks, marks, width and spelling of the legal form, in upper case.

    有限责任公司 and 有限公司 become 公司, 股份有限公司 becomes 股份公司 (a company that turned
    itself into one has a new name), brackets fall away but not what is in them. Traditional
    characters are turned where there are any.
    """
    text = narrow(name).str.to_uppercase().str.replace_all(r"[·•・.,，。、'\"“”‘’_\-—]", "")
    for long, short in _FORMS:
        text = text.str.replace_all(long, short, literal=True)
    return text.str.replace_all(r"[()〔〕\[\]【】{}《》<>]", "")


def simplified(names: pl.Series) -> pl.Series:
    """Return names in simplified characters; only those with traditional ones are turned."""
    marked = names.str.contains(f"[{_TRADITIONAL}]").fill_null(False)
    if not marked.any():
        return names
    import opencc

    converter = opencc.OpenCC("t2s")
    turned = {name: converter.convert(name) for name in names.filter(marked).unique().to_list()}
    return names.replace(turned)
