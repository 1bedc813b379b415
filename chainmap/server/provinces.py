"""Provinces as readers write them: 浙江, 浙江省, 广西壮族自治区."""

from __future__ import annotations

from chainmap.concepts.hanzi import simplified
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.sources.places import load_cities

_ENDS = ("", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区")


def find_province(given: str) -> str | None:
    """Return a province as the places' table names it; None where there is none of this name.

    Traditional characters count as the simplified ones.
    """
    name = simplified(given.strip())
    for province, places in load_cities().group_by("province").len().sort("province").iter_rows():
        if name.startswith(province) and name.removeprefix(province) in _ENDS:
            is_city = name.endswith("市") and places > 1  # 吉林市 is a city of 吉林
            return None if is_city else str(province)
    return None


def province_called(given: str) -> str:
    """Return a province as the places' table names it.

    Raises:
        UnknownNameError: There is none of this name.
    """
    found = find_province(given)
    if found is None:
        names = load_cities()["province"].unique().sort().to_list()
        raise UnknownNameError("省份", given[:60], nearest_names(given[:60], names))
    return found
