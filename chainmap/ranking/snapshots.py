"""A list as a snapshot (名单快照): the list, all it was ranked from, and the versions behind it.

A snapshot holds no time and no user: equal lists from equal inputs are equal bytes under one id,
whoever made them. Who saved it, when and under which name stands in the ledger.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import polars as pl

from chainmap.errors import InputError, TableError
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.list_question import ListQuestion as ListQuestion
from chainmap.ranking.list_question import question_from
from chainmap.ranking.narrowing import Narrowed, narrowed_from, rank_narrowed
from chainmap.ranking.picked import Picked
from chainmap.ranking.scorer import Scorer, scorer_from
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import CANDIDATES, Candidates

FORMAT = 1
"""Of the manifest; a later one is refused by this code."""
RANKED = ("rank", "company_id", "segment_id", "score", "rank_low", "rank_high")
"""What ranking again must give: `parts` as well, by family."""


@dataclass(frozen=True)
class ListSnapshot:
    """A list and what it was made from.

    Attributes:
        question: What it answers.
        options: What it was ranked with.
        scorer: Coefficients it was ranked with.
        versions: Of data, model, taxonomy, catalogue, policy and code, by name.
        candidates: What it was ranked from.
        content: The list, as canonical JSON.
        stored: The manifest as it was saved; None for a snapshot that was just made.
        picked: What the question's mode left in of the candidates; None without a mode.
        narrowed: What its filters leave in of the ranked firms; None without a filter.
    """

    question: ListQuestion
    options: TargetOptions
    scorer: Scorer
    versions: dict[str, str]
    candidates: Candidates
    content: bytes
    stored: bytes | None = None
    picked: Picked | None = None
    narrowed: Narrowed | None = None

    @cached_property
    def manifest(self) -> bytes:
        """Return what the snapshot is made of, as canonical JSON; its hash is the id."""
        return self.stored or self.made_manifest()

    def made_manifest(self) -> bytes:
        """Return the manifest as today's code makes it of the parts."""
        chosen = {"picked": asdict(self.picked)} if self.picked else {}
        chosen |= {"narrowed": asdict(self.narrowed)} if self.narrowed else {}
        return canonical(
            chosen
            | {
                "format": FORMAT,
                "question": self.question.plain(),
                "options": asdict(self.options),
                "scorer": self.scorer.plain(),
                "versions": self.versions,
                "candidates": {
                    "rows": self.candidates.height,
                    "sha256": candidates_sha256(self.candidates),
                },
                "list": {"sha256": self.content_sha256},
            }
        )

    @property
    def id(self) -> str:
        """Return the snapshot's id: the SHA-256 of its manifest."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def content_sha256(self) -> str:
        """Return the SHA-256 of the list's bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def listed(self) -> dict[str, Any]:
        """Return the list as plain data."""
        found: dict[str, Any] = json.loads(self.content)
        return found


def canonical(plain: Any) -> bytes:
    """Return plain data as JSON that is the same bytes everywhere: keys sorted, no spaces."""
    text = json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def members_of(snapshot: ListSnapshot) -> dict[str, bytes]:
    """Return what the file of a snapshot holds, by member."""
    rows, firms = candidate_parts(snapshot.candidates)
    return {
        "manifest.json": snapshot.manifest,
        "candidates.parquet": _parquet(rows),
        "firms.parquet": _parquet(firms),
        "list.json": snapshot.content,
    }


def snapshot_of(members: Mapping[str, bytes]) -> ListSnapshot:
    """Return the snapshot that `members_of` took apart; `faults` says whether it is whole.

    Raises:
        InputError: It is of a later format, or damaged.
        ModelError: Its scorer is not complete.
    """
    try:
        plain = json.loads(members["manifest.json"])
        if plain["format"] != FORMAT:
            raise InputError(
                f"快照格式为 {plain['format']}，本版本为 {FORMAT}。",
                todo="请升级 industry-chainmap。",
            )
        return ListSnapshot(
            question_from(plain["question"]),
            TargetOptions(**plain["options"]),
            scorer_from(plain["scorer"]),
            dict(plain["versions"]),
            candidates_of_parts(
                pl.read_parquet(io.BytesIO(members["candidates.parquet"])),
                pl.read_parquet(io.BytesIO(members["firms.parquet"])),
            ),
            members["list.json"],
            members["manifest.json"],
            _picked(plain.get("picked")),
            narrowed_from(plain.get("narrowed")),
        )
    except (KeyError, TypeError, ValueError, TableError, pl.exceptions.PolarsError) as error:
        raise InputError("快照不完整，或已损坏。", todo="从备份恢复，或重新保存。") from error


