import polars as pl
import pytest

from chainmap.sources.cards import Assertions, _broken, broken_assertions, load_card

DATASETS = ("cities", "companies", "landings", "policies")


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_assertion_of_the_card_holds(dataset):
    assert broken_assertions(dataset) == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_card_says_who_how_and_where_to_check(dataset):
    card = load_card(dataset)
    assert card.gathered and card.licence and card.sources
    assert all(column.meaning for file in card.files for column in file.columns)


FRAME = pl.DataFrame({"code": ["01", "02", "02"], "n": ["1", None, "9"], "line": [2, 3, 4]})


@pytest.mark.parametrize(
    ("must", "said"),
    [
        ({"rows": 4}, "应为 4 行"),
        ({"min_rows": 4}, "不少于"),
        ({"unique": ["code"]}, "重复"),
        ({"not_null": ["n"]}, "空值"),
        ({"matches": {"code": "01"}}, "02"),
        ({"range": {"n": [0, 5]}}, "9"),
        ({"allowed": {"n": ["1"]}}, "9"),
        ({"counts": {"code": {"02": 1}}}, "有 2 行"),
    ],
)
def test_each_broken_promise_is_named(must, said):
    assert any(said in what for _, _, what in _broken(FRAME, Assertions.model_validate(must), "x"))


def test_kept_promises_say_nothing():
    must = {"rows": 3, "not_null": ["code"], "matches": {"code": r"0\d"}, "range": {"n": [0, 9]}}
    assert list(_broken(FRAME, Assertions.model_validate(must), "x")) == []


def test_the_first_wrong_row_is_named_by_line():
    must = Assertions.model_validate({"matches": {"code": "01"}, "not_null": ["n"]})
    assert [(line, column) for line, column, _ in _broken(FRAME, must, "x")] == [
        (3, "n"),
        (3, "code"),
    ]
