"""Lists of the API: forms, pages, order, fields, tags."""

import csv
import io
import warnings
from urllib.parse import quote, unquote

import openpyxl
import polars as pl
import pytest
from fastapi.testclient import TestClient

from chainmap.concepts.records import ChainRecord, ChainSummary
from chainmap.concepts.service_records import (
    CompanyRecord,
    CompanySummary,
    SegmentDetail,
    SegmentSummary,
)
from chainmap.server.answer_heads import saved_as
from chainmap.server.app import create_app
from chainmap.server.formats import FIELDS_JSON, Media, negotiate
from chainmap.server.problems import Refusal
from tests.server.serving import kind

CLIENT = TestClient(create_app(), raise_server_exceptions=False)
LISTS = (
    "/v1/chains",
    "/v1/segments",
    "/v1/cities",
    "/v1/companies",
    "/v1/policies",
    "/v1/policies/goals",
    "/v1/policies/timeline",
    "/v1/cities/330600/gaps",
    "/v1/cities/330600/targets",
)


def get(path, status=200, accept="application/json", **query):
    answer = CLIENT.get(path, params=query or None, headers={"accept": accept})
    assert answer.status_code == status, answer.text
    return answer


def names(**query):
    return [company["short_name"] for company in get("/v1/companies", **query).json()]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_comes_in_every_form(path):
    table = list(csv.reader(io.StringIO(get(path, accept="text/csv").content.decode("utf-8-sig"))))
    frame = pl.read_parquet(io.BytesIO(get(path, accept=Media.PARQUET.value).content))
    assert frame.columns == table[0] and frame.height == len(table) - 1 > 0
    with warnings.catch_warnings(action="ignore"):  # openpyxl does not know data bars
        book = openpyxl.load_workbook(io.BytesIO(get(path, accept=Media.XLSX.value).content))
    assert book.worksheets[0].max_row > frame.height
    file = get(path, accept="text/csv").headers["content-disposition"]
    assert file.startswith("attachment") and file.endswith(".csv")


def test_a_file_is_saved_under_one_name():
    """A name with a slash in it would be a folder's."""
    assert (
        saved_as("2026/一季度.csv") == f"attachment; filename*=UTF-8''2026%2F{quote('一季度')}.csv"
    )
    file = get("/v1/companies", accept="text/csv", q="半导体").headers["content-disposition"]
    assert file == "attachment; filename*=UTF-8''v1-companies.csv"


def found(**query):
    """The ids of the companies a search lists."""
    return {company["id"] for company in get("/v1/companies", limit=500, **query).json()}


def test_numbers_of_companies_count_presence_and_lists_hold_every_role():
    segments = get("/v1/chains/quantum").json()["segments"]
    counted = set()
    for segment in (s for s in segments if s["n_companies"]):
        roles = ("make", "rd", "serve") if segment["kind"] == "service" else ("make", "rd")
        there = set().union(*(found(segment=segment["id"], role=role) for role in roles))
        assert len(there) == segment["n_companies"], segment["id"]
        counted |= there
    assert len(counted) == get("/v1/chains/quantum").json()["n_companies"]
    detail = get("/v1/segments/qt-spad").json()
    assert {one["id"] for one in detail["companies"]} == found(segment="qt-spad")
    assert detail["n_companies"] < len(detail["companies"])
    for record in (SegmentDetail, SegmentSummary, ChainRecord, ChainSummary):
        said = record.model_fields["n_companies"].description
        assert "only trades" in said or said == "Counted as in `SegmentRecord`"


@pytest.mark.parametrize("path", LISTS)
def test_every_answer_says_what_it_rests_on(path):
    answer = get(path)
    snapshot = get("/v1/snapshots/current").json()
    assert answer.headers["chainmap-snapshot"] == snapshot["id"]
    assert answer.headers["chainmap-may-act"] == "false"
    assert unquote(answer.headers["chainmap-coverage"]) == snapshot["coverage"]
    assert f"/v1/snapshots/{snapshot['id']}" in answer.headers["link"]


