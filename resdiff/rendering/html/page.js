// Filters, search, going from change to change, links to copy. The page is whole without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const bar = $("bar");
  const rows = all("#changes tr[data-kind]");
  const references = all("#changes tr.see");
  const say = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  root.classList.add("scripted");

  // ---- the height of the sticky bar, for everything that sticks below it
  const measure = () => {
    const sticky = getComputedStyle(bar).position === "sticky";
    root.style.setProperty("--bar", (sticky ? bar.offsetHeight : 0) + "px");
  };
  new ResizeObserver(measure).observe(bar);
  measure();

  // ---- texts folded for searching: case, accents, apostrophes and kinds of space do not count
  const RE_MARK = /\p{M}/gu;
  const fold = (text) => {
    let folded = "";
    const origin = [];
    for (let index = 0; index < text.length; index++) {
      const base = text[index].normalize("NFD").replace(RE_MARK, "").toLowerCase()
        .replace("œ", "oe").replace("æ", "ae").replace(/[’ʼ]/, "'").replace(/[\u00a0\u202f\s]/, " ");
      for (const letter of base) { folded += letter; origin.push(index); }
    }
    return { folded, origin };
  };
  const inline = () => $("v-inline").checked;
  const cache = new WeakMap();
  const words = (paragraph) => {
    if (!cache.has(paragraph)) {
      const nodes = [];
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      let text = "";
      while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest("a.p")) continue;
        nodes.push([walker.currentNode, text.length]);
        text += walker.currentNode.data;
      }
      cache.set(paragraph, { nodes, ...fold(text) });
    }
    return cache.get(paragraph);
  };
  const range = (nodes, start, end) => {
    const at = (place) => nodes.findLast(([, offset]) => offset <= place);
    const [first, a] = at(start);
    const [last, b] = at(end - 1);
    const made = document.createRange();
    made.setStart(first, start - a);
    made.setEnd(last, end - b);
    return made;
  };
  if (window.Highlight) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::highlight(found){background-color:var(--found);color:var(--ink)}");
    document.adoptedStyleSheets = [sheet];
  }
  const find = (row, needle) => {
    const found = [];
    for (const paragraph of all(inline() ? "td.both p, td.whole p" : "td.old p, td.new p", row)) {
      const { nodes, folded, origin } = words(paragraph);
      for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
        found.push(range(nodes, origin[at], origin[at + needle.length - 1] + 1));
      }
    }
    return found;
  };

  // ---- filters
  const choice = { weight: $("f-weight"), kind: $("f-kind"), topic: $("f-topic"), part: $("f-part") };
  const keeps = (row) => {
    const data = row.dataset;
    const kind = choice.kind.value;
    return +data.weight >= +choice.weight.value
      && (!kind || data.kind === kind || (kind in data))
      && (!choice.topic.value || (data.topics || "").split(" ").includes(choice.topic.value))
      && (!choice.part.value || row.parentElement.dataset.part === choice.part.value)
      && !($("hide-same").checked && row.classList.contains("same") && !("moved" in data));
  };
  const chosen = () => Object.values(choice).filter((select) => select.selectedIndex > 0).length;
  const show = () => {
    const needle = fold($("search").value.trim()).folded;
    const found = [];
    let shown = 0;
    for (const row of rows) {
      let visible = keeps(row);
      if (visible && needle) {
        const here = find(row, needle);
        visible = here.length > 0;
        found.push(...here);
      }
      row.hidden = !visible;
      shown += visible;
    }
    const partial = chosen() > 0 || needle !== "";
    for (const row of references) row.hidden = partial || $("hide-same").checked;
    for (const body of all("#changes tbody")) body.hidden = !all("tr[data-kind]", body).some((row) => !row.hidden);
    if (window.Highlight && CSS.highlights) CSS.highlights.set("found", new Highlight(...found));
    $("active").textContent = chosen() || "";
    tell(needle, found.length, shown);
    place();
  };
  const tell = (needle, passages, shown) => {
    const state = $("state");
    if (shown === rows.length && !needle) { state.replaceChildren(); return; }
    const text = !needle ? say(bar.dataset.shown, shown, rows.length)
      : passages ? say(bar.dataset.found, passages, shown) : bar.dataset.none;
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = $("reset").textContent;
    reset.addEventListener("click", clear);
    state.replaceChildren(text, reset);
  };
  const clear = () => {
    for (const select of Object.values(choice)) select.selectedIndex = 0;
    $("search").value = "";
    $("hide-same").checked = false;
    show();
  };
  for (const select of Object.values(choice)) select.addEventListener("change", show);
  for (const id of ["hide-same", "v-side", "v-inline"]) $(id).addEventListener("change", show);
  let waiting = 0;
  $("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); show(); go(1); }
  });
  $("reset").addEventListener("click", clear);
  bar.addEventListener("submit", (event) => event.preventDefault());

  // ---- a topic: show its changes only
  for (const pill of all(".pill[data-topic]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = bar.dataset.only;
    button.addEventListener("click", () => {
      choice.topic.value = pill.dataset.topic;
      show();
      $("changes").scrollIntoView();
    });
    pill.append(button);
  }

  // ---- from change to change
  let now = null;
  const stops = () => rows.filter((row) => !row.hidden && (!row.classList.contains("same") || "moved" in row.dataset));
  const mark = (row) => {
    for (const element of all(".now")) element.classList.remove("now");
    now = row;
    if (!row) return;
    row.classList.add("now");
    for (const shape of all(`svg [data-c="${CSS.escape(row.dataset.c)}"]`)) shape.classList.add("now");
  };
  const place = () => {
    const list = stops();
    const index = list.indexOf(now);
    $("place").textContent = say(bar.dataset.seen, index >= 0 ? index + 1 : "–", list.length);
    $("previous").disabled = $("next").disabled = list.length === 0;
  };
  const go = (step, focus = true) => {
    const list = stops();
    if (!list.length) return;
    let index = list.indexOf(now);
    if (index < 0) {
      const below = list.findIndex((row) => row.getBoundingClientRect().top > bar.offsetHeight + 60);
      index = step > 0 ? (below < 0 ? list.length - 1 : below) : (below < 0 ? list.length : below) - 1;
    } else index += step;
    const row = list[(index + list.length) % list.length];
    mark(row);
    if (focus) {
      row.tabIndex = -1;
      row.focus({ preventScroll: true });
    }
    row.scrollIntoView({ block: "start" });
    place();
  };
  $("next").addEventListener("click", () => go(1, false));
  $("previous").addEventListener("click", () => go(-1, false));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const open = event.target.closest?.("details[open]") || document.querySelector(".filters[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (event.target.closest?.("input:not([type=checkbox],[type=radio]), select, textarea")) return;
    if (event.key === "n" || event.key === "j") go(1);
    else if (event.key === "p" || event.key === "k") go(-1);
    else if (event.key === "/") { event.preventDefault(); $("search").focus(); }
  });
  document.addEventListener("click", (event) => {
    const filters = document.querySelector(".filters[open]");
    if (filters && !filters.contains(event.target)) filters.open = false;
  });

  // ---- deep links: what a filter hides is shown again when a link asks for it
  const arrive = () => {
    const target = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest("tr[data-kind]");
    if (!row) return;
    if (row.hidden) clear();
    mark(row);
    place();
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);

  // ---- links to copy
  const toast = (text) => {
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    box.textContent = text;
    document.body.append(box);
    setTimeout(() => box.remove(), 1600);
  };
  for (const link of all("#changes a.num")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "⧉";
    button.title = say(bar.dataset.copy, link.textContent);
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () => {
      history.replaceState(null, "", link.hash);
      const copied = () => toast(bar.dataset.copied);
      navigator.clipboard?.writeText(location.href).then(copied, copied);
    });
    link.after(button);
  }

  // ---- the picture shows what is on the screen
  const shapes = new Map();
  for (const shape of all("svg [data-c]")) {
    shapes.set(shape.dataset.c, [...(shapes.get(shape.dataset.c) || []), shape]);
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const shape of shapes.get(target.dataset.c) || []) shape.classList.toggle("seen", isIntersecting);
    }
  }, { rootMargin: "-110px 0px 0px 0px" });
  for (const row of rows) watcher.observe(row);

  show();
  arrive();
})();
