import io
import json
import logging

import pytest
import structlog

from chainmap import logs


@pytest.fixture
def configured(monkeypatch, request):
    """The stream that records of the service go to."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure(getattr(request, "param", "INFO"))
    yield stream
    for name in ("chainmap", "uvicorn", "mcp"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True


def test_the_short_way_to_a_request_line_gives_what_the_long_way_gives(configured):
    logger = logging.getLogger("chainmap.server.traffic")
    lines = logs.RequestLines(logger)
    key = f"cm_{'a' * 12}_{'B' * 43}"
    for who in ("abc:招商“局”\\", key, "postgresql://u:geheim@h"):
        said = {"method": "GET", "route": "/v1/{x}", "status": 200, "ms": 0.1, "who": who}
        lines.write(said | {"request_id": "r.1"})
        with structlog.contextvars.bound_contextvars(request_id="r.1"):
            logger.info("request", extra=said)
    written = [json.loads(line) for line in configured.getvalue().splitlines()]
    assert len(written) == 6 and key not in configured.getvalue()
    for short, long in zip(written[::2], written[1::2], strict=True):
        assert short.pop("time")[:13] == long.pop("time")[:13]
        assert short == long


def test_records_are_json_lines_with_the_request_and_without_secrets(configured):
    key = f"cm_{'a' * 12}_{'B' * 43}"
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        logging.getLogger("chainmap.server").info("收到 %s", key, extra={"status": 200})
        logging.getLogger("chainmap").debug("not shown")
    (line,) = configured.getvalue().splitlines()
    said = json.loads(line)
    assert said["event"] == f"收到 cm_{'a' * 12}_***" and "收到" in line
    assert (said["request_id"], said["status"], said["level"]) == ("r1", 200, "info")


def test_keys_and_passwords_are_struck_out():
    assert logs.masked(f"?k=cm_{'a' * 12}_{'B' * 43}&x=1") == f"?k=cm_{'a' * 12}_***&x=1"
    assert logs.masked("postgresql+psycopg://u:geheim@h/d") == "postgresql+psycopg://u:***@h/d"


@pytest.mark.parametrize("configured", ["DEBUG"], indirect=True)
def test_nothing_an_agent_asks_is_written(configured):
    sdk = logging.getLogger("mcp.server.mcpserver.server")
    sdk.info("Tool %r failed: %r", "rank_targets", "没有找到城市“张三丰市”。")
    sdk.debug("Received JSON: 张三丰市")
    sdk.warning("dropped %r: malformed params", "张三丰市")
    (line,) = configured.getvalue().splitlines()
    assert json.loads(line)["event"] == "dropped %r: malformed params"
