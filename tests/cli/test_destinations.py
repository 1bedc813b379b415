"""Every command looks at where it is to write before it does anything."""

import errno
from pathlib import Path

import pytest
import typer

from chainmap import resources
from chainmap.cli import output
from chainmap.cli.app import app
from chainmap.cli.output import check_file, check_folder
from chainmap.errors import InputError
from tests.cli.running import run_command

INTO_FOLDERS = {
    ("policy", "register"), ("catalogue", "bundle"), ("draft",),
    *(("train", model) for model in ("gaps", "targets", "placement", "makes")),
}  # fmt: skip
WRITTEN = {"--out", "--rejects", "--refused", "--scores", "--pictures", "--work"}


def commands(command, *path):
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *path, name)
    if not hasattr(command, "commands"):
        yield path, command


WRITING = [
    (*path, option)
    for path, command in commands(typer.main.get_command(app))
    for parameter in command.params
    for option in WRITTEN & set(parameter.opts)
]


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


def test_every_command_that_writes_is_looked_at():
    assert len(WRITING) > 50 and ("evaluate", "coverage", "--out") in WRITING


@pytest.mark.parametrize("asked", WRITING, ids=" ".join)
def test_where_nothing_can_be_written_is_said_before_anything_else(run, tmp_path, asked):
    file = tmp_path / "file.csv"
    file.write_text("kept", "utf-8")
    # Nothing that the command needs is given: only what is looked at first can be told.
    code, out, said = run(*asked, str(file / "below.csv"))
    assert (code, out) == (2, "") and "无法写入" in said
    assert file.read_text("utf-8") == "kept" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("asked", WRITING, ids=" ".join)
def test_a_folder_is_no_file_and_a_file_no_folder(run, tmp_path, asked):
    other = tmp_path / "other"
    into_folder = asked[-1] in ("--pictures", "--work") or asked[:-1] in INTO_FOLDERS
    other.touch() if into_folder else other.mkdir()
    code, out, said = run(*asked, str(other))
    assert (code, out) == (2, "") and "无法写入" in said and "文件夹" in said


def test_form_and_name_are_compared_before_anything_else(run, tmp_path):
    for form, name, told in (
        ("csv", "a.xlsx", "不一致"),
        ("table", "a.pdf", "不能写成 .pdf"),
        ("xlsx", None, "只能写入文件"),
    ):
        named = ("-o", str(tmp_path / name)) if name else ()
        code, _, said = run("evaluate", "targets", *named, "--data", "nowhere", "-f", form)
        assert code == 2 and told in said, said
    for asked in ("import companies --rejects", "labels build --refused", "targets --scores"):
        code, _, said = run(*asked.split(), str(tmp_path / "a.xlsx"))
        assert code == 2 and "请以 .csv 结尾" in said
    assert not list(tmp_path.iterdir())


def test_what_can_be_written_is_left_as_it_was(tmp_path):
    file = tmp_path / "a.csv"
    check_file(file)
    check_folder(tmp_path / "b" / "c")
    assert not list(tmp_path.iterdir())
    file.write_text("kept", "utf-8")
    check_file(file)
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == ["kept"]
    check_file(Path("/dev/null"))


def test_a_volume_that_takes_no_file_is_told(monkeypatch, tmp_path):
    def refuses(**_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(output, "NamedTemporaryFile", refuses)
    for check in (check_file, check_folder):
        with pytest.raises(InputError, match=r"无法写入.*只读"):
            check(tmp_path / "a")


def test_an_imported_universe_has_no_limit_per_segment(run, tmp_path):
    firms = tmp_path / "firms.csv"
    firms.write_text("公司名称,城市,主营业务\n甲,深圳市,服装\n", "utf-8")
    ask = ("targets", "绍兴", "--universe", str(firms))
    assert run(*ask, "-f", "json")[0] == 0
    for named in (("--per-segment", "3"), ("--per-segment", "0")):
        code, out, said = run(*ask, *named)
        assert (code, out) == (2, "") and "--per-segment 对它不起作用" in said
    code, _, said = run("targets", "绍兴", "-w", str(tmp_path), "--per-segment", "1")
    assert code == 2 and "不起作用" in said


def test_one_segment_alone_has_no_limit_per_segment(run):
    for ask in (("targets", "绍兴"), ("why", "绍兴", "甲"), ("why-not", "绍兴", "甲")):
        code, out, said = run(*ask, "--segment", "ic-ald", "--per-segment", "2")
        assert (code, out) == (2, "") and "--per-segment 不起作用" in said
    both = ("--segment", "ic-ald", "--per-segment", "0", "--top", "1", "-f", "json")
    assert run("targets", "绍兴", *both)[0] == 0


@pytest.mark.parametrize(
    "model", [("gaps",), ("targets", "--data", "x"), ("placement",), ("makes",)]
)
def test_a_model_that_could_not_be_released_is_not_trained(run, monkeypatch, tmp_path, model):
    read_only = tmp_path / "installed"
    read_only.touch()
    monkeypatch.setattr(resources, "root", lambda: read_only)
    code, _, said = run("train", *model)
    assert code == 2 and "无法写入" in said
