"""Goals and fields of plans as lists: pages, order, filters, files."""

import io

import openpyxl
import pytest

from chainmap.server.formats import FIELDS_JSON, Media
from tests.server.test_lists_of_things import CLIENT, get


@pytest.mark.parametrize(("path", "items"), [("goals", "goals"), ("timeline", "fields")])
def test_goals_and_fields_come_in_pages_that_end(path, items):
    whole = get(f"/v1/policies/{path}")
    assert "next" not in whole.links
    page, found = get(f"/v1/policies/{path}", limit=7), []
    for _ in range(len(whole.json()[items])):
        assert page.json().keys() == whole.json().keys() and len(page.json()[items]) <= 7
        found += page.json()[items]
        if "next" not in page.links:
            break
        page = get(page.links["next"]["url"])
    assert found == whole.json()[items]
    tag = {"if-none-match": whole.headers["etag"]}
    assert CLIENT.get(f"/v1/policies/{path}", headers=tag).status_code == 304


def test_goals_are_sorted_filtered_and_cut():
    years = [g["year"] for g in get("/v1/policies/goals", sort="-year").json()["goals"]]
    known = [year for year in years if year is not None]
    assert known == sorted(known, reverse=True) and not any(years[len(known) :])
    short = get("/v1/policies/goals", fields="indicator,value", limit=2)
    assert short.headers["content-type"] == FIELDS_JSON
    assert [list(goal) for goal in short.json()] == [["indicator", "value"]] * 2
    some = get("/v1/policies/goals", q="产值").json()
    assert some["goals"] and all("产值" in goal["indicator"] for goal in some["goals"])
    assert [p["id"] for p in some["plans"]] == list({g["document"]: 0 for g in some["goals"]})
    plan = some["plans"][0]["id"]
    of_one = get("/v1/policies/goals", plan=plan).json()["goals"]
    assert of_one and {goal["document"] for goal in of_one} == {plan}
    assert get("/v1/policies/goals", 404, plan=f"{plan}x").json()["nearest"]
    over = get("/v1/policies/goals", in_force="false").json()["goals"]
    assert over and not any(goal["in_force"] for goal in over)


def test_fields_of_the_timeline_are_sorted_and_filtered():
    found = get("/v1/policies/timeline", sort="name", chain="集成电路", in_force="true").json()
    names = [field["name"] for field in found["fields"]]
    assert names and names == sorted(names) and found["rounds"]
    assert {(f["chain"], f["in_force"]) for f in found["fields"]} == {("集成电路", True)}
    book = get("/v1/policies/timeline", accept=Media.XLSX.value, sort="-name").content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    told = [row[0].value for row in sheet.iter_rows() if row[0].value]
    every = sorted(f["name"] for f in get("/v1/policies/timeline").json()["fields"])
    assert told[-len(every) :] == every[::-1] and "领域" in told
    assert get("/v1/policies/timeline", 406, accept="application/pdf")
