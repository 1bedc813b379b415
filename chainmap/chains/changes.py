"""What accepting a proposal would change in the files of `taxonomy/`."""

from __future__ import annotations

from pydantic import ValidationError

from chainmap.chains.amendments import Amendment
from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Domain
from chainmap.concepts.chain import Chain, Group, Segment
from chainmap.concepts.proposal import (
    AliasProposal,
    CitationProposal,
    DocumentProposal,
    DomainProposal,
    NewDocument,
    NewDomain,
    NewPosition,
    NewSegment,
    PositionProposal,
    Proposal,
    SegmentProposal,
    TargetKind,
    VerbProposal,
)
from chainmap.concepts.provenance import Citation, Frozen, PolicySource
from chainmap.curated import explained
from chainmap.errors import InputError


class Ids:
    """Every id of a taxonomy, and those a run of acceptances has added so far.

    Args:
        library: The taxonomy before the run; retired ids stay taken.
    """

    def __init__(self, library: ChainLibrary) -> None:
        self.library = library
        self.documents = set(library.documents)
        self.positions = {position.id for position in library.positions}
        self.citations = {c.id: (c.document, c.start, c.end) for c in library.citations.values()}
        self.segments = {*library.segments, *library.retired, *library.groups}
        self.domains = {domain.id: set(domain.documents) for domain in library.domains}
        owners: list[Chain | Group | Segment] = [*library.chains.values()]
        owners += [*library.groups.values(), *library.segments.values()]
        self.cited = {(owner.id, cited) for owner in owners for cited in owner.cites}
        self.tails: dict[str, str] = {}

    def all(self) -> set[str]:
        """Return every id, each with its kind before it."""
        return {
            *(f"document:{i}" for i in self.documents),
            *(f"citation:{i}" for i in self.citations),
            *(f"segment:{i}" for i in self.segments),
            *(f"domain:{i}" for i in self.domains),
            *(f"chain:{i}" for i in self.library.chains),
            *(f"position:{i}" for i in self.positions),
        }


def changes_of(proposal: Proposal, ids: Ids) -> list[Amendment]:
    """Return the changes that accepting a proposal makes, in the order to be made.

    Args:
        proposal: As the expert left it.
        ids: What exists; what the proposal adds is entered.

    Raises:
        InputError: A field is still to be filled in, an id is taken or would be renamed, or
            something the proposal builds on is not there.
    """
    try:
        match proposal:
            case DocumentProposal():
                return _document(proposal.entry, ids)
            case CitationProposal(entry=e):
                return _named(e.target_kind, e.target, e.citation, ids)
            case AliasProposal(entry=e):
                changes = (
                    [] if e.citation is None else _named(e.target_kind, e.target, e.citation, ids)
                )
                return [_alias(e.target_kind, e.target, e.alias, ids), *changes]
            case SegmentProposal():
                return _segment(proposal.entry, ids)
            case DomainProposal():
                return _domain(proposal.entry, ids)
            case VerbProposal(entry=e):
                classes = {c.id for c in ids.library.wording.classes}
                _known(e.strength_class, classes, "措辞档次")
                at = ("classes", e.strength_class, "verbs")
                return [Amendment(file="policy-verbs.yml", at=at, op="add", value=e.verb)]
            case PositionProposal():
                return _position(proposal.entry, ids)
    except InputError as error:
        raise InputError(f"{proposal.id}：{error.message}", todo=error.todo) from error


def _document(entry: NewDocument, ids: Ids) -> list[Amendment]:
    _fresh(entry.id, ids.documents, "政策文件")
    blank = [zh for field, zh in _CARD_BLANKS.items() if not getattr(entry, field)]
    if blank:
        raise InputError(
            f"文件 {entry.file} 的登记还缺{'、'.join(blank)}。", todo="在草案文件中补写后再采纳。"
        )
    plain = entry.model_dump(mode="json", exclude={"start", "end", "outlook"})
    period = {"start": entry.start, "end": entry.end, "outlook": entry.outlook}
    keys = ("id", "title", "issuer", "region_code", "level", "published", "period", "file")
    value = {**plain, "period": period}
    value = {key: value[key] for key in (*keys, "sha256", "note") if key != "note" or value[key]}
    _checked(PolicySource, value)
    ids.documents.add(entry.id)
    return [Amendment(file="citations.yml", at=("documents",), op="add", value=value)]


def _domain(entry: NewDomain, ids: Ids) -> list[Amendment]:
    _fresh(entry.id, set(ids.domains), "重点领域")
    if not entry.name_en:
        raise InputError(f"新领域“{entry.name}”还缺英文名。", todo="在草案文件中补写后再采纳。")
    for name in (entry.name, *entry.aliases):
        _free_in_domains(name, ids)
    for document in entry.documents:
        _known(document, ids.documents, "政策文件")
    value = {**entry.model_dump(mode="json"), "status": "named"}
    _checked(Domain, value)
    ids.domains[entry.id] = set(entry.documents)
    keys = ("id", "name", "name_en", "aliases", "status", "documents", "note")
    value = {key: value[key] for key in keys if key != "note" or value[key]}
    return [Amendment(file="domains.yml", at=("domains",), op="add", value=value)]


def _position(entry: NewPosition, ids: Ids) -> list[Amendment]:
    _known(entry.document, ids.documents, "政策文件")
    _fresh(entry.id, ids.positions, "地方定位")
    ids.positions.add(entry.id)
    value = {k: v for k, v in entry.model_dump(mode="json").items() if v not in (None, [])}
    value = {"id": value.pop("id"), **value}
    return [Amendment(file="positions.yml", at=("positions",), op="add", value=value)]


