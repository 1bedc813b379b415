import io
import json
import logging

import structlog

from chainmap import logs


def test_records_are_json_lines_with_the_request_and_without_secrets(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure("INFO")
    key = f"cm_{'a' * 12}_{'B' * 43}"
    try:
        with structlog.contextvars.bound_contextvars(request_id="r1"):
            logging.getLogger("chainmap.server").info("收到 %s", key, extra={"status": 200})
            logging.getLogger("chainmap").debug("not shown")
    finally:
        for name in ("chainmap", "uvicorn", "mcp"):
            logging.getLogger(name).handlers[:] = []
            logging.getLogger(name).propagate = True
    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert said["event"] == f"收到 cm_{'a' * 12}_***" and "收到" in line
    assert (said["request_id"], said["status"], said["level"]) == ("r1", 200, "info")


def test_keys_and_passwords_are_struck_out():
    assert logs.masked(f"?k=cm_{'a' * 12}_{'B' * 43}&x=1") == f"?k=cm_{'a' * 12}_***&x=1"
    assert logs.masked("postgresql+psycopg://u:geheim@h/d") == "postgresql+psycopg://u:***@h/d"
