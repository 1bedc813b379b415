"""Why a company is on a list (为什么): its standing turned into a record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.records import TargetRecord
from chainmap.concepts.why_records import FamilyPart, PartnerRecord, RemovalRecord, WhyRecord
from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.ranking.explain import Explainer
from chainmap.ranking.families import Family, Mark
from chainmap.ranking.recommend import Lists, described_rows, recommend
from chainmap.ranking.stages import Stage
from chainmap.ranking.target_model import TargetModel
from chainmap.ranking.why_evidence import Removal, removal_of
from chainmap.ranking.why_partners import local_partners
from chainmap.ranking.why_standing import Standing
from chainmap.reports import records
from chainmap.reports.rows import company_source
from chainmap.reports.why_segments import segment_states

MOST_STATES = 2
"""Segments of a company of which an answer says why they are no gap."""
SIDES_ZH = {"customer": "下游环节", "supplier": "上游环节"}


@dataclass(frozen=True)
class Asked:
    """The question that a standing answers, beside the standing itself.

    Attributes:
        gap_options: Day for the plans, and whether expired ones count.
        chain: Only this chain.
        model: The released ranker.
        segment: Only this segment; its chain is then `chain`.
    """

    gap_options: GapOptions
    chain: Chain | None
    model: TargetModel
    segment: Segment | None = None

    @property
    def day(self) -> dt.date:
        """Day on which plans must be in force."""
        return self.gap_options.as_of


def why_record(standing: Standing, company_id: str, asked: Asked) -> WhyRecord:
    """Return why a company stands where it does.

    Args:
        standing: The list as asked for.
        company_id: The company; a site of a group is answered by its head.
        asked: Day, chain and model behind it.

    Raises:
        InputError: The company was not ranked; the stage at which it fell out is named.
    """
    head = head_of(standing, company_id)
    ranked = standing.ranked_row(head)
    place = standing.place(head)
    if place is None:
        raise _not_ranked(standing, company_id, head, asked)
    lists = Lists(standing.candidates, ranked, standing.ground)
    released = (asked.model, standing.scorer)
    world, city = standing.world, standing.city
    listed = recommend(world, city, standing.gaps, lists, released)
    options = (asked.gap_options, standing.options)
    target = records.target_list(world, city, listed, options, asked.chain).targets[0]
    row = described_rows(world, city, standing.gaps, lists, released).row(0, named=True)
    told = Explainer(world, city, standing.scorer, standing.candidates).by_family(row)
    record = WhyRecord(
        basis=records.basis_record(world, city, asked.gap_options, asked.chain),
        answer="",
        on_list=place.on_list(standing.options),
        rank_overall=place.overall,
        n_ranked=standing.ordered.height,
        target=target,
        families=_family_parts(target, told),
        strongest=_removal_record(removal_of(standing, head), told),
        partners=partner_records(standing, target.segment_id, head),
        passages=records.policy_parts(world, row),
        citations=target.citations,
        checked_at=company_source(target),
    )
    return record.model_copy(update={"answer": _in_short(standing, record, company_id)})


def head_of(standing: Standing, company_id: str) -> str:
    """Return the head of a company's group."""
    companies = standing.world.register
    return str(companies.filter(pl.col("company_id") == company_id)["group_id"][0])


def short_names(standing: Standing) -> dict[str, str]:
    """Return every company's short name by id."""
    return dict(standing.world.register.select("company_id", "short_name").iter_rows())


def stage_of(standing: Standing, company_id: str) -> Stage:
    """Return the one stage a company reached; one founded later is not there yet."""
    if company_id in standing.world.later["company_id"]:
        return Stage.NOT_YET
    return Stage(standing.stages.filter(pl.col("company_id") == company_id)["stage"][0])


def partner_records(standing: Standing, segment_id: str, group_id: str) -> list[PartnerRecord]:
    """Return the city's companies outside a group that would buy from a maker or supply it."""
    names = standing.world.library.segments
    return [
        PartnerRecord(
            **one._asdict(), segment=names[one.segment_id].name, side_zh=SIDES_ZH[one.side]
        )
        for one in local_partners(standing.world, standing.city, segment_id, group_id)
    ]


def _not_ranked(standing: Standing, company_id: str, head: str, asked: Asked) -> InputError:
    """Return the error of a company that was not ranked; it names where it fell out."""
    names, stage = short_names(standing), stage_of(standing, head)
    short = names[company_id]
    if head != company_id:
        short += f"（由所属集团{names[head]}参加排序）"
    said = [f"{short}没有参加{standing.city.short_name}的排序：{stage.zh}"]
    if stage is Stage.NO_GAP:
        states = segment_states(standing, head, asked.gap_options, asked.chain)
        said += list(dict.fromkeys(one.text for one in states))[:MOST_STATES]
    return InputError("。".join([*said, ""]), todo="换问“为什么不在”（why-not），看差在哪里。")


def _family_parts(target: TargetRecord, told: dict[Family, str]) -> list[FamilyPart]:
    return [
        FamilyPart(
            family=family.value, family_zh=family.zh,
            contribution=target.parts[family.value], evidence=target.evidence[family.value],
            evidence_zh=Mark(target.evidence[family.value]).zh, text=told[family],
        )
        for family in Family
    ]  # fmt: skip


def _removal_record(removal: Removal | None, told: dict[Family, str]) -> RemovalRecord | None:
    if removal is None:
        return None
    if removal.rank_without == removal.rank:
        moved = f"名次仍为第{removal.rank}位"
    else:
        way = "退" if removal.rank_without > removal.rank else "升"
        moved = f"名次由第{removal.rank}位{way}到第{removal.rank_without}位"
    return RemovalRecord(
        family=removal.family.value,
        family_zh=removal.family.zh,
        rank=removal.rank,
        rank_without=removal.rank_without,
        text=f"最有力的依据是{removal.family.zh}（{told[removal.family]}）；"
        f"抽去它重新排序，不限家数的{moved}。",
    )


def _in_short(standing: Standing, record: WhyRecord, company_id: str) -> str:
    """Return the answer in two or three sentences."""
    target, city = record.target, standing.city.short_name
    names = short_names(standing)
    group = (
        f"{names[company_id]}属于{target.short_name}，由集团总部参加排序。"
        if company_id != target.company_id
        else ""
    )
    aim = f"“{target.segment}”环节（{target.gap_kind_zh}）"
    interval = f"九成把握在第{target.rank_low}–{target.rank_high}位"
    if record.on_list:
        stand = f"{target.short_name}在{city}清单中列第{target.rank}位（{interval}），对应{aim}。"
    else:
        stand = (
            f"{target.short_name}没有进入{city}所问的清单，不限家数时列第{record.rank_overall}位"
            f"（{interval}，共{record.n_ranked}家），最合适的是{aim}。"
        )
    return group + stand + _chance_text(target)


def _chance_text(target: TargetRecord) -> str:
    times = target.chance / target.usual_chance if target.usual_chance > 0 else 0.0
    beside = f"，约为其{times:.1f}倍" if times >= 1.05 else ""
    return (
        f"估计其来此布局该环节的可能性为{percent(target.chance)}，"
        f"同产业链候选企业平均{percent(target.usual_chance)}{beside}。"
    )


def percent(share: float) -> str:
    """Return a small share in per cent with two digits that say something: 0.048%, 1.3%."""
    shown = f"{float(f'{100 * share:.2g}'):f}".rstrip("0").rstrip(".")
    return f"{shown}%"
