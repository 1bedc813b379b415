"""A catalogue edited on its page: versions, faults at their field, locking, approval, audit."""

import re

import pytest

from chainmap.catalogue.store import catalogue_in_use, find_version, list_versions, load_bundled
from chainmap.server.pages import catalogue_drafts as drafts
from chainmap.server.pages import facts
from tests.server.pages.test_lists import editor, token_of

__all__ = ["editor"]
BASE = "/cities/330600/catalogue"


def city():
    return facts.city("330600")


# The roster moves and the draft with it: any item of high priority will do.
ITEM = next(i.id for i in load_bundled(city()).items if i.priority.zh == "高")


def workspace(ask):
    return ask.served.service.settings.workspace


def filled(ask, path):
    """The form's fields as the page shows them: what a browser would send."""
    page = ask("GET", path).text
    form = re.search(r'<form class="card edit".*?</form>', page, re.S)[0]
    fields = {}
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        fields[name] = text
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="(\w+)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag)[1]
        if "checkbox" not in tag:
            fields[name] = value
        elif " checked" in tag:
            fields[name] = [*fields.get(name, []), value]
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r"<option selected>([^<]*)", options)
        first = re.search(r"<option *>([^<]*)", options)
        fields[name] = chosen[1] if chosen else "" if 'value=""' in options else first[1]
    return fields


def edit(ask, version="", **changes):
    path = f"{BASE}/item?version={version}&item={ITEM}"
    return ask("POST", f"{BASE}/item", **(filled(ask, path) | changes))


def version_of(answer):
    assert answer.status_code == 303, answer.text[-3000:]
    return re.search(r"version=([\w-]+)", answer.headers["location"])[1]


def test_nothing_changed_makes_no_version(editor):
    answer = edit(editor)
    assert answer.status_code == 422 and "没有改动" in answer.text
    assert len(list_versions(city(), workspace(editor))) == 1


def test_an_edit_makes_a_draft_and_leaves_the_version(editor):
    before = catalogue_in_use(city(), workspace(editor))
    version = version_of(edit(editor, direction="引进甲类项目。", priority="低", wanted=["央企"]))
    draft = find_version(city(), version, workspace(editor))
    item = next(one for one in draft.items if one.id == ITEM)
    assert item.direction == "引进甲类项目。" and item.priority.zh == "低"
    assert [one.zh for one in item.wanted] == ["央企"]
    assert draft.based_on == before.version_name
    assert catalogue_in_use(city(), workspace(editor)) == before
    page = editor("GET", f"{BASE}/difference?after={version}").text
    assert "<ins>引进甲类项目。</ins>" in page and "<del>高</del>" in page
    assert ("catalogue.edit", draft.version_name, "ok") in editor.served.audited()


def test_faults_stand_at_their_field_and_nothing_is_lost(editor):
    answer = edit(editor, period="很快", direction=" ", note="请勿丢失")
    assert answer.status_code == 422
    for name in ("period", "direction"):
        assert f'id="{name}-wrong"' in answer.text
        assert re.search(rf'id="x-{name}"[^>]*aria-describedby="{name}-wrong"', answer.text)
    assert "请勿丢失" in answer.text and 'value="很快"' in answer.text
    assert len(list_versions(city(), workspace(editor))) == 1


def test_two_editors_of_one_version_do_not_overwrite_each_other(editor):
    first = version_of(edit(editor, note="甲"))
    base = find_version(city(), first, workspace(editor)).based_on
    late = edit(editor, version=base, note="乙")
    assert late.status_code == 409 and first in late.text and "乙" in late.text
    beside = version_of(edit(editor, version=base, note="乙", fork="true"))
    assert beside != first
    assert version_of(edit(editor, version=first, note="丙")) not in (first, beside)