def _free_in_domains(name: str, ids: Ids) -> None:
    for domain in ids.library.domains:
        if name.casefold() in {n.casefold() for n in (domain.name, *domain.aliases)}:
            raise InputError(
                f"“{name}”已是重点领域“{domain.name}”（{domain.id}）的名称或别名。",
                todo="驳回本条，或换一个名称。",
            )


def _named(kind: TargetKind, target: str, citation: Citation, ids: Ids) -> list[Amendment]:
    """Return the changes that let a passage name a target."""
    if kind == "domain":
        return _domain_named(target, citation, ids)
    changes = _passage(citation, ids)
    file, at = _place(kind, target, ids)
    if (target, citation.id) not in ids.cited:
        changes.append(Amendment(file=file, at=(*at, "cites"), op="add", value=citation.id))
        ids.cited.add((target, citation.id))
    return changes


def _domain_named(target: str, citation: Citation, ids: Ids) -> list[Amendment]:
    _known(target, set(ids.domains), "重点领域")
    _known(citation.document, ids.documents, "政策文件")
    if citation.document in ids.domains[target]:
        return []
    ids.domains[target].add(citation.document)
    at = ("domains", target, "documents")
    return [Amendment(file="domains.yml", at=at, op="add", value=citation.document)]


def _passage(citation: Citation, ids: Ids) -> list[Amendment]:
    _known(citation.document, ids.documents, "政策文件")
    span = (citation.document, citation.start, citation.end)
    if citation.id in ids.citations:
        if ids.citations[citation.id] != span:
            raise InputError(
                f"出处编号 {citation.id} 已用于另一处原文。", todo="在草案中换一个编号。"
            )
        return []
    before = [key for key, (document, _, _) in ids.citations.items() if document == span[0]]
    ids.citations[citation.id] = span
    value = citation.model_dump(mode="json", exclude_none=True)
    after = before[-1] if before else None
    return [Amendment(file="citations.yml", at=("citations",), op="add", value=value, after=after)]


def _alias(kind: TargetKind, target: str, alias: str, ids: Ids) -> Amendment:
    if kind == "group":
        raise InputError("板块没有别名。", todo="改为环节、产业链或重点领域。")
    file, at = _place(kind, target, ids)
    if kind == "domain":
        _free_in_domains(alias, ids)
    return Amendment(file=file, at=(*at, "aliases"), op="add", value=alias)


def _segment(entry: NewSegment, ids: Ids) -> list[Amendment]:
    chain = ids.library.chains.get(entry.chain)
    if chain is None:
        raise InputError(f"没有产业链 {entry.chain}。", todo="新产业链须先由专家绘制。")
    _fresh(entry.id, ids.segments, "环节")
    blank = [zh for field, zh in _BLANKS.items() if not getattr(entry, field)]
    if not entry.supplies and not entry.supplied_by:
        blank.append("至少一条上下游联系（supplies 或 supplied_by）")
    if blank:
        raise InputError(
            f"新环节“{entry.name}”还缺{'、'.join(blank)}。", todo="在草案文件中补写后再采纳。"
        )
    changes = [change for citation in entry.citations for change in _passage(citation, ids)]
    fields = [name for name in Segment.model_fields if name not in ("cites", "replaced_by")]
    value = entry.model_dump(mode="json", include=set(fields))
    value = {name: value[name] for name in fields} | {"cites": [c.id for c in entry.citations]}
    _checked(Segment, value)
    file = f"chains/{chain.id}.yml"
    drawn = [s.id for s in chain.segments if s.group == entry.group]
    after = ids.tails.get(entry.group, drawn[-1] if drawn else None)
    ids.segments.add(entry.id)
    ids.tails[entry.group] = entry.id
    changes.append(Amendment(file=file, at=("segments",), op="add", value=value, after=after))
    for supplier in entry.supplied_by:
        where, at = _place("segment", supplier, ids)
        changes.append(Amendment(file=where, at=(*at, "supplies"), op="add", value=entry.id))
    return changes


_CARD_BLANKS = {"title": "标题", "region_code": "地区代码（六位）"}
_BLANKS = {"name_en": "英文名", "definition": "定义", "group": "所属板块"}


def _place(kind: TargetKind, target: str, ids: Ids) -> tuple[str, tuple[str, ...]]:
    """Return the file and the path of something known."""
    library = ids.library
    if kind == "domain":
        _known(target, set(ids.domains), "重点领域")
        return "domains.yml", ("domains", target)
    if kind == "chain":
        _known(target, set(library.chains), "产业链")
        return f"chains/{target}.yml", ()
    if kind == "group":
        _known(target, set(library.groups), "板块")
        owner = next(c for c in library.chains.values() if target in {g.id for g in c.groups})
        return f"chains/{owner.id}.yml", ("groups", target)
    if target in library.retired:
        heir = library.successors[target]
        raise InputError(f"环节 {target} 已停用，由 {heir} 接替。", todo=f"改为 {heir}。")
    _known(target, set(library.segments), "环节")
    return f"chains/{library.chain_of(target).id}.yml", ("segments", target)


def _fresh(given: str, taken: set[str], what: str) -> None:
    if given in taken:
        raise InputError(
            f"{what}编号 {given} 已在使用；编号不改、不复用。", todo="在草案中换一个编号。"
        )


def _known(given: str, known: set[str], what: str) -> None:
    if given not in known:
        raise InputError(f"没有{what} {given}。", todo="先采纳它所依据的提案，或改正编号。")


def _checked(model: type[Frozen], value: dict[str, object]) -> Frozen:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = explained(first["type"], first["msg"], first["input"])
        raise InputError(f"字段 {field} {message}。", todo="在草案文件中改正后再采纳。") from error
