import asyncio
import json
import subprocess
import sys
import zipfile

import pytest
import sqlalchemy as sa

from chainmap.cli import doctor
from chainmap.errors import ConflictError
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.server.service import Service
from chainmap.settings import Settings, load_settings
from chainmap.sources.serving import nobody_serving, serving
from tests.cli.running import run_command
from tests.made_up import code, write_csv


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("CHAINMAP_DATABASE_URL", raising=False)
    return run_command(monkeypatch, capsys)


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(run):
    exit_code, text, said = run("keys", "create", "招商局", "--role", "analyst", "--days", "30")
    assert exit_code == 0 and text.startswith("cm_") and "只显示这一次" in said
    key_id, secret = text.strip().split("_", 2)[1:]
    _, listed, _ = run("keys", "list", "-f", "json")
    assert secret not in listed
    assert json.loads(listed)[0]["状态"] == "有效" and json.loads(listed)[0]["编号"] == key_id
    assert run("keys", "revoke", key_id)[0] == 0
    assert json.loads(run("keys", "list", "-f", "json")[1])[0]["状态"] == "已停用"
    actions = [e["action"] for e in json.loads(run("audit", "list", "-f", "json")[1])]
    assert actions == ["key.create", "key.revoke"]


@pytest.mark.parametrize(
    ("argv", "exit_code"),
    [
        (("keys", "create", "a", "--role", "king"), 2),
        (("keys", "create", "a", "--scope", "admin"), 2),
        (("keys", "create", "a", "--scope", "everything"), 2),
        (("keys", "revoke", "nothing"), 3),
        (("audit", "verify", "--head", "x"), 2),
        (("restore", "nowhere.zip"), 2),
    ],
)
def test_what_cannot_be_is_said(run, argv, exit_code):
    found, out, said = run(*argv)
    assert found == exit_code and out == "" and said.startswith("错误：")


def test_verify_finds_a_changed_entry(run, tmp_path):
    run("keys", "create", "a")
    exit_code, _, said = run("audit", "verify")
    assert exit_code == 0 and "首尾相接，未见改动；末尾是否被截去，须用 --head 核对" in said
    head = said.split("当前末条：")[1].split("（")[0]
    exit_code, _, said = run("audit", "verify", "--head", head)
    assert exit_code == 0 and "至 --head 所指的第 1 条未被截去或改写" in said
    ledger = Ledger(ledger_url(None, tmp_path / "ws"))
    with ledger.write() as tx:
        tx.execute(sa.text("DROP TRIGGER audit_entry_no_UPDATE"))
        tx.execute(sa.text("UPDATE audit_entry SET actor = 'nobody'"))
    ledger.close()
    exit_code, _, said = run("audit", "verify")
    assert exit_code == 8 and "第 1 条" in said


def test_the_database_says_where_it_stands(run):
    exit_code, _, said = run("database", "status")
    assert exit_code == 8 and "尚未建立" in said
    assert "已升级到" in run("database", "upgrade")[2]
    assert "已是" in run("database", "upgrade")[2]
    assert run("database", "status")[0] == 0


def test_a_backup_brings_back_keys_audit_and_imported_companies(run, monkeypatch, tmp_path):
    rows = [["企业名称", "统一社会信用代码"], ["绍兴甲轴承有限公司", code(1)], ["", code(2)]]
    assert run("import", "companies", str(write_csv(tmp_path / "企业清单.csv", rows)))[0] == 0
    run("keys", "create", "招商局")
    file = tmp_path / "backup.zip"
    assert run("backup", str(file))[0] == 0
    assert file.stat().st_mode & 0o077 == 0
    before = sorted(p.name for p in (tmp_path / "ws" / "companies").iterdir())
    assert run("restore", str(file))[0] == 2
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "new"))
    assert run("restore", str(file))[0] == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in (tmp_path / "new" / "companies").iterdir()) == before
    assert [p.name for p in (tmp_path / "new" / "rejects").glob("*企业清单*")]
    assert "招商局" in run("keys", "list", "-f", "json")[1]
    assert run("audit", "verify")[0] == 0
    assert run("restore", str(file), "--replace")[0] == 0


def test_a_backup_is_not_written_over_another_unasked(run, tmp_path):
    file = tmp_path / "backup.zip"
    assert run("backup", str(file))[0] == 0
    before = file.read_bytes()
    exit_code, _, said = run("backup", str(file))
    assert exit_code == 2 and "已经存在" in said and "--replace" in said
    assert file.read_bytes() == before
    assert run("backup", str(file), "--replace")[0] == 0
    assert file.read_bytes() != before


