"""`/v1/allocations`."""

from tests.server.serving import kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATH = "/v1/allocations"
ASKED = {"cities": ["绍兴", "宁波"], "chain": "集成电路", "top": 5, "max_cities": 1}


def post(served, key, question, **headers):
    shown = {"Authorization": f"Bearer {key}"} | headers
    return served.client.post(PATH, json=question, headers=shown)


def test_an_allocation_is_answered_as_json_and_as_a_file_that_is_audited(served):
    key = served.key("analyst")
    answer = post(served, key, ASKED)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [len(city["targets"]) for city in found["cities"]] == [5, 5]
    assert not found["may_act"]
    file = post(served, key, ASKED, Accept=XLSX)
    assert file.status_code == 200 and file.content[:2] == b"PK"
    assert ("export", PATH, "ok") in served.audited()


def test_wrong_names_and_links_elsewhere_are_refused(served):
    key = served.key("analyst")
    assert kind(post(served, key, ASKED | {"cities": ["天涯海角", "宁波"]})) == "unknown-name"
    elsewhere = [{"city": "绍兴", "partner": "上海"}]
    assert kind(post(served, key, ASKED | {"links": elsewhere})) == "bad-input"


def test_a_viewer_may_not_compute(served):
    assert post(served, served.key("viewer"), ASKED).status_code == 403
