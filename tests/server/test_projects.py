import pytest

from tests.project_lists import row, run, write_list
from tests.server.serving import kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROJECTS = "/v1/cities/330600/projects"
PROPOSED = "/v1/cities/330600/propositions?chain=robotics&top=3&sponsors=2"


@pytest.fixture
def listed(served, tmp_path):
    rows = [row(f"{name}项目", 主要产品="人形机器人") for name in "甲乙丙"]
    run(tmp_path / "ws", write_list(tmp_path / "a.csv", [*rows, row("丁项目", 意向城市="宁波")]))
    return served


def test_projects_come_ranked_with_basis_counts_and_the_may_act_flag(listed):
    answer = listed.get(PROJECTS, listed.key())
    found = answer.json()
    assert answer.status_code == 200 and answer.headers["Chainmap-May-Act"] == "false"
    assert found["n_projects"] == 4 and found["counts"]["elsewhere"] == 1
    assert not found["basis"]["may_act"] and found["basis"]["catalogue"].startswith("330600-")
    assert found["projects"][-1]["name"] == "丁项目"


def test_a_state_can_be_asked_for_and_pages_follow_each_other(listed):
    key = listed.key()
    only = listed.get(f"{PROJECTS}?state=elsewhere", key).json()
    assert [p["name"] for p in only["projects"]] == ["丁项目"] and only["n_projects"] == 4
    assert kind(listed.get(f"{PROJECTS}?state=lost", key)) == "bad-input"
    seen, path = [], f"{PROJECTS}?limit=3"
    while path:
        answer = listed.get(path, key)
        seen += [p["project_id"] for p in answer.json()["projects"]]
        following = answer.links.get("next")
        path = following["url"] if following else None
    assert len(seen) == len(set(seen)) == 4


def test_an_import_changes_the_tag_and_the_answer(listed, tmp_path):
    key = listed.key()
    first = listed.get(f"{PROJECTS}?limit=1", key)
    tag = first.headers["ETag"]
    assert listed.get(f"{PROJECTS}?limit=1", key, **{"If-None-Match": tag}).status_code == 304
    run(tmp_path / "ws", write_list(tmp_path / "b.csv", [row("戊项目", 主要产品="人形机器人")]))
    again = listed.get(f"{PROJECTS}?limit=1", key, **{"If-None-Match": tag})
    assert again.status_code == 200 and again.json()["n_projects"] == 5
    assert kind(listed.get(first.links["next"]["url"], key)) == "stale-cursor"


def test_propositions_come_with_sponsors_terms_and_citations(served):
    found = served.get(PROPOSED, served.key()).json()
    assert len(found["propositions"]) == 3 and found["chain_id"] == "robotics"
    for one in found["propositions"]:
        assert one["terms"] and len(one["sponsors"]) <= 2
        assert bool(one["sponsors"]) != bool(one["sponsor_note"])


def test_files_need_the_export_scope_and_are_audited(listed):
    reader, analyst = listed.key(), listed.key("analyst")
    for path in (PROJECTS, PROPOSED):
        assert kind(listed.get(path, reader, Accept=XLSX)) == "scope-missing"
        answer = listed.get(path, analyst, Accept=XLSX)
        assert answer.status_code == 200 and answer.content[:2] == b"PK"
        assert listed.get(path, analyst, Accept="text/csv").status_code == 200
    assert ("export", PROJECTS, "ok") in listed.audited()


def test_without_a_key_or_a_catalogue_there_is_no_answer(served):
    key = served.key()
    assert served.get(PROJECTS).status_code == 401
    assert kind(served.get("/v1/cities/440300/projects", key)) == "unknown-name"
    assert kind(served.get("/v1/cities/某市/propositions", key)) == "unknown-name"
