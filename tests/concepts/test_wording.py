import pytest

from chainmap.chains.library import load_library
from chainmap.concepts.wording import (
    MOST_REMEMBERED,
    PLAIN_WORDING,
    Unstated,
    VerbClass,
    WordingFile,
)

TABLE = WordingFile(
    unstated=Unstated(strength=0.7, reason="r"),
    classes=(
        VerbClass(
            id="strong", name="主攻", strength=1.0, reason="r", leads=("重点",), verbs=("突破",)
        ),
        VerbClass(
            id="middle", name="发展", strength=0.8, reason="r", verbs=("发展", "培育", "重点关注")
        ),
        VerbClass(
            id="weak", name="鼓励", strength=0.5, reason="r", leads=("鼓励",), verbs=("鼓励",)
        ),
    ),
)


def test_what_was_looked_up_is_remembered_within_bounds():
    table = TABLE.model_copy()
    told = [table.strength(f"发展{n}") for n in range(MOST_REMEMBERED + 9)]
    assert set(told) == {TABLE.strength("发展")}
    assert len(table._told) == MOST_REMEMBERED
    assert table.strength("突破").value == 1.0


@pytest.mark.parametrize(
    ("verb", "strength"),
    [
        ("突破", 1.0),
        ("重点发展", 1.0),  # the lead governs
        ("重点关注", 0.8),  # but a whole word listed comes first
        ("鼓励发展", 0.5),
        ("加快培育", 0.8),  # the last verb governs the object
        ("发展壮大", 0.8),  # else any verb in it
        ("观望", 0.7),
        (None, 0.7),
    ],
)
def test_the_strength_of_a_verb(verb, strength):
    assert TABLE.strength(verb).value == strength


def test_a_verb_is_known_or_not():
    assert TABLE.knows("大力突破") and not TABLE.knows("观望")


def test_without_a_table_every_wording_counts_in_full():
    assert PLAIN_WORDING.strength("鼓励").value == PLAIN_WORDING.strength(None).value == 1.0


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("突破", "发展"),
        ("重点发展", "培育"),
        ("引进", "鼓励"),
        ("主攻", "超前布局"),
        ("发展", "探索"),
    ],
)
def test_the_bundled_table_orders_the_wordings(stronger, weaker):
    wording = load_library().wording
    assert wording.strength(stronger).value > wording.strength(weaker).value


def test_every_class_gives_its_reason_and_no_verb_stands_twice():
    classes = load_library().wording.classes
    verbs = [verb for each in classes for verb in (*each.verbs,)]
    assert all(each.reason for each in classes)
    assert len(verbs) == len(set(verbs))
