"""`chainmap review`: what an expert should look at in `taxonomy/`, with file and line."""

from __future__ import annotations

from collections.abc import Iterator

from chainmap.chains.door import faults
from chainmap.chains.graph import ChainGraph
from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Taxonomy
from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.finding import Finding
from chainmap.concepts.identifiers import CHAIN_PREFIXES
from chainmap.curated import CuratedFile, Loc

INDUSTRY_CROSSWALK = "gbt4754-2017"
EMERGING_CROSSWALK = "strategic-emerging-2018"
SEPARATORS = "，、；"
"""Full-width marks that YAML takes for part of the word."""


def review(taxonomy: Taxonomy) -> list[Finding]:
    """Return every finding, in file and line order; an empty list is a clean taxonomy.

    Rules of `chains.door`: `duplicate-id`, `dangling`, `self-link`, `span`, `cycle`. While a
    reference leads nowhere only these are looked at. Then: `prefix`, `orphan` (a segment without
    a link, a group without a segment), `disconnected`, `duplicate-term`, `separator` (one term
    that looks like two), `unknown-code`, `unused-code`, `uncited`, `unused-citation`,
    `unknown-verb`, `undrawn` (a domain and its chain disagree).

    Raises:
        CurationError: Retired segments follow each other in a circle.
    """
    found = list(faults(taxonomy))
    findings = [_finding(f.file, f.loc, f.rule, f.message) for f in found]
    if not any(fault.rule == "dangling" for fault in found):
        findings += _reviewed(taxonomy)
    return sorted(findings, key=lambda f: (f.file, f.line, f.rule, f.field))


def _reviewed(taxonomy: Taxonomy) -> list[Finding]:
    library = ChainLibrary(taxonomy, refuse=False)
    findings = [
        *_words(taxonomy),
        *_codes(taxonomy, library),
        *_citations(taxonomy, library),
        *_domains(taxonomy),
    ]
    for chain, file in taxonomy.chains:
        findings += [*_structure(chain, file, library.graph), *_uncited(chain, file, library)]
    return findings


def _finding(file: CuratedFile, loc: Loc, rule: str, message: str) -> Finding:
    return Finding(
        severity="error",
        rule=rule,
        file=file.file,
        line=file.line(loc),
        field=file.field(loc),
        message=message,
    )


def _words(taxonomy: Taxonomy) -> Iterator[Finding]:
    terms: dict[str, str] = {}
    for chain, file in taxonomy.chains:
        for index, segment in enumerate(chain.segments):
            yield from _separators(segment, file, ("segments", index))
            if segment.replaced_by is not None:
                continue  # its successor may take over its names
            for name in segment.names:
                key = name.casefold()
                if key in terms:
                    message = f"“{name}”已用于 {terms[key]}，一个词只能指一个环节"
                    yield _finding(file, ("segments", index), "duplicate-term", message)
                terms.setdefault(key, segment.id)


def _separators(segment: Segment, file: CuratedFile, at: Loc) -> Iterator[Finding]:
    """Yield each word with a full-width mark; one in quotes is meant so (as 安装、维修)."""
    for field in ("aliases", "terms", "excludes"):
        for index, word in enumerate(getattr(segment, field)):
            loc = (*at, field, index)
            mark = next((mark for mark in SEPARATORS if mark in word), "")
            if mark and not file.quoted(loc):
                message = f"“{word}”含“{mark}”，算作一个词：分开用半角逗号，确为一词则加引号"
                yield _finding(file, loc, "separator", message)


def _structure(chain: Chain, file: CuratedFile, graph: ChainGraph) -> Iterator[Finding]:
    drawn = [(i, s) for i, s in enumerate(chain.segments) if s.replaced_by is None]
    place = {segment.id: index for index, segment in drawn}
    for segment_id, index in place.items():
        loc: Loc = ("segments", index, "id")
        if CHAIN_PREFIXES.get(segment_id.split("-", 1)[0]) != chain.id:
            yield _finding(file, loc, "prefix", f"{segment_id} 的前缀不属于产业链 {chain.id}")
        if not graph.neighbours(segment_id):
            yield _finding(file, loc, "orphan", f"{segment_id} 没有任何上下游联系")
    used = {segment.group for _, segment in drawn}
    for index, group in enumerate(chain.groups):
        if group.id not in used:
            yield _finding(file, ("groups", index), "orphan", f"板块 {group.id} 没有环节")
    for part in graph.components(chain.id)[1:]:
        loc = ("segments", place[part[0]], "supplies")
        message = f"{'、'.join(part[:5])} 与产业链主体不相连"
        yield _finding(file, loc, "disconnected", message)


def _codes(taxonomy: Taxonomy, library: ChainLibrary) -> Iterator[Finding]:
    used: dict[str, set[str]] = {INDUSTRY_CROSSWALK: set(), EMERGING_CROSSWALK: set()}
    for chain, file in taxonomy.chains:
        for index, segment in enumerate(chain.segments):
            for name, field, codes in (
                (INDUSTRY_CROSSWALK, "industry_codes", segment.industry_codes),
                (EMERGING_CROSSWALK, "emerging_codes", segment.emerging_codes),
            ):
                used[name].update(codes)
                known = library.crosswalks[name].codes
                for at, code in enumerate(codes):
                    if code not in known:
                        message = f"代码 {code} 不在 crosswalks/{name}.yml 中"
                        yield _finding(
                            file, ("segments", index, field, at), "unknown-code", message
                        )
    for name, codes_used in used.items():
        crosswalk = CuratedFile.bundled("taxonomy", "crosswalks", f"{name}.yml")
        for code in sorted(set(library.crosswalks[name].codes) - codes_used):
            yield _finding(crosswalk, ("codes", code), "unused-code", f"没有环节使用 {code}")


def _uncited(chain: Chain, file: CuratedFile, library: ChainLibrary) -> Iterator[Finding]:
    for index, segment in enumerate(chain.segments):
        if segment.replaced_by is None and not library.cited(segment.id):
            message = f"{segment.id} 没有政策出处（环节、板块、产业链均无）"
            yield _finding(file, ("segments", index), "uncited", message)


def _citations(taxonomy: Taxonomy, library: ChainLibrary) -> Iterator[Finding]:
    used = {cited for segment in library.segments.values() for cited in segment.cites}
    used |= {cited for group in library.groups.values() for cited in group.cites}
    used |= {cited for chain in library.chains.values() for cited in chain.cites}
    citation_file, file = taxonomy.citations
    for index, citation in enumerate(citation_file.citations):
        loc: Loc = ("citations", index, "id")
        if citation.id not in used:
            yield _finding(file, loc, "unused-citation", f"没有环节引用 {citation.id}")
        if citation.verb is not None and not library.wording.knows(citation.verb):
            message = f"动词“{citation.verb}”不在 policy-verbs.yml 中，按未写动词计"
            yield _finding(file, ("citations", index, "verb"), "unknown-verb", message)


def _domains(taxonomy: Taxonomy) -> Iterator[Finding]:
    domain_file, file = taxonomy.domains
    drawn = {chain.id for chain, _ in taxonomy.chains}
    for index, domain in enumerate(domain_file.domains):
        if (domain.status == "drawn") != (domain.chain in drawn):
            message = f"{domain.id} 标为 {domain.status}，与 chains/ 中的文件不符"
            yield _finding(file, ("domains", index, "status"), "undrawn", message)
    missing = drawn - {domain.chain for domain in domain_file.domains}
    for chain_id in sorted(missing):
        yield _finding(file, ("domains",), "undrawn", f"产业链 {chain_id} 没有列入 domains.yml")
