"""Read the files of `taxonomy/` into frozen concepts, with file and line in every error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from chainmap import resources
from chainmap.concepts.chain import Chain
from chainmap.concepts.proposal import NewPosition
from chainmap.concepts.provenance import Citation, Frozen, PolicySource
from chainmap.concepts.wording import PLAIN_WORDING, WordingFile
from chainmap.curated import CuratedFile
from chainmap.errors import CurationError


class Domain(Frozen):
    """A priority domain (专栏重点领域): drawn as a chain, or named and waiting."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    name_en: str
    aliases: tuple[str, ...] = Field(default=(), strict=False)
    chain: str | None = None
    status: Literal["drawn", "named"]
    documents: tuple[str, ...] = Field(default=(), strict=False)
    note: str = ""


class GlossaryTerm(Frozen):
    """One term of the field: identifier, Chinese, English, one meaning."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    zh: str
    en: str
    meaning: str
    unit: str = ""
    source: str = ""


class DomainFile(Frozen):
    """`domains.yml`."""

    domains: tuple[Domain, ...] = Field(strict=False)


class GlossaryFile(Frozen):
    """`glossary.yml`."""

    terms: tuple[GlossaryTerm, ...] = Field(strict=False)


class CitationFile(Frozen):
    """`citations.yml`."""

    documents: tuple[PolicySource, ...] = Field(strict=False)
    citations: tuple[Citation, ...] = Field(strict=False)


class PositionFile(Frozen):
    """`positions.yml`: positions an expert has accepted; the file may be missing."""

    positions: tuple[NewPosition, ...] = Field(default=(), strict=False)


class CrosswalkFile(Frozen):
    """A file of `crosswalks/`: official codes the chains use, with their official names."""

    id: str
    title: str
    edition: str
    source: str
    codes: dict[str, str]


@dataclass(frozen=True)
class Taxonomy:
    """Everything in `taxonomy/`, read and well-formed, not yet reviewed."""

    chains: tuple[tuple[Chain, CuratedFile], ...]
    domains: tuple[DomainFile, CuratedFile]
    glossary: tuple[GlossaryFile, CuratedFile]
    citations: tuple[CitationFile, CuratedFile]
    crosswalks: dict[str, CrosswalkFile] = field(default_factory=dict)
    wording: WordingFile = PLAIN_WORDING
    positions: tuple[NewPosition, ...] = ()


def read_taxonomy(edited: Mapping[str, str] | None = None) -> Taxonomy:
    """Return the taxonomy in use; chains in the order of `domains.yml`.

    Args:
        edited: Texts to read in place of the files on disk, by path inside `taxonomy/`
            (`chains/quantum.yml`): what the taxonomy would be after a decision.

    Raises:
        CurationError: A file is malformed; names file, line and field.
        ResourceError: A file is missing or was changed after the release.
    """
    texts = edited or {}
    domains_file = _curated(texts, "domains.yml")
    domains = domains_file.check(DomainFile)
    order = [domain.chain for domain in domains.domains if domain.chain is not None]
    chains = sorted(
        (
            _read_chain(texts, file.name)
            for file in resources.path("taxonomy", "chains").glob("*.yml")
        ),
        key=lambda read: order.index(read[0].id) if read[0].id in order else len(order),
    )
    glossary_file = _curated(texts, "glossary.yml")
    citations_file = _curated(texts, "citations.yml")
    crosswalks = [
        CuratedFile.bundled("taxonomy", "crosswalks", file.name).check(CrosswalkFile)
        for file in sorted(resources.path("taxonomy", "crosswalks").glob("*.yml"))
    ]
    return Taxonomy(
        chains=tuple(chains),
        domains=(domains, domains_file),
        glossary=(glossary_file.check(GlossaryFile), glossary_file),
        citations=(citations_file.check(CitationFile), citations_file),
        crosswalks={crosswalk.id: crosswalk for crosswalk in crosswalks},
        wording=_curated(texts, "policy-verbs.yml").check(WordingFile),
        positions=_read_positions(texts),
    )


def _curated(texts: Mapping[str, str], name: str) -> CuratedFile:
    parts = ("taxonomy", *name.split("/"))
    if name in texts:
        return CuratedFile(texts[name], resources.shown(*parts))
    return CuratedFile.bundled(*parts)


def _read_positions(texts: Mapping[str, str]) -> tuple[NewPosition, ...]:
    if "positions.yml" in texts or (resources.path("taxonomy") / "positions.yml").is_file():
        return _curated(texts, "positions.yml").check(PositionFile).positions
    return ()


def _read_chain(texts: Mapping[str, str], name: str) -> tuple[Chain, CuratedFile]:
    file = _curated(texts, f"chains/{name}")
    chain = file.check(Chain)
    if f"{chain.id}.yml" != name:
        raise CurationError(
            f"id 为 {chain.id}，与文件名 {name} 不符",
            file=file.file,
            line=file.line(("id",)),
            field="id",
            todo="二者须一致；已发布的 id 不改，改文件名。",
        )
    return chain, file
