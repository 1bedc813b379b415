"""The embed in a page that is not ours, as its reader has it: Chromium, ugly CSS, a strict CSP."""

import re
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chainmap.ledger.engine import ledger_url
from tests.server.browsing import chromium, patient, until
from tests.server.embedding import Listening, element, foreign_site, page
from tests.server.pages.accessibility import violations
from tests.server.serving import Served

FAULTS = r"""
(host) => {
  const faults = [], root = host.shadowRoot, all = (query) => [...root.querySelectorAll(query)];
  const say = (rule, node) => faults.push(`${rule}: ${node.outerHTML.slice(0, 120)}`);
  for (const node of all("[style], style, script")) say("inline", node);
  for (const table of all("table"))
    if (!table.caption || !table.querySelector("tbody th[scope=row]") ||
        [...table.tHead.querySelectorAll("th")].some((one) => one.scope !== "col"))
      say("table", table);
  for (const node of all("[aria-labelledby], [aria-describedby], [aria-controls]"))
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"])
      if (node.hasAttribute(name) && !root.getElementById(node.getAttribute(name))) say(name, node);
  const ids = all("[id]").map((node) => node.id);
  if (new Set(ids).size !== ids.length) faults.push("id twice");
  for (const node of all("button, summary"))
    if (node.getBoundingClientRect().height < 24) say("small", node);
  if (!root.querySelector("[role=heading]") || !root.querySelector("[role=status]"))
    faults.push("no heading or status");
  return faults;
}
"""
"""What axe-core has no rule for, or one that is easier on us."""


def faults(located):
    """Return what a component does wrong, in words: axe's violations, then ours."""
    frame = located.element_handle().owner_frame()
    return violations(frame, located) + located.evaluate(FAULTS)


class Park:
    """A foreign site that embeds us, a key of its own, and a reader of its page."""

    def __init__(self, served, ours, site, pages, browser):
        self.served, self.ours, self.site, self.pages, self.browser = (
            served, ours, site, pages, browser,
        )  # fmt: skip
        self.key = served.key(origins=(site,))
        self.client = self.key.split("_")[1]

    def token(self, **wanted):
        asked = {"origin": self.site} | wanted
        made = self.served.client.post(
            "/v1/embed-tokens", json=asked, headers={"X-API-Key": self.key}
        )
        return made.json()["token"]

    def read(self, *parts, width=1100):
        """Open a page of these parts; returns it with what went wrong."""
        self.pages["/"] = page(*parts, ours=self.ours)
        window = {"viewport": {"width": width, "height": 900}, "locale": "zh-CN"}
        opened = patient(self.browser.new_page(**window))
        troubles = []
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda said: troubles.append(said.text))
        known = (self.site, self.ours, "data:")
        opened.on("request", lambda r: r.url.startswith(known) or troubles.append(r.url))
        opened.goto(f"{self.site}/")
        return opened, troubles


@pytest.fixture(scope="module")
def park():
    with ExitStack() as closing:
        browser = closing.enter_context(chromium())
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        served = Served(ledger_url(None, folder), folder, job_workers=0)
        closing.callback(served.service.ledger.close)
        # The first answer of a process reads the roster: no reader's page waits for that here.
        served.get("/v1/cities/330600/gaps")
        ours = closing.enter_context(Listening(served.app)).origin
        site, pages = closing.enter_context(foreign_site(ours))
        yield Park(served, ours, site, pages, browser)


def wait(opened, kind):
    """Wait until a component has its answer; returns it."""
    found = opened.locator(f"chainmap-{kind}")
    found.locator(".root[aria-busy=false]").wait_for()
    return found


def until_said(opened, troubles, *words):
    """Wait until the browser said one of these words."""
    until(opened, lambda: any(word in said for said in troubles for word in words))


def style(located, name):
    return located.evaluate(f"(node) => getComputedStyle(node).{name}")


