// Small helps on top of pages that work without them: no data is made here.
"use strict";

// A choice is a submission: the button is for readers without script.
document.addEventListener("change", (event) => {
  const select = event.target.closest("select[data-submit]");
  if (select) select.form.requestSubmit();
});
for (const select of document.querySelectorAll("select[data-submit]")) {
  const button = select.form.querySelector("button");
  if (button) button.classList.add("hidden");
}

// Numbers of a chip or dot, on hover and on keyboard focus.
const tip = document.getElementById("tip");
const placeTip = (owner) => {
  const box = owner.getBoundingClientRect();
  const top = box.bottom + 6 + tip.offsetHeight > innerHeight ? box.top - tip.offsetHeight - 6 : box.bottom + 6;
  tip.style.top = `${Math.max(4, top)}px`;
  tip.style.left = `${Math.max(4, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
};
const showTip = (event) => {
  const owner = event.target.closest?.("[data-tip]");
  if (!owner) return;
  tip.textContent = owner.dataset.tip;
  tip.hidden = false;
  placeTip(owner);
};
const hideTip = () => { tip.hidden = true; };
document.addEventListener("pointerover", showTip);
document.addEventListener("focusin", showTip);
document.addEventListener("pointerout", (event) => { if (event.target.closest?.("[data-tip]")) hideTip(); });
document.addEventListener("focusout", hideTip);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
// Focus itself scrolls to a chip outside the window: its numbers go along. Others go.
addEventListener("scroll", () => {
  const owner = document.activeElement.closest("[data-tip]:focus-visible");
  if (owner && !tip.hidden && tip.textContent === owner.dataset.tip) placeTip(owner); else hideTip();
}, { passive: true });

// A slider says where it stands; a list that could not be fetched says so.
document.addEventListener("input", (event) => {
  const said = event.target.type === "range" && document.querySelector(`output[for="${event.target.id}"]`);
  if (said) said.value = event.target.value;
});
const failed = document.getElementById("failed");
if (failed) {
  for (const kind of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(kind, () => { failed.hidden = false; });
  document.addEventListener("htmx:afterSwap", () => { failed.hidden = true; });
}

// A report takes seconds to make: say so, say when it fails, and ask once however often one clicks.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-made]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.ariaBusy) return;
  const said = link.parentElement.querySelector(".making");
  const say = (text) => { if (said) said.textContent = text; };
  link.ariaBusy = "true";
  say(said?.dataset.busy);
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const name = answer.headers.get("content-disposition")?.split("''")[1] ?? "";
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = decodeURIComponent(name);
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    say("");
  } catch (problem) {
    say(problem.name === "Error" && problem.message ? problem.message : said?.dataset.failed);
  } finally {
    link.ariaBusy = null;
  }
});

// The panorama: a filter, and the links of the chip under the pointer or of the chosen one.
const panorama = document.getElementById("panorama");
if (panorama) {
  const links = document.getElementById("links");
  document.addEventListener("change", (event) => {
    if (event.target.name === "only") { panorama.dataset.only = event.target.value; draw(); }
  });
  const ids = (text) => text.split(" ").filter(Boolean).map((id) => document.getElementById(id));
  const at = (chip) => {
    const frame = panorama.getBoundingClientRect(), box = chip.getBoundingClientRect();
    return { left: box.left - frame.left, right: box.right - frame.left, y: (box.top + box.bottom) / 2 - frame.top, shown: box.width > 0 };
  };
  const curve = (from, to, kind) => {
    const a = at(from), b = at(to);
    if (!a.shown || !b.shown) return "";
    const right = b.left >= a.right, left = b.right <= a.left;
    const x1 = right ? a.right : a.left, x2 = right ? b.left : left ? b.right : b.left;
    const bend = right || left ? Math.max(24, Math.abs(x2 - x1) / 2) * (right ? 1 : -1) : -26;
    const back = right || left ? -bend : -26, way = right || !left ? -8 : 8;
    return `<path class="${kind}" d="M${x1} ${a.y}C${x1 + bend} ${a.y} ${x2 + back} ${b.y} ${x2} ${b.y}"/><path class="tip-${kind}" d="M${x2} ${b.y}l${way} -4v8z"/>`;
  };
  const draw = (chip = document.getElementById(panorama.dataset.focus)) => {
    links.innerHTML = !chip ? "" : ids(chip.dataset.s).map((one) => curve(one, chip, "from")).join("") + ids(chip.dataset.u).map((one) => curve(chip, one, "to")).join("");
  };
  const light = (chip, on) => {
    for (const one of ids(chip.dataset.s)) one.classList.toggle("lit-supplier", on);
    for (const one of ids(chip.dataset.u)) one.classList.toggle("lit-user", on);
    if (!panorama.dataset.focus) draw(on ? chip : null);
  };
  for (const [kind, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    panorama.addEventListener(kind, (event) => { const chip = event.target.closest("a.chip"); if (chip) light(chip, on); });
  }
  addEventListener("resize", () => draw());
  draw();
}
