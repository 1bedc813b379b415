"""The contract calls operations by names a reader can tell apart, and explains its parameters."""

from chainmap.server.operations import summary_of
from tests.server.routes import contract

OPERATIONS = [one for path in contract()["paths"].values() for one in path.values()]


def test_a_summary_says_what_the_operation_id_says():
    assert summary_of("listSavedLists") == "List saved lists"
    assert summary_of("whyNotTarget") == "Why not target"
    summaries = [one["summary"] for one in OPERATIONS]
    assert len(set(summaries)) == len(summaries)
    assert all(summary_of(one["operationId"]) == one["summary"] for one in OPERATIONS)


def test_what_may_only_be_one_of_some_words_is_explained():
    for one in OPERATIONS:
        for parameter in one.get("parameters", []):
            choices = [parameter["schema"], *parameter["schema"].get("anyOf", [])]
            if any("|" in choice.get("pattern", "") for choice in choices):
                assert parameter.get("description"), (one["operationId"], parameter["name"])


def test_every_answer_that_is_a_file_says_of_which_type():
    found = {one["operationId"]: one["responses"]["200"] for one in OPERATIONS
             if "200" in one["responses"]}  # fmt: skip
    assert "text/csv" in found["getJobRejects"]["content"]
    assert all(answer.get("content") for answer in found.values())


def test_every_problem_is_shown_as_the_record_it_is():
    shown = {"$ref": "#/components/schemas/Problem"}
    for one in OPERATIONS:
        if one["operationId"] == "getReadiness":  # says what is not ready, in a record of its own
            continue
        for status, answer in one["responses"].items():
            if status >= "400":
                found = answer["content"]["application/problem+json"]["schema"]
                assert found == shown, (one["operationId"], status)


def test_a_file_that_is_sent_is_shown_as_bytes():
    for name in ("importCompanies", "importProjects"):
        body = contract()["components"]["schemas"][f"Body_{name}"]["properties"]["file"]
        assert body["format"] == "binary"
