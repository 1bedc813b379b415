"""Why a company is not on a list (为什么不): the one stage, its rule, the smallest change."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from chainmap.concepts.records import CitationRecord
from chainmap.concepts.why_records import ChangeRecord, RuleFact, SegmentState, WhyNotRecord
from chainmap.errors import UnknownNameError
from chainmap.gaps.presence import counted_placements
from chainmap.ranking.candidates import Veto
from chainmap.ranking.gap_words import quoted_names
from chainmap.ranking.stages import Stage
from chainmap.ranking.why_changes import smallest_changes
from chainmap.ranking.why_standing import Standing
from chainmap.reports import records
from chainmap.reports.rows import company_source_text
from chainmap.reports.why_answers import (
    MOST_STATES,
    Asked,
    head_of,
    short_names,
    stage_of,
    why_record,
)
from chainmap.reports.why_company import company_called
from chainmap.reports.why_segments import segment_states, segments_of
from chainmap.reports.why_words import change_record

NOT_IN_ROSTER = "not_in_roster"
STRATEGY = "排序规则（docs/decisions/0023）"
Elsewhere = Callable[[str | None, str | None], Standing]
"""Returns the same question for another chain and segment, by id; None is all of them."""
MOST_SEGMENTS = 3
"""Segments of the chain asked for that an answer offers in place of the one asked for."""


def why_not_record(
    standing: Standing, given: str, asked: Asked, elsewhere: Elsewhere
) -> WhyNotRecord:
    """Return why a company is not on a list: exactly one stage, and what would bring it in.

    Args:
        standing: The list as asked for.
        given: The company as typed.
        asked: Day, chain and model behind it.
        elsewhere: Asks the same for another selection, where the company has no gap in this one.
    """
    try:
        company_id = company_called(standing.world, given)
    except UnknownNameError as error:
        return _not_in_roster(standing, given, asked, error.nearest)
    head = head_of(standing, company_id)
    home = standing.city.code == _city(standing, company_id)
    stage = stage_of(standing, company_id if home else head)
    place = standing.place(head) if not home else None
    changes: list[ChangeRecord] = []
    if stage in (Stage.SEGMENT_LIMIT, Stage.BELOW_CUT):
        changes = [change_record(standing, one) for one in smallest_changes(standing, head)]
    elif stage is Stage.NO_GAP:
        changes = _other_selections(standing, head, asked, elsewhere)
    segments = (
        segment_states(standing, head, asked.gap_options, asked.chain)
        if stage is Stage.NO_GAP
        else []
    )
    rules = _rules(standing, head) if stage is Stage.VETOED else []
    no_gap = _no_gap_text(standing, head, asked, segments) if stage is Stage.NO_GAP else ""
    answer = _answer(standing, company_id, head, stage, (rules, no_gap, changes))
    return WhyNotRecord(
        basis=records.basis_record(standing.world, standing.city, asked.gap_options, asked.chain),
        given=given,
        company_id=company_id,
        company=_full_name(standing, company_id),
        stage=stage.value,
        stage_zh=stage.zh,
        answer=answer,
        nearest=[],
        rank_overall=place.overall if place else None,
        n_ranked=standing.ordered.height,
        rules=rules,
        segments=segments,
        changes=changes,
        citations=_citations(standing, head, asked) if place else [],
        why=why_record(standing, head, asked) if stage is Stage.LISTED else None,
    )


def _not_in_roster(
    standing: Standing, given: str, asked: Asked, nearest: tuple[str, ...]
) -> WhyNotRecord:
    near = f"名称相近的有：{'、'.join(nearest)}。" if nearest else "也没有名称相近的企业。"
    return WhyNotRecord(
        basis=records.basis_record(standing.world, standing.city, asked.gap_options, asked.chain),
        given=given, company_id=None, company=None, stage=NOT_IN_ROSTER, stage_zh="不在企业名录中",
        answer=f"名录中没有能唯一对上“{given[:60]}”的企业，没有参加排序。{near}"
        "名录没有不等于企业不存在，可核对全称，或导入企业数据后再问。",
        nearest=list(nearest), rank_overall=None, n_ranked=standing.ordered.height,
        rules=[], segments=[], changes=[], citations=[], why=None,
    )  # fmt: skip


def _answer(
    standing: Standing,
    company_id: str,
    head: str,
    stage: Stage,
    found: tuple[list[RuleFact], str, list[ChangeRecord]],
) -> str:
    rules, no_gap, changes = found
    names, city = short_names(standing), standing.city.short_name
    short = names[head]
    group = (
        f"{names[company_id]}属于{short}，由集团总部参加排序。"
        if head != company_id and stage is not Stage.HOME
        else ""
    )
    told = {
        Stage.HOME: f"{names[company_id]}就在{city}，本市企业不列为招商目标。",
        Stage.NOT_YET: f"按所选时点，{short}尚未成立。",
        Stage.GROUP_SITE: f"{short}属于集团，由集团总部参加排序。",
        Stage.VETOED: f"{short}被否决项排除："
        + "；".join(f"{one.rule}。{one.fact}" for one in rules),
        Stage.NO_GAP: no_gap,
    }
    if stage in told:
        return group + told[stage] + _headline(changes)
    return group + _ranked_text(standing, head, stage, changes)


def _no_gap_text(standing: Standing, head: str, asked: Asked, segments: list[SegmentState]) -> str:
    """Return what is said of a company that fills no gap of the selection."""
    short, city = short_names(standing)[head], standing.city.short_name
    own = [one.segment_id for one in segments]
    if asked.segment is not None and own and asked.segment.id not in own:
        where = f"它在{quoted_names(own, standing.world.library)}环节。"
        if standing.gaps.is_empty():
            no_gap = f"“{asked.segment.name}”环节不是{city}的缺口，没有企业为它排序"
            return f"{no_gap}；{short}也不在该环节，{where}"
        return f"{short}不在“{asked.segment.name}”环节，也不在其直接上下游；{where}"
    states = list(dict.fromkeys(one.text for one in segments))[:MOST_STATES]
    return f"{short}所在环节及其直接上下游，在所选范围内都不是{city}的缺口。" + "".join(
        f"{text}。" for text in states
    )


def _ranked_text(standing: Standing, head: str, stage: Stage, changes: list[ChangeRecord]) -> str:
    """Return what is said of a company that was ranked: on the list, or how far behind it."""
    place, short = standing.place(head), short_names(standing)[head]
    assert place is not None
    if stage is Stage.LISTED:
        return f"{short}就在清单中，列第{place.listed}位，理由见下。"
    segment = standing.world.library.segments[place.segment_id].name
    overall = f"不限家数时列第{place.overall}位（共{standing.ordered.height}家）"
    if stage is Stage.SEGMENT_LIMIT:
        stood = (
            f"{short}得分最高的是“{segment}”环节，该环节已有{standing.options.per_segment}家排在前面，"
            f"超出同一环节的家数上限；{overall}。"
        )
    else:
        stood = (
            f"{short}最合适的是“{segment}”环节，在限额后的名次是第{place.listed}位，"
            f"清单只列前{standing.options.top}家；{overall}。"
        )
    return stood + _headline(changes)


def _headline(changes: list[ChangeRecord]) -> str:
    return f"最小的改变：{changes[0].text}。" if changes else ""


def _rules(standing: Standing, head: str) -> list[RuleFact]:
    """Return each hard rule that kept a company out, with where it stands and its fact."""
    rows = standing.candidates.filter(
        (pl.col("company_id") == head) & pl.col("veto").is_not_null()
    ).sort("veto", "segment_id")
    return [
        _rule(standing, row)
        for row in rows.unique("veto", maintain_order=True).iter_rows(named=True)
    ]


def _rule(standing: Standing, row: dict[str, object]) -> RuleFact:
    veto, segment_id = Veto(str(row["veto"])), str(row["segment_id"])
    segment = standing.world.library.segments[segment_id].name
    if veto is Veto.ALREADY_THERE:
        local = _local_sites(standing, str(row["company_id"]), segment_id)
        named = "、".join(one["short_name"] for one in local[:3])
        sources = [company_source_text(one["source"], one["stock_code"]) for one in local[:3]]
        return RuleFact(
            rule=veto.zh, rule_source=STRATEGY,
            fact=f"{standing.city.short_name}“{segment}”环节已有同集团的{named}",
            fact_source="；".join(dict.fromkeys(sources)),
        )  # fmt: skip
    catalogue = standing.ground.catalogue
    if veto is Veto.TERMS_FAILED:
        version = catalogue.version_name if catalogue else ""
        return RuleFact(
            rule=veto.zh, rule_source=f"招商目录{version}条目“{row['catalogue_item']}”",
            fact=f"有{row['terms_failed']}项约束性条件已知不符合", fact_source="企业名录",
        )  # fmt: skip
    return RuleFact(
        rule=veto.zh,
        rule_source=STRATEGY,
        fact="登记状态为已注销或吊销",
        fact_source="企业登记信息",
    )


def _local_sites(standing: Standing, head: str, segment_id: str) -> list[dict[str, str]]:
    placed = counted_placements(standing.world.placements, standing.world.library)
    there = placed.filter(pl.col("segment_id") == segment_id).select("company_id")
    sites = standing.world.companies.filter(
        (pl.col("group_id") == head) & (pl.col("city_code") == standing.city.code)
    ).join(there, on="company_id", how="semi")
    return list(sites.sort("company_id").iter_rows(named=True))


def _other_selections(
    standing: Standing, head: str, asked: Asked, elsewhere: Elsewhere
) -> list[ChangeRecord]:
    """Return the selections for which the company would be on the list.

    Other segments of the chain asked for come first, where one of its segments was; then other
    chains; both by rank.
    """
    library = standing.world.library
    chains = {library.chain_of(segment_id).id for segment_id in segments_of(standing, head)}
    here = asked.chain.id if asked.chain else None
    found = []
    for chain_id in sorted(chains - {here}):
        other = elsewhere(chain_id, None)
        if other.place(head) is not None:
            said = f"改看“{library.chains[chain_id].name}”产业链"
            found.append(_in_selection(other, head, said, f"--chain {chain_id}"))
    found.sort(key=lambda change: (change.rank_after, str(change.command)))
    if asked.segment is None or here not in chains:
        return found
    return [*_other_segments(head, str(here), elsewhere), *found]


def _other_segments(head: str, chain_id: str, elsewhere: Elsewhere) -> list[ChangeRecord]:
    """Return the segments of a chain for which a company would be on the list, best rank first."""
    whole = elsewhere(chain_id, None)
    ids = whole.scored.filter(pl.col("company_id") == head)["segment_id"]
    found = []
    for segment_id in ids.unique(maintain_order=True).to_list()[:MOST_SEGMENTS]:
        said = f"改看“{whole.world.library.segments[segment_id].name}”环节"
        only = elsewhere(chain_id, segment_id)
        found.append(_in_selection(only, head, said, f"--segment {segment_id}"))
    return sorted(found, key=lambda change: (change.rank_after, str(change.command)))


def _in_selection(other: Standing, head: str, said: str, command: str) -> ChangeRecord:
    """Return what brings a company in where another selection is asked for.

    Args:
        other: The list of that selection, in which it is ranked.
        head: The company.
        said: The selection in words.
        command: The options that ask for it.
    """
    place = other.place(head)
    assert place is not None
    segment_id, rank = place.segment_id, place.listed or place.overall
    segment = f"“{other.world.library.segments[segment_id].name}”环节"
    text = f"列第{place.listed}位" + ("" if segment in said else f"（{segment}）")
    if not place.on_list(other.options):
        first = change_record(other, smallest_changes(other, head)[0])
        text, rank = first.text, first.rank_after
        command += f" {first.command}" if first.command else ""
        segment_id = first.segment_id or segment_id
    return ChangeRecord(
        kind="selection", kind_zh="所选范围", text=f"{said}；{text}", amount=None,
        family=None, segment_id=segment_id, rank_after=rank, command=command,
    )  # fmt: skip


def _citations(standing: Standing, head: str, asked: Asked) -> list[CitationRecord]:
    place = standing.place(head)
    assert place is not None
    row = standing.gaps.row(by_predicate=pl.col("segment_id") == place.segment_id, named=True)
    return records.citation_records(standing.world, row, asked.day)


def _city(standing: Standing, company_id: str) -> str:
    companies = standing.world.register
    return str(companies.filter(pl.col("company_id") == company_id)["city_code"][0])


def _full_name(standing: Standing, company_id: str) -> str:
    companies = standing.world.register
    return str(companies.filter(pl.col("company_id") == company_id)["full_name"][0])
