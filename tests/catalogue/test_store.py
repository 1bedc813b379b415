import datetime as dt
import threading

import pytest

from chainmap.catalogue.store import (
    approve,
    catalogue_in_use,
    find_version,
    list_versions,
    load_bundled,
    sanction_of,
    save,
)
from chainmap.concepts.catalogue import as_draft
from chainmap.errors import InputError, UnknownNameError
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import City
from tests.catalogue.making import catalogue
from tests.world import HOME

NOWHERE = City("440100", "戊市", "戊", "440000", "广东")
NOW = dt.datetime(2026, 12, 1, 15, 59, tzinfo=dt.UTC)
SANCTION = sanction_of("产业处", "2026-12-01", "专题会议", NOW)


def edited(note):
    made = catalogue()
    first = made.items[0].model_copy(update={"note": note})
    return as_draft(made.model_copy(update={"items": (first, *made.items[1:])}), made.version_name)


def test_an_approved_version_comes_into_use(tmp_path):
    folder = CatalogueFolder(tmp_path)
    draft = catalogue()
    save(draft, folder)
    first = approve(draft, SANCTION, folder)
    assert first.version_name == "330100-2026-v1" and first.content_sha256 == draft.content_sha256
    assert first.based_on == draft.version_name
    assert catalogue_in_use(HOME, tmp_path) == first
    second = approve(edited("二"), SANCTION, folder)
    assert catalogue_in_use(HOME, tmp_path).version_name == second.version_name == "330100-2026-v2"
    assert find_version(HOME, "2026-v1", tmp_path) == first
    used = [(v.catalogue.version, v.in_use) for v in list_versions(HOME, tmp_path)]
    assert used[-1] == ("2026-v2", True) and sum(in_use for _, in_use in used) == 1


def test_drafts_that_nobody_approved_are_named_where_none_is_in_use(tmp_path):
    with pytest.raises(UnknownNameError, match="先拟定草案，再审定"):
        catalogue_in_use(NOWHERE, tmp_path)
    draft = catalogue().model_copy(update={"city_code": NOWHERE.code, "city": NOWHERE.name})
    save(draft, CatalogueFolder(tmp_path))
    with pytest.raises(UnknownNameError) as caught:
        find_version(NOWHERE, None, tmp_path)
    name = draft.version
    assert f"1 份草案尚未审定：{name}。" in caught.value.todo
    assert f"--version {name}，" in caught.value.todo
    assert f"chainmap catalogue approve 戊 {name} --by" in caught.value.todo


def test_the_tenth_version_is_newer_than_the_ninth(tmp_path):
    folder = CatalogueFolder(tmp_path)
    for number in range(10):
        approve(edited(str(number)), SANCTION, folder)
    assert catalogue_in_use(HOME, tmp_path).version == "2026-v10"


def test_the_same_content_is_not_approved_twice(tmp_path):
    folder = CatalogueFolder(tmp_path)
    first = approve(catalogue(), SANCTION, folder)
    with pytest.raises(InputError, match="相同"):
        approve(catalogue(), SANCTION, folder)
    with pytest.raises(InputError, match="已经审定"):
        approve(first, SANCTION, folder)


def test_a_person_does_not_approve():
    with pytest.raises(InputError, match="人名"):
        sanction_of("王小二", "2026-12-01", "", NOW)
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        sanction_of("产业处", "12月1日", "", NOW)


def test_an_approval_is_not_dated_after_the_day_it_is_in_china():
    with pytest.raises(InputError, match=r"2026-12-02 还没有到（今天是 2026-12-01）"):
        sanction_of("产业处", "2026-12-02", "", NOW)
    midnight = NOW + dt.timedelta(minutes=1)  # not yet in Greenwich
    assert sanction_of("产业处", "2026-12-02", "", midnight).date == dt.date(2026, 12, 2)


def test_a_version_changed_by_hand_is_refused(tmp_path):
    file = save(catalogue(), CatalogueFolder(tmp_path))
    file.write_text(file.read_text("utf-8").replace("引进硅片项目", "引进硅棒项目"), "utf-8")
    with pytest.raises(InputError, match="手工改过"):
        find_version(HOME, catalogue().version, tmp_path)


def test_a_stored_version_is_never_overwritten(tmp_path):
    folder = CatalogueFolder(tmp_path)
    file = save(catalogue(), folder)
    assert save(catalogue(), folder) == file
    with pytest.raises(InputError, match="不改写"):
        folder.write(HOME.code, catalogue().version, "别的")


def test_a_city_without_any_is_named(tmp_path):
    with pytest.raises(UnknownNameError, match="戊市"):
        catalogue_in_use(NOWHERE, tmp_path)


def test_an_unknown_version_names_what_there_is(tmp_path):
    save(catalogue(), CatalogueFolder(tmp_path))
    with pytest.raises(UnknownNameError, match="2026-draft-"):
        find_version(HOME, "2026-v7", tmp_path)


def test_a_file_under_another_versions_name_is_not_that_version(tmp_path):
    folder = CatalogueFolder(tmp_path)
    file = save(catalogue(), folder)
    file.with_name("2026-v1.yml").write_bytes(file.read_bytes())  # a draft that was never approved
    with pytest.raises(InputError, match="与文件名不符"):
        catalogue_in_use(HOME, tmp_path)


def test_a_number_is_not_given_twice(tmp_path):
    folder = CatalogueFolder(tmp_path)
    for note in ("一", "二"):
        approve(edited(note), SANCTION, folder)
    folder.path(HOME.code, "2026-v1").unlink()
    assert approve(edited("三"), SANCTION, folder).version == "2026-v3"


def test_a_version_is_never_written_over(tmp_path):
    folder = CatalogueFolder(tmp_path)
    refused = []

    def put(text):
        try:
            folder.write("330600", "2026-v1", text)
        except InputError:
            refused.append(text)

    texts = [f"version: {n}\n" * 2000 for n in range(8)]
    threads = [threading.Thread(target=put, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = folder.read("330600", "2026-v1")
    assert sorted([kept, *refused]) == texts
    assert [one.name for one in (tmp_path / "catalogues" / "330600").iterdir()] == ["2026-v1.yml"]
    assert folder.write("330600", "2026-v1", kept).is_file()


def test_a_stored_draft_named_as_the_bundled_one_is_not_listed_beside_it(tmp_path):
    bundled = load_bundled(HOME)
    save(bundled, CatalogueFolder(tmp_path))
    save(edited("二"), CatalogueFolder(tmp_path))
    listed = [(v.catalogue.version, v.bundled, v.in_use) for v in list_versions(HOME, tmp_path)]
    assert listed == [(bundled.version, True, True), (edited("二").version, False, False)]
    assert find_version(HOME, bundled.version_name, tmp_path) == bundled
