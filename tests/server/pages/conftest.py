"""One server on a loopback port and one browser for all page tests.

Both end with the folder: the browser's driver keeps an event loop in this thread, which tests
elsewhere start their own of.
"""

import atexit
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import pytest

from chainmap.server.app import create_app
from chainmap.server.pages import add_pages
from chainmap.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def browser():
    if CHROMIUM is None:
        pytest.skip("needs the distribution's chromium (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Reader:
    """A reader's page that keeps what went wrong: console errors, and requests elsewhere."""

    def __init__(self, page, address):
        self.page, self.address, self.troubles = page, address, []
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

    def text(self, selector):
        return self.page.inner_text(selector)


@pytest.fixture
def reader(browser, address):
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, accept_downloads=True, locale="zh-CN"
    )
    reader = Reader(context.new_page(), address)
    reader.page.set_default_timeout(20_000)
    yield reader
    context.close()
    assert reader.troubles == []
