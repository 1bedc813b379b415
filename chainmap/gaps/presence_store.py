"""The presence of a workspace's register: counted once per import, stored beside it."""

from __future__ import annotations

import hashlib

import polars as pl

from chainmap import __version__, resources
from chainmap.chains.library import ChainLibrary
from chainmap.gaps.presence_partitions import CLOSED, Counting, count_registers
from chainmap.linkage.partitions import Mapper, run_here
from chainmap.sources.workspace import Manifest, Workspace
from chainmap.tables import PRESENCE_COUNTS, PresenceCounts

TABLE = "presence"


def stored_presence(
    workspace: Workspace,
    counting: Counting = Counting(),  # noqa: B008 - frozen
) -> PresenceCounts | None:
    """Return the stored counts, or None where there are none of this register and taxonomy.

    Raises:
        InputError: The manifest is not one.
        TableError: The stored file is not what was stored.
    """
    manifest = workspace.manifest()
    stored = workspace.scan(TABLE)
    if stored is None or manifest.made_from.get(TABLE) != _rests_on(manifest, counting):
        return None
    return PRESENCE_COUNTS.check(stored.collect())


def workspace_presence(
    workspace: Workspace,
    library: ChainLibrary,
    mapper: Mapper = run_here,
    counting: Counting = Counting(),  # noqa: B008 - frozen
) -> PresenceCounts:
    """Return the counts of a workspace's companies: the stored ones, else counted and stored.

    An import that changes the companies, another taxonomy, version or way of counting makes the
    stored counts void.

    Raises:
        InputError: The workspace cannot be written, or was changed meanwhile.
    """
    found = stored_presence(workspace, counting)
    if found is not None:
        return found
    before = workspace.manifest()
    counts = count_registers(workspace, library, mapper, counting)
    workspace.put(TABLE, counts, _rests_on(before, counting), before)
    return counts


def coverage(workspace: Workspace, counting: Counting) -> dict[str, int]:
    """Return how many companies a count looks at: `companies`, `closed`, `later`, `nowhere`.

    Each company is in one of the last three at most, in this order; the rest is looked at.
    """
    scan = workspace.scan("companies")
    if scan is None:
        return {"companies": 0, "closed": 0, "later": 0, "nowhere": 0}
    closed = pl.col("status").is_in(CLOSED).fill_null(False)
    later = (pl.col("founded") > pl.lit(counting.as_of)).fill_null(False) & ~closed
    nowhere = pl.col("city_code").is_null() & ~closed & ~later
    row = scan.select(
        companies=pl.len(), closed=closed.sum(), later=later.sum(), nowhere=nowhere.sum()
    ).collect()
    return {name: int(row[name].item()) for name in row.columns}


def _rests_on(manifest: Manifest, counting: Counting) -> dict[str, str]:
    """Return what counts rest on; equal contents are equal counts."""
    leaders = "\n".join(sorted(counting.leaders)).encode()
    return {
        "companies": "|".join(manifest.tables.get("companies", [])),
        "taxonomy": resources.taxonomy_hash(),
        "version": __version__,
        "as_of": counting.as_of.isoformat() if counting.as_of else "",
        "least_confidence": str(counting.least_confidence),
        "leaders": hashlib.sha256(leaders).hexdigest()[:24] if counting.leaders else "",
    }
