"""The embed in a page that is not ours, as its reader has it: Chromium, ugly CSS, a strict CSP."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from chainmap.ledger.engine import ledger_url
from tests.server.embedding import Listening, element, foreign_site, page
from tests.server.serving import Served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

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
  for (const node of all("button, summary")) if (!node.textContent.trim()) say("no name", node);
  const ids = all("[id]").map((node) => node.id);
  if (new Set(ids).size !== ids.length) faults.push("id twice");
  for (const node of all("button, summary"))
    if (node.getBoundingClientRect().height < 24) say("small", node);
  if (!root.querySelector("[role=heading]") || !root.querySelector("[role=status]"))
    faults.push("no heading or status");

  const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement || at.getRootNode().host) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map(
      (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility()) continue;
    const one = light(parse(getComputedStyle(node).color)), two = light(ground(node));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)}`, node);
  }
  return faults;
}
"""


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
        opened = self.browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
        opened.set_default_timeout(60_000)
        troubles = []
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda said: troubles.append(said.text))
        known = (self.site, self.ours, "data:")
        opened.on("request", lambda r: r.url.startswith(known) or troubles.append(r.url))
        opened.goto(f"{self.site}/")
        return opened, troubles


@pytest.fixture(scope="module")
def park():
    if CHROMIUM is None:
        pytest.skip("needs the distribution's chromium (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        served = Served(ledger_url(None, folder), folder, job_workers=0)
        closing.callback(served.service.ledger.close)
        ours = closing.enter_context(Listening(served.app)).origin
        site, pages = closing.enter_context(foreign_site(ours))
        started = closing.enter_context(sync_playwright())
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        closing.callback(browser.close)
        yield Park(served, ours, site, pages, browser)


def wait(opened, kind):
    """Wait until a component has its answer; returns it."""
    found = opened.locator(f"chainmap-{kind}")
    found.locator(".root[aria-busy=false]").wait_for()
    return found


def style(located, name):
    return located.evaluate(f"(node) => getComputedStyle(node).{name}")


def test_all_three_live_in_a_page_of_somebody_else(park):
    given = {"city": "绍兴", "chain": "集成电路", "token": park.token()}
    opened, troubles = park.read(
        element("targets", top=5, **given), element("gaps", top=4, **given),
        element("panorama", **given),
    )  # fmt: skip
    targets, gaps, panorama = (wait(opened, kind) for kind in ("targets", "gaps", "panorama"))
    assert targets.locator("tbody tr").count() == 5 and gaps.locator("tbody tr").count() == 4
    chips = panorama.locator(".chip").count()
    assert f"{chips} 个环节" in panorama.locator("[role=status]").inner_text()
    for one in (targets, gaps, panorama):
        assert one.evaluate(FAULTS) == []
        assert "绍兴市 · 集成电路" in one.locator("[role=status]").inner_text()
        assert "行动前须核实" in one.locator(".foot").inner_text()
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
    focused = "() => document.activeElement.shadowRoot?.activeElement?."
    for expected in ("className === 'scroll'", "tagName === 'SUMMARY'", "tagName === 'SUMMARY'"):
        opened.keyboard.press("Tab")
        assert opened.evaluate(focused + expected), expected
    opened.keyboard.press("Enter")
    assert targets.locator("details[open] li").count() >= 2
    opened.keyboard.press("Tab")
    assert opened.evaluate(focused + "classList.contains('chip')")
    names = panorama.locator(".chip .name").all_inner_texts()
    now = "() => document.activeElement.shadowRoot.activeElement.firstChild.textContent"
    for key, at in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", -1)):
        opened.keyboard.press(key)
        assert opened.evaluate(now) == names[at], key
    opened.keyboard.press("ArrowDown")
    assert opened.evaluate(now) == names[0]
    opened.keyboard.press("Enter")
    detail = panorama.locator(".detail")
    assert detail.is_visible() and names[0] in detail.inner_text()
    assert panorama.locator(".chip[aria-expanded=true]").count() == 1
    assert panorama.evaluate(FAULTS) == []
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert detail.is_hidden() and opened.evaluate(now) == names[0]
    assert troubles == []
    opened.close()


def test_it_speaks_english_and_fits_a_telephone(park):
    given = {"city": "330600", "chain": "quantum", "token": park.token(), "lang": "en"}
    kinds = ("targets", "gaps", "panorama")
    opened, troubles = park.read(*(element(kind, **given) for kind in kinds), width=360)
    for kind in kinds:
        one = wait(opened, kind)
        assert one.evaluate(FAULTS) == []
        assert one.evaluate("(node) => node.getBoundingClientRect().right") <= 360
    assert opened.locator("chainmap-panorama .title").inner_text() == "Chain panorama"
    assert "Shaoxing" in opened.locator("chainmap-panorama .status").inner_text()
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
    wrong = wait(opened, "targets").locator("[role=alert]").inner_text()
    assert "没有这个名称" in wrong and "请求号" in wrong
    assert "权限" in wait(opened, "panorama").locator("[role=alert]").inner_text()
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
    assert gaps.locator("img, b").count() == 0
    assert opened.evaluate("() => window.hit") is None
    assert troubles == []
    opened.close()


def test_a_token_may_come_from_the_hosts_own_server(park):
    park.pages["/token"] = ("application/json", f'{{"token": "{park.token()}"}}')
    opened, troubles = park.read(element("gaps", city="330600", token_src="/token", top=2))
    assert wait(opened, "gaps").locator("tbody tr").count() == 2
    assert troubles == []
    opened.close()


def test_an_iframe_shows_on_a_listed_page_and_on_no_other(park):
    address = f"{park.ours}/embed/panorama?city=330600&chain=quantum&accent=7a0019"
    listed = f'<iframe title="全景图" src="{address}&client={park.client}#token={park.token()}">'
    opened, troubles = park.read(f"{listed}</iframe>")
    frame = opened.frame_locator("iframe")
    frame.locator("chainmap-panorama .chip").first.wait_for()
    shown = frame.locator("chainmap-panorama")
    assert shown.evaluate(FAULTS) == []
    assert frame.locator("html").get_attribute("lang") == "zh-CN"
    assert shown.evaluate("(node) => node.style.getPropertyValue('--chainmap-accent')") == "#7a0019"
    assert troubles == []
    opened.close()
    other = park.served.key(origins=("https://elsewhere.example",)).split("_")[1]
    for client in (other, "", "aaaaaaaaaaaa"):
        opened, troubles = park.read(f'<iframe title="x" src="{address}&client={client}"></iframe>')
        opened.wait_for_timeout(300)
        assert any("frame-ancestors" in said or "X-Frame-Options" in said for said in troubles)
        assert opened.frames[-1].locator("chainmap-panorama").count() == 0
        opened.close()


def test_the_checks_see_what_is_wrong(park):
    opened = park.browser.new_page()
    opened.set_content("<p></p>")
    said = opened.evaluate(
        "(check) => { const host = document.querySelector('p');"
        " host.attachShadow({mode: 'open'}).innerHTML = `<table><thead><tr><th>a</table><b id=x>"
        " <b id=x aria-controls=y style='color:#999'>b</b><button></button>`;"
        " return eval(check)(host).join(' '); }",
        FAULTS,
    )
    for rule in ("inline", "table", "aria-controls", "no name", "id twice", "small", "no heading"):
        assert rule in said, rule
    assert "contrast" in said
    opened.close()


def test_a_page_that_no_key_names_gets_nothing(park):
    with foreign_site(park.ours) as (site, pages):
        pages["/"] = page(element("gaps", city="330600", token=park.token()), ours=park.ours)
        opened = park.browser.new_page()
        troubles = []
        opened.on("console", lambda said: troubles.append(said.text))
        opened.goto(f"{site}/")
        opened.wait_for_timeout(300)
        assert opened.evaluate("() => customElements.get('chainmap-gaps')") is None
        assert any("CORS" in said for said in troubles)
        opened.close()
