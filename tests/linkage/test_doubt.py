import polars as pl
import pytest

from chainmap.linkage.doubt import HIGHEST, doubtful
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.scopes import HIGH_CONFIDENCE, PROPOSED, segment_placements

SCOPES = {
    "sure": "工业机器人、谐波减速器的生产、销售",
    "generic": "新材料、自动化设备的研发",
    "chain": "伺服驱动系统、航空器零部件的制造",
    "none": "百货零售；餐饮服务",
}


def both(**scopes):
    chosen = scopes or SCOPES
    table = pl.DataFrame(
        {"company": list(chosen), "name": "甲有限公司", "scope": list(chosen.values())}
    )
    return place_companies(table, learned=False), place_companies(table)


def test_certain_rows_stay_as_the_rules_left_them():
    rules, learned = both()
    sure = rules.filter(~doubtful(rules))
    assert sure.height and sure.join(learned, on=rules.columns, how="anti").is_empty()


def test_no_row_is_lost_and_only_proposals_are_added():
    rules, learned = both()
    keys = ["company", "chain_id", "segment_id", "role", "source", "start", "end"]
    kept = learned.filter(~pl.col("rule").str.starts_with(PROPOSED))
    assert kept.select(keys).sort(keys).equals(rules.select(keys).sort(keys))


def test_a_doubtful_row_stays_doubtful_and_says_which_fragments_moved_it():
    rules, learned = both(generic=SCOPES["generic"])
    assert (rules["confidence"] < HIGH_CONFIDENCE).all()
    assert learned["confidence"].is_between(0, HIGHEST).all()
    assert learned["rule"].str.contains("；字符片段 ").all()


def test_a_chain_without_segment_is_followed_by_a_proposal_that_presence_does_not_count():
    _, learned = both(chain="伺服驱动系统、教学机器人的制造")
    proposed = learned.filter(pl.col("rule").str.starts_with(PROPOSED))
    assert proposed.height and proposed["segment_id"].null_count() == 0
    assert (proposed["confidence"] < HIGH_CONFIDENCE).all()
    whole = learned.filter(pl.col("segment_id").is_null())
    assert whole.height
    counted = segment_placements(learned)
    assert set(counted["segment_id"]).isdisjoint(proposed["segment_id"])


@pytest.mark.parametrize("scope", ["", "百货零售", None])
def test_a_company_outside_every_chain_is_asked_nothing(scope):
    table = pl.DataFrame({"company": ["1"], "name": ["甲"], "scope": [scope]},
                         schema_overrides={"scope": pl.String})  # fmt: skip
    assert place_companies(table).is_empty()


def test_the_words_around_are_read_up_to_the_next_mark_in_every_text():
    table = pl.DataFrame(
        {"company": ["1", "1"], "name": ["甲", "乙"], "scope": ["新材料研发", "新材料"],
         "business": ["自动化设备（非标）", None]}
    )  # fmt: skip
    assert set(place_companies(table)["source"]) == {"scope", "business"}
