"""`make bench`: where the time goes, and ratios against plain loops, measured in one run."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from chainmap.gaps.criticality import segment_criticality
from chainmap.gaps.linkages import national_counts, supply_weights
from chainmap.gaps.presence import count_presence, measure_presence
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from tests.bench import (
    centrality,
    intake,
    intervals,
    paint,
    presence,
    ranking,
    relatedness,
    serving,
)
from tests.bench.placement import report as report_placement
from tests.oracles.presence import presence_by_loops


def cpu_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the median CPU seconds of `work` over `runs` runs after a warm-up."""
    work()
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return median(spent)


def wall_seconds(code: str, runs: int = 3) -> float:
    """Return the median wall seconds of a fresh Python process that runs `code`."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        spent.append(time.perf_counter() - start)
    return median(spent)


def main() -> None:
    """Print every figure."""
    say = sys.stdout.write
    bare = wall_seconds("pass")
    say("process start, wall seconds (bare interpreter taken off)\n")
    for name, code in (
        ("import chainmap", "import chainmap"),
        ("chainmap --help", "import sys; sys.argv=['chainmap','--help']\n"
                            "from chainmap.cli import main\ntry: main()\nexcept SystemExit: pass"),
        ("chainmap targets 绍兴 --chain 集成电路",
         "import sys; sys.argv='chainmap targets 绍兴 --chain 集成电路'.split()\n"
         "from chainmap.cli import main\ntry: main()\nexcept SystemExit: pass"),
    ):  # fmt: skip
        say(f"  {name:<42}{wall_seconds(code) - bare:8.3f}\n")

    world = load_world()
    city = find_city(world.cities, "绍兴")
    chain = world.library.find_chain("集成电路")
    options = GapOptions(as_of=world.edition)
    gaps = find_gaps(world, city, options, chain)
    measured = cpu_seconds(
        lambda: measure_presence(
            count_presence(world.placements, world.companies, world.library),
            world.cities,
            world.library,
        )
    )
    weights = supply_weights(world.library, None, national_counts(world.presence))
    loops = cpu_seconds(lambda: presence_by_loops(world), runs=1)
    say(f"steps, CPU seconds ({world.companies.height} companies, {world.cities.height} cities, "
        f"{len(world.library.segments)} segments)\n")  # fmt: skip
    for name, seconds in (
        ("presence, every city and segment", measured),
        ("criticality, every segment",
         cpu_seconds(lambda: segment_criticality(
             world.presence, world.cities, world.library, weights))),
        ("gaps of one city, six chains", cpu_seconds(lambda: find_gaps(world, city, options))),
        ("targets of one city and chain, with reasons",
         cpu_seconds(lambda: rank_targets(world, city, gaps, TargetOptions()))),
    ):  # fmt: skip
        say(f"  {name:<46}{seconds:8.4f}\n")
    say(f"ratio: presence by plain loops ÷ presence {loops / measured:8.1f}\n")
    report_placement(say)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:8.0f} MB\n")
    intake.bench(say)
    presence.report(say)
    centrality.report(say)
    relatedness.report(say)
    ranking.report(say)
    intervals.report(say)
    serving.report(say)
    paint.report(say)


if __name__ == "__main__":
    main()
