"""Snapshots from the command line: saved, shown, verified, compared, and the same elsewhere."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pytest

from chainmap.ledger import lists
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ranking.snapshots import canonical
from tests.cli.running import run_command

ASKED = ("targets", "绍兴", "--chain", "集成电路", "--top", "5", "--save")


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Run a command in a workspace of its own."""
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("CHAINMAP_DATABASE_URL", raising=False)
    return run_command(monkeypatch, capsys)


def test_a_list_is_saved_shown_and_verified(call, tmp_path):
    code, shown, said = call(*ASKED, "首轮", "--format", "json")
    assert code == 0 and "已保存快照“首轮”" in said
    code, kept, _ = call("snapshots", "export", "首轮")
    assert code == 0 and json.loads(kept) == json.loads(shown)
    code, text, _ = call("snapshots", "list", "--format", "json")
    assert [one["名称"] for one in json.loads(text)] == ["首轮"]
    assert json.loads(text)[0]["保存者"].startswith("本机账户 ")
    assert json.loads(text)[0]["产业链"] == "集成电路"
    code, text, _ = call("snapshots", "show", "首轮", "--format", "json")
    about = json.loads(text)
    assert about["n_targets"] == 5 and about["versions"]["policy"]
    code, _, said = call("snapshots", "verify", about["content_id"][:8])
    assert code == 0 and "重新排序：名次、得分、区间逐字节相同" in said and "核验通过" in said


def test_a_name_is_given_once(call):
    assert call(*ASKED, "首轮")[0] == 0
    code, _, said = call(*ASKED, "首轮")
    assert code == 0 and "没有再存" in said
    code, _, said = call(*ASKED, "首轮", "--weight", "affinity=0.2")
    assert code != 0 and "已用于另一份快照" in said
    code, _, said = call("snapshots", "show", "首")
    assert code != 0 and "首轮" in said
    code, _, said = call(*ASKED, "表", "--universe", "x.csv")
    assert code != 0 and "不存快照" in said


def test_a_name_of_several_lists_is_refused_with_the_choices(call, tmp_path):
    assert call(*ASKED, "首轮")[0] == 0 and call(*ASKED, "次轮", "--weight", "affinity=0.2")[0] == 0
    ledger = Ledger(ledger_url(None, tmp_path / "ws"))
    with ledger.write() as tx:  # as a batch keeps one list of each city under one name
        second, first = lists.newest(tx, 2)
        lists.rename(tx, second.id, "首轮")
    ledger.close()
    for command in (("diff", "首轮"), ("snapshots", "show", "首轮")):
        code, shown, said = call(*command)
        assert code != 0 and not shown and "有 2 份内容不同的快照都叫“首轮”" in said
        assert first.content_id[:12] in said and second.content_id[:12] in said
    code, _, said = call("diff", first.content_id[:12], second.content_id[:12])
    assert code == 0, said


@pytest.mark.parametrize("name", ["", " ", "长" * 121])
def test_a_list_needs_a_name(call, name):
    code, shown, said = call(*ASKED, name)
    assert code != 0 and "快照名称应为" in said and not shown
    assert json.loads(call("snapshots", "list", "--format", "json")[1]) == []


def test_lists_are_compared_by_name_by_file_and_with_today(call, tmp_path):
    call(*ASKED, "甲")
    call(*ASKED, "乙", "--weight", "affinity=0.1")
    code, text, said = call("diff", "甲", "乙", "--format", "json")
    found = json.loads(text)
    assert code == 0 and found["n_entered"] == found["n_left"] > 0
    assert all(sum(f["parts_120"].values()) == 120 * f["rise"] for f in found["firms"])
    assert all(f["parts"]["parameters"] == f["rise"] for f in found["firms"])
    code, text, said = call("diff", "甲", "乙")
    assert "新进" in text and "权重：区位往来 1.0 → 0.1" in said
    file = tmp_path / "甲.zip"
    assert call("snapshots", "export", "甲", "--out", str(file))[0] == 0
    code, text, said = call("diff", str(file), "--format", "json")
    assert json.loads(text)["firms"] and json.loads(text)["n_entered"] == 0
    sheet = tmp_path / "比较.xlsx"
    assert call("diff", "甲", "乙", "--format", "xlsx", "--out", str(sheet))[0] == 0
    from openpyxl import load_workbook

    book = load_workbook(sheet)
    assert book.sheetnames[1] == "版本与参数"
    code, _, said = call("diff", "甲", str(tmp_path / "none.zip"))
    assert code != 0 and "不在" in said