HOLDS = """
import sys, time
from pathlib import Path
from chainmap.sources.serving import serving
with serving(Path(sys.argv[1])):
    print("serving", flush=True)
    time.sleep(60)
"""


def test_nothing_is_restored_under_a_running_service(run, tmp_path):
    run("keys", "create", "先")
    file = tmp_path / "backup.zip"
    run("backup", str(file))
    run("keys", "create", "后")
    command = [sys.executable, "-c", HOLDS, str(tmp_path / "ws")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"serving\n"
        exit_code, _, said = run("restore", str(file), "--replace")
        process.kill()
    assert exit_code == 2 and "服务正在使用" in said and "--while-serving" in said
    assert "后" in run("keys", "list", "-f", "json")[1]
    assert run("restore", str(file), "--replace")[0] == 0  # nothing stays behind of a killed one
    assert "后" not in run("keys", "list", "-f", "json")[1]
    with serving(tmp_path / "ws"), serving(tmp_path / "ws"):
        assert run("restore", str(file), "--replace")[0] == 2
        assert run("restore", str(file), "--replace", "--while-serving")[0] == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_service_starts_under_a_restore(run, tmp_path, workers):
    with nobody_serving(tmp_path / "ws"):
        code, out, said = run("serve", "--port", "1", "--workers", workers)
        assert code == 2 and out == "" and "恢复备份，服务没有启动" in said
        assert "chainmap mcp" in said
        assert not list((tmp_path / "ws").glob("*.db"))  # nor is its database opened
        code, _, said = run("restore", str(tmp_path / "no.zip"))
        assert code == 2


def test_agents_over_stdio_and_a_restore_exclude_each_other(run, monkeypatch, tmp_path):
    file, refused = tmp_path / "backup.zip", []
    run("keys", "create", "先")
    run("backup", str(file))

    def hang_up(_, transport):
        refused.append((transport, *run("restore", str(file), "--replace")))

    monkeypatch.setattr("mcp.server.mcpserver.MCPServer.run", hang_up)
    run("mcp")
    ((transport, exit_code, _, said),) = refused
    assert (transport, exit_code) == ("stdio", 2)
    assert "chainmap serve" in said and "chainmap mcp" in said
    with nobody_serving(tmp_path / "ws"):
        exit_code, out, said = run("mcp")
    assert exit_code == 2 and out == "" and "恢复备份" in said and len(refused) == 1
    assert run("restore", str(file), "--replace")[0] == 0


def test_two_restores_exclude_each_other(tmp_path):
    with (
        nobody_serving(tmp_path),
        pytest.raises(ConflictError, match="已有一次恢复"),
        nobody_serving(tmp_path),
    ):
        raise AssertionError


def test_an_application_served_by_another_server_is_held_to_it_too(tmp_path):
    folder = tmp_path / "ws"
    service = Service(Settings(workspace=folder), Ledger(ledger_url(None, folder)))

    async def start():
        async with service.running():
            raise AssertionError

    with nobody_serving(folder), pytest.raises(ConflictError, match="恢复备份"):
        asyncio.run(start())
    service.ledger.close()


def test_a_service_holds_its_workspace_while_it_runs(tmp_path):
    folder = tmp_path / "ws"
    service = Service(Settings(workspace=folder), Ledger(ledger_url(None, folder)))

    async def run_once():
        async with service.running():
            with pytest.raises(ConflictError), nobody_serving(folder):
                pass

    asyncio.run(run_once())
    with nobody_serving(folder):
        pass


def test_catalogues_are_backed_up_and_put_back_as_they_were(run, monkeypatch, tmp_path):
    base = ("catalogue", "approve", "绍兴", "--by", "投资促进处", "--date", "2024-12-02")
    folder = ("--workspace", str(tmp_path / "ws"))
    listed = run("catalogue", "list", "绍兴", *folder, "-f", "json")[1]
    draft = json.loads(listed)[0]["版本"]
    assert run(*base[:3], draft, *base[3:], *folder)[0] == 0
    versions = tmp_path / "ws" / "catalogues" / "330600"
    text = (versions / "2026-v1.yml").read_bytes()
    file = tmp_path / "backup.zip"
    assert run("backup", str(file))[0] == 0
    (versions / "2026-v2.yml").write_bytes(text)
    assert run("restore", str(file))[0] == 2
    assert run("restore", str(file), "--replace")[0] == 0
    assert [one.name for one in versions.iterdir()] == ["2026-v1.yml"]
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "new"))
    assert run("restore", str(file))[0] == 0
    assert (tmp_path / "new" / "catalogues" / "330600" / "2026-v1.yml").read_bytes() == text


