"""Damaged lists: whatever happens to a file, it is read or refused, and every row is counted."""

import random

import pytest

from chainmap.errors import ChainmapError
from chainmap.sources.intake import lists
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows
from tests.exports import QXB, cells
from tests.made_up import held, run

PLAIN = [
    ",".join(map(str, line)).encode() for line in (QXB, *(cells(QXB, n) for n in range(1, 30)))
]


def damaged_bytes(dice, lines):
    data = bytearray(b"\n".join(lines))
    for _ in range(40):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def cut_off(dice, lines):
    return b"\n".join(lines)[: dice.randrange(300, 4000)]


def mixed_encodings(dice, lines):
    return b"\n".join(line.decode().encode(dice.choice(["utf-8", "gb18030"])) for line in lines)


def zero_bytes(dice, lines):
    return b"\n".join(
        line[:9] + b"\0" + line[9:] if dice.random() < 0.3 else line for line in lines
    )


def marks_amid(dice, lines):
    return b"\n".join(b"\xef\xbb\xbf" + line if dice.random() < 0.3 else line for line in lines)


def old_line_ends(dice, lines):
    return b"\r".join(lines)


def mixed_line_ends(dice, lines):
    return b"".join(line + dice.choice([b"\r", b"\n", b"\r\n", b"\r\r\n"]) for line in lines)


def stray_quotes(dice, lines):
    found = list(lines)
    for _ in range(9):
        at, place = dice.randrange(1, len(lines)), dice.randrange(60)
        found[at] = found[at][:place] + b'"' + found[at][place:]
    return b"\n".join(found)


def shifted(dice, lines):
    found = [lines[0]]
    for line in lines[1:]:
        parts, n = line.split(b","), dice.randrange(4)
        found.append(b",".join(dice.choice([parts[n:] + parts[:n], [b""] * n + parts, parts[n:]])))
    return b"\n".join(found)


def repeated_heading(dice, lines):
    return b"\n".join([*lines[:9], lines[0], *lines[9:], lines[0]])


def extra_cells(dice, lines):
    return b"\n".join([lines[0], *(line + b"," * dice.randrange(6) for line in lines[1:])])


def very_long_line(dice, lines):
    return b"\n".join([*lines[:5], lines[5] * 3000, *lines[6:]])


def wide_text(dice, lines):
    return b"\n".join(lines).decode().encode(dice.choice(["utf-16", "utf-16-le", "utf-16-be"]))


def quoted_heading(dice, lines):
    heading = ",".join(f'"{h}\n"' for h in lines[0].decode().split(",")).encode()
    return b"\n".join([b'"a', heading, *lines[1:]])


def nothing(dice, lines):
    return dice.choice([b"\n\n", b",,,\n,,", b"\xef\xbb\xbf", b" ", b"\0", lines[0]])


DAMAGE = [damaged_bytes, cut_off, mixed_encodings, zero_bytes, marks_amid, old_line_ends,
          mixed_line_ends, stray_quotes, shifted, repeated_heading, extra_cells, very_long_line,
          wide_text, quoted_heading, nothing]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_row_is_accounted_for(tmp_path, monkeypatch, damage, seed):
    dice, file = random.Random(seed), tmp_path / "a.csv"
    file.write_bytes(damage(dice, PLAIN))
    monkeypatch.setattr(lists, "BLOCK_BYTES", dice.choice([24 << 20, 4000]))
    try:
        report = run(tmp_path / "ws", file)
    except ChainmapError as error:
        assert error.message and error.todo
        return
    (entry,) = report.lists
    assert entry.rows == entry.accepted + entry.repaired + entry.merged + entry.rejected
    assert sum(n for _, n in report.reject_reasons) == entry.rejected
    parts = list(read_scope_rows(open_scope_lists([file], tmp_path).lists))
    assert sum(p.companies.height + p.refused.height for p in parts) == entry.rows


@pytest.mark.parametrize(
    "damage", [mixed_encodings, zero_bytes, marks_amid, old_line_ends, mixed_line_ends, wide_text]
)
def test_what_can_be_read_for_certain_is(tmp_path, damage):
    file = tmp_path / "a.csv"
    file.write_bytes(damage(random.Random(3), PLAIN))
    report = run(tmp_path / "ws", file)
    assert report.lists[0].rows == 29 and report.lists[0].rejected == 0
    assert held(tmp_path / "ws")["capital_10k"].drop_nulls().len() > 10


def test_a_return_inside_a_cell_parts_no_row(tmp_path):
    lines = [line.replace("齿轮".encode(), "齿\r轮".encode()) for line in PLAIN]
    file = tmp_path / "a.csv"
    file.write_bytes(b"\r\n".join(lines))
    report = run(tmp_path / "ws", file)
    assert (report.lists[0].rows, report.lists[0].rejected) == (29, 0)
    assert held(tmp_path / "ws")["scope"].str.contains("齿 轮").all()
