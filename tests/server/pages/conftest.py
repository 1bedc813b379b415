"""One server on a loopback port and one browser for all page tests.

Both end with the folder: the browser's driver keeps an event loop in this thread, which tests
elsewhere start their own of.
"""

import atexit
import re
import shutil
import socket
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chainmap.server.app import create_app
from chainmap.server.pages import add_pages
from chainmap.settings import Settings
from tests.server.browsing import chromium, patient


def pages_app():
    workspace = Path(tempfile.mkdtemp(prefix="chainmap-pages-"))
    atexit.register(shutil.rmtree, workspace, ignore_errors=True)
    app = create_app(Settings(workspace=workspace))
    if not any(getattr(route, "path", "") == "/search" for route in app.routes):
        add_pages(app)
    return app


@pytest.fixture(scope="package")
def address():
    import uvicorn

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(pages_app(), log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # The first page of a process reads the roster: no reader's page waits for that here.
        urllib.request.urlopen(f"{origin}/cities/330600", timeout=600).close()
        yield origin
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def browser():
    with chromium() as started:
        yield started


class Reader:
    """A reader's page that keeps what went wrong: console errors, and requests elsewhere."""

    def __init__(self, page, address):
        self.page, self.address = patient(page), address
        self.troubles, self.forgiven = [], []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._said)
        page.on("request", self._asked)

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"asked elsewhere: {request.url}")

    def open(self, path):
        return self.page.goto(self.address + path)

    def follow(self, selector, to):
        """Click what leads to another address, and wait until the page there is whole."""
        assert not re.search(to, self.page.url), f"already at {self.page.url}"
        self.page.click(selector)
        self.arrive(to)

    def arrive(self, to):
        """Wait until the page at an address is whole."""
        self.page.wait_for_url(re.compile(to))

    def shows(self, *texts, at="main"):
        """Wait until a place shows every one of these texts."""
        for text in texts:
            expect(self.page.locator(at).first).to_contain_text(text, use_inner_text=True)

    def forgive(self, words):
        """Let the console say this: a browser writes an error page's status to it, some day."""
        self.forgiven.append(words)

    def wrongs(self):
        """Return what went wrong and was not meant to."""
        return [one for one in self.troubles if not any(word in one for word in self.forgiven)]


@pytest.fixture
def reader(browser, address):
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, accept_downloads=True, locale="zh-CN"
    )
    reader = Reader(context.new_page(), address)
    yield reader
    context.close()
    assert reader.wrongs() == []
