"""The door of the chain library: what it cannot work with, each fault with file, line and field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chainmap.chains.graph import ChainGraph
from chainmap.chains.reader import Taxonomy
from chainmap.chains.retirement import living, successors
from chainmap.curated import CuratedFile, Loc
from chainmap.errors import CurationError

_DANGLING = "改正编号，或先补上它所指的条目。"


class Fault(NamedTuple):
    """One thing that keeps the taxonomy from working."""

    rule: str
    file: CuratedFile
    loc: Loc
    message: str
    todo: str

    def error(self) -> CurationError:
        """Return it as the error to raise."""
        return self.file.error(self.loc, self.message, todo=self.todo)


def faults(taxonomy: Taxonomy) -> Iterator[Fault]:
    """Yield every fault: `duplicate-id` first, then `dangling`, `self-link`, `span`, `cycle`.

    An id written twice often leaves links to the id it should have been, so it is named first.

    Raises:
        CurationError: Retired segments follow each other in a circle.
    """
    yield from _duplicates(taxonomy)
    dangling = list(_dangling(taxonomy))
    yield from dangling
    yield from _self_links(taxonomy)
    yield from _spans(taxonomy)
    if not dangling:
        yield from _cycles(taxonomy)


def _entries(taxonomy: Taxonomy) -> Iterator[tuple[str, CuratedFile, Loc, str]]:
    """Yield namespace, file, place and id of everything that has one."""
    for chain, file in taxonomy.chains:
        for index, group in enumerate(chain.groups):
            yield "板块或环节", file, ("groups", index, "id"), group.id
        for index, segment in enumerate(chain.segments):
            yield "板块或环节", file, ("segments", index, "id"), segment.id
    cited, file = taxonomy.citations
    for index, document in enumerate(cited.documents):
        yield "文件", file, ("documents", index, "id"), document.id
    for index, citation in enumerate(cited.citations):
        yield "出处", file, ("citations", index, "id"), citation.id
    domains, file = taxonomy.domains
    for index, domain in enumerate(domains.domains):
        yield "重点领域", file, ("domains", index, "id"), domain.id


def _duplicates(taxonomy: Taxonomy) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for kind, file, loc, key in _entries(taxonomy):
        if (kind, key) in seen:
            message = f"{kind}编号 {key} 写了两次，另见 {seen[kind, key]}"
            yield Fault("duplicate-id", file, loc, message, "改正其中一个编号。")
        seen.setdefault((kind, key), f"{file.file}:{file.line(loc)}")


def _references(taxonomy: Taxonomy) -> Iterator[tuple[str, CuratedFile, Loc, str]]:
    """Yield what is meant, file, place and id of every reference."""
    for chain, file in taxonomy.chains:
        for at, cited in enumerate(chain.cites):
            yield "出处", file, ("cites", at), cited
        for index, group in enumerate(chain.groups):
            for at, cited in enumerate(group.cites):
                yield "出处", file, ("groups", index, "cites", at), cited
        for index, segment in enumerate(chain.segments):
            loc = ("segments", index)
            yield f"板块 {chain.id}", file, (*loc, "group"), segment.group
            for at, user in enumerate(segment.supplies):
                yield "环节", file, (*loc, "supplies", at), user
            for at, cited in enumerate(segment.cites):
                yield "出处", file, (*loc, "cites", at), cited
            if segment.replaced_by is not None:
                yield "环节", file, (*loc, "replaced_by"), segment.replaced_by
    citations, file = taxonomy.citations
    for index, citation in enumerate(citations.citations):
        yield "文件", file, ("citations", index, "document"), citation.document
    domains, file = taxonomy.domains
    for index, domain in enumerate(domains.domains):
        if domain.chain is not None:
            yield "产业链", file, ("domains", index, "chain"), domain.chain


def _dangling(taxonomy: Taxonomy) -> Iterator[Fault]:
    known = {
        "环节": {s.id for chain, _ in taxonomy.chains for s in chain.segments},
        "出处": {c.id for c in taxonomy.citations[0].citations},
        "文件": {d.id for d in taxonomy.citations[0].documents},
        "产业链": {chain.id for chain, _ in taxonomy.chains},
    } | {f"板块 {chain.id}": {g.id for g in chain.groups} for chain, _ in taxonomy.chains}
    for kind, file, loc, key in _references(taxonomy):
        if key not in known[kind]:
            yield Fault("dangling", file, loc, f"没有{kind.split()[0]} {key}", _DANGLING)


def _self_links(taxonomy: Taxonomy) -> Iterator[Fault]:
    for chain, file in taxonomy.chains:
        for index, segment in enumerate(chain.segments):
            if segment.id in segment.supplies:
                at = segment.supplies.index(segment.id)
                loc = ("segments", index, "supplies", at)
                yield Fault("self-link", file, loc, f"{segment.id} 供给自己", "删除这一项。")


def _spans(taxonomy: Taxonomy) -> Iterator[Fault]:
    citations, file = taxonomy.citations
    for index, citation in enumerate(citations.citations):
        if citation.end <= citation.start:
            message = f"{citation.id} 的 end {citation.end} 应大于 start {citation.start}"
            yield Fault("span", file, ("citations", index, "end"), message, "核对原文位置。")


def _cycles(taxonomy: Taxonomy) -> Iterator[Fault]:
    chains = living([chain for chain, _ in taxonomy.chains], successors(taxonomy))
    graph = ChainGraph(chains)
    for chain, file in taxonomy.chains:
        cycle = graph.cycle(chain.id)
        if len(cycle) > 1:
            place = next(i for i, s in enumerate(chain.segments) if s.id == cycle[0])
            message = f"供应关系成环：{' → '.join([*cycle, cycle[0]])}"
            todo = "去掉其中一条联系；supplies 由供方指向用方。"
            yield Fault("cycle", file, ("segments", place, "supplies"), message, todo)
