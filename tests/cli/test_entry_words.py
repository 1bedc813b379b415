from chainmap.cli.entry_answers import UNSHOWN
from chainmap.cli.entry_words import HEADINGS, HIDDEN, TABLES_ZH, VALUES, in_words
from chainmap.gaps.entry.comparisons import Compared, cold_city_rows, significance_rows, spread_row
from chainmap.gaps.entry.details import CITY_THIRDS, NODE_THIRDS, detail_row, slice_rows
from chainmap.gaps.entry.scores import score_method
from tests.gaps.entry.test_details import made


def headed(row, table):
    """What is shown has a Chinese heading, or one readers know (NDCG@20)."""
    return all(key in HEADINGS for key in row if key not in HIDDEN.get(table, ()))


def test_every_column_that_is_shown_has_a_heading():
    score, facts = made()
    one = score_method("binary, cities left out", score, facts.judged, 0)
    assert headed({"method": "density", **detail_row(score, facts)}, "details")
    assert headed(significance_rows([Compared("x", one, one)], facts.judged.cluster)[0], "x")
    assert headed(spread_row("x", [one, one], one), "seeds")
    scored = dict.fromkeys(
        (
            "binary, cities left out",
            "LightGBM binary, all",
            "LambdaRank, portfolio-blind",
            "LightGBM LambdaRank, all",
        ),
        one,
    )
    assert headed(cold_city_rows(scored, facts.judged)[0], "cold_cities")


def test_slices_are_named_and_kept_off_the_screen():
    score, facts = made()
    assert {row["slice"] for row in slice_rows(score, facts)} == {*NODE_THIRDS, *CITY_THIRDS}
    assert all(name in VALUES for name in (*NODE_THIRDS, *CITY_THIRDS))
    assert not set(UNSHOWN) & set(TABLES_ZH)


def test_a_row_is_shown_in_words_without_what_another_table_has():
    row = {
        "task": "entry",
        "method": "density",
        "ndcg_20": 0.1,
        "final_minus": 0.2,
        "differs": True,
    }
    assert in_words(row, "methods") == {
        "任务": "进入", "方法": "关联密度", "NDCG@20": 0.1, "有差别": "是",
    }  # fmt: skip
