import json

from chainmap import resources
from tests.cli.running import run_command


def test_the_calibration_is_made_again_byte_for_byte(tmp_path, monkeypatch, capsys):
    call = run_command(monkeypatch, capsys)
    assert call("train", "makes", "--out", str(tmp_path))[0] == 0
    released = resources.root() / "models" / "makes" / "1"
    names = sorted(file.name for file in released.iterdir())
    assert names == ["CARD.md", "coefficients.json", "manifest.json"]
    for name in names[:2]:
        assert (tmp_path / name).read_bytes() == (released / name).read_bytes(), name
    made, held = (json.loads((f / names[2]).read_text("utf-8")) for f in (tmp_path, released))
    assert made | {"package": ""} == held | {"package": ""}


def test_the_held_out_half_is_printed(tmp_path, monkeypatch, capsys):
    call = run_command(monkeypatch, capsys)
    code, _, said = call("evaluate", "makes", "-f", "json", "--out", str(tmp_path / "makes.json"))
    rows = json.loads((tmp_path / "makes.json").read_text("utf-8"))
    assert code == 0 and "Brier" in said
    assert [row["part"] for row in rows[:3]] == ["third:1", "third:2", "third:3"]
    code, _, said = call("evaluate", "makes", "--golden", str(tmp_path))
    assert code != 0 and "没有找到人工标注" in said
