"""What the data page says of imported lists and their refused rows."""

import pytest

from chainmap.server.pages.imported import _reasons
from chainmap.sources.workspace import ImportedList, Manifest
from tests.server.pages.test_lists import editor

__all__ = ["editor"]
REFUSED = "行号,拒收原因,企业名称\r\n2,没有名称,\r\n3,没有名称,\r\n5,代码不对,甲厂\r\n"


def one(list_id, rejects):
    counts = dict.fromkeys(("repaired", "merged", "blank_lines"), 0)
    return ImportedList(
        id=list_id, label="某市名单", sha256="0" * 64, sequence=1, as_of="2026-10-01",
        as_of_from="file", export=None, rows=5, accepted=2, rejected=3, personal_dropped=[],
        not_used=[], repairs=[], rejects=rejects, **counts,
    )  # fmt: skip


@pytest.fixture
def workspace(editor):
    folder = editor.served.service.settings.workspace
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refused.csv").write_text(REFUSED, encoding="utf-8-sig")
    manifest = Manifest(lists=[one("list-a", "refused.csv"), one("list-b", None)])
    (folder / "manifest.json").write_text(manifest.text(), encoding="utf-8")
    return folder


def test_refused_rows_are_counted_by_reason_and_handed_over(editor, workspace):
    assert _reasons(workspace / "refused.csv") == [("没有名称", 2), ("代码不对", 1)]
    page = editor("GET", "/data").text
    assert "某市名单" in page and "没有名称 2" in page and "/data/rejects/list-a.csv" in page
    answer = editor("GET", "/data/rejects/list-a.csv")
    assert answer.content.decode("utf-8-sig") == REFUSED
    assert any(action == "export" for action, _, _ in editor.served.audited())


def test_nothing_else_of_the_workspace_is_handed_over(editor, workspace):
    for name in ("list-b", "manifest", "..%2Fmanifest"):
        assert editor("GET", f"/data/rejects/{name}.csv").status_code == 404


def test_an_empty_workspace_says_how_to_import(editor):
    assert "还没有导入名单" in editor("GET", "/data").text
