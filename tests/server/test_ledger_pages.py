"""Overviews of what is kept, and the audit log: in every form, or refused in words."""

import csv
import io
import warnings

import openpyxl
import polars as pl
import pytest

from chainmap.server.formats import FIELDS_JSON, Media
from tests.server.serving import kind

LIST = {"name": "甲", "question": {"city": "绍兴", "chain": "集成电路", "top": 2}}
PAGES = ("/v1/lists", "/v1/snapshots", "/v1/audit")


def kept(served, *names):
    """Keep lists of these names; returns an administrator's key and the addresses."""
    key = served.key("admin")
    asked = [LIST | {"name": name} for name in names]
    made = [served.client.post("/v1/lists", json=one, headers={"X-API-Key": key}) for one in asked]
    return key, [answer.headers["location"] for answer in made]


def test_pages_come_in_every_form(served):
    key, _ = kept(served, "甲", "乙")
    for path in PAGES:
        plain = served.get(f"{path}?limit=1", key)
        (only,) = plain.json()
        table = served.get(f"{path}?limit=1", key, Accept="text/csv")
        rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert rows[0] == list(only) and len(rows) == 2
        assert table.headers["content-disposition"].endswith(".csv")
        assert table.links["next"] == plain.links["next"]
        frame = served.get(f"{path}?limit=1", key, Accept=Media.PARQUET.value)
        assert pl.read_parquet(io.BytesIO(frame.content)).columns == list(only)
        with warnings.catch_warnings(action="ignore"):
            sheet = served.get(f"{path}?limit=1", key, Accept=Media.XLSX.value)
            assert openpyxl.load_workbook(io.BytesIO(sheet.content)).worksheets[0].max_row == 3
    exported = [about for _, about, _ in served.audited() if about in PAGES]
    assert {about: exported.count(about) for about in PAGES} == dict.fromkeys(PAGES, 3)


def test_pages_show_only_the_fields_asked_for(served):
    key, _ = kept(served, "甲", "乙")
    found = served.get("/v1/lists?fields=name&limit=1", key)
    assert found.json() == [{"name": "乙"}] and found.headers["content-type"] == FIELDS_JSON
    assert served.get(found.links["next"]["url"], key).json() == [{"name": "甲"}]
    assert kind(served.get("/v1/audit?fields=colour", key)) == "bad-input"


@pytest.mark.parametrize("accept", ["text/plain", "application/pdf"])
def test_another_form_is_not_acceptable(served, accept):
    key, (path,) = kept(served, "甲")
    for one in (*PAGES, path):
        assert kind(served.get(one, key, Accept=accept)) == "not-acceptable"
    headers = {"X-API-Key": key, "Accept": accept}
    before = served.get("/v1/lists", key).json()
    refused = served.client.post("/v1/lists", json=LIST | {"name": "丙"}, headers=headers)
    assert kind(refused) == "not-acceptable" and served.get("/v1/lists", key).json() == before
    assert kind(served.get(f"/v1/jobs/{'0' * 32}", key, Accept=accept)) == "not-acceptable"


def test_a_file_takes_the_scope_for_it(served):
    key = served.key("viewer")
    assert served.get("/v1/lists", key).json() == []
    assert kind(served.get("/v1/lists", key, Accept="text/csv")) == "scope-missing"


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        ("*/*", "unknown-name"),
        ("text/csv", "unknown-name"),
        ("application/json", "not-acceptable"),
        (Media.XLSX.value, "not-acceptable"),
    ],
)
def test_rejected_rows_are_csv_or_refused(served, accept, found):
    path = f"/v1/jobs/{'0' * 32}/rejects"
    assert kind(served.get(path, served.key("analyst"), Accept=accept)) == found
