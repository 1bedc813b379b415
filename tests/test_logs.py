import io
import json
import logging

import pytest
import structlog

from chainmap import logs


@pytest.fixture
def written(capsys, request):
    """What records of the service were written since it was last asked, as lines."""
    logs.configure(getattr(request, "param", "INFO"))
    yield lambda: capsys.readouterr().err.splitlines()
    for name in ("chainmap", "uvicorn", "mcp"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True


def test_the_short_way_to_a_request_line_gives_what_the_long_way_gives(written):
    logger = logging.getLogger("chainmap.server.traffic")
    lines = logs.RequestLines(logger)
    key = f"cm_{'a' * 12}_{'B' * 43}"
    for who in ("abc:招商“局”\\", key, "postgresql://u:geheim@h"):
        said = {"method": "GET", "route": "/v1/{x}", "status": 200, "ms": 0.1, "who": who}
        lines.write(said | {"request_id": "r.1"})
        with structlog.contextvars.bound_contextvars(request_id="r.1"):
            logger.info("request", extra=said)
    found = written()
    assert len(found) == 6 and key not in "".join(found)
    read = [json.loads(line) for line in found]
    for short, long in zip(read[::2], read[1::2], strict=True):
        assert short.pop("time")[:13] == long.pop("time")[:13]
        assert short == long


def test_records_are_json_lines_with_the_request_and_without_secrets(written):
    key = f"cm_{'a' * 12}_{'B' * 43}"
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        logging.getLogger("chainmap.server").info("收到 %s", key, extra={"status": 200})
        logging.getLogger("chainmap").debug("not shown")
    (line,) = written()
    said = json.loads(line)
    assert said["event"] == f"收到 cm_{'a' * 12}_***" and "收到" in line
    assert (said["request_id"], said["status"], said["level"]) == ("r1", 200, "info")


def test_keys_and_passwords_are_struck_out():
    assert logs.masked(f"?k=cm_{'a' * 12}_{'B' * 43}&x=1") == f"?k=cm_{'a' * 12}_***&x=1"
    assert logs.masked("postgresql+psycopg://u:geheim@h/d") == "postgresql+psycopg://u:***@h/d"


@pytest.mark.parametrize("written", ["DEBUG"], indirect=True)
def test_nothing_an_agent_asks_is_written(written):
    sdk = logging.getLogger("mcp.server.mcpserver.server")
    sdk.info("Tool %r failed: %r", "rank_targets", "没有找到城市“张三丰市”。")
    sdk.debug("Received JSON: 张三丰市")
    sdk.warning("dropped %r: malformed params", "张三丰市")
    (line,) = written()
    assert json.loads(line)["event"] == "dropped %r: malformed params"


def test_records_go_to_the_stderr_of_the_moment_they_are_made(written, monkeypatch):
    logger, then = logging.getLogger("chainmap"), io.StringIO()
    with monkeypatch.context() as for_now:
        for_now.setattr("sys.stderr", then)
        logger.info("then")
    then.close()
    logger.info("now")
    (line,) = written()
    assert json.loads(line)["event"] == "now"
