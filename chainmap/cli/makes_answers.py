"""What `chainmap train makes` and `chainmap evaluate makes` answer."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chainmap import __version__, resources
from chainmap.cli.output import Format, check_folder, emit, say, write_folder
from chainmap.ranking.makes import NAMED, VERSION
from chainmap.ranking.makes_release import PARTS_ZH, makes_lines, makes_model_files
from chainmap.ranking.makes_training import (
    MakesLabels,
    fit_makes,
    makes_rows,
    measure_makes,
    read_makes_labels,
)

GOLDEN = ("makes.csv", "makes-neighbours.csv")


def train_makes(out: Path | None) -> None:
    """Answer `chainmap train makes`: write the calibration's files, whole or not at all.

    Raises:
        InputError: The labels are missing, or the folder cannot be written.
    """
    folder = out or resources.root() / "models" / NAMED.folder / VERSION
    check_folder(folder)
    labels = _labels(None)
    folder_of_labels = _folder(None)
    origin = {
        "data": {
            name: hashlib.sha256((folder_of_labels / name).read_bytes()).hexdigest()
            for name in GOLDEN
        },
        "command": NAMED.command,
        "package": __version__,
    }
    files = makes_model_files(fit_makes(labels), labels, measure_makes(labels), origin)
    write_folder(folder, files)


def show_makes_scores(golden: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap evaluate makes`.

    Args:
        golden: Folder of the labels; None takes those of the source tree.
        fmt: Form of the result.
        out: File it goes to; None is stdout.

    Raises:
        InputError: The labels are missing.
    """
    rows = makes_rows(measure_makes(_labels(golden)))
    for line in makes_lines(rows):
        say(line)
    table = [
        {"部分": PARTS_ZH[row["part"]], "标注": row["labels"], "预测": row["predicted"],
         "实际": row["seen"], "实际÷预测": row["seen_over_predicted"]}
        for row in rows[:-1]
    ]  # fmt: skip
    emit(fmt, out, record=rows, rows=table, title="归位校准：留出的一半")


def _labels(golden: Path | None) -> MakesLabels:
    folder = _folder(golden)
    return read_makes_labels(folder / GOLDEN[0], folder / GOLDEN[1])


def _folder(golden: Path | None) -> Path:
    return golden or resources.root() / "tests" / "golden"
