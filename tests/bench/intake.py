"""`make bench`: importing company lists — rows a second, peak memory, and ten times the rows."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.shared_data import SHARED_DATA

REGISTRATIONS = SHARED_DATA / "registrations" / "registrations_1978_2004.parquet"
RAW = SHARED_DATA / "registrations" / "raw"

_RUN = """
import datetime as dt, resource, sys, time
from pathlib import Path
from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.sources.workspace import Workspace
start = time.perf_counter()
report = import_companies(
    Workspace(Path(sys.argv[1])),
    Request([Path(name) for name in sys.argv[2:]], dt.date(2026, 1, 1)),
    Progress(lambda name, rows: None),
)
seconds = time.perf_counter() - start
kinds = ("rows", "accepted", "repaired", "merged", "rejected")
counts = [sum(getattr(entry, kind) for entry in report.lists) for kind in kinds]
assert counts[0] == sum(counts[1:])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(seconds, peak, *counts)
"""


class Run(NamedTuple):
    """One import in a fresh process: wall seconds, peak megabytes, and what became of the rows."""

    seconds: float
    peak_mb: float
    rows: int
    accepted: int
    repaired: int
    merged: int
    rejected: int


def run_import(files: list[Path], into: Path | None = None) -> Run:
    """Return what importing `files` into an empty workspace took, by default one that goes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _RUN, str(into or folder), *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak, *counts = done.stdout.split()
    return Run(float(seconds), float(peak), *map(int, counts))


def repeated(times: int, folder: Path) -> list[Path]:
    """Return `times` files of the registrations, each its own companies.

    A repetition gets organisation codes of its own with right check digits, so that nothing merges.
    """
    import polars as pl

    from chainmap.sources.intake.credit_code import ALPHABET, WEIGHTS

    frame = pl.read_parquet(REGISTRATIONS)
    files = []
    for number in range(times):
        # The last two characters of the organisation code move on; the check digit follows.
        head = frame["uscc"].str.slice(0, 15)
        body = head + ALPHABET[number] + frame["uscc"].str.slice(16, 1)
        total = sum(
            body.str.slice(i, 1).replace_strict(
                {c: v * WEIGHTS[i] for v, c in enumerate(ALPHABET)},
                default=0,
                return_dtype=pl.Int64,
            )
            for i in range(17)
        )
        digit = (-total % 31).replace_strict(dict(enumerate(ALPHABET)), return_dtype=pl.String)  # type: ignore[operator, union-attr]
        files.append(folder / f"registrations-{number}.parquet")
        frame.with_columns(uscc=body + digit).write_parquet(files[-1])
    return files


def bench(say: Callable[[str], object], times: int = 10) -> None:
    """Print every figure of the intake; says so where the real lists are not at hand."""
    if not REGISTRATIONS.is_file():
        say("intake: skipped, the real lists are not in ../shared/data\n")
        return
    say("intake: chainmap import companies, fresh process, empty workspace\n")
    once = run_import([REGISTRATIONS])
    raw = run_import(sorted(RAW.glob("*.csv")))
    with tempfile.TemporaryDirectory() as folder:
        first, *others = repeated(times, Path(folder))
        one, many = run_import([first]), run_import([first, *others])
    for name, run in (
        ("registrations, Parquet", once),
        ("raw lists, 15 CSV", raw),
        ("registrations, own codes, 1x", one),
        (f"registrations, own codes, {times}x", many),
    ):
        say(f"  {name:<36}{run.rows:>11,} rows {run.seconds:7.1f} s "
            f"{run.rows / run.seconds:>9,.0f} rows/s {run.peak_mb:7.0f} MB   "
            f"accepted {run.accepted:,} repaired {run.repaired:,} "
            f"merged {run.merged:,} rejected {run.rejected:,}\n")  # fmt: skip
    say(f"  {times}x: time {many.seconds / one.seconds / times:.2f} of linear, "
        f"memory {many.peak_mb / one.peak_mb:.2f} times\n")  # fmt: skip


if __name__ == "__main__":
    bench(sys.stdout.write)
