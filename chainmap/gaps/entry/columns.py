"""Every column of the entry model: the registry, filled.

`registry` knows what has been registered so far; importing from here makes that everything.
"""

from __future__ import annotations

from chainmap.gaps.entry import features as _city
from chainmap.gaps.entry import quantities as _quantities
from chainmap.gaps.entry import surroundings as _surroundings
from chainmap.gaps.entry.registry import (
    FAMILIES,
    column,
    feature_matrix,
    feature_names,
    features,
    read,
)

__all__ = ["FAMILIES", "column", "feature_matrix", "feature_names", "features", "read"]

# Imported for the features they register.
_REGISTERED = (_city, _quantities, _surroundings)
