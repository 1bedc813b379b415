import json
import socket
import sys
import time

import pytest
from fastapi.testclient import TestClient

from chainmap.cli import main
from chainmap.server.app import create_app


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError(f"an outgoing connection was tried: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_main_job_needs_no_network(no_network, monkeypatch, capsys, tmp_path):
    out = tmp_path / "list.xlsx"
    for argv in (
        ["targets", "绍兴", "--chain", "集成电路"],
        ["targets", "宁波", "--chain", "新材料", "-f", "xlsx", "-o", str(out)],
        ["gaps", "嘉兴"],
        ["chains", "quantum", "-f", "json"],
    ):
        monkeypatch.setattr(sys, "argv", ["chainmap", *argv])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code in (0, None), capsys.readouterr().err
    assert out.stat().st_size > 5000


def test_the_whole_service_needs_no_network(no_network, monkeypatch, capsys, tmp_path):
    """Key, questions in every form, list, batch, audit, backup and restore: the main flow."""
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("CHAINMAP_DATABASE_URL", raising=False)

    def run(*argv):
        monkeypatch.setattr(sys, "argv", ["chainmap", *argv])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert left.value.code in (0, None), said.err
        return said.out.strip()

    shown = {"X-API-Key": run("keys", "create", "招商局", "--role", "editor")}
    app = create_app()
    question = {"city": "绍兴", "chain": "集成电路", "top": 5}
    with TestClient(app, headers=shown) as client:
        for path in ("/", "/v1/chains", "/v1/companies?q=士兰", "/v1/cities/330600/gaps", "/docs"):
            assert client.get(path).status_code in (200, 307, 404), path
        sheet = {"accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        assert client.get("/v1/cities/330600/targets", headers=sheet).content[:2] == b"PK"
        assert (
            client.post("/v1/lists", json={"name": "甲", "question": question}).status_code == 201
        )
        batch = {"name": "乙", "cities": ["绍兴"], "question": question}
        place = client.post("/v1/target-batches", json=batch).headers["location"]
        until = time.monotonic() + 60
        while client.get(place).json()["state"] != "done" and time.monotonic() < until:
            time.sleep(0.1)
        assert client.get(place).json()["state"] == "done"
    run("audit", "verify")
    run("backup", str(tmp_path / "backup.zip"))
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "new"))
    run("restore", str(tmp_path / "backup.zip"))
    assert "招商局" in run("keys", "list", "-f", "json")


def test_reasons_reports_and_comparisons_need_no_network(no_network, monkeypatch, capsys, tmp_path):
    """What is asked after a list: why, why not, snapshots, several cities, reports, projects."""
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("CHAINMAP_DATABASE_URL", raising=False)
    chain = ("--chain", "集成电路")

    def run(*argv):
        monkeypatch.setattr(sys, "argv", ["chainmap", *argv])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert left.value.code in (0, None), said.err
        return said.out

    targets = json.loads(run("targets", "绍兴", *chain, "--top", "3", "-f", "json"))["targets"]
    company = targets[0]["company_id"]
    assert targets[0]["company"] in run("why", "绍兴", company, *chain, "-f", "json")
    run("why-not", "绍兴", company, *chain, "--top", "1", "-f", "json")
    run("targets", "绍兴", *chain, "--top", "5", "--save", "甲")
    assert "甲" in run("snapshots", "list", "-f", "json")
    run("snapshots", "verify", "甲")
    run("diff", "甲", "-f", "json")
    run("allocate", "--cities", "绍兴,宁波", *chain, "-f", "json")
    run("projects", "propose", "绍兴", *chain, "--top", "1", "-f", "json")
    for name in ("report.html", "report.docx", "report.xlsx", "report.md"):
        run("report", "绍兴", *chain, "-o", str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 1000


def test_the_reading_page_of_the_api_names_no_other_host():
    from chainmap import resources

    for name in ("index.html", "start.js"):
        assert "//" not in resources.read_text("api", "docs-page", name).replace("<!--", "")
