"""Writes: lists and jobs, once each, each client's own, all of them audited."""

import json
import threading
import time

import pytest

from chainmap.ledger import lists
from chainmap.ledger.keys import NewKey
from chainmap.server import batches, work
from chainmap.server.work import Worker
from tests.server.serving import kind

QUESTION = {"city": "绍兴", "chain": "集成电路", "top": 3}
LIST = {"name": "首轮", "question": QUESTION}
BATCH = {"name": "两市", "cities": ["绍兴", "330200", "绍兴市"], "question": QUESTION}


def post(served, path, body, key=None, **headers):
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return served.client.post(path, json=body, headers=shown | headers)


def worked_off(served):
    worker = Worker(served.service)
    while worker.work_off_one():
        pass


def test_a_list_is_kept_byte_for_byte_and_taken_away(served):
    made = post(served, "/v1/lists", LIST)
    assert made.status_code == 201
    place = made.headers["location"]
    kept = served.get(place)
    assert kept.json()["targets"] and kept.headers["chainmap-snapshot"]
    assert kept.content == served.get(place).content
    assert [one["name"] for one in served.get("/v1/lists").json()] == ["首轮"]
    assert served.client.delete(place).status_code == 204
    assert kind(served.get(place)) == "unknown-name"
    actions = [action for action, _, _ in served.audited()]
    assert actions == ["list.save", "list.delete"]


def test_a_repeated_write_is_done_once(served):
    first = post(served, "/v1/lists", LIST, **{"Idempotency-Key": "k-1"})
    again = post(served, "/v1/lists", LIST, **{"Idempotency-Key": "k-1"})
    assert again.status_code == first.status_code and again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert len(served.get("/v1/lists").json()) == 1
    other = post(served, "/v1/lists", LIST | {"name": "次轮"}, **{"Idempotency-Key": "k-1"})
    assert kind(other) == "conflict"
    assert kind(post(served, "/v1/lists", LIST, **{"Idempotency-Key": "a b"})) == "bad-input"


def test_the_same_write_many_times_at_once_is_done_once(served):
    post(served, "/v1/targets", QUESTION)
    places = []

    def send():
        answer = post(served, "/v1/lists", LIST, **{"Idempotency-Key": "k-2"})
        places.append(answer.headers["location"])

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(places)) == 1 and len(places) == 6


def test_lists_page_on(served):
    for name in "甲乙丙丁戊":
        post(served, "/v1/lists", LIST | {"name": name})
    seen, url = [], "/v1/lists?limit=2"
    while url:
        answer = served.get(url)
        seen += [one["name"] for one in answer.json()]
        url = answer.links["next"]["url"] if "next" in answer.links else None
    assert seen == list("戊丁丙乙甲")


def test_roles_write_or_do_not(served):
    viewer, analyst, editor = (served.key(role) for role in ("viewer", "analyst", "editor"))
    assert kind(post(served, "/v1/targets", QUESTION, viewer)) == "scope-missing"
    assert post(served, "/v1/targets", QUESTION, analyst).status_code == 200
    assert kind(post(served, "/v1/lists", LIST, analyst)) == "scope-missing"
    assert post(served, "/v1/lists", LIST, editor).status_code == 201
    export = {"accept": "text/csv"}
    assert kind(served.get("/v1/cities", viewer, **export)) == "scope-missing"
    assert served.get("/v1/cities", analyst, **export).status_code == 200
    assert kind(served.get("/v1/audit", editor)) == "scope-missing"


def test_a_client_sees_its_own_things_only(served):
    def key_of(client, role="editor"):
        from chainmap.concepts.access import AccessRole
        from chainmap.ledger import keys

        with served.service.ledger.write() as tx:
            return keys.create_key(tx, NewKey(client, AccessRole(role)), served.service.now())[0]

    mine, other, admin = key_of("甲区"), key_of("乙区"), key_of("市局", "admin")
    place = post(served, "/v1/lists", LIST, mine).headers["location"]
    job = post(served, "/v1/target-batches", BATCH, mine).headers["location"]
    assert served.get(place, mine).status_code == served.get(place, admin).status_code == 200
    for theirs in (place, job):
        assert kind(served.get(theirs, other)) == "unknown-name"
        delete = served.client.delete(theirs, headers={"X-API-Key": other})
        assert kind(delete) == "unknown-name"
    assert served.get("/v1/lists", other).json() == []
    assert len(served.get("/v1/lists", admin).json()) == 1


