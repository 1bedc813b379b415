import polars as pl
import pytest
from typer.testing import CliRunner

from chainmap.cli.app import app
from chainmap.errors import InputError

RUN = CliRunner()


@pytest.fixture
def companies(tmp_path):
    file = tmp_path / "企业.csv"
    rows = {
        "统一社会信用代码": ["c1", "c2", "c3"],
        "企业名称": ["甲机械厂", "＝乙商贸", "丙"],
        "经营范围": ["减速机、齿轮制造", "医疗器械销售", "百货零售"],
    }
    pl.DataFrame(rows).write_csv(file)
    return file


@pytest.mark.parametrize("workers", ["1", "2"])
def test_place_writes_who_stands_where(tmp_path, companies, workers):
    out = tmp_path / "归位.csv"
    done = RUN.invoke(
        app, ["place", str(companies), "--out", str(out), "--workers", workers],
        catch_exceptions=False,
    )  # fmt: skip
    assert done.exit_code == 0
    assert "行/秒" in done.stderr
    table = pl.read_csv(out)
    assert table["company"].to_list() == ["c1", "c2"]
    assert table["segment_id"].to_list()[0] == "rb-general-reducer"
    assert table["role"].to_list() == ["make", "trade"]
    assert table["name"].to_list()[1] == "'＝乙商贸"
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_place_writes_parquet_and_refuses_the_rest(tmp_path, companies):
    out = tmp_path / "归位.parquet"
    RUN.invoke(app, ["place", str(companies), "-o", str(out)], catch_exceptions=False)
    assert pl.read_parquet(out).height == 2
    RUN.invoke(app, ["place", str(companies), "-o", str(tmp_path / "归位.xlsx")],
               catch_exceptions=False)  # fmt: skip
    sheet = pl.read_excel(tmp_path / "归位.xlsx", read_options={"header_row": 3})
    assert sheet["角色"].to_list() == ["制造企业", "贸易企业"]
    assert sheet["企业名称"].to_list()[1] == "＝乙商贸"
    with pytest.raises(InputError, match="输出格式"):
        RUN.invoke(app, ["place", str(companies), "-o", "x.doc"], catch_exceptions=False)


def test_place_reads_what_was_imported(tmp_path, companies):
    folder, out = tmp_path / "工作区", tmp_path / "归位.csv"
    with pytest.raises(InputError, match="还没有企业"):
        RUN.invoke(app, ["place", "-w", str(folder), "-o", str(out)], catch_exceptions=False)
    listed = tmp_path / "名单.csv"
    listed.write_text(
        "企业名称,经营范围,所属省份,所属城市\n甲市测试减速机有限公司,减速机、齿轮制造,浙江省,绍兴市\n"
        "乙市测试商贸有限公司,医疗器械销售,浙江省,绍兴市\n",
        encoding="utf-8",
    )
    done = RUN.invoke(
        app, ["import", "companies", str(listed), "-w", str(folder)], catch_exceptions=False
    )
    assert done.exit_code == 0, done.stderr
    RUN.invoke(app, ["place", "-w", str(folder), "-o", str(out)], catch_exceptions=False)
    table = pl.read_csv(out)
    assert dict(table.select("name", "role").iter_rows()) == {
        "甲市测试减速机有限公司": "make",
        "乙市测试商贸有限公司": "trade",
    }


def golden(tmp_path):
    file = tmp_path / "labels.csv"
    file.write_text(
        "uscc,chain,role,segment,split\nc1,robotics,make,,test\nc2,biomedicine,rd,,test\n"
        "c3,,,,test\n",
        encoding="utf-8",
    )
    return file


def test_evaluate_placement_prints_shares_with_intervals(tmp_path, companies):
    done = RUN.invoke(
        app,
        ["evaluate", "placement", "--companies", str(companies),
         "--golden", str(golden(tmp_path)), "--format", "json"],
        catch_exceptions=False,
    )  # fmt: skip
    assert '"召回率": "1.000"' in done.stdout
    assert '"准确率计数": "1/2"' in done.stdout


def test_the_test_half_shows_no_single_company(tmp_path, companies):
    with pytest.raises(InputError, match="只能列出 dev"):
        RUN.invoke(
            app,
            ["evaluate", "placement", "--companies", str(companies),
             "--golden", str(golden(tmp_path)), "--errors"],
            catch_exceptions=False,
        )  # fmt: skip


def test_place_does_not_begin_what_it_could_not_write(tmp_path, companies):
    with pytest.raises(InputError, match=r"无法写入.*没有"):
        RUN.invoke(
            app, ["place", str(companies), "-o", str(tmp_path / "nowhere" / "a.csv")],
            catch_exceptions=False,
        )  # fmt: skip
