"""`/v1/allocations`."""

import re

from chainmap.server.allocations import MOST_LINKED
from tests.server.serving import ON_ONE, kind

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


@ON_ONE
def test_its_links_lead_to_the_passages_behind_it(served):
    key = served.key("analyst")
    whole = {
        "province": "四川",
        "cities": ["绍兴", "宁波", "杭州", "广州"],
        "chain": "量子信息",
        "per_segment": 0,
        "top": 1,
    }
    links = post(served, key, ASKED).headers["link"]
    related = re.findall('<([^>]+)>; rel="related"', links)
    assert len(related) == 3 and 'rel="describedby"' in links
    chain, *lists = [served.get(path, key).json() for path in related]
    cited = {segment["id"]: segment["citations"] for segment in chain["segments"]}
    allocated = post(served, key, ASKED).json()["cities"]
    assert [one["basis"]["city_code"] for one in lists] == [one["city_code"] for one in allocated]
    assert all(cited[one["segment_id"]] for city in allocated for one in city["targets"])
    assert all(one["citations"] for own in lists for one in own["targets"])
    assert post(served, key, ASKED, Accept=XLSX).headers["link"] == links
    many = post(served, key, whole).headers
    assert many["link"].count("&top=1&per_segment=0>") == MOST_LINKED < 25
    assert sum(len(name) + len(value) + 4 for name, value in many.items()) < 4000


def test_wrong_names_and_links_elsewhere_are_refused(served):
    key = served.key("analyst")
    assert kind(post(served, key, ASKED | {"cities": ["天涯海角", "宁波"]})) == "unknown-name"
    elsewhere = [{"city": "绍兴", "partner": "上海"}]
    assert kind(post(served, key, ASKED | {"links": elsewhere})) == "bad-input"


def test_a_viewer_may_not_compute(served):
    assert post(served, served.key("viewer"), ASKED).status_code == 403
