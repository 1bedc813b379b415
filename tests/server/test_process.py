"""The service as a process: stopped, killed, in several workers, asked about itself."""

import json
import os
import threading
import time

from tests.server.running import running

KILLS = int(os.environ.get("CHAINMAP_TEST_KILLS", "2"))
"""How often the server is killed; each time takes as long as it takes to start."""

LIST = {"name": "甲", "question": {"city": "绍兴", "chain": "集成电路", "top": 3}}
BATCH = {
    "name": "批",
    "cities": ["绍兴", "宁波", "杭州", "嘉兴"],
    "question": {"city": "绍兴", "top": 20},
}


def test_a_request_under_way_is_ended_before_the_service_stops(tmp_path):
    with running(tmp_path) as server:
        answers = []
        ask = threading.Thread(
            target=lambda: answers.append(server.get("/v1/cities/330200/targets?top=500"))
        )
        ask.start()
        time.sleep(0.05)
        assert server.stop() in (0, -15)
        ask.join()
        assert answers and answers[0][0] == 200 and json.loads(answers[0][2])["targets"]
    lines = [json.loads(line) for line in server.said.read_text().splitlines() if line[:1] == "{"]
    assert any(line["event"] == "keyless" for line in lines)
    (request,) = [line for line in lines if line.get("route") == "/v1/cities/{code}/targets"]
    assert request["status"] == 200 and request["request_id"] and request["who"] == "loopback"


def test_what_was_acknowledged_outlives_a_kill_and_a_job_goes_on(tmp_path):
    with running(tmp_path) as server:
        kept = []
        job = json.loads(server.get("/v1/target-batches", BATCH)[2])["id"]
        for at in range(KILLS):
            status, headers, _ = server.get("/v1/lists", LIST | {"name": f"第{at}份"})
            assert status == 201
            kept.append(headers["location"])
            server.kill()
            server.start()
        for place in kept:
            status, _, content = server.get(place)
            assert status == 200 and len(json.loads(content)["targets"]) == 3
        until = time.monotonic() + 120
        while (state := json.loads(server.get(f"/v1/jobs/{job}")[2]))["state"] in (
            "queued",
            "running",
        ) and time.monotonic() < until:
            time.sleep(0.5)
        # Killed more often than a job may kill its worker, it is given up, never done twice.
        assert state["state"] in ("done", "failed")
        if state["state"] == "done":
            assert len(state["result"]["lists"]) == len(BATCH["cities"])
        lists = json.loads(server.get("/v1/lists?limit=200")[2])
        names = [one["name"] for one in lists if one["name"].startswith("批")]
        assert len(set(names)) == len(names) <= len(BATCH["cities"])
        assert "首尾相接" in server.command("audit", "verify").stderr


def test_several_workers_share_keys_jobs_and_logins(tmp_path):
    with running(tmp_path, "--workers", "2") as server:
        key = server.command("keys", "create", "招商局", "--role", "editor").stdout.strip()
        time.sleep(6)  # what each worker remembers of there being no key
        shown = {"Authorization": f"Bearer {key}"}
        assert [server.get("/v1/chains")[0] for _ in range(10)] == [401] * 10
        assert [server.get("/v1/chains", **shown)[0] for _ in range(10)] == [200] * 10
        status, headers, _ = server.get("/v1/target-batches", BATCH, **shown)
        assert status == 202
        until = time.monotonic() + 120
        while (job := json.loads(server.get(headers["location"], **shown)[2]))[
            "state"
        ] != "done" and time.monotonic() < until:
            time.sleep(0.5)
        assert job["state"] == "done" and job["attempts"] == 1