@pytest.mark.parametrize("path", LISTS)
def test_what_has_not_changed_is_not_sent_again(path):
    first = get(path)
    again = CLIENT.get(path, headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
    assert again.status_code == 304 and again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    whatever = CLIENT.get(path, headers={"if-none-match": " *"})
    assert (whatever.status_code, whatever.content) == (304, b"")
    assert whatever.headers["etag"] == first.headers["etag"]
    assert get(path, accept="text/csv").headers["etag"] != first.headers["etag"]
    assert get(path, limit=1).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("wrong", ["chain=没有这条链", "fields=nothing", "cursor=x", "top=many"])
def test_what_is_not_there_is_known_to_nobody(wrong):
    path = f"/v1/cities/330600/targets?{wrong}"
    answer = CLIENT.get(path, headers={"if-none-match": "*"})
    assert answer.status_code == CLIENT.get(path).status_code >= 400


@pytest.mark.parametrize(
    ("path", "identity", "within"),
    [
        ("/v1/cities", "code", None),
        ("/v1/companies", "id", None),
        ("/v1/segments", "id", None),
        ("/v1/cities/330600/gaps", "segment_id", "gaps"),
        ("/v1/cities/330600/targets", "company_id", "targets"),
    ],
)
@pytest.mark.parametrize("sort", [None, "name", "-n_companies,name"])
def test_pages_together_are_the_whole_list(path, identity, within, sort):
    query = {} if sort is None or path != "/v1/cities" else {"sort": sort}
    if path == "/v1/companies":
        query["city"] = "绍兴"

    def items(answer):
        return answer.json()[within] if within else answer.json()

    whole = [item[identity] for item in items(get(path, **query))]
    pages, url = [], path
    query["limit"] = max(1, len(whole) // 3)
    while url:
        answer = get(url, **query)
        pages += [item[identity] for item in items(answer)]
        link = answer.links.get("next")
        url, query = (link["url"], {}) if link else (None, {})
    assert pages == whole and len(set(whole)) == len(whole)


def test_a_cursor_of_another_question_or_of_nobody_is_refused():
    link = get("/v1/cities", limit=3).links["next"]["url"]
    cursor = link.split("cursor=")[1]
    assert kind(get("/v1/cities", 410, limit=3, cursor=cursor, province="浙江")) == "stale-cursor"
    assert kind(get("/v1/companies", 410, cursor=cursor)) == "stale-cursor"
    for made_up in ("x", "AAAA", "W10", "eyJhIjoxfQ"):
        assert kind(get("/v1/cities", 422, cursor=made_up)) == "bad-input"


def test_sorting_goes_both_ways_and_puts_nothing_last():
    up = [c["lon"] for c in get("/v1/cities", sort="lon").json()]
    down = [c["lon"] for c in get("/v1/cities", sort="-lon").json()]
    assert up == sorted(up) and down == sorted(up, reverse=True)
    codes = [c["stock_code"] for c in get("/v1/companies", sort="stock_code").json()]
    known = [code for code in codes if code is not None]
    assert codes == sorted(known) + [None] * (len(codes) - len(known))
    assert "可排序" in get("/v1/cities", 422, sort="colour").json()["detail"]
    assert kind(get("/v1/companies", 422, sort="products")) == "bad-input"
    assert "n_companies" in get("/v1/cities", 422, sort="").json()["todo"]


def test_provinces_are_those_there_are():
    full = get("/v1/cities", province="广西壮族自治区").json()
    assert full == get("/v1/cities", province="广西").json() and len(full) > 10
    whole = get("/v1/cities").json()
    assert get("/v1/cities", province="").json() == whole
    for wrong in ("省", "没有", "吉林市", "浙"):
        assert kind(get("/v1/cities", 404, province=wrong)) == "unknown-name"
    assert "浙江" in get("/v1/cities", 404, province="浙江路").json()["nearest"]


def test_fields_are_chosen_and_the_answer_says_that_it_is_partial():
    answer = get("/v1/cities/330600/gaps", fields="segment,rank", limit=2)
    assert answer.headers["content-type"] == FIELDS_JSON
    assert [list(item) for item in answer.json()] == [["segment", "rank"]] * 2
    table = get("/v1/cities", accept="text/csv", fields="name,code").content.decode("utf-8-sig")
    assert table.splitlines()[0] == "name,code"
    assert kind(get("/v1/cities", 422, fields="name,secret")) == "bad-input"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", Media.JSON),
        ("*/*", Media.JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", Media.JSON),
        ("text/csv;q=0.5, application/json;q=0.4", Media.CSV),
        ("text/*", Media.CSV),
        (FIELDS_JSON, Media.JSON),
        ("application/json;q=x, text/csv;q=0.1", Media.CSV),
        ("application/json;q=0, */*", Media.CSV),
        ("text/csv;q=0, text/*;q=0.5, */*;q=0.1", Media.JSON),
        ("application/json;q=0, application/*", Media.XLSX),
    ],
)
def test_the_form_liked_best_is_taken(accept, media):
    assert negotiate(accept, list(Media)) is media


def test_a_form_we_do_not_have_is_refused():
    with pytest.raises(Refusal):
        negotiate("image/png", list(Media))
    for nothing in ("text/csv;q=0", "*/*;q=0", "application/json; Q=0.0", "text/*;q=0"):
        with pytest.raises(Refusal):
            negotiate(nothing, list(Media))
    assert kind(get("/v1/cities", 406, accept="image/png")) == "not-acceptable"
    assert kind(get("/v1/snapshots/current", 406, accept="text/csv")) == "not-acceptable"


def test_a_table_runs_no_formula():
    from chainmap.server.formats import csv_bytes, sheet_bytes

    company = CompanySummary(
        id="x", name="=1+1", short_name="+1", stock_code=None, city_code="330600", city="＠x",
        province="\ufeff=1", products=["-2", "a"], segments=[],
    )  # fmt: skip
    columns = list(CompanySummary.model_fields)
    row = list(csv.reader(io.StringIO(csv_bytes([company], columns).decode("utf-8-sig"))))[1]
    assert row[1:3] == ["'=1+1", "'+1"]
    assert row[5:8] == ["'＠x", "'\ufeff=1", "'-2；a"]
    book = openpyxl.load_workbook(io.BytesIO(sheet_bytes([company], columns, "企业", ["说明"])))
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert "=1+1" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    "query",
    [
        "士兰",
        "士兰微",
        "silan",
        "slw",
        "shilanwei",
        "shi'lan’wei",
        "Shì lán wēi",
        "600460",
        "600460.SH",
        "６００４６０",
        "ＳＬＷ",
    ],
)
def test_a_company_is_found_as_a_reader_would_type_it(query):
    assert "士兰微" in names(q=query, limit=5)


