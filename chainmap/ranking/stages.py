"""Where each company of the roster stands with a list: the one stage at which it fell out."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.candidates import Ground
from chainmap.ranking.listing import best_segments, within_segment_limit
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import score_candidates, vetoed
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import City
from chainmap.tables import Candidates


class Stage(StrEnum):
    """The stage at which a company stopped; the order is that of the checks."""

    HOME = "home"
    GROUP_SITE = "group_site"
    NOT_YET = "not_yet"
    NO_GAP = "no_gap"
    VETOED = "vetoed"
    SEGMENT_LIMIT = "segment_limit"
    BELOW_CUT = "below_cut"
    LISTED = "listed"

    @property
    def zh(self) -> str:
        """The Chinese words."""
        return _ZH[self]


_ZH = {
    "home": "本市企业",
    "group_site": "属于集团，由集团总部参加排序",
    "not_yet": "当时尚未成立",
    "no_gap": "所在环节及其直接上下游不是所选范围内的缺口",
    "vetoed": "被否决项排除",
    "segment_limit": "超出同一环节的家数上限",
    "below_cut": "名次在清单之后",
    "listed": "在清单中",
}


def company_stages(
    world: World,
    city: City,
    ground: Ground,
    candidates: Candidates,
    asked: tuple[TargetOptions, Scorer],
) -> pl.DataFrame:
    """Return every company of the roster with the one stage it reached, by company id.

    A company that is not here is not in the roster.

    Args:
        world: The measured data.
        city: The receiving city.
        ground: What the candidates were proposed from.
        candidates: From `propose_candidates`.
        asked: Options and scorer, as the list was ranked.

    Returns:
        `company_id, stage`; `veto`, the rule where `stage` is vetoed; `rank`, the place among all
        candidates without any limit, null where the company was not ranked.
    """
    options, scorer = asked
    ordered = best_segments(score_candidates(candidates, options, scorer))
    kept = within_segment_limit(ordered, options)
    listed = kept.head(options.top) if options.top else kept
    place = ordered.select("company_id", rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    vetoes = vetoed(candidates).group_by("company_id").agg(veto=pl.col("veto").min())
    companies = world.companies.select("company_id", "group_id", "city_code")
    rows = (
        companies.join(vetoes, on="company_id", how="left")
        .join(place, on="company_id", how="left")
        .join(kept.select("company_id", kept=pl.lit(value=True)), on="company_id", how="left")
        .join(listed.select("company_id", on_list=pl.lit(value=True)), on="company_id", how="left")
    )
    known = ground.pairs.known.firms["firm_id"].to_list()
    is_site = pl.col("group_id") != pl.col("company_id")
    ranked, excluded = pl.col("rank").is_not_null(), pl.col("veto").is_not_null()
    stage = (
        pl.when(pl.col("city_code") == city.code).then(pl.lit(Stage.HOME.value))
        .when(is_site).then(pl.lit(Stage.GROUP_SITE.value))
        .when(~pl.col("company_id").is_in(known)).then(pl.lit(Stage.NOT_YET.value))
        .when(pl.col("on_list")).then(pl.lit(Stage.LISTED.value))
        .when(pl.col("kept")).then(pl.lit(Stage.BELOW_CUT.value))
        .when(ranked).then(pl.lit(Stage.SEGMENT_LIMIT.value))
        .when(excluded).then(pl.lit(Stage.VETOED.value))
        .otherwise(pl.lit(Stage.NO_GAP.value))
    )  # fmt: skip
    return (
        rows.with_columns(stage=stage)
        .with_columns(veto=pl.when(pl.col("stage") == Stage.VETOED).then("veto"))
        .select("company_id", "stage", "veto", "rank")
        .sort("company_id")
    )
