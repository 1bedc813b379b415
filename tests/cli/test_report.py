import pytest

from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    return run_command(monkeypatch, capsys)


STARTS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "md": b"# "}


@pytest.mark.parametrize(("form", "start"), STARTS.items())
def test_a_report_in_every_form(run, tmp_path, form, start):
    file = tmp_path / f"a.{form}"
    code, out, err = run("report", "绍兴", "--chain", "集成电路", "--top", "5", "--out", str(file))
    assert (code, out) == (0, "") and "绍兴市集成电路产业链缺口分析报告：已写入" in err
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize("form", STARTS)
def test_a_catalogue_in_every_form(run, tmp_path, form):
    file = tmp_path / f"a.{form}"
    code, _, err = run("report", "绍兴", "--kind", "招商目录", "-o", str(file))
    assert code == 0 and "招商目录：已写入" in err
    assert file.read_bytes().startswith(STARTS[form])


def test_targets_profile_and_comparison(run, tmp_path):
    file = tmp_path / "a.md"
    assert run("report", "绍兴", "-k", "targets", "--chain", "集成电路", "-o", str(file))[0] == 0
    assert file.read_text("utf-8").startswith("# 绍兴市集成电路招商目标清单")
    assert run("report", "绍兴", "-k", "profile", "--company", "中巨芯", "-o", str(file))[0] == 0
    assert file.read_text("utf-8").startswith("# 企业招商画像：中巨芯")
    assert run("report", "绍兴", "-k", "comparison", "--with", "台州", "-o", str(file))[0] == 0
    assert file.read_text("utf-8").startswith("# 绍兴市与台州市产业链对比")


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("绍新", "-o", "a.pdf"), 3, "绍兴市"),
        (("绍兴", "-o", "a.doc"), 2, ".docx"),
        (("绍兴", "-k", "year", "-o", "a.pdf"), 2, "缺口分析报告"),
        (("绍兴", "-k", "profile", "-o", "a.pdf"), 2, "要指明企业"),
        (("绍兴", "-k", "comparison", "-o", "a.pdf"), 2, "第二个城市"),
        (("绍兴", "--as-of", "昨天", "-o", "a.pdf"), 2, "YYYY-MM-DD"),
        (("绍兴", "-k", "catalogue", "--chain", "新材料", "-o", "a.pdf"), 2, "去掉 --chain"),
        (("绍兴", "--template", "a.docx", "--top", "1", "-o", "a.pdf"), 2, "只用于 .docx"),
    ],
)
def test_wrong_input_says_what_to_do(run, argv, code, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found, out, err = run("report", *argv)
    assert (found, out) == (code, "") and said in err and "Traceback" not in err
    assert not (tmp_path / "a.pdf").exists()


def test_the_template_is_handed_out(run, tmp_path):
    file = tmp_path / "模板.docx"
    code, _, err = run("template", "report", "-o", str(file))
    assert code == 0 and "{{ }}" in err and file.read_bytes().startswith(b"PK")
    assert run("template", "report", "-o", str(tmp_path / "a.txt"))[0] == 2


def test_what_a_kind_of_report_does_not_use_is_refused(run, tmp_path):
    out = str(tmp_path / "a.md")
    for argv, said in (
        (("--company", "甲"), "--company"),
        (("--with", "宁波"), "--with"),
        (("--version", "v1"), "--version"),
        (("--kind", "catalogue", "--as-of", "2024-01-01"), "--as-of"),
    ):
        code, _, err = run("report", "绍兴", "-o", out, *argv)
        assert code == 2 and said in err
