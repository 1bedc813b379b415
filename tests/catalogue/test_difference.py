from chainmap.catalogue.difference import compare
from chainmap.concepts.catalogue import Priority, as_draft
from tests.catalogue.making import catalogue


def test_a_version_does_not_differ_from_itself():
    assert compare(catalogue(), catalogue()).changes == []


def test_additions_removals_and_fields_are_told_apart():
    base = catalogue()
    first = base.items[0].model_copy(update={"priority": Priority.LOW, "note": "新"})
    moved = base.items[1].model_copy(update={"id": "330100-ic-pack"})
    edited = as_draft(base.model_copy(update={"items": (first, moved, *base.items[2:])}), None)
    found = compare(base, edited)
    assert found.counts == {
        "items_added": 1, "items_removed": 1, "items_changed": 1,
        "terms_added": 0, "terms_removed": 0, "terms_changed": 0,
    }  # fmt: skip
    changed = {c.field: (c.before, c.after) for c in found.changes if c.what == "changed"}
    assert changed == {"优先级": ("中", "低"), "备注": ("", "新")}


def test_a_changed_threshold_shows():
    base = catalogue()
    terms = tuple(
        t.model_copy(update={"value": 30.0}) if t.id == "zj-mu-tax" else t for t in base.terms
    )
    (change,) = compare(base, base.model_copy(update={"terms": terms})).changes
    assert (change.entry, change.field, change.before, change.after) == (
        "zj-mu-tax", "数值", "", "30",
    )  # fmt: skip
