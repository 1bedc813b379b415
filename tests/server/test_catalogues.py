"""Catalogues over the API: items, versions, and approval, which has a scope of its own."""

import io
import re

import openpyxl
import pytest

from chainmap.catalogue.store import catalogue_in_use, load_bundled, save
from chainmap.concepts.access import AccessRole, Scope
from chainmap.concepts.catalogue import as_draft
from chainmap.errors import LedgerError
from chainmap.server import approving, cities, service, weighing
from chainmap.server.questions import city_called
from chainmap.sources.catalogue_folder import CatalogueFolder
from tests.server.pages.test_lists import token_of
from tests.server.serving import kind

BASE = "/v1/cities/330600/catalogue"
CITY = city_called("绍兴")


def drafted(served, note):
    """A draft of one more note than the bundled one; returns its name."""
    bundled = load_bundled(CITY)
    first = bundled.items[0].model_copy(update={"note": note})
    changed = bundled.model_copy(update={"items": (first, *bundled.items[1:])})
    draft = as_draft(changed, bundled.version_name)
    save(draft, CatalogueFolder(served.service.settings.workspace))
    return draft.version


def approve(served, version, key, in_use=None, date="2024-12-02", **headers):
    body = {"by": "投资促进处", "date": date, "why": "年度更新"}
    body["in_use"] = in_use or load_bundled(CITY).version
    shown = {"X-API-Key": key} | headers
    return served.client.post(f"{BASE}/versions/{version}/approval", json=body, headers=shown)


@pytest.mark.parametrize("listing", [BASE, f"{BASE}/versions"])
def test_a_cursor_ends_when_a_catalogue_is_approved(served, listing):
    key = served.key("editor")
    version = drafted(served, "乙")
    following = served.get(f"{listing}?limit=1", key).links["next"]["url"]
    assert served.get(following, key).status_code == 200
    assert approve(served, version, key).status_code == 201
    assert kind(served.get(following, key)) == "stale-cursor"
    page = served.get(f"{listing}?limit=1", key)
    assert served.get(page.links["next"]["url"], key).status_code == 200


def test_a_cursor_of_targets_ends_with_it_too(served, monkeypatch):
    key, approved, asked = served.key(), ["2026-v1"], "/v1/cities/330600/targets?per_segment=0"
    for room in (cities, weighing):
        monkeypatch.setattr(room, "catalogue_state", lambda city: lambda: ",".join(approved))
    questions = [f"{asked}&limit=2", f"{asked}&limit=3", f"{asked}&top=7&limit=1"]
    pages = [served.get(one, key) for one in questions]  # by the route, cut, put together
    following = [page.links["next"]["url"] for page in pages]
    assert all(served.get(one, key).status_code == 200 for one in following)
    approved.append("2026-v2")
    for one in following:
        assert kind(served.get(one, key)) == "stale-cursor"
    for one in questions:
        following = served.get(one, key).links["next"]["url"]
        assert served.get(following, key).status_code == 200


def test_items_come_with_their_passages_and_follow_what_is_in_use(served):
    key = served.key("editor")
    first = served.get(BASE, key)
    found = first.json()
    bundled = load_bundled(CITY)
    assert found["catalogue"]["version"] == bundled.version and found["catalogue"]["in_use"]
    assert [one["id"] for one in found["items"]] == [one.id for one in bundled.items]
    assert any(one["citations"] for one in found["items"]) and found["may_act"] is False
    assert {term for one in found["items"] for term in one["terms"]} <= {
        one["id"] for one in found["terms"]
    }
    assert served.get(BASE, key, **{"if-none-match": first.headers["etag"]}).status_code == 304
    version = drafted(served, "甲")
    assert approve(served, version, key).status_code == 201
    later = served.get(BASE, key, **{"if-none-match": first.headers["etag"]})
    assert later.status_code == 200 and later.json()["catalogue"]["version"] == "2026-v1"
    assert later.json()["items"][0]["note"] == "甲"
    old = served.get(f"{BASE}?version={bundled.version}", key).json()
    assert old["items"][0]["note"] != "甲" and not old["catalogue"]["in_use"]


