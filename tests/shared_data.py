"""Where the real documents and data lie that tests may use but the project never holds."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHARED_POLICIES = SHARED / "policies"
SHARED_DATA = SHARED / "data"

needs_shared = pytest.mark.skipif(
    not SHARED_DATA.is_dir() or not SHARED_POLICIES.is_dir(),
    reason="needs the real documents and data in ../shared (not part of the project)",
)
