"""Exit codes: the one table of what the command returns to the shell."""

from __future__ import annotations

from chainmap.errors import (
    ChainmapError,
    CurationError,
    DocumentError,
    InputError,
    LedgerError,
    ModelError,
    ResourceError,
    UnknownNameError,
)

EXIT_CODES: dict[type[ChainmapError], int] = {
    UnknownNameError: 3,
    DocumentError: 4,
    CurationError: 5,
    ModelError: 6,
    ResourceError: 7,
    LedgerError: 9,
    InputError: 2,
    ChainmapError: 1,
}
"""Most special first; 2 is also what a wrong option returns, 8 a review with findings."""

FINDINGS = 8


def exit_code(error: ChainmapError) -> int:
    """Return the exit code of an error: that of its nearest kind in the table."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
