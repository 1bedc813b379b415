import datetime as dt

import polars as pl

from chainmap.sources.project_rows import Reading, read_projects

TODAY = dt.date(2026, 11, 21)


def read(units=None, known=frozenset(), **cells):
    columns = {"row": [2], "notes": [None], "alone": [None], "total": [False]}
    frame = pl.DataFrame(
        columns | {name: [value] for name, value in cells.items()},
        schema_overrides={
            "notes": pl.String,
            "alone": pl.String,
            **{c: pl.String for c in cells if c != "total"},
        },
    )
    return read_projects(frame, Reading(units or {}, TODAY, known))


def good(**cells):
    return read(**cells).good.row(0, named=True)


def test_money_land_and_energy_are_read_with_their_units():
    found = good(
        name="某项目", units={"fixed_investment": "亿"}, investment="12亿元", land="8公顷",
        fixed_investment="10", energy="0.5万吨标煤", output="300000万元", tax="1.5亿元",
    )  # fmt: skip
    assert found["investment_10k"] == 120_000 and found["fixed_investment_10k"] == 100_000
    assert found["land_mu"] == 120 and found["energy_tce"] == 5000
    assert found["output_10k"] == 300_000 and found["tax_10k"] == 15_000
    assert not found["repaired"]


def test_foreign_money_is_never_converted():
    found = good(name="某项目", investment="3000万美元", output="500万美元")
    assert (found["investment_10k"], found["investment_currency"]) == (3000, "USD")
    assert found["output_10k"] is None and found["repaired"]


def test_a_figure_without_unit_or_with_two_ends_is_left_open_and_said():
    batch = read(name="某项目", investment="5", land="50-60亩")
    row = batch.good.row(0, named=True)
    assert row["investment_10k"] is None and row["land_mu"] is None and row["repaired"]
    rules = " ".join(batch.repairs["rule"])
    assert "没有写明单位" in rules and "范围" in rules


def test_a_rough_figure_is_read_as_it_stands_and_said_to_be_rough():
    batch = read(name="某项目", investment="约5亿元", land="约100亩", tax="100万元左右")
    row = batch.good.row(0, named=True)
    assert (row["land_mu"], row["investment_10k"], row["tax_10k"]) == (100, 50_000, 100)
    told = dict(
        batch.repairs.filter(pl.col("rule").str.contains("约数"))
        .select("field", "rule")
        .iter_rows()
    )
    assert set(told) == {"land", "investment", "tax"} and "约100亩" in told["land"]
    assert not row["repaired"]
    assert read(name="某项目", land="100亩").repairs.is_empty()


def test_the_place_is_found_in_any_of_its_columns():
    assert good(name="某项目", city="绍兴市柯桥区")["county"] == "柯桥区"
    assert good(name="某项目", city="绍兴", address="越城区某园区")["city_code"] == "330600"
    assert good(name="某项目", county="柯桥区")["city_code"] == "330600"
    unknown = good(name="某项目", city="某新区")
    assert unknown["city_code"] is None and unknown["place"] == "某新区" and unknown["repaired"]


def test_a_natural_persons_name_is_no_sponsor_but_a_known_brand_is():
    assert good(name="某项目", sponsor="王小二")["sponsor"] is None
    assert good(name="某项目", sponsor="某轴承厂")["sponsor"] == "某轴承厂"
    found = good(name="某项目", known=frozenset({"士兰微"}), sponsor="士兰微")
    assert found["sponsor"] == "士兰微"


def test_phones_and_contacts_inside_a_text_go():
    found = good(name="某项目", content="建设产线，联系人：王小二 13800138000")
    assert "王小二" not in found["content"] and "138" not in found["content"]


def test_unknown_choices_and_dates_are_left_open_and_future_days_are_kept():
    found = good(name="某项目", stage="量产爬坡", started="2027年6月", signed="近期")
    assert found["stage"] is None and found["signed"] is None
    assert found["started"] == dt.date(2027, 6, 1)


def test_rows_that_are_no_projects_say_why():
    def why(**cells):
        return read(**cells).rejects["reason"].to_list()

    assert "缺少项目名称" in why(name=None)[0]
    assert "合计" in why(name="合计")[0]
    assert "表头" in why(name="项目名称")[0]
    assert "没有文字" in why(name="123")[0]
    assert "标题或说明" in why(name="某清单", alone="某清单")[0]
    assert "合计" in why(name="7个", total=True)[0]