def test_an_export_is_audited(served):
    key = served.key("analyst")
    served.get("/v1/cities?province=浙江", key, accept="text/csv")
    assert ("export", "/v1/cities", "ok") in served.audited()


def test_administrators_read_the_audit_log(served):
    admin = served.key("admin")
    post(served, "/v1/lists", LIST, admin)
    entries = served.get("/v1/audit", admin).json()
    assert [entry["action"] for entry in entries] == ["list.save"]
    assert len(entries[0]["digest"]) == 64
    assert served.get("/v1/audit?after=1", admin).json() == []


def test_an_error_nobody_foresaw_fails_the_job_and_not_the_worker(served, monkeypatch):
    places = [post(served, "/v1/target-batches", BATCH).headers["location"] for _ in range(2)]

    def broken(*_):
        monkeypatch.undo()
        raise OSError("geheim")

    monkeypatch.setitem(work.KINDS, "target-batch", broken)
    worked_off(served)
    first, second = (served.get(place).json() for place in places)
    assert first["state"] == "failed" and first["problem"]["type"].endswith("internal")
    assert "geheim" not in str(first["problem"]) and second["state"] == "done"


def test_a_batch_is_a_job_whose_lists_are_kept(served):
    accepted = post(served, "/v1/target-batches", BATCH)
    assert accepted.status_code == 202
    place = accepted.headers["location"]
    assert served.get(place).json()["state"] == "queued"
    worked_off(served)
    job = served.get(place).json()
    assert job["state"] == "done" and job["progress"] == 1
    assert list(job["result"]["lists"]) == ["330600", "330200"]
    for city, list_id in job["result"]["lists"].items():
        assert served.get(f"/v1/lists/{list_id}").json()["basis"]["city_code"] == city
    assert ("job.done", job["id"], "ok") in served.audited()


def test_a_batch_nobody_can_answer_is_refused_at_once(served):
    assert kind(post(served, "/v1/target-batches", BATCH | {"cities": ["绍新"]})) == "unknown-name"
    assert kind(post(served, "/v1/target-batches", BATCH | {"cities": []})) == "bad-input"


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"home": "火星"}, "unknown-name"),
        ({"title": "没有的称号"}, "unknown-name"),
        ({"mode": "leader"}, "bad-input"),
        ({"mode": "leader", "leader": "无名"}, "unknown-name"),
        ({"mode": "industry", "industries": ["没有的产业"]}, "unknown-name"),
        ({"mode": "chain", "segment": "紫外光刻胶"}, "bad-input"),
    ],
)
def test_a_batch_is_refused_wherever_its_question_is(served, asked, refused):
    body = BATCH | {"question": QUESTION | asked}
    batch = post(served, "/v1/target-batches", body)
    assert kind(batch) == refused
    single = post(served, "/v1/targets", body["question"])
    assert (batch.status_code, batch.json()["detail"]) == (
        single.status_code,
        single.json()["detail"],
    )
    assert not any(action == "job.start" for action, _, _ in served.audited())


def test_a_cancelled_job_is_not_done(served):
    place = post(served, "/v1/target-batches", BATCH).headers["location"]
    assert served.client.delete(place).json()["state"] == "cancelled"
    worked_off(served)
    assert served.get(place).json()["state"] == "cancelled"
    again = served.client.delete(place)
    assert kind(again) == "conflict" and "cancelled" not in again.json()["detail"]


