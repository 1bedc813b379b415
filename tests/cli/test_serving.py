"""What `chainmap serve` hands to its workers, and what it does not start with."""

import os

import pytest

from chainmap.cli import doctor, serving
from chainmap.settings import LEAST_SECRET, load_settings
from tests.cli.running import run_command

SECRET = "CHAINMAP_SESSION_SECRET"


@pytest.fixture(autouse=True)
def own_variables(monkeypatch, tmp_path):
    for name in ("CHAINMAP_HOST", "CHAINMAP_PORT", SECRET):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))


@pytest.mark.parametrize("given", [None, "", "  "])
def test_workers_are_given_a_secret_where_none_is_set(monkeypatch, given):
    if given is not None:
        monkeypatch.setenv(SECRET, given)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    serving._pass_down(load_settings())
    assert len(os.environ[SECRET].strip()) >= LEAST_SECRET


def test_workers_keep_the_secret_that_is_set(monkeypatch):
    monkeypatch.setenv(SECRET, "s" * LEAST_SECRET)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    serving._pass_down(load_settings())
    assert os.environ[SECRET] == "s" * LEAST_SECRET


@pytest.mark.parametrize("workers", ["1", "2"])
def test_nothing_starts_with_a_secret_that_can_be_guessed(monkeypatch, capsys, workers):
    monkeypatch.setenv(SECRET, "geheim")
    run = run_command(monkeypatch, capsys)
    code, out, said = run("serve", "--port", "1", "--workers", workers)
    assert code == 2 and out == "" and SECRET in said
    assert "应至少 32 个字符，现为 6 个" in said and "geheim" not in said
    monkeypatch.setattr(doctor, "_CHECKS", {"工作目录": doctor._CHECKS["工作目录"]})
    code, out, said = run("doctor")
    assert code == 8 and SECRET in out + said and "geheim" not in out + said
