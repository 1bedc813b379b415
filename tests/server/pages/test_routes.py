"""What can be told of the pages without a browser."""

import csv
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chainmap.ranking.families import FAMILIES
from chainmap.reports.city_tiles import shade
from chainmap.server.pages.companies import evidence_pieces
from chainmap.server.pages.search_index import find
from chainmap.server.pages.shell import STATIC
from chainmap.server.pages.tiles import engagement_tiles
from tests.server.pages.conftest import pages_app

CLIENT = TestClient(pages_app(), raise_server_exceptions=False)
HTML = {"accept": "text/html"}
TEMPLATES = sorted((STATIC.parent / "templates").glob("*.html"))


def get(path, status=200, **headers):
    answer = CLIENT.get(path, headers=HTML | headers)
    assert answer.status_code == status, answer.text[:300]
    return answer


def test_the_policy_of_a_page_allows_our_own_files_only():
    policy = get("/data").headers["content-security-policy"]
    assert (
        "'unsafe" not in policy and "default-src 'none'" in policy and "script-src 'self'" in policy
    )


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_holds_script_style_or_foreign_addresses(file):
    text = file.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=\"/)", text)
    assert "//" not in re.sub(r"\{#.*?#\}", "", text).replace("<!doctype", "")


def test_own_styles_and_scripts_name_no_other_host():
    for file in (STATIC / "site.css", STATIC / "pages.css", STATIC / "site.js"):
        assert not re.search(r"https?://(?!www\.w3\.org)", file.read_text("utf-8"))
    assert (STATIC / "vendor" / "htmx-LICENSE").is_file()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cities/330600/gaps?kind=nothing", 422),
        ("/cities/330600/gaps?stage=nothing", 422),
        ("/cities/330600/targets?top=0", 422),
        ("/cities/330600/targets?w_affinity=x", 422),
        ("/cities/330600/targets?w_affinity=301", 422),
        ("/cities/330600/chains/nothing", 404),
        ("/cities/330600/chains/quantum?focus=nothing", 404),
        ("/cities/330600/chains/quantum/panorama.gif", 422),
        ("/cities/330600/segments/nothing", 404),
        ("/cities/330600/targets.doc", 422),
        ("/cities/330600/catalogue?version=2020-v9", 404),
        ("/cities/330600/catalogue?priority=x", 422),
        ("/companies/nobody", 404),
        ("/policies/nothing", 404),
    ],
)
def test_a_wrong_request_gets_a_page_that_says_what_to_do(path, status):
    answer = get(path, status)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


