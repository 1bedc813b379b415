"""Lists that are kept from the page: who may, what is kept, and what the audit log says."""

import csv
import io
import re

import pytest

from tests.server.serving import Served

HTML = {"accept": "text/html"}
SAVE = "/cities/330600/targets/save?chain=quantum&home=上海&top=50"


@pytest.fixture
def editor(tmp_path):
    """Ask as an editor; `.served` is the service, over a ledger and workspace of its own."""
    served = Served(f"sqlite:///{tmp_path}/ledger.db", tmp_path / "ws")
    key = served.key("editor")
    own = {"Authorization": f"Bearer {key}"}

    def ask(method, path, **form):
        headers = own if path.startswith("/v1/") else own | HTML
        return served.client.request(
            method, path, headers=headers, data=form or None, follow_redirects=False
        )

    ask.served = served
    yield ask
    served.service.ledger.close()


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def saved(ask, name="上海量子"):
    token = token_of(ask("GET", "/cities/330600/targets?chain=quantum").text)
    answer = ask("POST", SAVE, token=token, name=name)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0], token


def test_a_list_is_kept_as_it_stood_on_the_page(editor):
    place, _ = saved(editor)
    shown = editor("GET", "/cities/330600/targets.csv?chain=quantum&home=上海&top=50").content
    assert editor("GET", f"{place}.csv").content == shown
    rows = list(csv.DictReader(io.StringIO(shown.decode("utf-8-sig"))))
    page = editor("GET", place).text
    assert rows and all(row["企业"] in page for row in rows)
    assert "所在地 上海" in page and "与当前数据一致" in page
    assert "上海量子" in editor("GET", "/lists").text
    record = editor("GET", f"/v1{place}").json()
    assert [t["company"] for t in record["targets"]] == [row["企业"] for row in rows]


def test_renaming_keeps_the_content_and_deleting_takes_it_away(editor):
    place, token = saved(editor)
    before = editor("GET", f"/v1{place}").text
    moved = editor("POST", f"{place}/rename", token=token, name="  上海 一批 ")
    now = moved.headers["location"].partition("?")[0]
    assert editor("GET", f"/v1{now}").text == before
    assert now == place and "上海 一批" in editor("GET", now).text
    assert editor("POST", f"{now}/delete", token=token).status_code == 303
    assert editor("GET", now).status_code == 404
    assert "还没有名单" in editor("GET", "/lists").text
    done = [action for action, _, _ in editor.served.audited() if action.startswith("list.")]
    assert done == ["list.save", "list.rename", "list.delete"]


def test_a_slash_in_a_name_makes_no_folder(editor):
    place, _ = saved(editor, "2026/一季度")
    name = editor("GET", f"{place}.csv").headers["content-disposition"].partition("''")[2]
    assert "/" not in name and name.startswith("2026%2F")


def test_a_form_without_our_token_changes_nothing(editor):
    for token in ("-", "forged.by.somebody"):
        answer = editor("POST", SAVE, token=token, name="甲")
        assert answer.status_code == 403 and "没有改动" in answer.text
    without = editor("POST", SAVE, name="甲")
    assert without.status_code == 422 and "表单中的“token”缺少" in without.text
    assert "没有改动" in without.text and "选项中选择" not in without.text
    assert "还没有名单" in editor("GET", "/lists").text


def test_a_token_of_another_reader_does_not_serve(editor):
    _, token = saved(editor)
    other = HTML | {"Authorization": f"Bearer {editor.served.key('editor')}"}
    answer = editor.served.client.post(SAVE, headers=other, data={"token": token, "name": "甲"})
    assert answer.status_code == 403


def test_readers_may_look_and_not_save(editor):
    _, token = saved(editor)
    viewer = HTML | {"Authorization": f"Bearer {editor.served.key('viewer')}"}
    client = editor.served.client
    page = client.get("/cities/330600/targets?chain=quantum", headers=viewer).text
    assert "需要编辑权限" in page and 'name="token"' not in page
    answer = client.post(SAVE, headers=viewer, data={"token": token, "name": "甲"})
    assert answer.status_code == 403 and "<h1>" in answer.text


@pytest.mark.parametrize("name", ["   ", "长" * 121])
def test_a_list_needs_a_name(editor, name):
    token = token_of(editor("GET", "/cities/330600/targets?chain=quantum").text)
    answer = editor("POST", SAVE, token=token, name=name)
    assert answer.status_code == 422 and "名称" in answer.text


def test_wrong_addresses_say_so(editor):
    assert editor("GET", "/lists/nothing").status_code == 422
    assert editor("GET", f"/lists/{'0' * 32}").status_code == 404
    place, _ = saved(editor)
    assert editor("GET", f"{place}.doc").status_code == 422