def test_items_are_chosen_paged_and_written(served):
    key = served.key("analyst")
    some = next(item for item in load_bundled(CITY).items if item.priority == "high")
    high = served.get(f"{BASE}?chain={some.chain}&priority=high", key).json()["items"]
    assert {one["priority"] for one in high} == {"high"}
    assert {one["chain_id"] for one in high} == {some.chain}
    seen, url = [], f"{BASE}?limit=20&fields=id"
    while url:
        page = served.get(url, key)
        seen += [one["id"] for one in page.json()]
        url = re.search(r'<([^>]+)>; rel="next"', page.headers["link"])
        url = url and url[1]
    assert seen == [one.id for one in load_bundled(CITY).items]
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = openpyxl.load_workbook(io.BytesIO(served.get(BASE, key, accept=sheet).content))
    assert "招商目录" in book.sheetnames and len(book.sheetnames) > 1
    # The official file is the whole in its own order; a part or another order is a plain sheet.
    behind = served.get(f"{BASE}?limit=20", key).links["next"]["url"].replace("limit=20&", "")
    for asked in (f"{BASE}?priority=high", f"{BASE}?sort=-id", behind):
        part = served.get(asked, key, accept=sheet)
        assert len(openpyxl.load_workbook(io.BytesIO(part.content)).sheetnames) <= 2, asked
    for wrong in ("?version=2020-v9", "?chain=没有这条链"):
        assert kind(served.get(BASE + wrong, key)) == "unknown-name"
    assert kind(served.get(f"{BASE}?version=../x", key)) == "bad-input"
    assert kind(served.get("/v1/cities/110100/catalogue", key)) == "unknown-name"


def test_the_first_catalogue_of_a_city_can_be_approved(served):
    key, admin = served.key("editor"), {"X-API-Key": served.key("admin")}
    city = city_called("哈尔滨")
    bundled = load_bundled(CITY)
    draft = as_draft(bundled.model_copy(update={"city_code": city.code, "city": city.name}), None)
    save(draft, CatalogueFolder(served.service.settings.workspace))
    base = f"/v1/cities/{city.code}/catalogue"
    none = served.get(base, key).json()
    assert none["status"] == 404 and f"version={draft.version}" in none["todo"]
    page = f"/cities/{city.code}/catalogue"
    shown = served.client.get(f"{page}/approve?version={draft.version}", headers=admin)
    assert shown.status_code == 200 and "首份目录" in shown.text
    alone = served.client.get(f"{page}/difference?after={draft.version}", headers=admin)
    assert alone.status_code == 422 and "第一份目录" in alone.text
    place = f"{base}/versions/{draft.version}/approval"
    body = {"by": "产业处", "date": "2024-12-02", "in_use": "2026-v9"}
    assert kind(served.client.post(place, json=body, headers=admin)) == "conflict"
    first = served.client.post(place, json=body | {"in_use": ""}, headers=admin)
    assert first.status_code == 201 and first.json()["in_use"]
    assert kind(served.client.post(place, json=body | {"in_use": ""}, headers=admin)) == "conflict"
    assert served.get(base, key).json()["catalogue"]["version"] == first.json()["version"]


def test_versions_say_what_they_are(served):
    key = served.key("editor")
    version = drafted(served, "乙")
    approve(served, version, key)
    found = {one["version"]: one for one in served.get(f"{BASE}/versions", key).json()}
    assert found["2026-v1"]["approved_by"] == "投资促进处" and found["2026-v1"]["in_use"]
    assert found[version]["status"] == "draft" and found[version]["based_on"]
    assert found[load_bundled(CITY).version]["bundled"]
    assert sum(one["in_use"] for one in found.values()) == 1


