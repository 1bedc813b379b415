"""The scorecard (评测成绩): what `chainmap evaluate` measured, kept where a page can read it."""

from __future__ import annotations

import re
from typing import Any

from chainmap import resources
from chainmap.concepts.records import Record
from chainmap.released import read_manifest

FILE = ("models", "scorecard.json")
_POLICY = {
    "main_boxes": "主要专栏",
    "boxes": "全部专栏",
    "leaf_terms": "产业和产品名词",
    "goals_exact": "量化目标（数值和单位）",
    "goals_named": "量化目标（指标名称逐字相同）",
    "goals_placed": "量化目标（地区）",
    "positions": "空间布局",
}


class Tally(Record):
    """How many were right: of those found, and of those a person wanted found."""

    name: str
    right: int
    found: int
    wanted: int | None = None


class HiddenRun(Record):
    """One run with a share of the companies hidden."""

    way: str
    asked: float
    n_hidden: int
    n_cells: int
    held: float
    """Share of cells with enough data whose 90% interval holds the true number."""
    wrongly_absent: float


class Scorecard(Record):
    """What was measured of policy reading, hidden companies and placement, with the commands."""

    commands: dict[str, str]
    policy: list[Tally]
    hidden: list[HiddenRun]
    chains: list[Tally]
    roles: Tally
    sure_makers: Tally


def condense(policy: Any, coverage: Any, placement: Any) -> Scorecard:
    """Return the scorecard made of what three commands wrote as JSON.

    Raises:
        KeyError: A file is not what its command writes.
    """
    total = next(row for row in policy if row["document"] == "合计")
    by_name = {row["对象"]: row for row in placement}
    plain = [row for name, row in by_name.items() if " · " not in name and row["召回率计数"]]
    return Scorecard(
        commands={
            "policy": "chainmap evaluate policy",
            "hidden": "chainmap evaluate coverage",
            "placement": "chainmap evaluate placement",
        },
        policy=[
            *(_of_reader(name, total["scores"][key]) for key, name in _POLICY.items()),
            Tally(
                name="原文位置", right=total["offsets"]["exact"], found=total["offsets"]["total"]
            ),
        ],
        hidden=[_hidden(run) for run in coverage["hidden"] if run["data"] == "名录"],
        chains=[_placed(row) for row in plain],
        roles=_placed(by_name["角色正确率（链对上的）"]),
        sure_makers=_placed(by_name["高把握制造企业"]),
    )


def load_scorecard() -> Scorecard:
    """Return the released scorecard.

    Raises:
        ResourceError: It is missing or was changed after the release.
    """
    return Scorecard.model_validate_json(resources.read_text(*FILE))


def newest_manifest(model: str) -> dict[str, Any]:
    """Return the manifest of a model's newest release.

    Raises:
        ModelError: It was damaged or changed after the release.
        ResourceError: The model is missing.
    """
    folder = resources.path("models", model)
    newest = max((one.name for one in folder.iterdir() if one.name.isdecimal()), key=int)
    return read_manifest(model, newest)


def _of_reader(name: str, score: dict[str, Any]) -> Tally:
    return Tally(name=name, right=score["matched"], found=score["found"], wanted=score["wanted"])


def _placed(row: dict[str, str]) -> Tally:
    right, found = _counts(row["准确率计数"])
    wanted = _counts(row["召回率计数"])[1] if row["召回率计数"] else None
    return Tally(name=row["对象"], right=right, found=found, wanted=wanted)


def _counts(text: str) -> tuple[int, int]:
    right, of = re.findall(r"\d+", text)
    return int(right), int(of)


def _hidden(run: dict[str, Any]) -> HiddenRun:
    enough = run["groups"]["enough"]
    return HiddenRun(
        way=run["way"], asked=run["asked"], n_hidden=run["n_hidden"], n_cells=enough["n_cells"],
        held=round(enough["held"], 4), wrongly_absent=round(run["wrongly_absent"], 4),
    )  # fmt: skip
