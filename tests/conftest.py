"""What holds for every test: no example is timed, and every run tries the same ones."""

import gc
from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.scratch import take_memory

take_memory()

settings.register_profile(
    "house",
    max_examples=50,
    deadline=None,  # a busy machine is no defect
    derandomize=True,  # a run that passes here passes there
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(  # make deep: other examples every time, and many
    "deep", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

# Thousands of tests and the worlds they share stay: looking through them for garbage again and
# again took a tenth of the time.
gc.set_threshold(50_000, 10, 10)

LONG = [
    f"tests/{name}.py"
    for name in (
        "server/test_kills", "server/test_hot_swap", "server/pages/test_every_page",
        "server/test_contract_kept", "hostile/test_hostile_files", "contracts/test_same_bytes",
    )
]  # fmt: skip
"""Files of a minute, longest first: begun last, they leave the other core idle."""


def pytest_collection_modifyitems(items):
    """Begin with the longest files; the others keep their order."""
    here, after = Path(__file__).parents[1], len(LONG)
    places = {here / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, after))


def pytest_collection_finish():
    """Leave what is there once all tests are known out of every later look for garbage."""
    gc.freeze()