def test_a_cancelled_batch_tells_which_lists_it_has_kept(served, monkeypatch):
    place = post(served, "/v1/target-batches", BATCH).headers["location"]
    original, asked = batches.made_list, []

    def ask(*question):
        asked.append(question[0].city_code)
        if len(asked) == 2:
            assert served.client.delete(place).status_code == 200
        return original(*question)

    monkeypatch.setattr(batches, "made_list", ask)
    worked_off(served)
    job = served.get(place).json()
    assert job["state"] == "cancelled" and list(job["result"]["lists"]) == ["330600"]
    (kept,) = job["result"]["lists"].values()
    assert [one["id"] for one in served.get("/v1/lists").json()] == [kept]


def test_a_job_whose_worker_is_gone_goes_on_and_keeps_each_list_once(serve, monkeypatch):
    served = serve(job_lease_s=3600)
    place = post(served, "/v1/target-batches", BATCH).headers["location"]
    answered = []

    def ask(*question):
        answered.append(question[0].city_code)
        if len(answered) == 2:
            raise SystemExit  # what a killed thread leaves behind: a claim and a checkpoint
        return original(*question)

    original = batches.made_list
    monkeypatch.setattr(batches, "made_list", ask)
    with pytest.raises(SystemExit):
        Worker(served.service).work_off_one()
    assert served.get(place).json()["state"] == "running"
    now = served.service.now
    for passed, over in ((0.5, False), (1.5, True)):
        served.service.now = lambda passed=passed: now() + passed * served.service.lease
        assert Worker(served.service).work_off_one() == over
    assert served.get(place).json()["state"] == "done"
    assert answered == ["330600", "330200", "330200"]
    with served.service.ledger.read() as tx:
        assert len(lists.newest(tx, 10)) == 2


def test_a_worker_that_is_stopped_gives_its_job_back(served):
    place = post(served, "/v1/target-batches", BATCH).headers["location"]
    worker = Worker(served.service)
    worker.stopping.set()
    worker.work_off_one()
    assert served.get(place).json()["state"] == "queued"


def test_a_running_service_works_off_jobs_and_stops_cleanly(served):
    with served.client as client:
        place = client.post("/v1/target-batches", json=BATCH).headers["location"]
        until = time.monotonic() + 30
        while client.get(place).json()["state"] != "done" and time.monotonic() < until:
            time.sleep(0.1)
        assert client.get(place).json()["state"] == "done"
    assert not any(t.name == "chainmap-worker" and t.is_alive() for t in threading.enumerate())


@pytest.mark.parametrize("name", ["甲\0乙", "甲\n乙", "甲\u202e乙", "\x1b[31m甲"])
def test_a_name_holds_nothing_that_is_not_seen(served, name):
    for path, body in (
        ("/v1/lists", LIST | {"name": name}),
        ("/v1/target-batches", BATCH | {"name": name}),
        ("/v1/lists", LIST | {"question": LIST["question"] | {"home": name}}),
        ("/v1/builds/catalogue", {"city": name}),
        ("/v1/allocations", {"cities": [name, "绍兴"]}),
    ):
        answer = post(served, path, body)
        assert kind(answer) == "bad-input", path
        assert "不可见的控制字符 U+" in answer.json()["detail"]
    assert served.get("/v1/lists").json() == []


def test_the_body_of_a_write_is_json(served):
    text = served.client.post(
        "/v1/lists", content=json.dumps(LIST), headers={"content-type": "text/plain"}
    )
    assert kind(text) == "unsupported-type"


@pytest.mark.parametrize(
    "path",
    [
        "/cities/330600/gaps.xlsx?chain=quantum",
        "/cities/330600/targets.csv?chain=quantum",
        "/cities/330600/chains/quantum/panorama.json",
    ],
)
def test_a_file_of_a_page_needs_the_right_to_export_and_is_written_down(served, path):
    viewer, analyst = served.key("viewer"), served.key("analyst")
    assert served.get(path, viewer).status_code == 403
    assert not [deed for deed in served.audited() if deed[0] == "export"]
    taken = served.get(path, analyst)
    assert taken.status_code == 200, taken.text[:300]
    assert ("export", path.split("?")[0], "ok") in served.audited()