def test_a_backup_cannot_write_outside_the_workspace(run, monkeypatch, tmp_path):
    run("keys", "create", "a")
    file, evil = tmp_path / "backup.zip", tmp_path / "evil.zip"
    run("backup", str(file))
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("workspace/../../stolen.txt", "x")
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "new"))
    exit_code, _, said = run("restore", str(evil))
    assert exit_code == 2 and "文件名" in said
    assert not (tmp_path / "stolen.txt").exists()


def test_a_bad_setting_is_named_without_its_secret(run, monkeypatch):
    monkeypatch.setenv("CHAINMAP_DATABASE_URL", "nonsense://u:geheim@h")
    exit_code, _, said = run("database", "status")
    assert exit_code == 9 and "geheim" not in said


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://u:geheim@127.0.0.1:abc/x", "写法有误"),
        ("postgresql+asyncpg://u:geheim@h/x", "没有数据库驱动 asyncpg"),
        ("sqlite+aiosqlite:///x", "没有数据库驱动 aiosqlite"),
        ("sqlite://", "内存"),
        ("sqlite:///:memory:", "内存"),
        ("sqlite:///file:x?mode=memory&uri=true", "内存"),
    ],
)
def test_an_unfit_database_is_told_and_no_key_is_made_in_it(run, monkeypatch, address, told):
    monkeypatch.setenv("CHAINMAP_DATABASE_URL", address)
    for command in (("database", "status"), ("keys", "list"), ("keys", "create", "x")):
        exit_code, printed, said = run(*command)
        assert (exit_code, printed) == (9, "") and told in said and "geheim" not in said
    monkeypatch.setattr(doctor, "_CHECKS", {"业务数据库": doctor._CHECKS["业务数据库"]})
    exit_code, printed, said = run("doctor")
    assert exit_code == 8 and told in printed + said and "geheim" not in printed + said


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CHAINMAP_OIDC_ROLES", "nojson", "应为 JSON"),
        ("CHAINMAP_OIDC_ROLES", "[1]", "[1]"),
        ("CHAINMAP_PORT", "99999999", "99999999"),
    ],
)
def test_a_setting_nothing_can_be_read_from_is_told(run, monkeypatch, name, value, told):
    monkeypatch.setenv(name, value)
    exit_code, _, said = run("database", "status")
    assert exit_code == 2 and name in said and told in said
    looked_at = {one: doctor._CHECKS[one] for one in ("工作目录", "业务数据库", "服务端口")}
    monkeypatch.setattr(doctor, "_CHECKS", looked_at)
    assert [check.ok for check in doctor.checks()] == [False] * 3


@pytest.mark.parametrize("url", [None, "postgresql://u:p@127.0.0.1/x"])
def test_doctor_says_who_else_can_look_into_the_workspace(run, monkeypatch, tmp_path, url):
    monkeypatch.setattr(doctor, "_CHECKS", {"权限": doctor._CHECKS["权限"]})
    assert "尚未建立" in run("doctor")[2]
    run("database", "upgrade")
    if url is not None:
        monkeypatch.setenv("CHAINMAP_DATABASE_URL", url)
    folder = tmp_path / "ws"
    exit_code, _, said = run("doctor")
    assert exit_code == 0 and f"正常  权限：{folder}" in said
    folder.chmod(0o755)
    (folder / "chainmap.db").chmod(0o644)
    exit_code, _, said = run("doctor")
    assert exit_code == 8 and f"{folder} 权限 755" in said and f"chmod 700 {folder}" in said
    assert (f"chmod 600 {folder / 'chainmap.db'}" in said) == (url is None)


def test_roles_are_read_from_their_variable(monkeypatch):
    monkeypatch.setenv("CHAINMAP_OIDC_ROLES", '{"招商处": "editor"}')
    assert load_settings().oidc_roles == {"招商处": "editor"}


def test_a_workspace_that_cannot_be_made_is_told_in_chinese(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "file" / "ws"))
    code, _, said = run("keys", "list")
    assert code == 9 and "无法建立工作目录" in said and "directory" not in said
