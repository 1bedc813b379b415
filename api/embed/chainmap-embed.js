/* <chainmap-targets>, <chainmap-gaps>, <chainmap-panorama>: a city's targets, gaps and chain panorama
   for a page of somebody else. One plain module: no dependency, no build step, no request but to the
   service it is told to ask. What comes from the network becomes text, never markup. How to use it:
   docs/embedding.md. */

const HERE = new URL(import.meta.url).origin;
const DEFAULT_TOP = 10;
const MARKED = 10;
const STATES = ["strong", "present", "weak", "absent", "unknown"];

const WORDS = {
  zh: {
    targets: "招商目标企业", gaps: "产业链缺口", panorama: "产业链全景图",
    loading: "正在载入……", retry: "重试", close: "收起",
    nTargets: (n) => `共 ${n} 家企业`, nGaps: (n, all) => `显示 ${n} 项缺口，共 ${all} 项`,
    nSegments: (n, held, gaps) => `${n} 个环节，${held} 个有企业，${gaps} 个是缺口`,
    noTargets: "没有符合条件的目标企业。", noGaps: "没有符合条件的缺口。",
    noData: (city) => `名录中${city}的企业太少，不足以判断缺口。`,
    rank: "名次", company: "企业", home: "所在地", fills: "可补环节", score: "得分", why: "理由与出处",
    chance: "可能性", usual: (p) => `通常 ${p}`, against: "须注意",
    segment: "环节", chain: "产业链", kind: "类型", here: "本地企业", interval: (a, b) => `区间 ${a}–${b}`,
    interval90: "90% 区间", cites: "出处", edition: (day) => `名录截至 ${day}`,
    check: "仅供研判，行动前须核实。", snapshot: (id) => `快照 ${id}`,
    firms: (n) => `${n} 家`, expected: "应有", nation: "全国", gapRank: (n) => `第 ${n} 位缺口`,
    suppliers: "本链供应环节", users: "本链使用环节", none: "无", gap: "缺口", first: (n) => `前 ${n} 位缺口`, keys: "用方向键在环节间移动，按回车看详情。",
    state: {strong: "强", present: "有", weak: "弱", absent: "缺", unknown: "数据不足"},
    gapKind: {build: "建链", fill: "补链", strengthen: "强链", extend: "延链"},
    noCity: "缺少 city 属性：请写明城市。", noChain: "缺少 chain 属性：请写明产业链。",
    unreachable: "无法连接到服务。", unreachableTodo: "请检查网络，或联系网站管理员。",
    unread: "服务的回答无法读取。", request: (id) => `请求号 ${id}`,
  },
  en: {
    targets: "Investment targets", gaps: "Industry-chain gaps", panorama: "Chain panorama",
    loading: "Loading…", retry: "Try again", close: "Close",
    nTargets: (n) => `${n} companies`, nGaps: (n, all) => `${n} of ${all} gaps`,
    nSegments: (n, held, gaps) => `${n} segments, ${held} with companies, ${gaps} gaps`,
    noTargets: "No company matches.", noGaps: "No gap matches.",
    noData: () => "Too few companies are known here to speak of gaps.",
    rank: "Rank", company: "Company", home: "Home", fills: "Would fill", score: "Score",
    why: "Reasons and sources",
    chance: "Chance", usual: (p) => `usual ${p}`, against: "Against it",
    segment: "Segment", chain: "Chain", kind: "Kind", here: "Here", interval: (a, b) => `${a}–${b}`,
    interval90: "90% interval", cites: "Sources", edition: (day) => `Roster of ${day}`,
    check: "For study: check before acting.", snapshot: (id) => `snapshot ${id}`,
    firms: (n) => `${n}`, expected: "Expected", nation: "Nation", gapRank: (n) => `gap no. ${n}`,
    suppliers: "Supplied by", users: "Supplies", none: "none", gap: "Gap", first: (n) => `first ${n} gaps`,
    keys: "Arrow keys move between segments, Enter shows details.",
    state: {strong: "strong", present: "present", weak: "weak", absent: "absent", unknown: "no data"},
    gapKind: {build: "build", fill: "fill", strengthen: "strengthen", extend: "extend"},
    noCity: "The attribute city is missing.", noChain: "The attribute chain is missing.",
    unreachable: "The service cannot be reached.",
    unreachableTodo: "Check the network, or tell the keeper of this page.",
    nearest: (names) => `Did you mean: ${names}?`,
    unread: "The answer cannot be read.", request: (id) => `request ${id}`,
  },
};

