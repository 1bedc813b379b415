import json

import polars as pl
import pytest

from chainmap.cli import labels_answers
from chainmap.cli.labels_answers import Asked, build_labels
from chainmap.cli.output import Format
from chainmap.errors import InputError
from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


def ledger(folder, *rows):
    file = folder / "台账.csv"
    lines = ["企业名称,落地城市,落地日期", *(",".join(row) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_every_row_of_a_ledger_is_kept_or_refused_with_a_reason(tmp_path, capsys):
    file = ledger(
        tmp_path,
        ("甲电子有限公司", "绍兴市", "2023-05-18"),
        ("乙银行", "绍兴", ""),
        ("＝丙", "某地", ""),
    )
    out, refused = tmp_path / "labels.json", tmp_path / "refused.csv"
    build_labels(Asked(ledger=file, roster=False), refused, Format.JSON, out)
    (label,) = json.loads(out.read_text())
    assert (label["city_code"], label["date"], label["kind"]) == ("330600", "2023-05-18", "landing")
    assert pl.read_csv(refused)["reason"].to_list() == [
        "按规则不取：金融（名称含“银行”）", "所在城市认不出",
    ]  # fmt: skip
    assert "'＝丙" in refused.read_text("utf-8-sig")
    assert "读入 3 行，取 1 条，不取 2 行" in capsys.readouterr().err


def test_a_table_of_firms_says_the_trade_by_code_and_by_name(tmp_path, capsys):
    firms = tmp_path / "企业.csv"
    firms.write_text(
        "ts_code,公司名称,sw1,sw2,sw3\n"
        "1.SZ,东方甲信息股份有限公司,非银金融,证券Ⅱ,证券Ⅲ\n"
        "2.SZ,乙能源集团股份有限公司,石油石化,炼化及贸易,油品石化贸易\n"
        "3.SZ,丙石化股份有限公司,石油石化,炼化及贸易,炼油化工\n",
        encoding="utf-8",
    )
    presence = tmp_path / "布局.csv"
    presence.write_text(
        "ts_code,firm,reg_city,other_city\n"
        "1.SZ,东方甲,上海市,绍兴市\n"
        "3.SZ,丙石化,上海市,绍兴市\n"
        ",乙能源集团股份有限公司,上海市,绍兴市\n",
        encoding="utf-8",
    )
    refused, out = tmp_path / "refused.csv", tmp_path / "labels.json"
    asked = Asked(presence=presence, firms=firms, roster=False)
    build_labels(asked, refused, Format.JSON, out)
    assert [one["firm"] for one in json.loads(out.read_text("utf-8"))] == ["丙石化"]
    assert sorted(pl.read_csv(refused)["reason"]) == [
        "按规则不取：成品油与燃气销售（行业“油品石化贸易”）",
        "按规则不取：金融（行业“非银金融”）",
    ]
    assert "按规则不取：金融 1" in capsys.readouterr().err
    with pytest.raises(InputError, match="没有一列是企业的行业"):
        build_labels(Asked(presence=presence, firms=presence, roster=False), None, None, out)


def test_a_ledger_of_codes_alone_gives_labels_named_by_the_table_of_firms(tmp_path, capsys):
    firms, codes = tmp_path / "企业.csv", tmp_path / "台账.csv"
    firms.write_text("ts_code,公司名称,sw1\n600001.SH,甲电子股份有限公司,电子\n", "utf-8")
    codes.write_text("股票代码,落地城市,年份\n600001,330600,2018\nsh600009,绍兴,\n", "utf-8")
    out = tmp_path / "labels.json"
    build_labels(Asked(ledger=codes, roster=False), None, Format.JSON, out)
    assert [one["firm_id"] for one in json.loads(out.read_text())] == ["600001", "sh600009"]
    build_labels(Asked(ledger=codes, firms=firms, roster=False), None, Format.JSON, out)
    first = json.loads(out.read_text())[0]
    assert (first["firm_id"], first["firm"]) == ("600001.SH", "甲电子股份有限公司")
    assert (first["city_code"], first["date"]) == ("330600", "2018-12-31")


def test_without_a_source_there_is_nothing_to_build(tmp_path):
    with pytest.raises(InputError, match="没有指定任何来源"):
        build_labels(Asked(roster=False), None, Format.JSON, None)


def test_the_filled_in_template_is_a_ledger(tmp_path):
    import openpyxl

    file = tmp_path / "landings.xlsx"
    labels_answers.write_template(file)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    row = {
        "企业名称": "甲电子有限公司",
        "注册城市": "深圳市",
        "落地城市": "湖州市",
        "落地日期": "2022年1月5日",
    }
    sheet.append([row.get(heading) for heading in headings])
    book.save(file)
    found = labels_answers.label_sets(Asked(ledger=file, roster=False))["落地台账"]
    assert found.labels.select("from_city", "city_code").row(0) == ("440300", "330500")


def test_labels_take_the_form_the_file_name_says_and_the_template_is_excel(run, tmp_path):
    assert run("labels", "build", "-o", str(tmp_path / "a.json"))[0] == 0
    assert (tmp_path / "a.json").read_text("utf-8").startswith("[")
    refused = tmp_path / "refused.csv"
    run("labels", "build", "-o", str(tmp_path / "a.csv"), "--refused", str(refused))
    assert refused.read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("landings", "project"):
        assert run("template", name, "-o", str(tmp_path / "a.docx"))[0] == 2
        code, _, said = run("template", name, "-o", str(tmp_path / f"{name}.xlsx"))
        assert code == 0 and "已写入" in said