def candidate_parts(candidates: Candidates) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return candidates as two tables: rows without features, and one row of features a company.

    A company's features are the same for every segment; kept once, they are a tenth of the size.
    """
    names = [one["name"] for one in candidates["features"][0]] if candidates.height else []
    firms = candidates.unique("company_id", keep="first", maintain_order=True).select(
        "company_id",
        *(
            pl.col("features").list.get(at).struct.field("value").alias(name)
            for at, name in enumerate(names)
        ),
    )
    return candidates.drop("features"), firms


def candidates_of_parts(rows: pl.DataFrame, firms: pl.DataFrame) -> Candidates:
    """Return the candidates that `candidate_parts` took apart.

    Raises:
        TableError: They are no candidates.
    """
    names = [name for name in firms.columns if name != "company_id"]
    if not names:
        kind = pl.List(pl.Struct({"name": pl.String, "value": pl.Float64}))
        return CANDIDATES.check(rows.with_columns(features=pl.lit(None, kind)))
    features = firms.select(
        "company_id",
        features=pl.concat_list(pl.struct(name=pl.lit(name), value=pl.col(name)) for name in names),
    )
    return CANDIDATES.check(rows.join(features, on="company_id", how="left", maintain_order="left"))


def candidates_sha256(candidates: Candidates) -> str:
    """Return the SHA-256 over the candidates' values, whatever file holds them.

    Numbers count as their shortest decimal form, which is the same on every machine.
    """
    digest = hashlib.sha256()
    for table in candidate_parts(candidates):
        for name in table.columns:
            digest.update(canonical([name, table[name].to_list()]))
    return digest.hexdigest()


def ranked_again(snapshot: ListSnapshot) -> bytes:
    """Return the ranked core of the list, made anew from the stored inputs, as canonical JSON."""
    ranked = rank_narrowed(
        snapshot.candidates, snapshot.options, snapshot.scorer, snapshot.narrowed
    )
    rows = ranked.select(*RANKED, "parts").to_dicts()
    return canonical(rows)


def ranked_core(snapshot: ListSnapshot) -> bytes:
    """Return the ranked core of the list as it was saved, as canonical JSON."""
    rows = [
        {name: row[name] for name in RANKED}
        | {"parts": [row["parts"][family] for family in FAMILIES]}
        for row in snapshot.listed["targets"]
    ]
    return canonical(rows)


def altered_parts(snapshot: ListSnapshot) -> list[str]:
    """Return which parts are not those its manifest names, in Chinese; empty where all are."""
    made, kept = json.loads(snapshot.made_manifest()), json.loads(snapshot.manifest)
    return [f"{zh}与清单不符" for name, zh in _PARTS_ZH.items() if made.get(name) != kept.get(name)]


def faults(snapshot: ListSnapshot) -> list[str]:
    """Return which parts are not what they were when saved, in Chinese; empty where all are.

    The manifest is made again from the parts, and the list is ranked again from the stored inputs.
    """
    found = altered_parts(snapshot)
    if ranked_again(snapshot) != ranked_core(snapshot):
        found.append("按存储的输入重新排序，名次或得分与所存名单不同")
    return found


_PARTS_ZH = {
    "candidates": "候选表", "list": "名单", "scorer": "打分参数", "options": "选项",
    "picked": "招商方式的选择", "narrowed": "筛选",
}  # fmt: skip


def _parquet(table: pl.DataFrame) -> bytes:
    store = io.BytesIO()
    table.rechunk().write_parquet(store, compression="zstd", compression_level=3)
    return store.getvalue()


def _picked(plain: dict[str, Any] | None) -> Picked | None:
    if plain is None:
        return None
    segments, excluded = tuple(plain["segments"]), tuple(plain["excluded"])
    return Picked(segments, plain["direct_only"], excluded)
