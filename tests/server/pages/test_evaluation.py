"""The evaluation page says what was released, our losses included."""

import json

from chainmap import resources
from chainmap.cli.scorecard_answers import write_scorecard
from chainmap.errors import InputError
from chainmap.reports.scorecard import condense, load_scorecard, newest_manifest
from chainmap.server.pages.evaluation import OURS, SIMPLE, Loss, bars, by_part, losses, points


def row(task, order, mrr, auc):
    return {"task": task, "part": task, "order": order, "mrr": mrr, "auc": auc, "hit_20": auc}


def test_losses_are_all_named_and_nothing_else():
    ranker = {
        "metrics": [row("企业→城市", OURS, 0.3, 0.9), row("企业→城市", "最受青睐", 0.4, 0.1)],
        "parts": [
            row("小城市", OURS, 0, 0.7),
            row("小城市", "随机", 0, 0.5),
            row("小城市", "先近后远", 0, 0.7),
            row("小城市", "行业区位商", 0, 0.9),
        ],
    }
    assert [(one.part, one.order[0]) for one in losses(ranker)] == [
        ("企业→城市", "先排最受青睐的城市"),
        ("小城市", "先近后远"),
    ]


def test_losses_are_told_once_for_each_place_the_best_first():
    found = [
        Loss("甲", ("先近", "near"), "auc", 0.5, 0.6),
        Loss("乙", ("先大", "big"), "auc", 0.4, 0.4),
        Loss("甲", ("先大", "big"), "auc", 0.5, 0.7),
    ]
    lost = by_part(found)
    assert [(one.part, one.ours) for one in lost] == [("甲", 0.5), ("乙", 0.4)]
    assert [one.theirs for one in lost[0].others] == [0.7, 0.6]


def test_a_lead_is_told_in_percentage_points():
    assert points("+0.1027 [-0.0086, +0.1676]") == "10.3 [-0.9, 16.8]"


def test_bars_are_in_order_with_ours_marked():
    rows = [row("x", OURS, 0, 0.2), row("x", "随机", 0, 0.1), row("x", "无名", 0, 0.9)]
    drawn = bars(rows, "hit_20", SIMPLE, "order")
    assert [(bar.zh, bar.ours) for bar in drawn] == [("随便排", False), ("本产品", True)]


def test_the_released_scorecard_is_whole():
    card = load_scorecard()
    assert len(card.chains) == 6 and len(card.hidden) == 6 and len(card.policy) == 8
    for one in (*card.chains, *card.policy, card.roles, card.sure_makers):
        assert 0 <= one.right <= one.found and one.right <= (one.wanted or one.right)
    versions = [p.name for p in resources.path("models", "target-ranker").iterdir()]
    newest = max(int(version) for version in versions)
    assert int(newest_manifest("target-ranker")["version"]) == newest


def scores(matched):
    one = {"matched": matched, "found": 4, "wanted": 5}
    names = (
        "main_boxes", "boxes", "leaf_terms", "goals_exact", "goals_named", "goals_placed",
        "positions",
    )  # fmt: skip
    return {"document": "合计", "scores": dict.fromkeys(names, one), "offsets": OFFSETS}


OFFSETS = {"exact": 7, "total": 8}
RUN = {
    "data": "名录", "way": "随机", "asked": 0.2, "n_hidden": 3, "wrongly_absent": 0.01,
    "groups": {"enough": {"n_cells": 9, "held": 0.95}},
}  # fmt: skip
PLACED = [
    {"对象": name, "准确率计数": "8/9", "召回率计数": recall}
    for name, recall in (("甲链", "8/10"), ("甲链 · 制造企业", "1/1"),
                         ("角色正确率（链对上的）", ""), ("高把握制造企业", ""))
]  # fmt: skip


def test_three_reports_become_one_card():
    card = condense([scores(3)], {"hidden": [RUN, RUN | {"data": "登记"}]}, PLACED)
    assert [one.name for one in card.chains] == ["甲链"] and card.chains[0].wanted == 10
    assert card.roles.wanted is None and len(card.hidden) == 1
    assert card.policy[-1].right == 7


def test_the_command_writes_it_and_refuses_other_files(tmp_path):
    contents = ([scores(3)], {"hidden": [RUN]}, PLACED)
    files = [tmp_path / f"{n}.json" for n in range(3)]
    for file, content in zip(files, contents, strict=True):
        file.write_text(json.dumps(content), encoding="utf-8")
    write_scorecard(*files, tmp_path / "card.json")
    assert json.loads((tmp_path / "card.json").read_text("utf-8"))["roles"]["right"] == 8
    for wrong in (files[::-1], [*files[:2], tmp_path / "none.json"]):
        try:
            write_scorecard(*wrong, tmp_path / "other.json")
        except InputError as error:
            assert error.todo
        else:
            raise AssertionError(wrong)
    assert not (tmp_path / "other.json").exists()