const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
:host { display: block; min-width: 0; }
:host([hidden]) { display: none; }
.root {
  all: initial; display: block; box-sizing: border-box; container-type: inline-size;
  --ink: var(--chainmap-ink, #14202b); --muted: var(--chainmap-muted, #51606e);
  --paper: var(--chainmap-paper, #fff); --wash: var(--chainmap-wash, #f1f4f7);
  --line: var(--chainmap-line, #c3ccd5); --accent: var(--chainmap-accent, #0b4a83);
  --gap: var(--chainmap-gap, #a8410a); --focus: var(--chainmap-focus, #d9480f);
  --radius: var(--chainmap-radius, 6px);
  font: var(--chainmap-size, 14px)/1.55 var(--chainmap-font, "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif);
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; text-align: start;
  color: var(--ink); background: var(--paper); border: 1px solid var(--line);
  border-radius: var(--radius); padding: 12px 14px;
}
.root * { box-sizing: border-box; }
.title { font-size: 1.15em; font-weight: 700; line-height: 1.35; margin: 0; }
.status { margin: 2px 0 8px; color: var(--muted); }
.scroll { overflow-x: auto; border-radius: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font: inherit; color: inherit; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: start; vertical-align: top; padding: 6px 8px; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--muted); font-weight: 400; font-size: .93em; white-space: nowrap; }
tbody th { font-weight: 700; }
td.n, th.n { text-align: end; white-space: nowrap; width: 1%; }
.second { display: block; color: var(--muted); font-weight: 400; font-size: .93em; }
details { font-weight: 400; margin-top: 2px; }
summary { cursor: pointer; color: var(--accent); font-size: .93em; width: fit-content; padding: 2px 0; }
ul { margin: 4px 0; padding: 0 0 0 1.2em; }
.kind { color: var(--gap); font-weight: 700; white-space: nowrap; }
.foot { margin: 10px 0 0; padding-top: 8px; border-top: 1px solid var(--line); color: var(--muted); font-size: .93em; }
.note { margin: 0; padding: 12px 14px; background: var(--wash); border-radius: var(--radius); }
.note strong { display: block; }
.note button { margin-top: 8px; }
button {
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--muted);
  border-radius: 4px; padding: 4px 10px; min-height: 32px; cursor: pointer; text-align: start;
}
.bone { height: 14px; margin: 10px 0; border-radius: 3px; background: var(--wash); }
.bone:nth-child(2n) { width: 82%; }
.stages { display: grid; gap: 10px; }
.stage { background: var(--wash); border-radius: var(--radius); padding: 8px 12px 10px; min-width: 0; }
.groups { columns: 190px; column-gap: 12px; }
.stage-name { font-weight: 700; }
.stage-name .second { display: inline; margin-inline-start: 8px; }
.group-name { color: var(--muted); font-size: .93em; padding: 6px 0 4px; break-after: avoid; }
.chips { list-style: none; margin: 0; padding: 0; }
.chips li { padding-bottom: 4px; break-inside: avoid; }
.chips li:first-child { break-before: avoid; }
.chip {
  display: flex; justify-content: space-between; align-items: baseline; gap: 8px; width: 100%;
  min-height: 30px; padding: 3px 8px; line-height: 1.4;
}
.chip .name { min-width: 0; }
.chip .said { white-space: nowrap; font-size: .88em; }
.strong { background: #0b4a83; color: #fff; border-color: #0b4a83; }
.present { background: #9dc6e6; color: #14202b; border-color: #5c93be; }
.weak { background: #deebf6; color: #14202b; border-color: #7fa9cc; }
.absent { background: #fff; color: #14202b; border-color: #8793a0; }
.unknown { background: #f4f5f6; color: #51606e; border: 1px dashed #8793a0; }
.gap { border-inline-start: 5px solid #a8410a; }
.linked { box-shadow: 0 0 0 3px var(--focus); }
.chip[aria-expanded="true"] { box-shadow: 0 0 0 3px var(--accent); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 12px; list-style: none; margin: 10px 0 0; padding: 0; }
.legend li { display: flex; align-items: center; gap: 5px; }
.legend i { width: 18px; height: 14px; border-width: 1px; border-style: solid; border-radius: 3px; }
.legend i.gap { border-inline-start-width: 5px; background: #fff; }
.detail { margin-top: 10px; border: 1px solid var(--line); border-radius: var(--radius); padding: 10px 12px; }
.detail[hidden] { display: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 6px 0; }
dt { color: var(--muted); } dd { margin: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.narrow { display: none; }
@container (max-width: 460px) {
  th, td { padding: 5px 4px; }
  .wide { display: none; }
  .narrow { display: block; }
}
@media (forced-colors: active) { .chip, .legend i { border: 1px solid CanvasText; } .gap { border-inline-start-width: 5px; } }
@media print { .scroll { overflow: visible; } button.retry { display: none; } }
`);

/* Return an element: its class, its text or children. Nothing is ever parsed as markup. */
function make(name, given = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(key === "cls" ? "class" : key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const list = (value) => (Array.isArray(value) ? value : []);
const text = (value) => (value === null || value === undefined ? "" : String(value));
const percent = (value) => (typeof value === "number" ? `${(100 * value).toFixed(2)}%` : "–");
const number = (value, digits) => (typeof value === "number" ? value.toFixed(digits) : "–");

/* What went wrong, in words a reader understands. */
class Trouble extends Error {
  constructor(message, todo = "", request = "") {
    super(message);
    this.todo = todo;
    this.request = request;
  }
}

class ChainmapElement extends HTMLElement {
  static observedAttributes = [
    "base", "city", "chain", "segment", "top", "lang", "token", "token-src", "heading", "heading-level",
  ];

  #asking = null;
  #planned = false;
  #minted = "";
  #status = null;
  #body = null;
  #root = null;

  constructor() {
    super();
    const shadow = this.attachShadow({mode: "open"});
    shadow.adoptedStyleSheets = [LOOK];
    this.#root = make("section", {cls: "root", part: "root"});
    shadow.append(this.#root);
  }

  connectedCallback() { this.#plan(); }

  disconnectedCallback() { this.#asking?.abort(); }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#plan();
  }

  /* Ask again, with a new token where there is a place to get one. */
  reload() { this.#plan(); }

  get words() { return WORDS[this.language]; }

  get language() {
    const said = this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || "zh";
    return said.toLowerCase().startsWith("en") ? "en" : "zh";
  }

  #plan() {
    if (this.#planned) return;
    this.#planned = true;  // several attributes set in one go are one question
    queueMicrotask(() => { this.#planned = false; if (this.isConnected) this.#load(); });
  }

  async #load() {
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    this.#frame();
    try {
      const answer = await this.#ask(asking.signal);
      if (asking.signal.aborted) return;
      this.#show(answer);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#fail(error instanceof Trouble ? error : new Trouble(this.words.unread));
    }
  }

  /* The frame around the answer: heading, what is going on, and room for the table. */
  #frame() {
    const w = this.words;
    const level = Math.min(6, Math.max(1, Number(this.getAttribute("heading-level")) || 2));
    const title = this.getAttribute("heading") || w[this.kind];
    this.#status = make("p", {cls: "status", role: "status", "aria-live": "polite", part: "status"}, w.loading);
    const bones = [1, 2, 3, 4].map(() => make("div", {cls: "bone"}));
    this.#body = make("div", {cls: "body", part: "body"}, make("div", {"aria-hidden": "true"}, ...bones));
    this.#root.setAttribute("lang", this.language === "en" ? "en" : "zh-CN");
    this.#root.setAttribute("aria-labelledby", "title");
    this.#root.setAttribute("aria-busy", "true");
    this.#root.replaceChildren(
      make("div", {cls: "title", id: "title", role: "heading", "aria-level": level, part: "title"}, title),
      this.#status,
      this.#body,
    );
  }

  async #ask(signal) {
    const w = this.words;
    if (!this.getAttribute("city")) throw new Trouble(w.noCity);
    if (this.kind === "panorama" && !this.getAttribute("chain")) throw new Trouble(w.noChain);
    const base = new URL(this.getAttribute("base") || HERE, document.baseURI).origin;
    let answer = await this.#fetch(base + this.address(), signal, await this.#token(signal, false));
    if (answer.status === 401 && this.getAttribute("token-src")) {
      answer = await this.#fetch(base + this.address(), signal, await this.#token(signal, true));
    }
    const snapshot = answer.headers.get("chainmap-snapshot") || "";
    const found = await answer.json().catch(() => null);
    if (answer.ok && found) return {found, snapshot};
    const request = answer.headers.get("x-request-id") || "";
    if (answer.status === 401) {
      this.dispatchEvent(new CustomEvent("chainmap-token-needed", {bubbles: true, composed: true}));
    }
    if (!found) throw new Trouble(w.unread, "", request);
    const english = this.language === "en";
    // A visitor knows nothing of keys: what is wrong with a token stands in the detail alone.
    const title = english || answer.status === 401 ? "" : found.title;
    const said = [title, (english ? found.detail_en : found.detail) || found.title_en].filter(Boolean);
    // In Chinese what to do names what comes close; in English only the names can be told.
    const nearest = list(found.nearest).map(text);
    const todo = english ? (nearest.length ? w.nearest(nearest.join(", ")) : "") : found.todo;
    throw new Trouble(said.map(text).join("："), text(todo), request);
  }

  #fetch(url, signal, token) {
    const headers = {Accept: "application/json"};
    if (token) headers.Authorization = `Bearer ${token}`;
    const how = {headers, signal, credentials: "omit", referrerPolicy: "no-referrer", redirect: "error"};
    return fetch(url, how).catch((error) => {
      if (signal.aborted) throw error;
      throw new Trouble(this.words.unreachable, this.words.unreachableTodo);
    });
  }

  /* The token: as given, or from the host's own server, kept until it is refused. */
  async #token(signal, anew) {
    const source = this.getAttribute("token-src");
    if (!source) return this.getAttribute("token") || "";
    if (this.#minted && !anew) return this.#minted;
    try {
      const answer = await fetch(new URL(source, document.baseURI), {signal, credentials: "same-origin"});
      const found = answer.ok ? await answer.json() : {};
      this.#minted = text(found.token);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Trouble(this.words.unreachable, this.words.unreachableTodo);
    }
    return this.#minted;
  }

  #show({found, snapshot}) {
    const {said, body, empty} = this.draw(found);
    this.#status.textContent = said;
    if (empty) this.#status.classList.add("note");
    this.#body.replaceChildren(...body, this.#foot(found, snapshot));
    this.#root.setAttribute("aria-busy", "false");
    this.dispatchEvent(new CustomEvent("chainmap-ready", {bubbles: true, composed: true}));
  }

  #fail(trouble) {
    const w = this.words;
    const retry = make("button", {type: "button", cls: "retry", part: "button", on: {click: () => this.reload()}}, w.retry);
    const told = [make("strong", {}, trouble.message)];
    if (trouble.todo) told.push(make("span", {}, trouble.todo, " "));
    if (trouble.request) told.push(make("span", {cls: "second"}, w.request(trouble.request)));
    this.#status.textContent = "";
    this.#body.replaceChildren(make("div", {cls: "note", role: "alert", part: "error"}, ...told, retry));
    this.#root.setAttribute("aria-busy", "false");
    this.dispatchEvent(new CustomEvent("chainmap-error", {bubbles: true, composed: true, detail: {message: trouble.message}}));
  }

  #foot(found, snapshot) {
    const w = this.words, basis = found.basis || found;
    const said = [w.edition(text(basis.edition))];
    if (snapshot) said.push(w.snapshot(snapshot));
    const foot = make("p", {cls: "foot", part: "foot"}, make("span", {lang: "zh"}, text(basis.coverage)), " ", said.join(" · "), " ");
    if (basis.may_act !== true) foot.append(make("strong", {}, w.check));
    return foot;
  }

  /* The address of a question, from the attributes. */
  question(path, names) {
    const query = new URLSearchParams();
    for (const name of names) if (this.getAttribute(name)) query.set(name, this.getAttribute(name));
    if (names.includes("top") && !query.has("top")) query.set("top", DEFAULT_TOP);
    return `/v1/cities/${encodeURIComponent(this.getAttribute("city"))}/${path}${query.size ? `?${query}` : ""}`;
  }

  table(caption, heads, rows) {
    const head = make("tr", {}, ...heads.map(([name, cls]) => make("th", {scope: "col", cls}, name)));
    const whole = make("table", {part: "table"}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows));
    // A wide table scrolls by itself; the keyboard must reach it to do so.
    return make("div", {cls: "scroll", role: "region", "aria-label": caption, tabindex: "0"}, whole);
  }

  /* A rank, and where it may lie as well. */
  rank(one) {
    const w = this.words;
    const told = make("span", {cls: "second", title: w.interval90}, w.interval(text(one.rank_low), text(one.rank_high)));
    return make("td", {cls: "n"}, text(one.rank), told);
  }

  /* What a column too many would show, where there is no room for it. */
  narrow(name, said) {
    return make("span", {cls: "second narrow", lang: this.language}, `${name} ${said}`);
  }

  /* Reasons, what speaks against, and sources, folded. */
  reasons(name, reasons, against, citations) {
    const w = this.words;
    const cited = citations.map((one) => `${text(one.title)} · ${text(one.box)}`);
    const inner = [];
    for (const [heading, said] of [["", reasons], [w.against, against], [w.cites, cited]]) {
      if (!said.length) continue;
      if (heading) inner.push(make("span", {cls: "second"}, heading));
      inner.push(make("ul", {}, ...said.map((one) => make("li", {lang: "zh"}, text(one)))));
    }
    if (!inner.length) return null;
    return make("details", {}, make("summary", {}, w.why, make("span", {cls: "hidden"}, `：${name}`)), ...inner);
  }

  /* City and chain that an answer is about. */
  about(basis) {
    const named = this.language === "en" ? [basis.city_en || basis.city, basis.chain_en || basis.chain] : [basis.city, basis.chain];
    return named.filter(Boolean).map(text).join(" · ");
  }

  nothing(basis, said) {
    const told = basis.enough_data === false ? this.words.noData(text(basis.city)) : said;
    return {said: told, body: [], empty: true};
  }
}

class Targets extends ChainmapElement {
  kind = "targets";

  address() { return this.question("targets", ["chain", "segment", "top"]); }

  draw(found) {
    const w = this.words, basis = found.basis || {}, targets = list(found.targets);
    if (!targets.length) return this.nothing(basis, w.noTargets);
    const heads = [[w.rank, "n"], [w.company, null], [w.fills, null], [w.chance, "n wide"]];
    const rows = targets.map((one) => make("tr", {},
      this.rank(one),
      make("th", {scope: "row", lang: "zh"}, text(one.company),
        make("span", {cls: "second"}, text(one.home_city)),
        this.reasons(text(one.short_name), list(one.reasons), list(one.counter_evidence), list(one.citations))),
      make("td", {lang: "zh"}, text(one.segment),
        make("span", {cls: "second"}, make("span", {cls: "kind", lang: this.language}, w.gapKind[one.gap_kind] || text(one.gap_kind_zh))),
        this.narrow(w.chance, percent(one.chance))),
      make("td", {cls: "n wide"}, percent(one.chance), make("span", {cls: "second"}, w.usual(percent(one.usual_chance))))));
    const about = this.about(basis);
    return {said: `${about} · ${w.nTargets(targets.length)}`, body: [this.table(`${w.targets} ${about}`, heads, rows)]};
  }
}

class Gaps extends ChainmapElement {
  kind = "gaps";

  address() { return this.question("gaps", ["chain", "top"]); }

  draw(found) {
    const w = this.words, basis = found.basis || {}, gaps = list(found.gaps);
    if (!gaps.length) return this.nothing(basis, w.noGaps);
    const heads = [[w.rank, "n"], [w.segment, null], [w.kind, null], [w.here, "n"], [w.score, "n wide"]];
    const rows = gaps.map((one) => make("tr", {},
      this.rank(one),
      make("th", {scope: "row", lang: "zh"}, text(one.segment),
        basis.chain ? null : make("span", {cls: "second"}, text(one.chain)),
        this.reasons(text(one.segment), [one.reason].filter(Boolean), [], list(one.citations))),
      make("td", {}, make("span", {cls: "kind"}, w.gapKind[one.kind] || text(one.kind_zh)), this.narrow(w.score, number(one.gap_score, 3))),
      make("td", {cls: "n"}, w.firms(text(one.n_companies)), make("span", {cls: "second"}, w.state[one.state] || text(one.state_zh))),
      make("td", {cls: "n wide"}, number(one.gap_score, 3))));
    const about = this.about(basis);
    return {said: `${about} · ${w.nGaps(gaps.length, text(found.n_gaps))}`, body: [this.table(`${w.gaps} ${about}`, heads, rows)]};
  }
}

class PanoramaElement extends ChainmapElement {
  kind = "panorama";

  address() { return this.question(`chains/${encodeURIComponent(this.getAttribute("chain"))}/panorama`, []); }

  draw(found) {
    const w = this.words, stages = list(found.stages);
    const segments = stages.flatMap((stage) => list(stage.groups).flatMap((group) => list(group.segments)));
    const called = (one) => text(this.language === "en" ? one.name_en : one.name);
    const chips = new Map();
    const detail = make("div", {cls: "detail", role: "region", id: "detail", "aria-live": "polite", hidden: true, part: "detail"});
    const open = (one) => this.#detail(one, {chips, detail, called});
    for (const one of segments) chips.set(one.id, this.#chip(one, called(one), open));
    const drawn = stages.map((stage) => make("div", {cls: "stage", role: "group", "aria-label": called(stage)},
      make("div", {cls: "stage-name", "aria-hidden": "true"}, called(stage), make("span", {cls: "second"}, this.#held(stage))),
      make("div", {cls: "groups"}, ...list(stage.groups).map((group) => make("div", {},
        make("div", {cls: "group-name", id: `g-${text(group.id)}`}, called(group)),
        make("ul", {cls: "chips", "aria-labelledby": `g-${text(group.id)}`},
          ...list(group.segments).map((one) => make("li", {}, chips.get(one.id)))))))));
    const about = this.about(found);
    const held = segments.filter((one) => one.n_companies > 0).length;
    const gaps = segments.filter((one) => one.gap_kind).length;
    const picture = make("div", {cls: "stages", part: "picture", "aria-describedby": "keys", on: {keydown: (event) => this.#move(event, [...chips.values()])}}, ...drawn);
    [...chips.values()].forEach((chip, at) => { chip.tabIndex = at ? -1 : 0; });
    const body = [make("p", {cls: "hidden", id: "keys"}, w.keys), picture, detail, this.#legend()];
    if (found.enough_data === false) body.unshift(make("p", {cls: "note"}, w.noData(text(found.city))));
    return {said: `${about} · ${w.nSegments(segments.length, held, gaps)}`, body};
  }

  #held(stage) {
    const own = list(stage.groups).flatMap((group) => list(group.segments));
    return `${own.filter((one) => one.n_companies > 0).length}/${own.length}`;
  }

  /* A segment; only the first gaps are marked, or nearly every chip would be. */
  #chip(one, name, open) {
    const w = this.words, state = STATES.includes(one.state) ? one.state : "unknown";
    const first = one.gap_kind && one.gap_rank <= MARKED;
    const kind = first ? w.gapKind[one.gap_kind] || text(one.gap_kind_zh) : "";
    const held = one.n_companies > 0 ? w.firms(one.n_companies) : "";
    const said = [w.state[state], held, kind].filter(Boolean).join(" ");
    return make("button", {type: "button", cls: `chip ${state}${first ? " gap" : ""}`, "aria-expanded": "false", "aria-controls": "detail", on: {click: () => open(one)}},
      make("span", {cls: "name"}, name), make("span", {cls: "said"}, said));
  }

  /* Show a segment's numbers, and mark those it buys from and sells to; again, and all is folded. */
  #detail(one, {chips, detail, called}) {
    const w = this.words, chip = chips.get(one.id), folded = chip.getAttribute("aria-expanded") === "false";
    const linked = new Set([...list(one.suppliers), ...list(one.users)]);
    for (const [id, other] of chips) {
      other.setAttribute("aria-expanded", String(folded && id === one.id));
      other.classList.toggle("linked", folded && linked.has(id));
    }
    detail.hidden = !folded;
    if (!folded) return;
    const names = (ids) => list(ids).filter((id) => chips.has(id)).map((id) => chips.get(id).firstChild.textContent);
    const row = (name, value) => [make("dt", {}, name), make("dd", {}, value)];
    const joined = (ids) => names(ids).join(this.language === "en" ? ", " : "、") || w.none;
    const gap = one.gap_kind ? [w.gapKind[one.gap_kind] || text(one.gap_kind_zh), one.gap_rank ? w.gapRank(one.gap_rank) : ""].filter(Boolean).join(" · ") : w.none;
    detail.replaceChildren(
      make("strong", {}, called(one)),
      make("dl", {}, ...row(w.here, `${w.firms(text(one.n_companies))} · ${w.state[one.state] || ""}`),
        ...row(w.expected, number(one.expected, 1)), ...row(w.nation, w.firms(text(one.n_nation))), ...row(w.gap, gap),
        ...row(w.suppliers, joined(one.suppliers)), ...row(w.users, joined(one.users))),
      make("button", {type: "button", part: "button", on: {click: () => { chip.click(); chip.focus(); }}}, w.close));
  }

  /* One stop for the Tab key; inside, arrows, Home and End. */
  #move(event, chips) {
    const at = chips.indexOf(event.target.closest("button"));
    const steps = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: chips.length - 1};
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = chips[(steps[event.key] + chips.length) % chips.length];
    for (const chip of chips) chip.tabIndex = chip === next ? 0 : -1;
    next.focus();
  }

  #legend() {
    const w = this.words;
    const states = STATES.map((state) => make("li", {}, make("i", {cls: state, "aria-hidden": "true"}), w.state[state]));
    return make("ul", {cls: "legend", part: "legend"}, ...states, make("li", {}, make("i", {cls: "absent gap", "aria-hidden": "true"}), w.first(MARKED)));
  }
}

for (const [name, element] of [["targets", Targets], ["gaps", Gaps], ["panorama", PanoramaElement]]) {
  if (!customElements.get(`chainmap-${name}`)) customElements.define(`chainmap-${name}`, element);
}
