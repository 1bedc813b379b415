from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.cli.app import app
from chainmap.cli.doctor import checks
from chainmap.errors import ChainmapError, InputError, ResourceError, UnknownNameError
from tests.small_taxonomy import write_small_taxonomy

PLAN = """\
绍兴市集成电路产业发展行动计划（2026—2030年）

为加快发展集成电路产业，制定本行动计划。

一、重点领域

专栏1 集成电路重点领域
1.关键材料。重点发展光刻胶、抛光硅片、电子束掩模板。
2.人工智能。培育发展AI芯片应用系统。

二、保障措施

加强组织领导，落实工作责任，确保各项任务按期完成。
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = write_small_taxonomy(tmp_path / "own")
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(own))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    load_library.cache_clear()
    yield tmp_path
    load_library.cache_clear()


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, ChainmapError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def reviewed_clean(desk: Path) -> None:
    """The own copy has no finding; the bundled companies have, it lacks most of their segments."""
    said = CliRunner().invoke(app, ["review"]).output
    assert "已检查 2 条产业链" in said
    assert str(desk / "own") not in said


def drafted(desk: Path) -> dict[str, list[str]]:
    """Run `draft` and return its proposals' ids by kind."""
    from chainmap.extraction.draft_file import read_draft

    run("draft", "plan.txt")
    text = (desk / "taxonomy-drafts" / "plan.yml").read_text(encoding="utf-8")
    ids: dict[str, list[str]] = {}
    for proposal in read_draft(text, "plan.yml").proposals:
        ids.setdefault(proposal.kind, []).append(proposal.id)
    return ids


def snapshot(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_a_draft_is_written_beside_the_taxonomy_and_nothing_enters(desk: Path) -> None:
    before = snapshot(desk / "own")
    ids = drafted(desk)
    assert {"document", "citation"} <= ids.keys()
    assert snapshot(desk / "own") == before
    diff = (desk / "taxonomy-drafts" / "plan.diff").read_text(encoding="utf-8")
    assert "+++ taxonomy/citations.yml" in diff and "点名" in diff


def test_a_draft_never_lies_inside_the_taxonomy(desk: Path) -> None:
    with pytest.raises(InputError, match="不能写在"):
        run("draft", "plan.txt", "--out", str(desk / "own" / "drafts"))


def test_accept_log_and_rollback(desk: Path) -> None:
    ids = drafted(desk)
    before = snapshot(desk / "own")
    run("taxonomy", "accept", ids["document"][0][:6], "--by", "产业处", "--why", "核对无误")
    run("taxonomy", "accept", "--kind", "citation", "--at-least", "0.9", "--by", "产业处")
    reviewed_clean(desk)
    shown = json.loads(run("taxonomy", "log", "--format", "json").stdout)
    assert shown[-1]["by"] == "产业处" and shown[-1]["why"] == "核对无误"
    assert {d["action"] for d in shown} == {"accept"}
    assert "产业处" in run("taxonomy", "log").stdout
    for decision in shown:
        run("taxonomy", "rollback", decision["id"], "--why", "试")
    after = snapshot(desk / "own")
    assert json.loads(after.pop(resources.JOURNAL).splitlines()[-1])["action"] == "rollback"
    assert after == before


def test_a_rejected_proposal_is_not_proposed_again(desk: Path) -> None:
    ids = drafted(desk)
    citation = ids["citation"][0]
    run("taxonomy", "reject", citation, "--why", "只是背景")
    assert citation not in run("taxonomy", "diff").stdout
    (desk / "taxonomy-drafts" / "plan.yml").unlink()
    assert citation not in str(drafted(desk))


def test_running_draft_again_keeps_what_the_expert_wrote(desk: Path) -> None:
    drafted(desk)
    file = desk / "taxonomy-drafts" / "plan.yml"
    file.write_text("# 我的批注\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    worked = file.read_bytes()
    drafted(desk)
    assert file.read_bytes() == worked


def test_diff_shows_one_proposal_and_what_is_missing(desk: Path) -> None:
    ids = drafted(desk)
    alone = run("taxonomy", "diff", ids["citation"][0]).stdout
    assert ids["citation"][0] in alone and ids["document"][0] not in alone
    assert "暂不能采纳" in alone
    everything = run("taxonomy", "diff").stdout
    assert "--- taxonomy/citations.yml" in everything


def test_what_cannot_be_decided_says_why(desk: Path) -> None:
    ids = drafted(desk)
    with pytest.raises(InputError, match="没有指明提案"):
        run("taxonomy", "accept")
    with pytest.raises(UnknownNameError):
        run("taxonomy", "accept", "p-ffffffffff")
    with pytest.raises(InputError, match="岗位或处室"):
        run("taxonomy", "accept", ids["document"][0], "--by", "王小明")
    (desk / "plan.txt").write_text(PLAN.replace("绍兴市", "己山市"), encoding="utf-8")
    nowhere = drafted(desk)["document"][-1]
    with pytest.raises(InputError, match="还缺地区代码"):
        run("taxonomy", "accept", nowhere)
    with pytest.raises(InputError, match="没有符合条件"):
        run("taxonomy", "accept", "--kind", "position")
    assert not (desk / "own" / resources.JOURNAL).exists()


def test_retire_names_a_successor(desk: Path) -> None:
    run("taxonomy", "retire", "ic-resist", "--successor", "ic-wafer", "--why", "合并")
    text = (desk / "own" / "chains" / "integrated-circuits.yml").read_text(encoding="utf-8")
    assert "    replaced_by: ic-wafer\n" in text
    reviewed_clean(desk)


def test_an_exported_copy_is_read_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    run("taxonomy", "export", str(folder))
    assert (folder / "domains.yml").read_bytes() == resources.read_bytes("taxonomy", "domains.yml")
    with pytest.raises(InputError, match="已存在"):
        run("taxonomy", "export", str(folder))
    before = resources.content_hash("taxonomy")
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(folder))
    (folder / "glossary.yml").write_text("# 改\n", encoding="utf-8")
    assert resources.content_hash("taxonomy") != before
    assert resources.read_text("taxonomy", "glossary.yml") == "# 改\n"
    assert any(str(folder) in check.found for check in checks())


def test_an_installed_taxonomy_is_read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(resources.OWN_TAXONOMY, raising=False)
    monkeypatch.setattr(resources, "root", lambda: resources._PACKAGE / "_bundled")
    with pytest.raises(ResourceError, match="只读"):
        resources.writable_taxonomy()


def test_a_folder_that_is_not_there_and_a_draft_in_another_encoding_are_told(desk: Path) -> None:
    with pytest.raises(InputError, match="没有草案文件夹"):
        run("taxonomy", "diff", "--drafts", "nowhere")
    drafted(desk)
    file = desk / "taxonomy-drafts" / "plan.yml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(InputError, match="不是 UTF-8"):
        run("taxonomy", "diff")
