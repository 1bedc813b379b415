import dataclasses

from chainmap.chains.review import review
from chainmap.concepts.wording import Unstated, VerbClass, WordingFile
from tests.world import CITATIONS, taxonomy

TABLE = WordingFile(
    unstated=Unstated(strength=0.7, reason="r"),
    classes=(VerbClass(id="strong", name="主攻", strength=1.0, reason="r", verbs=("突破",)),),
)


def found(verb):
    cited = CITATIONS.replace("names: [光刻胶]}", f"names: [光刻胶], verb: {verb}}}")
    read = dataclasses.replace(taxonomy(citations=cited), wording=TABLE)
    return [finding for finding in review(read) if finding.rule == "unknown-verb"]


def test_a_verb_outside_the_table_is_found_with_its_line():
    (finding,) = found("观望")
    assert (
        "观望" in finding.message
        and finding.field == "citations.1(cc2024-resist).verb"
        and finding.line > 1
    )


def test_a_verb_the_table_places_is_fine():
    assert found("加快突破") == []
