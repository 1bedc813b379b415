import polars as pl

from chainmap.linkage.evidence import place_companies


def place(**texts):
    row = {"company": "1", "name": "甲有限公司", "scope": ""} | texts
    return place_companies(pl.DataFrame([row]))


def test_business_and_products_are_read_beside_the_scope():
    rows = place(business="工业机器人的研发、生产", products="无人机；机柜")
    assert {(r["chain_id"], r["source"]) for r in rows.iter_rows(named=True)} == {
        ("robotics", "business"), ("aerospace", "products"),
    }  # fmt: skip


def test_two_texts_are_surer_than_one_and_the_stronger_role_stays():
    one = place(scope="工业机器人销售").row(0, named=True)
    two = place(scope="工业机器人销售", business="生产工业机器人").row(0, named=True)
    assert (one["role"], two["role"]) == ("trade", "make")
    assert two["confidence"] > one["confidence"]


def test_an_agreeing_industry_code_makes_surer_and_places_nothing_alone():
    plain = place(scope="减速机制造", industry_code="0111").row(0, named=True)
    agreed = place(scope="减速机制造", industry_code="3453").row(0, named=True)
    assert agreed["confidence"] > plain["confidence"]
    assert place(scope="百货销售", industry_code="3453").is_empty()
