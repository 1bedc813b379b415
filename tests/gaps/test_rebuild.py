import os
import subprocess
import sys

SCRIPT = """
import hashlib
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world
from chainmap.reports.gap_records import gap_list
from chainmap.sources.places import find_city

world = load_world()
options = GapOptions(as_of=world.edition)
parts = [world.presence, world.criticality, world.chances, world.dependence, world.density]
digest = hashlib.sha256()
for frame in parts:
    digest.update(frame.sort(frame.columns[:2]).write_csv().encode())
for name in ("绍兴", "宁波"):
    city = find_city(world.cities, name)
    found = gap_list(world, city, find_gaps(world, city, options), options)
    digest.update(found.model_dump_json().encode())
print(digest.hexdigest())
"""


def rebuilt(seed: str, threads: str) -> str:
    names = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    around = os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=around, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_gaps_are_the_same_bytes_whatever_the_hash_seed_and_the_threads():
    assert rebuilt("1", "1") == rebuilt("4242", "3")
