"""Released models rest on the facts beside them: whoever changes these must train again."""

import json

import pytest

from chainmap import resources
from chainmap.gaps.entry import chances
from chainmap.linkage import placement_model
from chainmap.ranking import target_model


@pytest.mark.parametrize("of", [chances, placement_model, target_model])
def test_a_released_model_was_trained_on_today_s_taxonomy_and_roster(of):
    place = ("models", of.NAMED.folder, of.VERSION)
    manifest = json.loads(resources.read_text(*place, "manifest.json"))
    assert manifest["data"]["taxonomy"] == resources.taxonomy_hash(), manifest["command"]
    assert manifest["data"]["companies"] == resources.content_hash("data", "companies")


def test_drafts_of_catalogues_do_not_count_as_what_models_are_trained_on():
    assert resources.path("taxonomy", "catalogue").is_dir()
    assert resources.taxonomy_hash() != resources.content_hash("taxonomy")