def test_all_three_live_in_a_page_of_somebody_else(park):
    given = {"city": "绍兴", "chain": "集成电路", "token": park.token()}
    opened, troubles = park.read(
        element("targets", top=5, **given), element("gaps", top=4, **given),
        element("panorama", **given),
    )  # fmt: skip
    targets, gaps, panorama = (wait(opened, kind) for kind in ("targets", "gaps", "panorama"))
    expect(targets.locator("tbody tr")).to_have_count(5)
    expect(gaps.locator("tbody tr")).to_have_count(4)
    chips = panorama.locator(".chip").count()
    expect(panorama.locator("[role=status]")).to_contain_text(f"{chips} 个环节")
    for one in (targets, gaps, panorama):
        assert faults(one) == []
        expect(one.locator("[role=status]")).to_contain_text("绍兴市 · 集成电路")
        expect(one.locator(".foot")).to_contain_text("行动前须核实")
        # The page's own rules, !important or not, stay outside.
        assert style(one.locator(".title"), "color") == "rgb(20, 32, 43)"
        assert style(one.locator(".status"), "fontSize") == "14px"
        assert style(one.locator(".status"), "letterSpacing") == "normal"
        assert one.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    # Custom properties, the way in that is meant to be, come through.
    assert style(gaps.locator(".root"), "backgroundColor") == "rgb(255, 251, 234)"
    assert style(gaps.locator("summary").first, "color") == "rgb(122, 0, 25)"
    assert style(targets.locator("summary").first, "color") == "rgb(11, 74, 131)"
    assert troubles == []
    opened.close()


def test_a_keyboard_reaches_everything(park):
    given = {"city": "绍兴", "chain": "量子信息", "token": park.token()}
    opened, troubles = park.read(element("targets", top=2, **given), element("panorama", **given))
    targets, panorama = wait(opened, "targets"), wait(opened, "panorama")
    for expected in (targets.locator(".scroll"), *targets.locator("summary").all()):
        opened.keyboard.press("Tab")
        expect(expected).to_be_focused()
    opened.keyboard.press("Enter")
    expect(targets.locator("details[open] li").nth(1)).to_be_visible()
    opened.keyboard.press("Tab")
    chips = panorama.locator(".chip")
    names = panorama.locator(".chip .name").all_inner_texts()
    expect(chips.first).to_be_focused()
    for key, at in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", -1)):
        opened.keyboard.press(key)
        expect(chips.nth(at)).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(chips.first).to_be_focused()
    opened.keyboard.press("Enter")
    detail = panorama.locator(".detail")
    expect(detail).to_be_visible()
    expect(detail).to_contain_text(names[0])
    expect(panorama.locator(".chip[aria-expanded=true]")).to_have_count(1)
    assert faults(panorama) == []
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    expect(detail).to_be_hidden()
    expect(chips.first).to_be_focused()
    assert troubles == []
    opened.close()


def test_it_speaks_english_and_fits_a_telephone(park):
    given = {"city": "330600", "chain": "quantum", "token": park.token(), "lang": "en"}
    kinds = ("targets", "gaps", "panorama")
    opened, troubles = park.read(*(element(kind, **given) for kind in kinds), width=360)
    for kind in kinds:
        one = wait(opened, kind)
        assert faults(one) == []
        assert one.evaluate("(node) => node.getBoundingClientRect().right") <= 360
    # What has no column there stands in another one.
    row = opened.locator("chainmap-targets tbody tr").first
    expect(row.locator("td").last).to_be_hidden()
    expect(row.locator(".narrow")).to_have_text(re.compile(r"^Chance \d+\.\d\d%$"))
    expect(opened.locator("chainmap-gaps .narrow").first).to_have_text(re.compile("^Score 0\\."))
    opened.set_viewport_size({"width": 1100, "height": 900})
    expect(row.locator("td").last).to_be_visible()
    expect(row.locator(".narrow")).to_be_hidden()
    expect(opened.locator("chainmap-panorama .title")).to_have_text("Chain panorama")
    about = opened.locator("chainmap-panorama .status").inner_text().rpartition(" · ")[0]
    assert about.startswith("Shaoxing · Quantum")
    for kind in ("targets", "gaps"):
        expect(opened.locator(f"chainmap-{kind} .status")).to_contain_text(f"{about} · ")
        expect(opened.locator(f"chainmap-{kind} caption")).to_contain_text(about)
    assert troubles == []
    opened.close()


