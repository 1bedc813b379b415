"""Pages put together from slips, against the record written as a whole."""

from pydantic import BaseModel, TypeAdapter

from chainmap.server.slips import Slips


class Item(BaseModel):
    name: str
    size: float
    parts: list[str] = []


class Whole(BaseModel):
    others: list[Item]
    items: list[Item]
    note: str


ITEMS = [
    Item(name="甲“=", size=1e-7),
    Item(name="乙", size=3.0, parts=["x"]),
    Item(name="丙", size=-0.0),
]


def whole(shown):
    return Whole(others=[], items=shown, note='["]')


def test_some_items_are_written_as_the_record_writes_them():
    slips = Slips(ITEMS, Item, whole)
    assert slips.composable and slips.sortable == ["name", "size"]
    for shown in (ITEMS, ITEMS[:1], ITEMS[::-1], []):
        assert slips.some(shown) == whole(shown).model_dump_json().encode()
    alone = Slips(ITEMS, Item, None)
    assert alone.some(ITEMS[1:]) == TypeAdapter(list[Item]).dump_json(ITEMS[1:])


def test_fields_come_in_the_order_asked_for():
    slips = Slips(ITEMS, Item, whole)
    assert not slips.opened
    said = slips.fields(ITEMS[1:], ["parts", "name"]).decode()
    assert said == '[{"parts":["x"],"name":"乙"},{"parts":[],"name":"丙"}]' and slips.opened
    assert slips.fields([], ["name"]) == b"[]"


def test_a_record_that_writes_its_items_in_its_own_way_is_not_put_together():
    assert not Slips(ITEMS, Item, lambda shown: Whole(others=[], items=[], note="")).composable
    assert not Slips([], Item, whole).composable
