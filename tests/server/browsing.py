"""The distribution's chromium, as every test that reads a page has it: patient, and alone.

A click that leads to another page, a form's answer or a list fetched anew is over when the page
shows it, not when the click returns. So tests ask with playwright's `expect`, which waits; a read
at once (`count`, `inner_text`, `url`) is for a page that stands still. `wait_for_function` is no
way out: pages forbid `eval`, which it polls with.
"""

import shutil
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The shell first: it draws the same pages without the windows a browser keeps around each."""

CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
PATIENCE_MS = 30_000
"""How long anything may take: two cores with the whole suite on them, not a reader's patience."""


@contextmanager
def chromium():
    """Yield a browser; skips where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs the distribution's chromium (apt install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = started.chromium.launch(
            executable_path=CHROMIUM, args=arguments, timeout=2 * PATIENCE_MS
        )
        yield browser
        browser.close()


def patient(page):
    """Let a page's own waits take as long as ours; returns it."""
    page.set_default_timeout(PATIENCE_MS)
    return page


def until(page, holds):
    """Wait until `holds()`, with the page's events coming in meanwhile; fails when it never does.

    For what `expect` has no word for: what the console said, how wide the window has become.
    """
    last = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < last, "it never came"
        page.wait_for_timeout(20)


def resize(page, width):
    """Make the window this wide, and wait until the page has noticed."""
    page.set_viewport_size({"width": width, "height": 900})
    until(page, lambda: page.evaluate("innerWidth") == width)
