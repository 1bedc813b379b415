import numpy as np
import polars as pl
import pytest

from chainmap.cli.entry_files import read_panel, read_registrations
from chainmap.cli.entry_nodes import NodeKind
from chainmap.errors import InputError
from chainmap.gaps.entry.registrations import (
    Nodes,
    city_units,
    long_texts,
    no_links,
    product_names,
    product_words,
    registration_panel,
    specific_names,
    specific_words,
)
from chainmap.sources.places import load_cities

ROWS = [
    # name, scope, year, province, city
    ("绍兴甲泵业有限公司", "生产：离心泵、减速机。", "1991-03-01", "浙江", "绍兴"),
    ("绍兴乙机械有限公司", "制造、销售减速机。", "1999-03-01", "浙江", "绍兴市"),
    ("东城丙商贸有限公司", "销售离心泵。", "1995-01-01", "北京", "东城"),
    ("朝阳丁泵业有限公司", "离心泵制造。", "1996-01-01", "北京", "朝阳"),
    ("某新区戊有限公司", "离心泵制造。", "1996-01-01", "浙江", "某某新区"),
    ("无址己有限公司", "离心泵制造。", "1996-01-01", "浙江", None),
]


@pytest.fixture
def folder(tmp_path):
    frame = pl.DataFrame(
        [
            {"name": n, "uscc": f"U{i:017}", "reg_date": d, "capital": "1", "scope": s,
             "province": p, "city": c}
            for i, (n, s, d, p, c) in enumerate(ROWS)
        ]
    )  # fmt: skip
    frame.write_parquet(tmp_path / "one.parquet")
    frame.head(1).write_parquet(tmp_path / "two.parquet")
    return tmp_path


def test_districts_of_a_municipality_are_one_city(folder):
    rows = pl.DataFrame(
        {"province": ["北京", "北京", "浙江", "浙江", "浙江"],
         "city": ["东城", "朝阳", "绍兴", "绍兴市", "某某新区"]}
    )  # fmt: skip
    units = dict(city_units(rows, load_cities()).select("city", "unit").iter_rows())
    assert units == {
        "东城": "110000", "朝阳": "110000", "绍兴": "330600", "绍兴市": "330600", "某某新区": None,
    }  # fmt: skip


def test_product_words_end_at_signs_and_particles():
    texts = pl.Series(
        ["离心泵：单级离心泵、其他离心泵", "减速机和变速机，列入3453（齿轮制造）", "泵"]
    )
    assert product_words(texts) == ["减速机", "单级离心泵", "变速机", "离心泵", "齿轮制造"]


def test_common_words_are_left_out():
    edges = pl.DataFrame({"company": ["a", "b", "c"], "node": ["common", "common", "rare"]})
    assert specific_words(edges, n_texts=100) == ["rare"]


def test_product_names_are_of_two_to_eight_characters():
    names = pl.Series(["离心泵", "泵", " 水泥", "LED灯", "离心泵", None, "超高分子量聚乙烯纤维"])
    assert product_names(names) == ["水泥", "离心泵"]


def test_names_are_counted_in_texts_of_80_to_250_characters():
    texts = pl.Series(["短", None, "长" * 80, "长" * 250, "长" * 251])
    assert long_texts(texts).str.len_chars().to_list() == [80, 250]


def test_the_commonest_specific_names_are_nodes():
    many = [f"名{chr(0x4E00 + i // 60)}{chr(0x4E00 + i % 60)}" for i in range(3_000)]
    counts = pl.DataFrame({"name": ["泵类", "离心泵", *many], "len": [90, 100, *[3] * 3_000]})
    found = specific_names(counts, n_texts=1_000)
    # 泵类 is too short, 离心泵 too common; both count among the commonest 3,000.
    assert found == sorted(sorted(many)[:2_998])


def test_companies_are_counted_by_the_names_in_a_product_list(folder, tmp_path):
    rest = "；".join(["货物进出口"] * 20)
    rows = pl.read_parquet(folder / "one.parquet").row(0, named=True)
    scopes = [f"离心泵{rest}", f"减速机{rest}", *[rest] * 120]
    pl.DataFrame(
        [rows | {"uscc": f"V{i:017}", "scope": scope} for i, scope in enumerate(scopes)]
    ).write_parquet(folder / "three.parquet")
    (folder / "listed_firm_products.csv").write_text("firm,product\nA,离心泵\nA,减速机\nB,泵\n")
    panel, _ = read_panel(folder, NodeKind.PRODUCTS, tmp_path / "work")
    assert sorted(panel.nodes) == ["减速机", "离心泵"]
    # One of each in the long texts, and those of the six short ones beside them.
    made = panel.stock(1999).sum(axis=0)
    assert dict(zip(panel.nodes, made.tolist(), strict=True)) == {"减速机": 3.0, "离心泵": 4.0}


def test_a_product_list_without_its_column_is_refused(folder, tmp_path):
    (folder / "listed_firm_products.csv").write_text("name\n离心泵\n")
    with pytest.raises(InputError, match="product"):
        read_panel(folder, NodeKind.PRODUCTS, tmp_path / "work")


def test_too_few_registrations_to_count_by_words_are_refused(folder, tmp_path):
    (folder / "gbt4754_products.csv").write_text("code,text\n1,离心泵、减速机\n")
    with pytest.raises(InputError, match="没有一个"):
        read_panel(folder, NodeKind.WORDS, tmp_path / "work")


def test_the_panel_counts_each_credit_code_once(folder, tmp_path):
    with pytest.raises(InputError, match="产品词"):
        read_panel(folder, NodeKind.PRODUCTS, tmp_path / "work")
    panel, counts = read_panel(folder, NodeKind.SEGMENTS, tmp_path / "work")
    again, _ = read_panel(folder, NodeKind.SEGMENTS, tmp_path / "work")
    assert counts["companies"] == len(ROWS) and counts["outside"] == 2
    assert panel.places["place"].to_list() == ["110000", "330600"]
    assert panel.until == 1999 and panel.supplies.sum() > 0
    assert (panel.stock(1999) == again.stock(1999)).all()
    assert len(list((tmp_path / "work").iterdir())) == 1


def test_rows_without_a_credit_code_are_not_one_company(folder, tmp_path):
    frame = pl.read_parquet(folder / "one.parquet").with_columns(uscc=pl.lit(None, pl.String))
    (tmp_path / "uncoded").mkdir()
    frame.write_parquet(tmp_path / "uncoded" / "one.parquet")
    assert read_registrations(tmp_path / "uncoded").height == len(ROWS)


def test_a_mistyped_date_does_not_move_the_calendar():
    n = 300
    rows = pl.DataFrame(
        {"company": [str(i) for i in range(n + 1)], "year": [*([2003, 2004] * (n // 2)), 2104],
         "province": "浙江", "city": "绍兴"}
    )  # fmt: skip
    nodes = Nodes(("a",), pl.DataFrame({"company": ["0"], "node": ["a"]}), no_links(1))
    cities = load_cities()
    assert registration_panel(rows, city_units(rows, cities), nodes, cities).until == 2004


def test_a_folder_without_registrations_is_refused(tmp_path):
    with pytest.raises(InputError, match="登记"):
        read_panel(tmp_path, NodeKind.SEGMENTS, None)


def test_stock_of_a_city_adds_up(folder, tmp_path):
    panel, _ = read_panel(folder, NodeKind.SEGMENTS, tmp_path / "work")
    companies = panel.companies[0]
    assert np.bincount(companies).tolist() == [2, 2]
