import json

import pytest

from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.fixture
def project(tmp_path):
    file = tmp_path / "项目.yml"
    file.write_text(
        "name: 某项目\ncity: 嘉兴\nsegment: 紫外光刻胶\ninvestment: 120000\nland: 200\n"
        "guidance_class: 淘汰类\n",
        "utf-8",
    )
    return file


def test_every_answer_has_its_rule_source_and_fact(run, project):
    code, out, _ = run("admit", "--project", str(project), "-f", "json")
    report = json.loads(out)
    assert code == 0 and report["city_code"] == "330400" and report["counts"]["fail"] == 1
    answers = {answer["rule"]: answer for answer in report["answers"]}
    assert answers["cn-guidance-catalogue"]["result"] == "fail"
    assert answers["zj-major-ic-investment"]["computed"] == 600
    assert "zj-taihu-discharge" in answers
    assert all(answer["source"] and answer["fact"] for answer in report["answers"])


def test_the_city_asked_for_wins(run, project):
    _, out, _ = run("admit", "--project", str(project), "--city", "深圳", "-f", "json")
    assert not any(a["rule"].startswith("zj-") for a in json.loads(out)["answers"])


def test_table_and_excel(run, project, tmp_path):
    code, out, said = run("admit", "--project", str(project))
    assert code == 0 and "不符合" in out and "约束规则" in said
    book = tmp_path / "a.xlsx"
    code, _, _ = run("admit", "--project", str(project), "-f", "xlsx", "-o", str(book))
    assert code == 0 and book.is_file()


def test_a_wrong_field_and_an_unknown_segment_are_refused(run, project):
    text = project.read_text("utf-8")
    project.write_text(text.replace("land: 200", "land: 很大"), "utf-8")
    code, _, said = run("admit", "--project", str(project))
    assert code == 5 and "项目.yml:5 [land]" in said
    project.write_text(text.replace("光刻胶", "光刻浆"), "utf-8")
    code, _, said = run("admit", "--project", str(project))
    assert code == 3 and "没有找到环节" in said


def test_the_template_is_written(run, tmp_path):
    assert run("template", "project", "-o", str(tmp_path / "a.xlsx"))[0] == 0
