"""What holds for every test: no example is timed, and every run tries the same ones."""

import gc
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,  # a busy machine is no defect
    derandomize=True,  # a run that passes here passes there
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

# Thousands of tests and the worlds they share stay: looking through them for garbage again and
# again took a tenth of the time.
gc.set_threshold(50_000, 10, 10)

LONG = [f"tests/server/test_{name}.py" for name in ("hot_swap", "kills")]
"""Tests of a minute, which wait more than they work: begun last, they leave the other core idle."""


def pytest_collection_modifyitems(items):
    """Begin with the longest files; the others keep their order."""
    here = Path(__file__).parents[1]
    items.sort(key=lambda item: item.path.relative_to(here).as_posix() not in LONG)


def pytest_collection_finish():
    """Leave what is there once all tests are known out of every later look for garbage."""
    gc.freeze()