def test_files_do_not_depend_on_their_names(call, tmp_path):
    call(*ASKED, "甲")
    for suffix, form in ((".json", "json"), (".csv", "csv"), (".xlsx", "xlsx"), (".zip", "json")):
        made = []
        for stem in ("一", "另一份"):
            out = tmp_path / f"{stem}{suffix}"
            assert call("snapshots", "export", "甲", "-f", form, "-o", str(out))[0] == 0
            made.append(out.read_bytes())
        assert made[0] == made[1]


def test_a_list_made_by_a_mode_is_kept_verified_and_compared(call):
    mode = ("--mode", "leader", "--leader", "芯联集成")
    code, shown, _ = call(*ASKED, "龙头", *mode, "--format", "json")
    assert code == 0 and json.loads(shown)["mode_zh"] == "龙头引商"
    again = json.loads(call(*ASKED[:-1], *mode, "--format", "json")[1])
    names = [one["company"] for one in json.loads(shown)["targets"]]
    assert [one["company"] for one in again["targets"]] == names
    code, text, _ = call("snapshots", "show", "龙头", "--format", "json")
    asked = json.loads(text)["asked"]
    assert asked["mode"] == "leader" and asked["leader"].startswith("芯联集成")
    code, _, said = call("snapshots", "verify", "龙头")
    assert code == 0 and "核验通过" in said
    call(*ASKED, "普通")
    code, text, said = call("diff", "普通", "龙头", "--format", "json")
    assert all(f["parts"]["parameters"] == f["rise"] for f in json.loads(text)["firms"])
    assert call(*ASKED, "不行", "--segment", "电子特种气体", *mode)[0] == 2


def retold(file, out, change):
    """Write an archive again with its list changed; the manifest stays."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(out, "w") as archive:
        for name, content in (members | change(members)).items():
            archive.writestr(name, content)
    return str(out)


def test_a_file_that_was_altered_is_not_compared(call, tmp_path):
    call(*ASKED, "甲")
    file = tmp_path / "甲.zip"
    call("snapshots", "export", "甲", "--out", str(file))

    def swap(members):
        plain = json.loads(members["list.json"])
        plain["targets"][0]["rank"], plain["targets"][1]["rank"] = 2, 1
        return {"list.json": canonical(plain)}

    def swap_and_sign(members):
        changed = swap(members)
        manifest = json.loads(members["manifest.json"])
        manifest["list"]["sha256"] = hashlib.sha256(changed["list.json"]).hexdigest()
        return changed | {"manifest.json": canonical(manifest)}

    bad = retold(file, tmp_path / "改.zip", swap)
    for names in ((bad, "甲"), ("甲", bad), (bad,)):
        code, shown, said = call("diff", *names)
        assert code != 0 and not shown and "名单与清单不符" in said and "被改动过" in said
    signed = retold(file, tmp_path / "签.zip", swap_and_sign)
    code, _, said = call("diff", signed, "甲")
    assert code == 0 and "重新排序，名次或得分与所存名单不同" in said
    assert "注意" not in call("diff", str(file), "甲")[2]


def test_parts_in_a_csv_are_numbers(call, tmp_path):
    call(*ASKED, "甲")
    call(*ASKED, "乙", "--weight", "affinity=0.1")
    _, text, _ = call("diff", "甲", "乙", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    parts = [row["参数"] for row in rows]
    assert any(part.startswith("+") for part in parts) and any(float(part) for part in parts)
    assert "'" not in text
