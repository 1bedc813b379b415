"""Run the command inside a test."""

import sys

import pytest

from chainmap.cli import main


def run_command(monkeypatch, capsys):
    """Return a function of arguments that returns exit code, stdout, stderr."""

    def call(*argv):
        monkeypatch.setattr(sys, "argv", ["chainmap", *argv])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return call
