"""The one company a reader means by a name, or names that come close."""

from __future__ import annotations

from chainmap.errors import UnknownNameError
from chainmap.gaps.world import World
from chainmap.nearest import nearest_names
from chainmap.reports.company_search import company_index, folded

LONGEST = 60
"""Characters of a name that an answer repeats."""


def company_called(world: World, given: str) -> str:
    """Return the id of the company called so: by id, name, short name, stock code or pinyin.

    The beginning of a short name or a part of a name does where only one group of the roster has
    it; products do not.

    Raises:
        UnknownNameError: None or several answer to it; the nearest names are offered.
    """
    index = company_index(world)
    wanted = folded(given)
    if not wanted:
        raise UnknownNameError("企业", given)
    companies = world.companies
    found = index.find(given)
    shown = {one.id: one for one in found}
    exact = [
        one for one in found if wanted in _names(one.id, one.name, one.short_name, one.stock_code)
    ]
    if exact:
        return exact[0].id
    groups = dict(companies.select("company_id", "group_id").iter_rows())
    inside = [one for one in found if wanted in f"{folded(one.short_name)} {folded(one.name)}"]
    for near_to in (
        [one for one in inside if folded(one.short_name).startswith(wanted)],
        inside,
    ):
        heads = {groups[one.id] for one in near_to}
        if len(heads) == 1:
            (head,) = heads
            return head if head in shown else near_to[0].id
    near = [one.short_name for one in inside[:3]]
    names = companies["short_name"].to_list() + companies["full_name"].to_list()
    near += [name for name in nearest_names(given[:LONGEST], names) if name not in near]
    raise UnknownNameError("企业", given[:LONGEST], tuple(near[:5]))


def _names(company_id: str, name: str, short: str, code: str | None) -> set[str]:
    stock = folded(code or "")
    return {company_id, folded(name), folded(short)} | (
        {stock, stock.partition(".")[0]} if stock else set()
    )
