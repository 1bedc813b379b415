import pytest

from chainmap.server import reports
from tests.server.serving import kind

ADDRESS = "/v1/cities/330600/report?chain=integrated-circuits&top=3"


def test_a_report_is_a_file_and_who_took_it_is_on_record(served):
    key = served.key("analyst")
    answer = served.get(f"{ADDRESS}&form=html", key)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "绍兴市集成电路产业链缺口分析报告" in answer.text
    assert ("export", "/v1/cities/330600/report", "ok") in served.audited()
    assert served.get(f"{ADDRESS}&form=html", key).content == answer.content


def test_a_report_follows_the_catalogue_in_use(served, monkeypatch):
    key, approved, address = served.key("analyst"), [], f"{ADDRESS}&form=md"
    monkeypatch.setattr(reports, "catalogue_state", lambda city: lambda: ",".join(approved))
    made = []
    written = reports.document_bytes
    monkeypatch.setattr(reports, "document_bytes", lambda *given: made.append(1) or written(*given))
    for _ in range(2):
        assert served.get(address, key).status_code == 200
    assert len(made) == 1
    approved.append("2026-v1")
    assert served.get(address, key).status_code == 200
    assert len(made) == 2


def test_a_form_said_twice_is_refused(served):
    answer = served.get(f"{ADDRESS}&form=html&form=md", served.key("analyst"))
    assert kind(answer) == "bad-input" and "form" in answer.json()["detail"]


def test_reading_is_not_enough(served):
    served.key("admin")
    assert served.get(ADDRESS).status_code == 401
    answer = served.get(ADDRESS, served.key("viewer"))
    assert answer.status_code == 403 and kind(answer) == "scope-missing"


@pytest.mark.parametrize(
    ("query", "status"),
    [("kind=profile", 422), ("kind=comparison&with=330600", 422), ("kind=year", 422),
     ("kind=catalogue&chain=quantum", 422),
     ("form=doc", 422), ("kind=profile&company=没有这家", 404), ("kind=comparison&with=某某", 404)],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_a_problem(served, query, status):
    answer = served.get(f"/v1/cities/330600/report?{query}", served.key("analyst"))
    assert answer.status_code == status, answer.text


def test_a_catalogue_is_the_version_in_use(served):
    answer = served.get("/v1/cities/330600/report?kind=catalogue&form=xlsx", served.key("analyst"))
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
