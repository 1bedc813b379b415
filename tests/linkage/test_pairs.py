import polars as pl

from chainmap.linkage.names import keys
from chainmap.linkage.pairs import LARGEST_FAMILY, likely_pairs


def register(*names, city="330100"):
    table = pl.DataFrame(
        {
            "company_id": [f"{n:03}" for n in range(len(names))],
            "name": list(names),
            "uscc": [f"{n:018}" for n in range(len(names))],
            "city_code": city,
            "former_names": None,
        },
        schema_overrides={"former_names": pl.String},
    )
    return table.with_columns(name_key=keys(table["name"]))


def test_a_branch_meets_the_company_its_name_begins_with_once():
    table = register(
        "杭州青禾泵业有限公司", "杭州青禾泵业有限公司临平分公司", "杭州红杉泵业有限公司"
    )
    pairs = likely_pairs(table).select("left", "right").rows()
    assert pairs == [("001", "000")]


def test_a_brand_that_too_many_carry_is_no_family():
    group = "杭州青禾控股集团有限公司"
    few = register(group, *(f"杭州青禾{t}有限公司" for t in ("泵业", "电机")))
    assert likely_pairs(few)["carriers"].drop_nulls().to_list()
    trades = [f"杭州青禾{a}{b}有限公司" for a in "金木水火土日月" for b in "泵阀管轴轮线板"]
    assert len(trades) > LARGEST_FAMILY
    assert likely_pairs(register(group, *trades)).is_empty()