def test_what_sounds_with_an_umlaut_is_found_by_it():
    assert names(q="lüdexiebo")[0] == names(q="lvdexiebo")[0] == "绿的谐波"


def test_brackets_and_spaces_are_typed_either_way():
    whole = next(c for c in get("/v1/companies").json() if "（" in c["name"] and "）" in c["name"])
    narrow = whole["name"].replace("（", " (").replace("）", ") ")
    assert names(q=whole["name"])[0] == names(q=narrow)[0] == whole["short_name"]
    spaced = next(c for c in get("/v1/companies").json() if any(" " in p for p in c["products"]))
    product = next(p for p in spaced["products"] if " " in p)
    assert spaced["short_name"] in names(q=product)


def test_the_best_match_comes_first():
    assert names(q="士兰微")[0] == "士兰微"
    assert names(q="SLW")[0] == "士兰微"
    assert names(q="没有这家公司") == []
    assert len(names(q="电")) > 10


def test_traditional_characters_find_what_simplified_ones_do():
    for traditional, simple in (("士蘭微", "士兰微"), ("江豐電子", "江丰电子"), ("電子", "电子")):
        assert names(q=traditional) == names(q=simple) != []


def test_companies_can_be_narrowed_down():
    here = get("/v1/companies", city="绍兴").json()
    assert {c["city_code"] for c in here} == {"330600"}
    chain = get("/v1/companies", chain="集成电路", city="绍兴").json()
    assert 0 < len(chain) < len(here)
    assert all(any(s.startswith("ic-") for s in c["segments"]) for c in chain)
    one = get("/v1/companies", segment="紫外光刻胶").json()
    assert one and all("ic-photoresist" in "".join(c["segments"]) for c in one)
    assert len(get("/v1/companies", role="trade").json()) < len(get("/v1/companies").json())


