import pytest

from chainmap.catalogue.yaml_file import catalogue_yaml, read_catalogue
from chainmap.errors import CurationError
from tests.catalogue.making import catalogue


def test_a_catalogue_reads_back_as_it_was():
    made = catalogue()
    back = read_catalogue(catalogue_yaml(made), "a.yml")
    assert back == made and back.content_hash() == made.content_sha256
    assert read_catalogue(catalogue_yaml(made), "a.yml") is back  # not read anew


@pytest.mark.parametrize(
    "text", ["=1+1", "2026", "no", "甲: 乙", "# 注", "一\n二", "“引号”", " 前空"]
)
def test_any_text_survives(text):
    made = catalogue()
    first = made.items[0].model_copy(update={"note": text, "incentive": text})
    changed = made.model_copy(update={"items": (first, *made.items[1:])})
    assert read_catalogue(catalogue_yaml(changed), "a.yml") == changed


def test_a_wrong_field_is_named_with_its_line():
    text = catalogue_yaml(catalogue()).replace("priority: middle", "priority: urgent", 1)
    line = text[: text.index("priority: urgent")].count("\n") + 1
    with pytest.raises(CurationError, match=f"a.yml:{line} "):
        read_catalogue(text, "a.yml")


def test_a_term_that_is_not_there_is_refused():
    text = catalogue_yaml(catalogue()).replace("admission: [cn-", "admission: [xx-", 1)
    with pytest.raises(CurationError, match="没有准入条件 xx-"):
        read_catalogue(text, "a.yml")


def test_an_item_twice_is_refused():
    text = catalogue_yaml(catalogue()).replace("id: 330100", "id: 330100")
    text = text.replace('"330100-ic-testing"', '"330100-ic-resist"')
    with pytest.raises(CurationError, match="写了两次"):
        read_catalogue(text, "a.yml")


def test_a_site_without_its_passage_is_refused():
    text = catalogue_yaml(catalogue())
    known = '"cc2024@10"'
    assert text.count(known) == 3  # the passage, the item's policy, the site
    at = text.index("passage: " + known)
    with pytest.raises(CurationError, match="没有政策出处 cc2024@99"):
        read_catalogue(text[:at] + text[at:].replace(known, '"cc2024@99"', 1), "a.yml")