def test_nothing_found_and_what_goes_wrong_are_said(park):
    token = park.token(chain="quantum")
    opened, troubles = park.read(
        element("gaps", city="330600", chain="quantum", token=park.token(), top=1),
        element("targets", city="没有的城市", token=park.token()),
        element("panorama", city="330600", chain="集成电路", token=token),
    )
    gaps = wait(opened, "gaps")
    wrong = wait(opened, "targets").locator("[role=alert]")
    expect(wrong).to_contain_text("没有这个名称")
    expect(wrong).to_contain_text("请求号")
    # Near names are said once: in Chinese what to do names them, in English they stand alone.
    near = wrong.inner_text()
    assert near.count("您是不是要找") == 1 and near.count("呼和浩特市") <= 1
    opened.evaluate("() => document.querySelector('chainmap-targets').setAttribute('lang', 'en')")
    expect(wrong).to_contain_text("Did you mean: ")
    expect(wait(opened, "panorama").locator("[role=alert]")).to_contain_text("权限")
    # Attributes changed later are followed; several at once are one question.
    asked = []
    opened.on("request", lambda r: asked.append(r.url) if r.method == "GET" else None)
    opened.evaluate(
        "(token) => { const one = document.querySelector('chainmap-panorama');"
        " one.setAttribute('chain', '量子信息'); one.setAttribute('token', token); }", token,
    )  # fmt: skip
    opened.locator("chainmap-panorama .chip").first.wait_for()
    assert len(asked) == 1
    # An empty answer is told apart from an error.
    opened.route("**/gaps?*", lambda route: route.fulfill(
        json={"basis": {"city": "绍兴市", "enough_data": True}, "gaps": []},
        headers={"access-control-allow-origin": park.site},
    ))  # fmt: skip
    opened.evaluate("() => document.querySelector('chainmap-gaps').reload()")
    gaps.get_by_text("没有符合条件的缺口").wait_for()
    opened.unroute("**/gaps?*")
    # A service that is away, and a second try.
    opened.route("**/gaps?*", lambda route: route.abort())
    opened.evaluate("() => document.querySelector('chainmap-gaps').reload()")
    gaps.get_by_text("无法连接到服务").wait_for()
    opened.unroute("**/gaps?*")
    gaps.get_by_role("button", name="重试").click()
    gaps.locator("tbody tr").first.wait_for()
    assert all("status of 40" in said or "ERR_FAILED" in said for said in troubles), troubles
    opened.close()


def test_a_visitor_reads_of_the_token_and_not_of_a_key(park):
    opened, _ = park.read(element("gaps", city="330600", token="ce_wrong"))
    wrong = wait(opened, "gaps").locator("[role=alert]")
    expect(wrong).to_contain_text("嵌入令牌不对。")
    expect(wrong).not_to_contain_text("密钥")
    opened.evaluate("() => document.querySelector('chainmap-gaps').setAttribute('lang', 'en')")
    expect(wrong).to_contain_text("The embed token is not valid.")
    expect(wrong).not_to_contain_text("API key")
    opened.close()


