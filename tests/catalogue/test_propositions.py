from chainmap.catalogue.propositions import PropositionOptions, propose
from chainmap.chains.library import ChainLibrary
from tests.catalogue.making import catalogue
from tests.world import taxonomy

LIBRARY = ChainLibrary(taxonomy())


def proposed(options=PropositionOptions(), made=None, asked=None):  # noqa: B008 - frozen
    def rank(segment):
        if asked is not None:
            asked.append(segment.id)
        return None

    return propose(made or catalogue(), LIBRARY, {}, rank, options)


def test_every_item_is_a_proposition_the_urgent_first():
    asked = []
    found = proposed(asked=asked)
    assert len(found) == len(catalogue().items) == len(asked)
    assert found[0].item.segment == "ic-resist"
    scores = [o.item.reasons[0].value for o in found[1:]]
    assert scores == sorted(scores, reverse=True)


def test_one_chain_and_a_length_may_be_asked_for():
    found = proposed(PropositionOptions(chain_id="robotics"))
    assert [one.item.chain for one in found] == ["robotics"]
    assert len(proposed(PropositionOptions(top=2))) == 2


def test_terms_come_with_their_source_and_unknown_numbers_with_whom_to_ask():
    first = proposed()[0]
    assert {term.id for term in first.terms} == set(first.item.admission)
    assert all(term.source for term in first.terms)
    assert any("亩均税收" in line and "核实" in line for line in first.to_ask)
    assert first.title.startswith(catalogue().city) and "（补链）" in first.title


def test_nothing_is_made_up_of_the_size():
    assert all(one.size.low_10k_cny is None for one in proposed())


def test_a_retired_segment_is_proposed_without_sponsors():
    made = catalogue()
    gone = made.items[0].model_copy(update={"segment": "ic-gone"})
    asked = []
    found = proposed(made=made.model_copy(update={"items": (gone,)}), asked=asked)
    assert found[0].sponsors is None and asked == []
