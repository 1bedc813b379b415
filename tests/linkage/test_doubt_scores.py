import numpy as np
import polars as pl

from chainmap.linkage.doubt_scores import auc, doubt_scores
from chainmap.linkage.scopes import PROPOSED


def test_auc_is_the_share_of_pairs_in_the_right_order():
    right = np.array([True, False, True, False])
    score = np.array([0.9, 0.5, 0.5, 0.1])
    pairs = [(a, b) for a in score[right] for b in score[~right]]
    slow = sum((a > b) + 0.5 * (a == b) for a, b in pairs) / len(pairs)
    assert auc(right, score) == slow


def rows(*given):
    names = ["company", "chain_id", "segment_id", "role", "confidence", "rule"]
    types = {"segment_id": pl.String}
    return pl.DataFrame(given, schema=names, orient="row", schema_overrides=types)


def test_only_doubtful_claims_are_scored_and_certain_ones_must_not_move():
    chain = ("robotics", None, "make")
    rules = rows(("1", *chain, 0.9, "r"), ("2", *chain, 0.4, "r"), ("3", *chain, 0.5, "r"))
    proposed = ("3", "robotics", "rb-agv", "make", 0.3, PROPOSED)
    learned = rows(
        ("1", *chain, 0.9, "r"), ("2", *chain, 0.6, "r"), ("3", *chain, 0.3, "r"), proposed
    )
    labels = pl.DataFrame({"uscc": ["1", "2", "3"], "chain": ["robotics", "robotics", None]})
    read = pl.DataFrame({"uscc": ["3"], "segment": ["rb-agv"], "right": ["0"]})
    scores = doubt_scores(rules, learned, labels, read)
    assert (scores.right.hits, scores.right.total) == (1, 2)
    assert (scores.rules, scores.learned) == (0.0, 1.0)
    assert scores.lead is not None and scores.lead[0] <= 1.0
    assert scores.moved == 0
    assert (scores.proposed.hits, scores.proposed.total) == (0, 1)


def test_there_is_no_order_to_judge_where_all_are_right():
    one = rows(("1", "robotics", None, "make", 0.4, "r"))
    labels = pl.DataFrame({"uscc": ["1"], "chain": ["robotics"]})
    read = pl.DataFrame(schema={"uscc": pl.String, "segment": pl.String, "right": pl.String})
    assert doubt_scores(one, one, labels, read).rules is None
