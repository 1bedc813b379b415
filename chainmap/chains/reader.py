"""Read the files of `taxonomy/` into frozen concepts, with file and line in every error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from chainmap import resources
from chainmap.concepts.chain import Chain
from chainmap.concepts.provenance import Citation, Frozen, PolicySource
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


def read_taxonomy() -> Taxonomy:
    """Return the bundled taxonomy; chains in the order of `domains.yml`.

    Raises:
        CurationError: A file is malformed; names file, line and field.
        ResourceError: A file is missing or was changed after the release.
    """
    domains_file = CuratedFile.bundled("taxonomy", "domains.yml")
    domains = domains_file.check(DomainFile)
    order = [domain.chain for domain in domains.domains if domain.chain is not None]
    chains = sorted(
        (_read_chain(file.name) for file in resources.path("taxonomy", "chains").glob("*.yml")),
        key=lambda read: order.index(read[0].id) if read[0].id in order else len(order),
    )
    glossary_file = CuratedFile.bundled("taxonomy", "glossary.yml")
    citations_file = CuratedFile.bundled("taxonomy", "citations.yml")
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
    )


def _read_chain(name: str) -> tuple[Chain, CuratedFile]:
    file = CuratedFile.bundled("taxonomy", "chains", name)
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
