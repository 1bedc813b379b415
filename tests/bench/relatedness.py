"""Relatedness of 337 × 1,382 × 10 against py-ecomplexity: CPU, memory, agreement, one run."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

N_PLACES, N_ITEMS, N_YEARS = 337, 1382, 10
SIDES = ("chainmap", "chainmap-arrays", "py-ecomplexity", "nothing", "nothing-pandas")
PEER = {"time": "year", "loc": "place", "prod": "item", "val": "value"}
SAME = {"specialised": "mcp"}
COMPARED = ("rca", "specialised", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")


def report(say: Callable[[str], object]) -> None:
    """Say CPU seconds, peak memory and agreement of both sides on the same panel."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        _fresh("panel", where)  # in a child, so that this process stays small beside the others
        rows = len(_read(where, "panel")["year"])
        spent = {}
        for side in SIDES:
            try:
                spent[side] = _fresh(side, where)
            except subprocess.CalledProcessError as error:
                say(f"relatedness: {side} did not run: {error.stderr.strip()[-200:]}\n")
        if "py-ecomplexity" in spent and "chainmap" in spent:
            _say(say, rows, spent, _largest_differences(where))


def _say(say: Callable[[str], object], rows: int, spent: dict[str, tuple[float, float]],
         differences: dict[str, float]) -> None:  # fmt: skip
    ours, theirs = spent["chainmap"], spent["py-ecomplexity"]
    say(
        f"relatedness, {N_PLACES} places × {N_ITEMS} items × {N_YEARS} years, {rows:,} rows, one "
        "thread, fresh processes; start-up is in the seconds, the peer's sampled check is off\n"
    )
    for name, side in (
        ("chainmap, long table", "chainmap"),
        ("chainmap, arrays only", "chainmap-arrays"),
        ("py-ecomplexity, long table", "py-ecomplexity"),
        ("(reading the panel alone, polars)", "nothing"),
        ("(reading the panel alone, pandas)", "nothing-pandas"),
    ):
        say(f"  {name:<42}{spent[side][0]:8.2f} CPU s {spent[side][1]:8.0f} MB\n")
    say(f"  {'CPU: peer ÷ chainmap (goal ≥ 15)':<42}{theirs[0] / ours[0]:8.1f}\n")
    say(f"  {'memory: chainmap ÷ peer (goal ≤ 0.4)':<42}{ours[1] / theirs[1]:8.2f}\n")
    worst = ", ".join(f"{name} {value:.0e}" for name, value in differences.items())
    say(f"  largest difference (goal ≤ 1e-9): {worst}\n")


def made_up_panel(n_places: int, n_items: int, n_years: int, seed: int = 20260) -> pl.DataFrame:
    """Return `year, place, item, value`: firm counts with sizes, six latent factors and drift."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(0.0, 1.0, n_places)[:, None]
    common = rng.lognormal(0.0, 1.2, n_items)[None, :]
    tastes, traits = rng.normal(size=(n_places, 6)), rng.normal(size=(6, n_items))
    frames = []
    for year in range(n_years):
        tastes = 0.97 * tastes + 0.24 * rng.normal(size=tastes.shape)
        mean = 0.32 * size * common * np.exp(0.45 * tastes @ traits)
        place, item = np.nonzero(counts := rng.poisson(mean))
        frames.append(
            pl.DataFrame(
                {"year": 2010 + year, "place": place, "item": item, "value": counts[place, item]}
            ).cast({"year": pl.Int64})
        )
    return pl.concat(frames)


def _fresh(side: str, where: Path) -> tuple[float, float]:
    """Return CPU seconds and peak memory (MB) of one side in a process of its own."""
    threads = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "MKL_NUM_THREADS"), "1"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.relatedness", side, str(where)],
        check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2],
        env=os.environ | threads,
    )  # fmt: skip
    cpu, peak = map(float, done.stdout.split()[-2:])
    return cpu, peak


def _measure(side: str, where: Path) -> None:
    """Run one side; print its CPU seconds and peak memory; leave its table beside the panel."""
    table: object = None
    if side == "panel":
        table = made_up_panel(N_PLACES, N_ITEMS, N_YEARS)
        names = pl.Enum([f"{number:04}" for number in range(max(N_PLACES, N_ITEMS))])
        codes = pl.col("place", "item").cast(pl.UInt32).cat.to(names)
        table.with_columns(codes).write_ipc(where / "panel.arrow")
    elif side in ("py-ecomplexity", "nothing-pandas"):
        table = _theirs(where, run=side == "py-ecomplexity")
    else:
        from chainmap.gaps.relatedness import panel

        counts = pl.read_ipc(where / "panel.arrow")
        if side == "chainmap":
            table = panel.relatedness_panel(counts)
        elif side == "chainmap-arrays":
            for _ in panel.yearly_relatedness(panel.number_panel(counts)):
                pass
    usage = resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}")
    if isinstance(table, pl.DataFrame) and side == "chainmap":
        table.write_ipc(where / "chainmap.arrow")
    elif table is not None:
        names = list(table.columns)  # type: ignore[attr-defined]
        np.savez(where / f"{side}.npz", **{name: table[name].to_numpy() for name in names})  # type: ignore[index]


def _read(where: Path, side: str) -> dict[str, np.ndarray]:
    with np.load(where / f"{side}.npz") as columns:
        return dict(columns)


def _theirs(where: Path, run: bool) -> object:
    import pandas as pd

    with warnings.catch_warnings(), contextlib.redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        from ecomplexity import ecomplexity

        counts = pd.DataFrame(_read(where, "panel"))
        if not run:
            return None
        return ecomplexity(counts, PEER, check_logsupermodularity=False, verbose=False)


def _largest_differences(where: Path) -> dict[str, float]:
    """Return the largest absolute difference of each measure over the whole long table."""
    keys = ["year", "place", "item"]
    ours = pl.read_ipc(where / "chainmap.arrow")
    ours = ours.with_columns(pl.col("place", "item").cast(pl.String).cast(pl.Int64)).sort(keys)
    theirs = pl.DataFrame(_read(where, "py-ecomplexity")).sort(keys)
    if ours.height != theirs.height:
        return {"rows": float(abs(ours.height - theirs.height))}
    return {
        name: float(
            (ours[name].cast(pl.Float64) - theirs[SAME.get(name, name)].cast(pl.Float64))
            .abs()
            .max()  # type: ignore[arg-type]
        )
        for name in COMPARED
    }


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _measure(sys.argv[1], Path(sys.argv[2]))
    else:
        report(sys.stdout.write)
