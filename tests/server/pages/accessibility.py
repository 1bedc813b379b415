"""What is checked of every page for readers with a keyboard, a screen reader or weak eyes."""

CHECKS = r"""
() => {
  const faults = [], say = (rule, node) => faults.push(
    `${rule}: ${(node.outerHTML || "").slice(0, 120)}`);
  const shown = (node) => node.checkVisibility({checkVisibilityCSS: true}) &&
    node.getClientRects().length > 0;
  const all = (query) => [...document.querySelectorAll(query)].filter(shown);
  const named = (node) => (node.getAttribute("aria-label") || node.textContent || "").trim() ||
    [...node.querySelectorAll("img[alt], svg[aria-label]")].some((one) => one);
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (all("main").length !== 1 || all("nav").length < 1) faults.push("landmarks");
  let level = 1;
  for (const heading of all("h1,h2,h3,h4")) {
    const at = Number(heading.tagName[1]);
    if (at > level + 1) say("heading skips a level", heading);
    level = at;
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  for (const id of new Set(twice)) faults.push(`id twice: ${id}`);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!field.labels.length && !field.getAttribute("aria-label")) say("no label", field);
  for (const node of all("a[href], button")) if (!named(node)) say("no name", node);
  for (const image of document.querySelectorAll("img:not([alt])")) say("no alt", image);
  for (const node of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(node.getAttribute("aria-labelledby"))) say("no label", node);
  for (const node of document.querySelectorAll("svg:not([aria-hidden])"))
    if (node.getAttribute("role") !== "img" || !node.getAttribute("aria-label"))
      say("picture unnamed", node);
  for (const table of all("table"))
    if (!table.querySelector("th[scope]")) say("table without heads", table);
  for (const node of document.querySelectorAll("[style], style, script:not([src])"))
    say("inline", node);

  const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
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
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(node)) continue;
    seen.add(node);
    if (node.closest("svg, .hidden, .skip, option, script")) continue;
    if (!shown(node)) continue;
    const style = getComputedStyle(node), big = parseFloat(style.fontSize) >= 24 ||
      (parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 700);
    const one = light(parse(style.color).slice(0, 3)), two = light(ground(node));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < (big ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, node);
  }
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


def faults(page):
    """Return what a page does wrong, in words."""
    return page.evaluate(CHECKS)


def cut_texts(page):
    """Return texts that run out of their boxes."""
    return page.evaluate(CUT)


def overflow(page):
    """Return by how many px a page is wider than its window."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
