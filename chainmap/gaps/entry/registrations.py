"""The panel of company registrations: city units, nodes by text, years by registration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from chainmap.errors import InputError
from chainmap.gaps.entry.panel import Makers, Panel
from chainmap.tables import Cities

MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
"""Their city column holds a district; each is one unit, as everywhere else in the product."""
LONGEST = 8
"""Characters of a product name at most."""
SPECIFIC = 3
"""Characters under which a name (水泥) means too much to be a node."""
BREAKS = r"[^\p{Han}]|[和及与或等的用为]"
"""Where one product word ends: any sign, and the particles of a list."""
COMMON = 0.02
"""Share of the texts above which a word tells cities apart no more (methods 5)."""
SPARSE = 0.01
"""Share of the busiest year's registrations under which a year is not one of the data's."""
N_NAMES = 3_000
"""The commonest product names, of which the specific ones are nodes (methods 5)."""
LONG_TEXT = (80, 250)
"""Characters of the texts that names are counted in (methods 5)."""
N_WORDS = 2_051
"""Nodes of the pilot (methods 7.3): as many annotation words are taken, the most frequent ones."""


@dataclass(frozen=True)
class Nodes:
    """What companies are counted by.

    Attributes:
        ids: Node ids in column order.
        edges: `company, node` pairs, each once; `node` is an id.
        supplies: Node × node, 1 where the row supplies the column.
        chains: Chain of every node, or nothing.
    """

    ids: tuple[str, ...]
    edges: pl.DataFrame
    supplies: Any
    chains: tuple[str, ...] = ()


def city_units(companies: pl.DataFrame, cities: Cities) -> pl.DataFrame:
    """Return every `province, city` of the data with the prefecture-level place it is, `unit`.

    A municipality is one unit whatever its district. Elsewhere the name must be the place's short
    or full name or begin like it, and only one place of the province may answer; new areas and
    counties under the province answer to none and get a null.

    Args:
        companies: `province` and `city` as registered.
        cities: All prefecture-level places.
    """
    known = {
        province: group.select("city_code", "short_name", "city").rows()
        for (province,), group in cities.group_by(["province"], maintain_order=True)
    }
    pairs = companies.select("province", "city").unique().sort("province", "city")
    units = [_unit(known.get(p, []), p, c) for p, c in pairs.iter_rows()]
    return pairs.with_columns(unit=pl.Series(units, dtype=pl.String))


def product_words(texts: pl.Series) -> list[str]:
    """Return the product words in the annotations of an industry classification, sorted.

    Args:
        texts: Lists of products with 、 and brackets, as GB/T 4754 prints them.

    Source:
        GB/T 4754-2017, annotations; word lengths and the 2 % limit as in methods 5.
    """
    pieces = texts.str.replace_all(BREAKS, "、").str.split("、").explode()
    words = pieces.str.replace(r"^(其他|其它|各种|各类|未列明)", "").unique().to_frame("word")
    return (
        words.filter(pl.col("word").str.contains(rf"^\p{{Han}}{{{SPECIFIC},{LONGEST}}}$"))
        .sort("word")["word"]
        .to_list()
    )


def product_names(names: pl.Series) -> list[str]:
    """Return product names of two to eight Chinese characters, each once, sorted.

    Args:
        names: Products as firms state them; brackets, letters and longer names are left out.
    """
    found = names.drop_nulls().str.strip_chars().unique()
    return found.filter(found.str.contains(rf"^\p{{Han}}{{2,{LONGEST}}}$")).sort().to_list()


def long_texts(texts: pl.Series) -> pl.Series:
    """Return the texts that product names are counted in, in order."""
    low, high = LONG_TEXT
    return texts.drop_nulls().filter(texts.drop_nulls().str.len_chars().is_between(low, high))


def specific_names(counts: pl.DataFrame, n_texts: int) -> list[str]:
    """Return the specific ones of the commonest product names, sorted.

    Of the `N_NAMES` that stand in most texts, those of `SPECIFIC` characters or more that stand in
    fewer than 2 % of them. Counted over all years, as in `specific_words`.

    Args:
        counts: `name, len`: in how many texts a name stands.
        n_texts: Number of texts searched, all `long_texts`.

    Source:
        Methods 5: the product names by which the pilot's nodes were chosen.
    """
    commonest = counts.sort(["len", "name"], descending=[True, False]).head(N_NAMES)
    chosen = (pl.col("name").str.len_chars() >= SPECIFIC) & (pl.col("len") < COMMON * n_texts)
    return sorted(commonest.filter(chosen)["name"])


def specific_words(edges: pl.DataFrame, n_texts: int, n_words: int = N_WORDS) -> list[str]:
    """Return the most frequent words that stand in fewer than 2 % of the texts, sorted.

    Counted over all years: the vocabulary is declared static, the counts by it are not.

    Args:
        edges: `company, node`, each pair once.
        n_texts: Number of texts searched.
        n_words: How many words at most.
    """
    counts = edges.group_by("node").len().filter(pl.col("len") < COMMON * n_texts)
    return sorted(counts.sort(["len", "node"], descending=[True, False])["node"][:n_words])


def registration_panel(
    companies: pl.DataFrame, units: pl.DataFrame, nodes: Nodes, cities: Cities
) -> Panel:
    """Return the panel of the registrations; companies outside every unit are left out.

    Args:
        companies: `company, year, province, city`, one row a company.
        units: From `city_units`.
        nodes: What to count.
        cities: All prefecture-level places; their centres and provinces.

    Raises:
        InputError: No company is in any city.
    """
    rows = companies.join(units, on=["province", "city"], how="left", nulls_equal=True)
    rows = rows.filter(pl.col("unit").is_not_null() & pl.col("year").is_not_null())
    if rows.is_empty():
        raise InputError("登记数据中没有一家企业能归到城市。", todo="检查 province 和 city 两列。")
    present = cities.filter(pl.col("city_code").is_in(rows["unit"].unique().to_list()))
    present = present.sort("city_code")
    place = {code: i for i, code in enumerate(present["city_code"])}
    number = {node: i for i, node in enumerate(nodes.ids)}
    rows = rows.with_columns(
        place=pl.col("unit").replace_strict(place, return_dtype=pl.Int64),
        year=pl.col("year").cast(pl.Int64),
    )
    edges = nodes.edges.join(rows.select("company", "place", "year"), on="company").filter(
        pl.col("node").is_in(list(nodes.ids))
    )
    return Panel(
        places=present.select(place="city_code", province="province_code", lon="lon", lat="lat"),
        nodes=nodes.ids,
        makers=Makers(
            edges["place"].to_numpy(),
            edges["node"].replace_strict(number, return_dtype=pl.Int64).to_numpy(),
            edges["year"].to_numpy(),
        ),
        companies=(rows["place"].to_numpy(), rows["year"].to_numpy()),
        supplies=nodes.supplies,
        until=_last_year(rows["year"]),
        chains=nodes.chains,
    )


def no_links(n_nodes: int) -> Any:
    """Return an empty supply graph."""
    from scipy.sparse import csr_array

    return csr_array((n_nodes, n_nodes), dtype=np.float64)


def _last_year(years: pl.Series) -> int:
    """Return the last year with a hundredth of the busiest year's companies.

    The whole calendar hangs on it: a mistyped date must not move it.
    """
    counts = years.value_counts()
    full = counts.filter(pl.col("count") >= SPARSE * pl.col("count").max())
    return int(full["year"].max())  # type: ignore[arg-type]


def _unit(known: list[tuple[str, str, str]], province: str, city: str | None) -> str | None:
    if province in MUNICIPALITIES:
        return known[0][0] if known else None
    if not city:
        return None
    exact = [code for code, short, full in known if city in (short, full)]
    alike = [
        code
        for code, short, full in known
        if full.startswith(city) or (len(short) > 1 and city.startswith(short))
    ]
    found = exact or alike
    return found[0] if len(found) == 1 else None
