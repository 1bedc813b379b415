"""Work ahead of readers is done once a process, and only where the installation wants it."""

import threading

import pytest

from chainmap.server.pages import warm


@pytest.mark.parametrize("wanted", [True, False])
def test_pages_are_worked_out_ahead_where_that_is_wanted(serve, monkeypatch, wanted):
    begun = []
    monkeypatch.setattr(warm, "_work_off", begun.append)
    for once in ("_started", "_begun"):
        monkeypatch.setattr(warm, once, threading.Event())
    with serve(warm_pages=wanted).client as client:
        for _ in range(2):
            assert client.get("/cities/330600").status_code == 200
    for thread in threading.enumerate():
        if thread.name.startswith("warm-"):
            thread.join()
    assert len(begun) == 2 * wanted
