"""chainmap: from policy documents to ranked investment-promotion targets (精准招商).

The names below are the public ones; each is imported when first used, so that
`import chainmap` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chainmap.chains.library import ChainLibrary, load_library
    from chainmap.errors import ChainmapError
    from chainmap.extraction.reader import extract_document
    from chainmap.gaps.score import GapOptions
    from chainmap.gaps.world import World
    from chainmap.pipeline import find_gaps, load_world, rank_targets
    from chainmap.ranking.target_options import TargetOptions

__version__ = "0.1.0"

_HOMES = {
    "ChainLibrary": "chainmap.chains.library",
    "ChainmapError": "chainmap.errors",
    "GapOptions": "chainmap.gaps.score",
    "TargetOptions": "chainmap.ranking.target_options",
    "World": "chainmap.gaps.world",
    "extract_document": "chainmap.extraction.reader",
    "find_gaps": "chainmap.pipeline",
    "load_library": "chainmap.chains.library",
    "load_world": "chainmap.pipeline",
    "rank_targets": "chainmap.pipeline",
}

__all__ = [
    "ChainLibrary",
    "ChainmapError",
    "GapOptions",
    "TargetOptions",
    "World",
    "__version__",
    "extract_document",
    "find_gaps",
    "load_library",
    "load_world",
    "rank_targets",
]


def __getattr__(name: str) -> Any:
    """Return the public object called `name`, importing its module now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'chainmap' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for completion."""
    return __all__
