"""Every page at three widths: whole, readable, ours alone."""

import pytest
from playwright.sync_api import expect

from tests.server.browsing import resize
from tests.server.pages.accessibility import NARROW, cut_texts, faults, overflow
from tests.server.pages.test_catalogue_editing import ITEM

PAGES = {
    "/": 200,
    "/cities": 200,
    "/cities/330600": 200,
    "/cities/330900": 200,
    "/cities/330600/chains/integrated-circuits": 200,
    "/cities/330600/chains/quantum?other=330100": 200,
    "/cities/330600/gaps?chain=integrated-circuits": 200,
    "/cities/330600/segments/ic-silicon-epi": 200,
    "/cities/330600/targets?chain=integrated-circuits": 200,
    "/cities/330600/catalogue": 200,
    f"/cities/330600/catalogue/item?item={ITEM}": 200,
    "/cities/330600/catalogue/item": 200,
    "/cities/330600/catalogue/term?term=zj-mu-tax": 200,
    "/cities/330600/catalogue/history": 200,
    "/lists": 200,
    "/evaluation": 200,
    "/cities/330600/targets?mode=leader": 200,
    "/companies/3peak": 200,
    "/cities/330600/companies/中芯国际/why?chain=integrated-circuits": 200,
    "/policies": 200,
    "/policies/zj2018": 200,
    "/data": 200,
    "/search?q=光刻": 200,
    "/search?q=啊啊啊": 200,
    "/cities/绍新": 404,
}
WIDTHS = (1366, 1920, 390)
SLOW = {
    "offline": False,
    "latency": 50,
    "downloadThroughput": 80_000,
    "uploadThroughput": 80_000,
}
"""A line of 640 kbit/s: pages come in pieces, and what came first must not move for the rest."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_at_every_width(reader, path):
    if PAGES[path] != 200:
        reader.forgive(str(PAGES[path]))
    assert reader.open(path).status == PAGES[path]
    for width in WIDTHS:
        resize(reader.page, width)
        assert overflow(reader.page) <= 0, width
        assert cut_texts(reader.page) == [], width
        if width != 1920:  # laid out as at 1366
            assert faults(reader.page, rules=NARROW if width < 1000 else None) == [], width


@pytest.mark.parametrize("path", [
    "/cities/330600", "/cities/330600/chains/quantum", "/evaluation",
    "/cities/330600/targets?chain=quantum", "/cities/330600/catalogue/item",
])  # fmt: skip
def test_english_fits_too(reader, path):
    reader.open(f"{path}{'&' if '?' in path else '?'}lang=en")
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    for width in WIDTHS:
        resize(reader.page, width)
        assert overflow(reader.page) <= 0 and cut_texts(reader.page) == [], width
    assert faults(reader.page, rules=NARROW) == []


def test_pages_are_light_and_stand_still_on_a_slow_line(reader):
    line = reader.page.context.new_cdp_session(reader.page)
    line.send("Network.emulateNetworkConditions", SLOW)
    answers = []
    reader.page.on("response", lambda answer: answers.append(answer))
    reader.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.moved += one.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    for path in (
        "/cities/330600",
        "/cities/330600/chains/integrated-circuits",
        "/cities/330600/targets?chain=integrated-circuits",
        "/evaluation",
    ):
        answers.clear()
        reader.open(path)
        reader.page.wait_for_load_state("networkidle")
        assert sum(len(one.body()) for one in answers if one.status == 200) < 1_500_000
        assert reader.page.evaluate("window.moved") < 0.02, path


def test_the_checks_see_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content(
        "<main><h1>a</h1></main><main><h3>b</h3><p style='color:#999'>pale words</p>"
        "<input id=x><img id=x src=''><a href='/'></a><svg></svg>"
        "<table><tr><td>d</td></tr></table></main>"
    )
    said = " ".join(faults(page))
    for rule in ("html-has-lang", "document-title", "heading-order", "landmark",
                 "color-contrast", "label", "link-name", "image-alt",
                 "id twice", "no navigation", "picture", "heads", "inline"):  # fmt: skip
        assert rule in said, rule
    page.set_content("<h1 style='width:20px;white-space:nowrap'>longer than that</h1>")
    assert cut_texts(page)
    page.set_content("<div style='width:5000px'>wide</div>")
    assert overflow(page) > 0
    page.close()