def test_markup_in_an_answer_is_only_ever_text(park):
    opened, troubles = park.read(element("gaps", city="330600", token=park.token()))
    wait(opened, "gaps")
    evil = '<img src=x onerror="window.hit=1"><b>'
    gap = dict.fromkeys(("rank", "segment", "kind", "kind_zh", "reason", "gap_score"), evil)
    gap |= {"citations": [{"title": evil, "box": evil}], "state": "__proto__"}
    opened.route("**/gaps?*", lambda route: route.fulfill(
        json={"basis": {"city": evil, "coverage": evil}, "gaps": [gap], "n_gaps": evil},
        headers={"access-control-allow-origin": park.site},
    ))  # fmt: skip
    opened.evaluate("() => document.querySelector('chainmap-gaps').reload()")
    gaps = opened.locator("chainmap-gaps")
    gaps.locator(".foot", has_text="<img").wait_for()
    expect(gaps.locator("img, b")).to_have_count(0)
    assert opened.evaluate("() => window.hit") is None
    assert troubles == []
    opened.close()


def test_a_token_may_come_from_the_hosts_own_server(park):
    park.pages["/token"] = ("application/json", f'{{"token": "{park.token()}"}}')
    opened, troubles = park.read(element("gaps", city="330600", token_src="/token", top=2))
    expect(wait(opened, "gaps").locator("tbody tr")).to_have_count(2)
    assert troubles == []
    opened.close()


def test_an_iframe_shows_on_a_listed_page_and_on_no_other(park):
    address = f"{park.ours}/embed/panorama?city=330600&chain=quantum&accent=7a0019"
    listed = f'<iframe title="全景图" src="{address}&client={park.client}#token={park.token()}">'
    opened, troubles = park.read(f"{listed}</iframe>")
    frame = opened.frame_locator("iframe")
    frame.locator("chainmap-panorama .chip").first.wait_for()
    shown = frame.locator("chainmap-panorama")
    assert faults(shown) == []
    expect(frame.locator("html")).to_have_attribute("lang", "zh-CN")
    assert shown.evaluate("(node) => node.style.getPropertyValue('--chainmap-accent')") == "#7a0019"
    assert troubles == []
    opened.close()
    other = park.served.key(origins=("https://elsewhere.example",)).split("_")[1]
    for client in (other, "", "aaaaaaaaaaaa"):
        opened, troubles = park.read(f'<iframe title="x" src="{address}&client={client}"></iframe>')
        until_said(opened, troubles, "frame-ancestors", "X-Frame-Options")
        assert opened.frames[-1].locator("chainmap-panorama").count() == 0
        opened.close()


def test_the_checks_see_what_is_wrong(park):
    opened = park.browser.new_page()
    opened.set_content("<main><p></p></main>")
    opened.evaluate(
        "() => document.querySelector('p').attachShadow({mode: 'open'}).innerHTML = `<table><thead>"
        "<tr><th>a</table><b id=x></b><b id=x aria-controls=y style='color:#999'>pale words</b>"
        "<button>`"
    )
    said = " ".join(faults(opened.locator("p")))
    for rule in ("inline", "table", "aria-controls", "button-name", "id twice", "small",
                 "no heading", "color-contrast"):  # fmt: skip
        assert rule in said, rule
    opened.close()


def test_a_page_that_no_key_names_gets_nothing(park):
    with foreign_site(park.ours) as (site, pages):
        pages["/"] = page(element("gaps", city="330600", token=park.token()), ours=park.ours)
        opened = patient(park.browser.new_page())
        troubles = []
        opened.on("console", lambda said: troubles.append(said.text))
        opened.goto(f"{site}/")
        until_said(opened, troubles, "CORS")
        assert opened.evaluate("() => customElements.get('chainmap-gaps')") is None
        opened.close()


def test_a_browsers_cache_keeps_the_link_to_the_next_page(park):
    opened = park.browser.new_page()
    opened.goto(f"{park.ours}/docs")
    read = opened.evaluate(
        """async (key) => {
          const read = [];
          for (let n = 0; n < 3; n += 1) {
            const answer = await fetch("/v1/chains?limit=1", {headers: {"X-API-Key": key}});
            read.push([(await answer.json()).length, answer.headers.get("link")]);
          }
          return read;
        }""",
        park.key,
    )
    assert read[0] == read[1] == read[2] and 'rel="next"' in read[0][1]
    opened.close()