def test_approval_is_done_once_and_only_of_what_was_compared(served):
    key = served.key("editor")
    version = drafted(served, "丙")
    person = served.client.post(
        f"{BASE}/versions/{version}/approval",
        json={"by": "张三", "date": "2024-12-02", "in_use": load_bundled(CITY).version},
        headers={"X-API-Key": key},
    )
    assert kind(person) == "bad-input" and "人名" in person.json()["detail"]
    to_come = approve(served, version, key, date="2999-01-01")
    assert kind(to_come) == "bad-input" and "还没有到" in to_come.json()["detail"]
    assert kind(approve(served, version, key, in_use="2025-v1")) == "conflict"
    first = approve(served, version, key, **{"Idempotency-Key": "a-1"})
    again = approve(served, version, key, **{"Idempotency-Key": "a-1"})
    assert first.status_code == again.status_code == 201 and first.content == again.content
    assert first.json()["version"] == "2026-v1"
    assert served.get(first.headers["location"], key).json()["catalogue"]["status"] == "approved"
    assert kind(approve(served, version, key)) == "conflict"
    assert kind(approve(served, version, key, in_use="2026-v1")) == "bad-input"  # the same again
    said = [one for one in served.audited() if one[0] == "catalogue.approve"]
    assert said == [("catalogue.approve", "330600-2026-v1", "ok")]


def test_what_cannot_be_audited_is_not_approved(served, monkeypatch):
    key, version = served.key("editor"), drafted(served, "戊")

    def full(*_):
        raise LedgerError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(service.audit, "append", full)
        assert kind(approve(served, version, key)) == "database-unavailable"
    assert catalogue_in_use(CITY, served.service.settings.workspace).status == "draft"
    with monkeypatch.context() as broken:
        broken.setattr(approving, "save", full)
        assert kind(approve(served, version, key)) == "database-unavailable"
    assert "catalogue.approve" not in {one[0] for one in served.audited()}


def test_who_may_write_may_not_approve(served):
    writer = served.key("editor", scopes=frozenset({Scope.READ, Scope.WRITE}))
    version = drafted(served, "丁")
    assert kind(approve(served, version, writer)) == "scope-missing"
    headers = {"X-API-Key": writer, "accept": "text/html"}
    base = f"/cities/330600/catalogue/approve?version={version}"
    page = served.client.get(base, headers=headers).text
    assert "需要审定权限" in page and '<form class="card edit"' not in page
    shown = served.client.get(f"/cities/330600/catalogue?version={version}", headers=headers).text
    assert "approve?version" not in shown
    edit = served.client.get("/cities/330600/catalogue/item", headers=headers).text
    form = {"token": token_of(edit), "version": version, "by": "投资促进处", "day": "2024-12-02"}
    sent = served.client.post("/cities/330600/catalogue/approve", headers=headers, data=form)
    assert sent.status_code == 403
    assert catalogue_in_use(CITY, served.service.settings.workspace).status == "draft"
    assert ("refused.scope-missing", "testclient", "refused") in served.audited()


@pytest.mark.parametrize(
    ("role", "opened"), [("viewer", 0), ("analyst", 0), ("editor", 1), ("admin", 1)]
)
def test_roles_that_approve(role, opened):
    assert (Scope.APPROVE in AccessRole(role).scopes) == bool(opened)


def test_a_draft_that_says_what_the_bundled_one_says_is_listed_once(served):
    key, bundled = served.key("editor"), load_bundled(CITY)
    save(bundled, CatalogueFolder(served.service.settings.workspace))
    other, seen = drafted(served, "乙"), []
    following = f"{BASE}/versions?limit=1&sort=n_items"
    for _ in range(3):
        page = served.get(following, key)
        seen += [(one["version"], one["bundled"]) for one in page.json()]
        if "next" not in page.links:
            break
        following = page.links["next"]["url"]
    assert seen == [(bundled.version, True), (other, False)]
