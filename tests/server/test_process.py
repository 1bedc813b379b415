"""The service as a process, as it is started: stopped while it answers."""

import json
import threading
import time

from tests.server.running import running


def test_a_request_under_way_is_ended_before_the_service_stops(tmp_path):
    with running(tmp_path, CHAINMAP_WARM_PAGES="true") as server:
        answers = []
        path = "/v1/cities/330200/targets?chain=new-materials&top=100"
        ask = threading.Thread(target=lambda: answers.append(server.get(path)))
        ask.start()
        time.sleep(0.05)
        assert server.stop() in (0, -15)
        ask.join()
        assert answers and answers[0][0] == 200 and json.loads(answers[0][2])["targets"]
    lines = [json.loads(line) for line in server.said.read_text().splitlines() if line[:1] == "{"]
    assert any(line["event"] == "keyless" for line in lines)
    (request,) = [line for line in lines if line.get("route") == "/v1/cities/{code}/targets"]
    assert request["status"] == 200 and request["request_id"] and request["who"] == "loopback"
