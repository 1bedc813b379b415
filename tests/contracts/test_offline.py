import socket
import sys

import pytest

from chainmap.cli import main


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


def test_the_reading_page_of_the_api_names_no_other_host():
    from chainmap import resources

    for name in ("index.html", "start.js"):
        assert "//" not in resources.read_text("api", "docs-page", name).replace("<!--", "")