def test_whoever_does_not_ask_for_html_gets_the_problem():
    answer = CLIENT.get("/v2/nothing", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_all_weights_zero_is_refused():
    zero = "&".join(f"w_{name}=0" for name in FAMILIES)
    assert "权重不能全为 0" in get(f"/cities/330600/targets?{zero}", 422).text


def test_default_weights_are_not_called_custom():
    assert "自定义" not in get("/cities/330600/targets?w_segment_fit=100&w_affinity=100").text


def test_a_page_and_the_list_it_exports_agree():
    query = "chain=quantum&home=安徽&top=50"
    page = get(f"/cities/330100/targets?{query}").text
    content = get(f"/cities/330100/targets.csv?{query}").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows and [row["企业"] for row in rows if row["企业"] not in page] == []
    assert [row["序号"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


def test_unfiltered_targets_are_the_commands():
    from chainmap.server.pages import facts
    from chainmap.server.pages.selection import Selection, chosen_targets

    ours = chosen_targets(facts.city("330600"), Selection(top=10)).targets
    theirs = facts.first_targets("330600", 10).targets
    assert [(t.company_id, t.segment_id, t.score) for t in ours] == [
        (t.company_id, t.segment_id, t.score) for t in theirs
    ]


def test_files_of_the_panorama():
    base = "/cities/330600/chains/quantum/panorama"
    assert get(f"{base}.svg").text.startswith("<svg")
    assert get(f"{base}.png").content[:4] == b"\x89PNG"
    assert get(f"{base}.json").json()["city_code"] == "330600"
    assert "attachment" in get(f"{base}.graphml").headers["content-disposition"]


def test_going_to_another_city_keeps_the_page():
    def went(query):
        answer = CLIENT.get(f"/go?{query}", follow_redirects=False)
        assert answer.status_code == 303
        return answer.headers["location"]

    assert went("city=330100&page=panorama&chain=quantum") == "/cities/330100/chains/quantum"
    assert went("city=330100&page=gaps") == "/cities/330100/gaps"
    assert went("city=330100&page=//evil.example") == "/cities/330100"
    assert went("city=more") == "/cities"


def test_the_eleven_tiles_stand_on_eleven_places():
    tiles = engagement_tiles(None)
    assert len({(t.column, t.row) for t in tiles}) == len(tiles) == 11
    assert [shade(x) for x in (0.0, 0.01, 0.07, 0.15, 0.25, 0.9)] == [0, 1, 2, 3, 4, 5]


def test_search_knows_characters_pinyin_initials_and_codes():
    def names(query, kind):
        return [hit.entry.name for hit in find(query)[kind]]

    assert names("绍兴", "city")[0] == names("shaoxing", "city")[0] == "绍兴市"
    assert names("jcdl", "chain") == ["集成电路"]
    assert "西安市" in names("xi’an", "city") and names("lüliang", "city") == ["吕梁市"]
    assert names("688981", "company") and names("光刻", "segment")
    assert all(not hits for hits in find("").values())
    assert all(not hits for hits in find("  ").values())


def test_evidence_is_cut_at_the_names_it_holds():
    assert evidence_pieces("高端光刻胶、树脂", ("光刻胶",)) == [
        ("高端", False), ("光刻胶", True), ("、树脂", False)
    ]  # fmt: skip
    assert evidence_pieces("", ("甲",)) == []


def test_no_python_of_the_pages_is_long():
    files = Path(STATIC.parent).glob("*.py")
    assert max(len(file.read_text("utf-8").splitlines()) for file in files) <= 300


def test_a_province_may_be_called_in_full():
    one, full = (
        CLIENT.get(f"/cities/330600/targets.csv?home={name}").text for name in ("江苏", "江苏省")
    )
    assert one == full and one.count("\n") > 5


def test_a_city_the_roster_hardly_knows_is_not_told_to_widen_the_filter():
    for path in ("/cities/540100/targets", "/cities/540100"):
        said = get(path).text
        assert "也就列不出招商目标" in said
        assert "请放宽筛选" not in said and "没有缺口，也就没有目标企业" not in said


def test_the_kinds_of_gap_are_explained_as_they_are_told():
    said = get("/cities/330900/gaps").text
    assert "它的上游供应环节在本地或与本地产业关联密切" in said
    assert "上下游也不在本地" not in said


def test_firms_of_a_segment_are_compared_in_the_chain_they_were_ranked_in():
    shown = get("/cities/330600/targets?segment=nm-ndfeb-sintered").text
    form = shown.split('/targets/compare"')[1]
    asked = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    assert asked == {"chain": "new-materials"}
    first = re.search(r'name="pick" value="([^"]+)"', form)[1]
    score = re.search(r"([0-9]+[.][0-9]{2})<", form)[1]
    compared = get(f"/cities/330600/targets/compare?chain={asked['chain']}&pick={first}").text
    assert score in compared
    assert score not in get(f"/cities/330600/targets/compare?pick={first}").text


def test_a_city_outside_has_no_map_of_this_province_and_others_plans_are_marked():
    page = CLIENT.get("/cities/340100", headers=HTML).text
    assert "在全省的位置" not in page and 'name="other"' not in page
    assert "在全省的位置" in CLIENT.get("/cities/330600", headers=HTML).text
    mark = "浙江规划，不适用于本市"
    assert mark in CLIENT.get("/cities/340100/segments/ic-emc", headers=HTML).text
    assert mark not in CLIENT.get("/cities/330600/segments/ic-emc", headers=HTML).text


def test_a_panorama_may_be_asked_for_by_chain():
    led = CLIENT.get(
        "/cities/330600/panorama", params={"chain": "集成电路"}, follow_redirects=False
    )
    assert led.headers["location"] == "/cities/330600/chains/integrated-circuits"
