"""What is checked of every page for readers with a keyboard, a screen reader or weak eyes.

axe-core does the checking; ours are the few rules it does not have.
"""

from axe_playwright_python.base import AXE_SCRIPT

AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "selectors": False,  # what is wrong is shown by its HTML
}

NARROW = [
    "target-size", "scrollable-region-focusable", "nested-interactive", "aria-hidden-focus",
    "button-name", "link-name", "label", "select-name", "summary-name", "heading-order", "region",
]  # fmt: skip
"""Rules that a page may break on a telephone though it keeps them on a desk: something else is
shown there, or somewhere else. Colours, names and languages are the same."""

COLOURS = ["color-contrast"]
ALIKE = ["tbody > tr:nth-child(n + 9)", "li:nth-child(n + 13)"]
"""Rows of a long list are written by the same lines of a template. Every one is held to every rule
but that of colours, which costs more than all others together: it is asked of the first ones."""

CHECKS = r"""
() => {
  const faults = [], say = (rule, node) => faults.push(
    `${rule}: ${(node.outerHTML || "").slice(0, 120)}`);
  const shown = (node) => node.checkVisibility({checkVisibilityCSS: true}) &&
    node.getClientRects().length > 0;
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (![...document.querySelectorAll("nav")].some(shown)) faults.push("no navigation");
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  for (const id of new Set(twice)) faults.push(`id twice: ${id}`);
  for (const node of document.querySelectorAll("svg:not([aria-hidden])"))
    if (!["img", "group"].includes(node.getAttribute("role")) || !node.getAttribute("aria-label"))
      say("picture unnamed", node);
  for (const table of document.querySelectorAll("table"))
    if (shown(table) && !table.querySelector("th[scope]")) say("table without heads", table);
  for (const node of document.querySelectorAll("[style], style, script:not([src])"))
    say("inline", node);
  return faults;
}
"""

CUT = r"""
() => [...document.querySelectorAll(
    ".chip-name, .tile-name, .tile-value, h1, h2, h3, th, td, dd, dt, .tabs a, .button")]
  .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 &&
    node.clientWidth > 0 && !node.closest(".hidden") &&
    getComputedStyle(node).display !== "inline" &&
    !(node.closest("thead")?.offsetHeight <= 1))
  .map((node) => node.outerHTML.slice(0, 100))
"""


def violations(frame, located, *, rules=None, all_but=(), leave=()):
    """Return axe's violations in one part of a page or frame, in words.

    Of all rules, or of some, or of `all_but` some; what the selectors `leave` find is passed over.
    """
    if not frame.evaluate("'axe' in window"):
        # Evaluated from outside, axe needs no leave from the page's own policy.
        frame.evaluate(AXE_SCRIPT)
    options = AXE_OPTIONS | {"rules": {rule: {"enabled": False} for rule in all_but}}
    if rules:
        options |= {"runOnly": {"type": "rule", "values": rules}}
    found = located.evaluate(
        "(node, [options, exclude]) => axe.run({include: [node], exclude}, options)",
        [options, [[selector] for selector in leave]],
    )
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def faults(page, *, rules=None):
    """Return what a page does wrong, in words: axe's violations, then ours."""
    whole = page.locator("html")
    if rules:
        return violations(page, whole, rules=rules) + page.evaluate(CHECKS)
    found = violations(page, whole, all_but=COLOURS) + page.evaluate(CHECKS)
    return found + violations(page, whole, rules=COLOURS, leave=ALIKE)


def cut_texts(page):
    """Return texts that run out of their boxes."""
    return page.evaluate(CUT)


def overflow(page):
    """Return by how many px a page is wider than its window."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
