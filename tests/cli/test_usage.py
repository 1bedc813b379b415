"""What is wrong with a command line is said in Chinese, with what to do."""

import re

import pytest

from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "serve --port abc",
            "选项 --port 的值“abc”不可用：应为整数。用法见 chainmap serve --help。",
        ),
        ("serve --port 99999", "选项 --port 的值“99999”不可用：应不大于 65535。"),
        ("serve --workers 0", "选项 --workers 的值“0”不可用：应不小于 1。"),
        ("serve --workers", "选项 --workers 后面缺少值。"),
        ("serve now", "多出了“now”。"),
        ("keys create 甲 --days 99999999", "选项 --days 的值“99999999”不可用：应不大于 36500。"),
        ("servee", "没有命令“servee”。您是不是要用 serve"),
        ("targets", "缺少参数 CITY。用法见 chainmap targets --help。"),
        ("targets 绍兴 --topp 3", "没有选项 --topp。您是不是要用 --top？"),
        ("gaps 绍兴 --format foo", "不可用：只能是 table、json、csv、xlsx。"),
        ("gaps 绍兴 --include-expired=1", "选项 --include-expired 后面不带值。"),
    ],
)
def test_a_line_that_cannot_be_used(run, line, said):
    code, out, err = run(*line.split())
    assert code == 2 and out == "" and err.startswith("错误：") and said in err
    told = err.partition("用法见")[0]
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", told), err


@pytest.mark.parametrize("line", ["", "keys", "policy"])
def test_a_group_alone_shows_its_help(run, line):
    code, out, err = run(*line.split())
    assert code == 2 and "--help" in out + err and "错误" not in err


@pytest.mark.parametrize(
    "line", ["", "keys", "targets", "keys create", "serve", "evaluate targets"]
)
def test_help_is_chinese(run, line):
    code, out, err = run(*line.split(), "--help")
    told = out + err
    assert code == 0 and "用法：chainmap" in told and "显示本说明" in told and "选项" in told
    assert not re.search(r"Usage|Options|Arguments|Commands|OPTIONS|default:|required|Show", told)


def test_what_went_well_is_0(run):
    assert run("--version")[0] == 0
    code, out, _ = run("serve", "--help")
    assert code == 0 and "--workers" in out
