import numpy as np
from pytest import approx

from chainmap.chains.library import load_library
from chainmap.linkage.placement_model import (
    Proposal,
    best_two,
    chain_opinions,
    load_placement_model,
    proposal_fragments,
    propose_segments,
    read_items,
    rightness,
)


def test_the_released_model_loads_and_knows_the_chains_of_the_library():
    model = load_placement_model()
    assert set(model.segments) == set(model.chains.answers) == set(load_library().chains)


def test_items_of_a_chain_are_told_from_items_that_are_not():
    model = load_placement_model()
    odds, because = chain_opinions(
        model, read_items(model, ["磁性材料", "家常小炒"]), ["new-materials"] * 2
    )
    assert odds[0] > odds[1]
    assert because[0].split("、")[0].endswith("+")


def test_a_segment_is_proposed_only_where_the_lead_is_large_enough():
    model = load_placement_model()
    named, plain = propose_segments(
        model, read_items(model, ["单晶硅片的切割", "半导体"]), "integrated-circuits"
    )
    assert named is not None and named.segment_id == "ic-silicon-wafer"
    assert named.lead >= model.least_lead
    assert plain is None
    assert "硅片" in proposal_fragments(model, ["单晶硅片的切割"], [named])[0]


def test_fragments_of_a_proposal_all_speak_for_it():
    model = load_placement_model()
    pair = Proposal("ic-silicon-wafer", "ic-eda", 1.0)
    assert proposal_fragments(model, ["囍囍囍"], [pair]).to_list() == [""]


def test_best_two_is_the_plain_order():
    scores = np.array([[0.1, 0.9, 0.5], [2.0, -1.0, 1.5]])
    first, lead, second = best_two(scores)
    assert first.tolist() == [1, 0] and second.tolist() == [2, 2]
    assert np.allclose(lead, [0.4, 0.5])


def test_a_larger_lead_is_never_less_right():
    model = load_placement_model()
    shares = rightness(model, np.arange(0, 3, 0.1))
    assert (np.diff(shares) >= 0).all() and shares.min() >= 0 and shares.max() <= 1


def test_the_fragments_told_are_the_three_that_weigh_most():
    model = load_placement_model()
    items = ["磁性材料的生产", "囍", "", "单晶硅片"]
    read = read_items(model, items)
    odds, told = chain_opinions(model, read, ["new-materials"] * len(items))
    weights = model.chains.weights.toarray()[:, model.chains.answers.index("new-materials")]
    for row, (item, said) in enumerate(zip(items, told, strict=True)):
        shares = read[[row]].toarray()[0] * weights
        assert odds[row] - odds[items.index("")] == approx(shares.sum()), item
        wanted = [at for at in np.argsort(-np.abs(shares), kind="stable")[:3] if shares[at]]
        marks = ["+" if shares[at] > 0 else "-" for at in wanted]
        names = [model.fragments[int(at)] for at in wanted]
        assert said == "、".join(n + m for n, m in zip(names, marks, strict=True)), item
