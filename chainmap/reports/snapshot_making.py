"""Make a list as a snapshot: propose, rank and tell, and keep what all of it rested on."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import polars as pl

from chainmap import __version__, resources
from chainmap.catalogue.in_use import catalogue_for
from chainmap.concepts.records import TargetList
from chainmap.errors import InputError, reason_of
from chainmap.gaps.policy import Clock, applies_to
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.ranking.candidates import Ground, propose_candidates
from chainmap.ranking.modes import Selection, selected_candidates, selected_gaps, with_grounds
from chainmap.ranking.narrowing import Narrowed, rank_narrowed
from chainmap.ranking.recommend import Lists, recommend
from chainmap.ranking.scorer import scorer_of
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot, canonical
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports.records import target_list
from chainmap.reports.why_modes import selection_of
from chainmap.settings import load_settings
from chainmap.sources.places import City, find_city
from chainmap.tables import Candidates, Gaps, Recommendations

VERSIONS_ZH = {
    "data": "数据",
    "roster": "名录日期",
    "models": "模型文件",
    "model": "排序模型",
    "taxonomy": "分类",
    "catalogue": "目录",
    "policy": "在期规划",
    "code": "程序",
}
"""Versions of a snapshot, in the order they are shown."""

_SUMMED = ("chance", "usual_chance", "expands", "goes_there")
_DIGITS = 12
"""Parallel sums differ from the sixteenth digit on."""


def make_snapshot(
    world: World, question: ListQuestion, options: TargetOptions, gaps: Gaps, ground: Ground
) -> ListSnapshot:
    """Return the list a question asks for, with all it was made from.

    The list is the one `pipeline.rank_targets` gives, or `rank_by_mode` for a mode; chances, which
    are sums whose last digits depend on the number of threads, have twelve digits.

    Args:
        world: The measured data.
        question: City, chain, segment, days, mode.
        options: Length, limits, weights; without a limit per segment where one segment is asked.
        gaps: From `pipeline.find_gaps`, of the question's chain.
        ground: From `pipeline.target_ground`.

    Raises:
        ModelError: The released ranker is not the one its manifest names.
        UnknownNameError: The mode's leader or an industry is not known.
    """
    city = find_city(world.cities, question.city_code)
    chain = world.library.chains[question.chain_id] if question.chain_id else None
    if question.segment_id is not None:
        gaps = Gaps(gaps.filter(gaps["segment_id"] == question.segment_id))
    selection = _selection(world, city, gaps, question)
    if selection is not None:
        gaps = selected_gaps(gaps, selection)
    model = load_target_model()
    scorer = scorer_of(model)
    candidates = propose_candidates(world, gaps, city, ground)
    if selection is not None:
        candidates = selected_candidates(candidates, selection)
    narrowed = narrowed_by(world, gaps, candidates, question)
    ranked = rank_narrowed(candidates, options, scorer, narrowed)
    told = recommend(world, city, gaps, Lists(candidates, ranked, ground), (model, scorer))
    if selection is not None:
        told = with_grounds(told, selection)
    gap_options = GapOptions(as_of=question.as_of, include_expired=question.include_expired)
    settled = told.with_columns(pl.col(*_SUMMED).round_sig_figs(_DIGITS))
    listed = target_list(world, city, Recommendations(settled), (gap_options, options), chain)
    picked = None
    if selection is not None:
        listed, picked = by_mode(listed, selection), selection.picked
    versions = versions_of(world, city, gap_options)
    content = canonical(listed.model_dump(mode="json"))
    return ListSnapshot(
        question, options, scorer, versions, candidates, content, picked=picked, narrowed=narrowed
    )


def by_mode(listed: TargetList, selection: Selection) -> TargetList:
    """Return a list that says which mode it was made by, and what the mode selected."""
    mode = selection.mode
    said = {"mode": mode.value, "mode_zh": mode.zh, "selected": selection.said}
    return listed.model_copy(update=said)


def _selection(world: World, city: City, gaps: Gaps, question: ListQuestion) -> Selection | None:
    """Return what a question's mode selects; None where it asks for none."""
    asked = question.asked_by
    if asked is None:
        return None
    chain = world.library.chains[question.chain_id] if question.chain_id else None
    return selection_of(world, city, gaps, asked, chain)


def narrowed_by(
    world: World, gaps: Gaps, candidates: Candidates, question: ListQuestion
) -> Narrowed | None:
    """Return what a question's filters leave in; None where it has none.

    Args:
        world: The measured data.
        gaps: What the candidates were proposed for.
        candidates: All that may be ranked.
        question: Its filters.
    """
    if question.narrows is None:
        return None
    places = world.cities.select("city_code", "city", "short_name", "province")
    firms = (
        candidates.select("company_id").unique()
        .join(world.companies.select("company_id", "city_code", "stock_code", "kinds"),
              on="company_id")
        .join(places, on="city_code", how="left")
    )  # fmt: skip
    shown = pl.lit(value=True)
    if question.home is not None:
        shown &= pl.any_horizontal(pl.col("province", "city", "short_name") == question.home)
    if question.listed is not None:
        shown &= pl.col("stock_code").is_not_null() == question.listed
    if question.title is not None:
        shown &= pl.col("kinds").list.contains(question.title)
    left_out = firms.filter(~shown.fill_null(value=False))["company_id"].sort().to_list()
    segments: set[str] | None = None
    if question.kind is not None:
        segments = set(gaps.filter(pl.col("kind") == question.kind)["segment_id"])
    if question.ranked_for is not None:
        asked = {question.ranked_for}
        segments = asked if segments is None else asked & segments
    return Narrowed(tuple(left_out), None if segments is None else tuple(sorted(segments)))


def versions_of(world: World, city: City, options: GapOptions) -> dict[str, str]:
    """Return the versions an answer for a city rests on, by the names of `VERSIONS_ZH`."""
    clock = Clock(options.as_of, options.include_expired)
    plans = [
        [document.id, document.sha256]
        for document in world.library.documents.values()
        if applies_to(document, city) and clock.counts(document)
    ]
    catalogue = catalogue_for(city, load_settings().workspace)
    named = f"{catalogue.version_name} {catalogue.content_sha256[:16]}" if catalogue else ""
    return {
        "data": data_sha256(),
        "roster": world.edition.isoformat(),
        "models": _hash("models"),
        "model": load_target_model().version,
        "taxonomy": _hash("taxonomy"),
        "catalogue": named,
        "policy": hashlib.sha256(canonical(sorted(plans))).hexdigest(),
        "code": __version__,
    }


def list_of(snapshot: ListSnapshot) -> TargetList:
    """Return a snapshot's list as a record.

    Raises:
        InputError: It was written by a version whose records this one cannot read.
    """
    try:
        return TargetList.model_validate_json(snapshot.content)
    except ValueError as error:
        raise InputError(
            "名单由字段不同的版本写成，本版本只能给出其 JSON。",
            todo="请用 --format json，或用当时的版本打开。",
        ) from error


@cache
def data_sha256() -> str:
    """Return the hash of the data this process answers from.

    That of the bundled folder; with it that of the deployer's input–output table, where one is set.
    """
    settings, found = load_settings(), _hash("data")
    own = [one for one in (settings.input_output, settings.input_output_sectors) if one is not None]
    if not own:
        return found
    parts = [found, *(hashlib.sha256(_content(file)).hexdigest() for file in own)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"无法读取 {file.name}：{reason_of(error)}。",
            todo="检查 CHAINMAP_INPUT_OUTPUT 的路径。",
        ) from error


@cache
def _hash(folder: str) -> str:
    return resources.content_hash(folder)
