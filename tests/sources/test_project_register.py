import datetime as dt
import random

import polars as pl

from chainmap.sources.project_register import STATEMENTS, changed, contradictions, settle, tallied
from chainmap.sources.project_rows import VALUES

DAY = dt.date(2026, 1, 1)


def staged(*rows):
    plain = dict.fromkeys(VALUES) | {
        "updated": None, "repaired": False, "list_as_of": DAY, "sequence": 1, "ordinal": 0,
    }  # fmt: skip
    filled = [plain | {"row": at} | row for at, row in enumerate(rows, start=2)]
    schema = VALUES | {
        "updated": pl.Date, "repaired": pl.Boolean, "list_as_of": pl.Date, "sequence": pl.Int32,
        "ordinal": pl.Int32, "row": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(filled, schema=schema)


def statements(*rows):
    parts = [tallied(staged(row))[0] for row in rows]
    return pl.concat(parts) if parts else pl.DataFrame(schema=STATEMENTS)


def said(name, sequence=1, day=DAY, **facts):
    return {"name": name, "sequence": sequence, "list_as_of": day, **facts}


def test_rows_of_one_project_in_a_list_are_merged_gaps_filled():
    new, tallies = tallied(
        staged(
            {"name": "某 项目", "sponsor": "甲公司", "land_mu": 10.0},
            {"name": "某项目", "sponsor": "甲公司", "investment_10k": 5.0, "stage": "签约"},
            {"name": "某项目", "sponsor": "乙公司", "repaired": True},
        )
    )
    assert tallies[0] == (1, 1, 1)
    merged = new.filter(pl.col("sponsor") == "甲公司").row(0, named=True)
    assert (merged["land_mu"], merged["investment_10k"]) == (10.0, 5.0)


def test_rows_of_two_days_in_one_list_are_two_statements_whatever_their_order():
    older = {"name": "某项目", "updated": DAY, "investment_10k": 10000.0, "land_mu": 20.0,
             "stage": "签约", "output_10k": 5.0}  # fmt: skip
    newer = {"name": "某项目", "updated": DAY + dt.timedelta(days=200), "investment_10k": 99999.0,
             "land_mu": 80.0, "stage": "开工"}  # fmt: skip
    for code in (None, "2026-33"):
        for rows in ((older, newer), (newer, older)):
            new, tallies = tallied(staged(*(row | {"code": code} for row in rows)))
            assert tallies[0] == (2, 0, 0)
            found = settle(new)
            project = found.projects.row(0, named=True)
            assert found.projects.height == 1 and project["as_of"] == newer["updated"]
            assert (project["investment_10k"], project["land_mu"]) == (99999.0, 80.0)
            assert (project["stage"], project["output_10k"]) == ("开工", 5.0)
            was = dict(found.history.select("field", "before").iter_rows())
            assert was == {"investment_10k": "10000.0", "land_mu": "20.0", "stage": "签约"}


def test_rows_of_one_day_that_disagree_are_told_of():
    rows = staged(
        {"name": "某项目", "land_mu": 10.0, "stage": "签约"},
        {"name": "某项目", "land_mu": 12.0},
        {"name": "别的项目", "land_mu": 12.0},
    )
    assert contradictions(rows) == {"land_mu": 1}
    assert contradictions(rows.clear()) == {}


def test_the_newer_statement_counts_and_the_older_is_history():
    later = DAY + dt.timedelta(days=30)
    rows = statements(
        said("某项目", 2, later, stage="开工", land_mu=None),
        said("某项目", 1, DAY, stage="签约", land_mu=20.0),
    )
    found = settle(rows)
    project = found.projects.row(0, named=True)
    assert (project["stage"], project["land_mu"], project["n_statements"]) == ("开工", 20.0, 2)
    assert (project["first_as_of"], project["as_of"]) == (DAY, later)
    change = found.history.row(0, named=True)
    assert (change["field"], change["before"], change["after"]) == ("stage", "签约", "开工")


def test_the_order_of_lists_does_not_matter():
    rows = [
        said(f"项目{n % 3}", n, DAY + dt.timedelta(days=n), stage=s, land_mu=float(n))
        for n, s in enumerate(["策划", "签约", "签约", "开工", "投产", "签约"], start=1)
    ]
    first = settle(statements(*rows))
    random.Random(5).shuffle(rows)
    second = settle(statements(*rows))
    for name in ("statements", "projects", "history"):
        assert getattr(first, name).equals(getattr(second, name))


def test_a_code_given_later_or_another_name_keeps_the_project_and_its_id():
    alone = settle(statements(said("某项目", 1)))
    later = settle(
        statements(
            said("某项目", 1),
            said("某项目", 2, code="2026-33", stage="签约"),
            said("某改名项目", 3, DAY + dt.timedelta(days=9), code="2026-33"),
        )
    )
    assert later.projects.height == 1
    assert later.projects["project_id"].to_list() == alone.projects["project_id"].to_list()
    assert later.projects["name"].item() == "某改名项目"


def test_two_codes_are_two_projects_whatever_the_name():
    found = settle(statements(said("某项目", 1, code="a"), said("某项目", 2, code="b")))
    assert found.projects.height == 2


def test_changes_are_counted():
    before = settle(statements(said("甲"), said("乙"))).projects
    after = settle(
        statements(said("甲"), said("乙"), said("乙", 2, stage="签约"), said("丙"))
    ).projects
    assert changed(before, None) == (2, 0)
    assert changed(after, before) == (1, 1)
    assert changed(before, before) == (0, 0)


def test_nothing_makes_an_empty_register():
    found = settle(statements())
    assert found.projects.is_empty() and found.history.is_empty()