def test_items_are_added_and_removed(editor):
    fields = filled(editor, f"{BASE}/item")
    wrong = editor(
        "POST", f"{BASE}/item", **(fields | {"segment": "没有这种环节", "direction": "甲"})
    )
    assert wrong.status_code == 422 and 'id="segment-wrong"' in wrong.text
    known = {item.segment for item in catalogue_in_use(city(), workspace(editor)).items}
    free = next(s for s in facts.load_world().library.segments.values() if s.id not in known)
    answer = editor("POST", f"{BASE}/item", **(fields | {"segment": free.name, "direction": "甲"}))
    added = find_version(city(), version_of(answer), workspace(editor))
    assert added.items[-1].segment == free.id and added.items[-1].origin == "added"
    form = {"token": fields["token"], "version": added.version, "item": ITEM}
    gone = find_version(
        city(), version_of(editor("POST", f"{BASE}/remove", **form)), workspace(editor)
    )
    assert ITEM not in {item.id for item in gone.items}
    assert editor("POST", f"{BASE}/remove", **(form | {"version": gone.version})).status_code == 404


def test_a_term_with_a_number_needs_its_document(editor):
    fields = filled(editor, f"{BASE}/term")
    mine = {"requirement": "亩均税收不低于甲", "value": "25", "since": "未知"}
    wrong = editor("POST", f"{BASE}/term", **(fields | mine))
    assert wrong.status_code == 422 and 'id="title-wrong"' in wrong.text
    source = {"title": "某市工业项目准入办法", "issuer": "某市人民政府"}
    made = find_version(
        city(), version_of(editor("POST", f"{BASE}/term", **(fields | mine | source))),
        workspace(editor),
    )  # fmt: skip
    assert made.terms[-1].value == 25 and made.terms[-1].source.issuer == "某市人民政府"
    assert drafts.term_cells(made, made.terms[-1].id)["文件"] == "某市工业项目准入办法"


def test_an_approved_draft_is_in_use_and_lists_follow(editor):
    version = version_of(edit(editor, note="甲"))
    page = editor("GET", f"{BASE}/approve?version={version}").text
    fields = {
        "token": token_of(page),
        "version": version,
        "in_use": re.search(r'name="in_use" value="([^"]+)"', page)[1],
        "day": "2024-12-02",
        "why": "",
    }
    person = editor("POST", f"{BASE}/approve", **(fields | {"by": "张三"}))
    assert person.status_code == 422 and "像是人名" in person.text
    to_come = editor("POST", f"{BASE}/approve", **(fields | {"by": "产业处", "day": "2999-01-01"}))
    assert to_come.status_code == 422 and "还没有到" in to_come.text
    stale = editor("POST", f"{BASE}/approve", **(fields | {"by": "投资促进处", "in_use": "x"}))
    assert stale.status_code == 409
    done = editor("POST", f"{BASE}/approve", **(fields | {"by": "投资促进处"}))
    assert version_of(done) == "2026-v1"
    assert catalogue_in_use(city(), workspace(editor)).version == "2026-v1"
    assert "投资促进处" in editor("GET", f"{BASE}/history").text
    again = editor("POST", f"{BASE}/approve", **(fields | {"by": "投资促进处"}))
    assert again.status_code == 409
    assert ("catalogue.approve", "330600-2026-v1", "ok") in editor.served.audited()


@pytest.mark.parametrize("what", ["item", "remove", "term", "approve"])
def test_only_our_own_forms_of_editors_count(editor, what):
    form = {"version": "", "item": ITEM, "token": "forged", "by": "投资促进处", "day": "2024-12-02"}
    assert editor("POST", f"{BASE}/{what}", **form).status_code == 403
    viewer = {"accept": "text/html", "Authorization": f"Bearer {editor.served.key('viewer')}"}
    client = editor.served.client
    assert client.post(f"{BASE}/{what}", headers=viewer, data=form).status_code == 403
    path = f"{BASE}/item?item={ITEM}" if what == "item" else f"{BASE}/term"
    assert "需要编辑权限" in client.get(path, headers=viewer).text
    assert len(list_versions(city(), workspace(editor))) == 1
