"""`make bench`: how soon each page of the bundled data shows, its weight, and if it stands still.

Alone: `python -m tests.bench.paint`. The service's very first answer of a page, then a visit with
an empty cache and a second one, the least and the median of several rounds: on a machine with other
work the least is nearest to the page itself.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.server.browsing import CHROMIUM, chromium, patient
from tests.server.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ROUNDS = 5
MOST_MS, MOST_BYTES, MOST_TASK_MS, MOST_SHIFT = 1000, 1_500_000, 200, 0.05
"""Goals: first paint and weight of every page; long task and layout shift of the city page."""

PAGES = {
    "overview": "/",
    "city": "/cities/330600",
    "panorama": "/cities/330600/chains/integrated-circuits",
    "gaps": "/cities/330600/gaps?chain=integrated-circuits",
    "segment": "/cities/330600/segments/ic-silicon-epi",
    "targets": "/cities/330600/targets?chain=integrated-circuits",
    "catalogue": "/cities/330600/catalogue",
    "company": "/companies/3peak?city=330600",
    "policies": "/policies",
    "policy": "/policies/zj2018",
    "evaluation": "/evaluation",
    "data": "/data",
    "search": "/search?q=光刻",
    "lists": "/lists",
}

WATCH = """
window.moved = 0; window.longest = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
}).observe({type: 'longtask', buffered: true});
"""

FOUND = """
() => {
  const [page] = performance.getEntriesByType('navigation');
  const painted = performance.getEntriesByName('first-contentful-paint')[0];
  return {answered: page.responseStart, painted: painted ? painted.startTime : null,
          moved: window.moved, longest: window.longest};
}
"""


@dataclass(frozen=True)
class Visit:
    """One visit of a page: ms to the answer and to the first paint, and how it behaved."""

    answered_ms: float
    painted_ms: float
    sent_bytes: int
    longest_task_ms: float
    moved: float


def visit(context: BrowserContext, address: str) -> Visit:
    """Return what one visit saw; bytes are those that crossed the wire."""
    page = patient(context.new_page())
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sent: list[int] = []
    wire.on("Network.loadingFinished", lambda said: sent.append(int(said["encodedDataLength"])))
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate(FOUND)
    while found["painted"] is None:
        page.wait_for_timeout(50)
        found = page.evaluate(FOUND)
    page.close()
    return Visit(
        found["answered"], found["painted"], sum(sent), found["longest"], found["moved"]
    )  # fmt: skip


def twice(browser: Browser, address: str) -> tuple[Visit, Visit]:
    """Return a visit with an empty cache, and the next one of the same reader."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    try:
        return visit(context, address), visit(context, address)
    finally:
        context.close()


def rounds(browser: Browser, origin: str) -> dict[str, list[tuple[Visit, Visit]]]:
    """Return every page's visits, pages in turn so that a busy minute falls on all alike."""
    seen: dict[str, list[tuple[Visit, Visit]]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            seen[name].append(twice(browser, origin + path))
    return seen


def line(name: str, visits: list[tuple[Visit, Visit]]) -> str:
    """Return one page's figures as a line of the table."""
    first = [one.painted_ms for one, _ in visits]
    again = [one.painted_ms for _, one in visits]
    answered = [one.answered_ms for pair in visits for one in pair]
    weight = max(one.sent_bytes for one, _ in visits)
    task = min(max(one.longest_task_ms for one in pair) for pair in visits)
    moved = max(one.moved for pair in visits for one in pair)
    kept = min(again) <= MOST_MS and weight <= MOST_BYTES and moved < MOST_SHIFT
    return (
        f"  {name:<12}{first[0]:8.0f}{min(first):8.0f}{median(first):8.0f}"
        f"{min(again):8.0f}{median(again):8.0f}"
        f"{min(answered):10.0f}{weight / 1000:9.0f}{task:9.0f}{moved:8.3f}"
        f"  {'' if kept and (name != 'city' or task <= MOST_TASK_MS) else 'over the goal'}\n"
    )


def report(say: Callable[[str], object]) -> None:
    """Print every page's first paint, weight, longest task and layout shift."""
    if CHROMIUM is None:
        say("pages: no chromium here, so no first paint measured\n")
        return
    with (
        tempfile.TemporaryDirectory(prefix="cm-paint-") as folder,
        chromium() as browser,
        running(Path(folder)) as server,
    ):
        seen = rounds(browser, f"http://127.0.0.1:{server.port}")
    say(f"pages, ms to first contentful paint, {ROUNDS} rounds, least and median "
        f"(goal {MOST_MS} on the second visit, {MOST_BYTES / 1000:.0f} kB)\n"
        f"  {'':<12}{'cold':>8}{'first':>8}{'median':>8}{'second':>8}{'median':>8}{'answered':>10}"
        f"{'kB':>9}{'task ms':>9}{'shift':>8}\n")  # fmt: skip
    for name, visits in seen.items():
        say(line(name, visits))


if __name__ == "__main__":
    report(sys.stdout.write)