def test_one_company_has_its_evidence():
    company = CompanyRecord.model_validate(get("/v1/companies/silan").json())
    assert company.placements and all(p.evidence for p in company.placements)
    assert company.segments == [p.segment_id for p in company.placements]
    problem = get("/v1/companies/silann", 404).json()
    assert problem["nearest"][0] == "silan"


def test_segments_are_filtered_and_told_in_detail():
    upstream = get("/v1/segments", chain="集成电路", stage="upstream").json()
    assert upstream and {s["stage"] for s in upstream} == {"upstream"}
    found = get("/v1/segments", q="光刻胶").json()
    assert any("光刻胶" in s["name"] for s in found)
    detail = SegmentDetail.model_validate(get(f"/v1/segments/{found[0]['id']}").json())
    assert detail.n_companies <= len(detail.companies) and detail.citations
    trace = get(f"/v1/segments/{found[0]['id']}/trace").json()
    assert trace["passages"] and all(p["sha256"] for p in trace["passages"])


def test_policy_goals_and_timeline():
    goals = get("/v1/policies/goals", city="绍兴").json()["goals"]
    assert goals and goals[0]["reach"] == "own" and all(g["end"] >= g["start"] for g in goals)
    assert get("/v1/policies/timeline", field="人工智能").json()["fields"]
    assert get("/v1/policies/goals", 404, city="绍新").json()["nearest"]


def test_gaps_of_one_kind():
    gaps = get("/v1/cities/绍兴/gaps", kind="fill").json()["gaps"]
    assert gaps and {g["kind"] for g in gaps} == {"fill"}


def test_weights_of_ones_own_change_the_order():
    question = {"city": "绍兴", "chain": "集成电路", "top": 10}
    usual = get("/v1/cities/绍兴/targets", chain="集成电路", top=10).json()
    same = CLIENT.post("/v1/targets", json=question)
    assert same.status_code == 200 and same.json() == usual
    near = CLIENT.post("/v1/targets", json=question | {"weights": {"affinity": 3}}).json()
    assert near["weights"]["affinity"] == 3 and near["custom"] and not usual["custom"]
    assert near["targets"] != usual["targets"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"city": ""},
        {"city": "绍兴", "weights": {"nothing": 1}},
        {"city": "绍兴", "weights": {"affinity": -1}},
        {"city": "绍兴", "weights": {"affinity": 3.5}},
        {"city": "绍兴", "top": 0},
        {"city": "绍兴", "colour": "red"},
        {"city": "绍兴", "as_of": "2026-02-30"},
        [],
    ],
)
def test_a_question_that_cannot_be_asked_is_a_problem(body):
    assert kind(CLIENT.post("/v1/targets", json=body)) == "bad-input"


def test_an_answer_is_made_once_and_kept():
    path = "/v1/cities/330700/gaps"

    def count(source):
        text = CLIENT.get("/metrics").text
        lines = [li for li in text.splitlines() if f'answers_total{{source="{source}"}}' in li]
        return float(lines[0].split()[-1]) if lines else 0.0

    before = count("kept")
    assert get(path).content == get(path).content
    assert count("kept") == before + 1
