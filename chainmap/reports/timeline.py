"""The timeline of fields (领域沿革): what enters, stays and leaves between plans of one region."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Domain
from chainmap.concepts.hanzi import folded_name, readings, simplified
from chainmap.concepts.policy_records import (
    CHANGE_ZH,
    Change,
    FieldRecord,
    MentionRecord,
    PassageNote,
    PlanRecord,
    RoundRecord,
    Timeline,
)
from chainmap.concepts.provenance import PolicySource
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.reports.plans import place_name, plan_record
from chainmap.reports.rows import Rows

NOTE = (
    "同一地区、同一年份的规划合为一轮；“首见”指所收首轮规划已点名，“退出”指下一轮规划的原文没有再点名，"
    "各规划主题不同，不等于取消。"
)


def field_timeline(library: ChainLibrary, as_of: dt.date, domain: Domain | None = None) -> Timeline:
    """Return every field, or one, through the rounds of plans of every region.

    Rounds run region by region in the order of the first plan, then by year; a round is all plans
    of one region that date from one year. A field is compared with the round before of the same
    region only.
    """
    rounds = _rounds(library, as_of)
    fields = (domain,) if domain else library.domains
    return Timeline(
        as_of=as_of,
        rounds=rounds,
        fields=[_field(library, field, rounds) for field in fields],
        note=NOTE,
    )


def find_domain(library: ChainLibrary, given: str) -> Domain:
    """Return the field called `given`: id, name, English name or alias; names win over aliases.

    Traditional characters count as the simplified ones where nothing is called so.

    Raises:
        UnknownNameError: Nothing answers to it; the nearest names are offered.
    """
    for wanted in readings(given):
        for names in (lambda d: (d.id, d.name, d.name_en), lambda d: d.aliases):
            for domain in library.domains:
                if wanted in map(folded_name, names(domain)):
                    return domain
    shown = [name for d in library.domains for name in (d.name, *d.aliases)]
    raise UnknownNameError("领域", given, nearest_names(simplified(given), shown))


def timeline_rows(timeline: Timeline) -> Rows:
    """Return one row a field, one column a round."""
    return [
        {
            "领域": field.name,
            "产业链": field.chain or "待绘",
            **{
                plans.head: CHANGE_ZH[mention.change]
                for plans, mention in zip(timeline.rounds, field.mentions, strict=True)
            },
            "现状": "在期规划点名" if field.in_force else "仅见于已到期规划",
        }
        for field in timeline.fields
    ]


def live_first(timeline: Timeline) -> Timeline:
    """Return a timeline with the fields of plans in force before the others."""
    fields = sorted(timeline.fields, key=lambda field: not field.in_force)
    return timeline.model_copy(update={"fields": fields})


def field_rows(timeline: Timeline) -> Rows:
    """Return one row a plan for a timeline of one field: change, state, passages."""
    (field,) = timeline.fields
    rows: Rows = []
    for plans, mention in zip(timeline.rounds, field.mentions, strict=True):
        for plan in plans.plans:
            named = plan.id in mention.plans
            own = [p for p in mention.passages if p.citation_id.split("-")[0] == plan.id]
            rows.append(
                {
                    "地区": plan.region,
                    "规划": plan.title,
                    "规划期": plan.years,
                    "状态": plan.state,
                    "点名": "是" if named else "否",
                    "变化": CHANGE_ZH[mention.change],
                    "出处": "；".join(f"{p.box} 第{p.start}–{p.end}字" for p in own),
                    "年份依据": plan.dated,
                }
            )
    return rows


def _rounds(library: ChainLibrary, as_of: dt.date) -> list[RoundRecord]:
    documents = list(library.documents.values())
    regions = list(dict.fromkeys(document.region_code for document in documents))
    order = sorted(documents, key=lambda d: (regions.index(d.region_code), _year(d) or 0))
    rounds = []
    for (region, year), plans in groupby(order, key=lambda d: (d.region_code, _year(d))):
        records = [plan_record(plan, as_of) for plan in plans]
        rounds.append(
            RoundRecord(region=place_name(region), region_code=region, year=year, plans=records)
        )
    return rounds


def _year(document: PolicySource) -> int | None:
    dating = document.dating()
    return dating.day.year if dating else None


def _field(library: ChainLibrary, domain: Domain, rounds: list[RoundRecord]) -> FieldRecord:
    mentions: list[MentionRecord] = []
    before: dict[str, bool] = {}
    for plans in rounds:
        naming = [plan for plan in plans.plans if plan.id in domain.documents]
        change = _change(before.get(plans.region_code), bool(naming))
        before[plans.region_code] = bool(naming)
        mentions.append(_mention(library, domain, plans, (naming, change)))
    chain = library.chains.get(domain.chain) if domain.chain else None
    return FieldRecord(
        id=domain.id,
        name=domain.name,
        aliases=list(domain.aliases),
        chain_id=domain.chain,
        chain=chain.name if chain else None,
        in_force=any(mention.in_force for mention in mentions),
        remark=_spelled(library, domain.note),
        mentions=mentions,
    )


def _spelled(library: ChainLibrary, note: str) -> str:
    """Return a curator's note with titles in place of document ids."""
    for document in sorted(library.documents.values(), key=lambda d: -len(d.id)):
        note = note.replace(document.id, f"《{document.title}》")
    return note


def _mention(
    library: ChainLibrary,
    domain: Domain,
    plans: RoundRecord,
    found: tuple[list[PlanRecord], Change],
) -> MentionRecord:
    naming, change = found
    return MentionRecord(
        region=plans.region,
        year=plans.year,
        change=change,
        plans=[plan.id for plan in naming],
        in_force=any(plan.in_force for plan in naming),
        passages=[note for plan in naming for note in _passages(library, domain, plan.id)],
    )


def _change(before: bool | None, named: bool) -> Change:
    if before is None:
        return "first" if named else "absent"
    if named:
        return "stays" if before else "enters"
    return "leaves" if before else "absent"


def _passages(library: ChainLibrary, domain: Domain, document: str) -> list[PassageNote]:
    """Return a document's passages that name the field: by name, or as its chain's own citation."""
    names = {name.casefold() for name in (domain.name, *domain.aliases)}
    whole: set[str] = set()
    if domain.chain and library.chains[domain.chain].name == domain.name:
        whole = set(library.chains[domain.chain].cites)
    return [
        PassageNote(
            citation_id=cited.id,
            box=cited.box,
            start=cited.start,
            end=cited.end,
            names=list(cited.names),
        )
        for cited in library.citations.values()
        if cited.document == document
        and (cited.id in whole or names & {name.casefold() for name in cited.names})
    ]
