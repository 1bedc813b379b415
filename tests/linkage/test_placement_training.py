from dataclasses import replace

import pytest

from chainmap.chains.library import load_library
from chainmap.chains.scope import read_scope_language
from chainmap.errors import ModelError
from chainmap.linkage.placement_model import NAMED, WHOLE, placement_model
from chainmap.linkage.placement_release import placement_model_files
from chainmap.linkage.placement_training import (
    PlacementOptions,
    Text,
    train_placement,
    training_texts,
)
from chainmap.released import checked
from chainmap.sources.companies import read_roster

OPTIONS = PlacementOptions(least_texts=1, kept=30, chain_kept=60, folds=2, wanted=0.5)
ORIGIN = {"data": {}, "data_zh": ["甲"], "command": "chainmap train placement", "package": "0"}


def words(chain, segment, stem):
    return [Text(f"{stem}{tail}", chain, segment, True) for tail in "甲乙丙丁戊己庚辛"]


TEXTS = [
    *words("robotics", "rb-agv", "搬运小车"), *words("robotics", "rb-cnc", "数控床"),
    *words("robotics", WHOLE, "自动"), *words("new-materials", "nm-magnet", "永磁体"),
    *words("new-materials", "nm-film", "光学薄膜"), *words("new-materials", WHOLE, "材料"),
    Text("玩具小车", "", WHOLE, False),
]  # fmt: skip


def files():
    import json

    made = placement_model_files(train_placement(TEXTS, OPTIONS), OPTIONS, {}, ORIGIN)
    return made, json.loads(made["manifest.json"])


def test_the_same_texts_give_the_same_files_and_they_load():
    first, manifest = files()
    assert first == files()[0]
    model = placement_model(checked(first["coefficients.json"], manifest, NAMED))
    assert set(model.segments) == {"robotics", "new-materials"}
    assert manifest["texts"] == len(TEXTS)


def test_a_demand_that_nothing_meets_is_refused():
    with pytest.raises(ModelError, match="没有一个门槛"):
        train_placement(TEXTS, replace(OPTIONS, wanted=1.01))
    with pytest.raises(ModelError, match="没有可以学习"):
        train_placement([Text("玩具", "", WHOLE, False)], OPTIONS)


def test_the_repository_speaks_of_every_segment_and_against_every_chain():
    library = load_library()
    texts = training_texts(library, read_scope_language(library), read_roster())
    assert {t.segment_id for t in texts} - {WHOLE} == set(library.segments)
    assert any(t.chain_id == "" for t in texts)
