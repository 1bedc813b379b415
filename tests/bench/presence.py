"""`make bench`: presence over an imported register — rows a second, memory, ten times the rows."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.intake import REGISTRATIONS, run_import

TIMES = 10
_RUN = """
import resource, sys, time
from pathlib import Path
from chainmap.chains.library import load_library
from chainmap.gaps.presence_partitions import count_registers
from chainmap.linkage.lexicon import load_lexicon
from chainmap.linkage.partitions import run_here
from chainmap.sources.workspace import Workspace
times = int(sys.argv[2])
class Repeated(Workspace):
    def files(self, table):
        return super().files(table) * times
library, lexicon = load_library(), load_lexicon()
workspace = Repeated(Path(sys.argv[1]))
start = time.perf_counter(), time.process_time()
counts = count_registers(workspace, library, run_here)
wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rows = workspace.manifest().n_companies * times
print(rows, wall, cpu, peak, counts.height, counts["n_companies"].sum())
"""


def report(say: Callable[[str], object]) -> None:
    """Say every figure of presence, or why there is none."""
    if not REGISTRATIONS.is_file():
        say("presence: skipped, the real lists are not in ../shared/data\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        run_import([REGISTRATIONS], Path(folder))
        once, many = _fresh(folder, 1), _fresh(folder, TIMES)
    say("presence of an imported register: placed, counted, branches joined; fresh process\n")
    for name, (rows, wall, cpu, peak, cells, companies) in (
        ("registrations", once),
        (f"registrations, {TIMES} times over", many),
    ):
        say(f"  {name:<36}{rows:>11,.0f} rows {wall:7.1f} s {rows / wall:>9,.0f} rows/s "
            f"{rows / cpu:>9,.0f} rows/CPU s {peak:7.0f} MB   "
            f"{cells:,.0f} cells, {companies:,.0f} companies × segments\n")  # fmt: skip
    say(f"  {TIMES}x: CPU time {many[2] / once[2] / TIMES:.2f} of linear, "
        f"memory {many[3] / once[3]:.2f} times\n")  # fmt: skip


def _fresh(folder: str, times: int) -> tuple[float, ...]:
    command = [sys.executable, "-c", _RUN, folder, str(times)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return tuple(map(float, done.stdout.split()))


if __name__ == "__main__":
    report(sys.stdout.write)
