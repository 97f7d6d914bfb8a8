// Folding, filters, search, going from change to change, copying, links to correct. The page is whole without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const bar = $("bar");
  const rows = all("#changes .row");
  const say = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  const button = (text, name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const icon = (name) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made.setAttribute("class", "ic");
    made.setAttribute("aria-hidden", "true");
    made.append(document.createElementNS(made.namespaceURI, "use"));
    made.firstChild.setAttribute("href", "#i-" + name);
    return made;
  };
  const key = (row) => row.dataset.new.split(" ")[0] || "old-" + row.dataset.old.split(" ")[0];
  root.classList.add("scripted");

  // ---- what is long is folded: words that stand in both texts, sentences and remarks of many lines
  const unfold = (row) => {
    for (const words of all(".g:not(.open)", row)) {
      words.classList.add("open");
      words.previousElementSibling.remove();
    }
  };
  for (const words of all(".g")) {
    const count = words.textContent.trim().split(/\s+/).length;
    const row = words.closest(".row");
    words.before(button(say(bar.dataset.same, count), "g-open", () => {
      unfold(row);
      words.tabIndex = -1;
      words.focus({ preventScroll: true });
    }));
  }
  const clamp = () => {
    const longs = all(".long:not(.open)");
    const cut = longs.map((long) => long.scrollHeight > long.clientHeight + 2);  // measured first: one layout for all
    for (const [index, long] of longs.entries()) {
      const has = long.nextElementSibling?.matches(".read");
      if (!cut[index] && has) long.nextElementSibling.remove();
      if (cut[index] && !has) long.after(button(bar.dataset.all, "read", () => open(long)));
    }
  };
  const open = (long) => {
    long.classList.add("open");
    if (!long.nextElementSibling?.matches(".read")) return;
    const had = document.activeElement === long.nextElementSibling;
    long.nextElementSibling.remove();
    if (had) { long.tabIndex = -1; long.focus(); }
  };

  // ---- one stop of the tab key for a group of links; arrows go through it
  const rove = (box, selector) => {
    if (!box) return;
    for (const [index, stop] of all(selector, box).entries()) stop.tabIndex = index ? -1 : 0;
    box.addEventListener("focusin", (event) => {
      const here = event.target.closest(selector);
      if (here) for (const stop of all(selector, box)) stop.tabIndex = stop === here ? 0 : -1;
    });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const stops = all(selector, box);
      const at = stops.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      const next = stops[(at + step + stops.length) % stops.length];
      const long = next.closest(".long");
      if (long) open(long);
      next.focus();
    });
  };

  // ---- the height of the sticky bar, for everything that stops below it
  new ResizeObserver(() => {
    const sticky = getComputedStyle(bar).position === "sticky";
    root.style.setProperty("--bar", (sticky ? bar.offsetHeight : 0) + "px");
  }).observe(bar);

  // ---- texts folded for searching: case, accents, apostrophes, kinds of space, one before a sign do not count
  const RE_MARK = /\p{M}/gu;
  const RE_SIGN = /[ ,.;:!?»)]/;
  const fold = (text) => {
    let folded = "";
    const origin = [];
    for (let index = 0; index < text.length; index++) {
      const base = text[index].normalize("NFD").replace(RE_MARK, "").toLowerCase()
        .replace("œ", "oe").replace("æ", "ae").replace(/[’ʼ]/, "'").replace(/[\u00a0\u202f\s]/, " ");
      for (const letter of base) {
        if (RE_SIGN.test(letter) && folded.endsWith(" ")) { folded = folded.slice(0, -1); origin.pop(); }
        folded += letter;
        origin.push(index);
      }
    }
    return { folded, origin };
  };
  const NOT_TEXT = ".p, .num, .g-open";
  const pieces = (paragraph, without) => {  // the text without what does not belong to it, and the nodes it stands in
    const nodes = [];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(`${NOT_TEXT}, ${without}`)) continue;
      nodes.push([walker.currentNode, text.length]);
      text += walker.currentNode.data;
    }
    return { nodes, text };
  };
  const OLD = "ins, .j", NEW = "del, .dw";
  const texts = (row, side) => {
    const found = all(side === "old" ? ".o p[id]" : ".n p[id]", row);
    return found.length || !row.classList.contains("same") ? found : all("p[id]", row);
  };
  const clean = (row, side) =>
    texts(row, side).map((p) => pieces(p, side === "old" ? OLD : NEW).text.replace(/ {2,}/g, " ").trim()).join("\n\n");
  const cache = new WeakMap();
  const words = (paragraph, without) => {
    const kept = cache.get(paragraph) || {};
    cache.set(paragraph, kept);
    return kept[without] ||= (({ nodes, text }) => ({ nodes, ...fold(text) }))(pieces(paragraph, without));
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
  const isInline = () => $("v-inline").checked;
  const passages = (paragraph, needle, without, most = () => true) => {
    const found = [];
    const { nodes, folded, origin } = words(paragraph, without);
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
      const made = range(nodes, origin[at], origin[at + needle.length - 1] + 1);
      if (most(made)) found.push(made);
    }
    return found;
  };
  const touchesGone = (made) => all("del", made.commonAncestorContainer.parentElement)
    .some((gone) => made.intersectsNode(gone));
  const find = (row, needle) => {
    const pair = row.querySelector(".pair");
    if (!pair) return all("p[id], .fn span", row).flatMap((p) => passages(p, needle, ".dw"));
    const news = all(".n :is(p[id], .fn span)", row);
    const found = news.flatMap((p) => passages(p, needle, NEW));
    return found.concat(isInline() ? news.flatMap((p) => passages(p, needle, OLD, touchesGone))
      : all(".o :is(p[id], .fn span)", row).flatMap((p) => passages(p, needle, ".dw")));
  };

  // ---- filters
  const choice = { weight: $("f-weight"), kind: $("f-kind"), topic: $("f-topic"), part: $("f-part") };
  const isChange = (row) => !row.classList.contains("same") || "moved" in row.dataset;

  // ---- what is counted are paragraphs, as in the figures: a point counts as the paragraph it stands in
  const home = new Map();
  const split = (text) => text.split(" ").filter(Boolean);
  const named = (row) => [...split(row.dataset.new), ...split(row.dataset.old).map((id) => "old-" + id)];
  for (const row of rows) if (!("small" in row.dataset)) for (const id of named(row)) home.set(id, row);
  const whole = (row) => {
    if (!("small" in row.dataset)) return row;
    if (row.classList.contains("same")) return undefined;
    for (const id of named(row)) {
      const steps = id.split(".");
      while (steps.pop() && steps.length) {
        const above = home.get(steps.join("."));
        if (above) return above;
      }
    }
    return undefined;
  };
  const count = (list) => new Set(list.map(whole).filter(Boolean)).size;
  const total = count(rows.filter(isChange));
  const keeps = (row) => {
    const data = row.dataset;
    const kind = choice.kind.value;
    return +data.weight >= +choice.weight.value
      && (!kind || data.kind === kind || (kind in data))
      && (!choice.topic.value || (data.topics || "").split(" ").includes(choice.topic.value))
      && (!choice.part.value || row.closest(".part").dataset.part === choice.part.value)
      && (!$("hide-same").checked || isChange(row));
  };
  const chosen = () => Object.values(choice).filter((select) => select.selectedIndex > 0).length;
  const opened = new Set();
  const show = () => {
    const needle = fold($("search").value.trim()).folded;
    const found = [];
    const visible = rows.filter((row) => {
      const here = keeps(row) && (needle ? find(row, needle) : [true]);
      row.hidden = !here || !here.length;
      if (needle && !row.hidden) {
        found.push(...here);
        unfold(row);
      }
      return !row.hidden;
    });
    for (const run of all(".run")) {
      run.hidden = !all(".row", run).some((row) => !row.hidden);
      if (needle && !run.hidden && !run.open) { run.open = true; opened.add(run); }
    }
    if (!needle) { for (const run of opened) run.open = false; opened.clear(); }
    for (const line of all(".see")) line.hidden = chosen() > 0 || needle !== "";
    for (const part of all(".part")) part.hidden = !all(".row", part).some((row) => !row.hidden);
    if (window.Highlight && CSS.highlights) CSS.highlights.set("found", new Highlight(...found));
    $("active").textContent = chosen() || "";
    tell(needle, found.length, visible);
    place();
    clamp();
    keep();
  };
  const tell = (needle, hits, visible) => {
    const state = $("state");
    if (visible.length === rows.length && !needle) { state.replaceChildren(); return; }
    const text = !needle ? say(bar.dataset.shown, count(visible.filter(isChange)), total)
      : hits ? say(bar.dataset.found, hits, new Set(visible.map((row) => whole(row) || row)).size) : bar.dataset.none;
    state.replaceChildren(text, button($("reset").textContent, "", clear));
  };
  const clear = () => {
    for (const select of Object.values(choice)) select.selectedIndex = 0;
    $("search").value = "";
    $("hide-same").checked = false;
    show();
  };
  for (const select of Object.values(choice)) select.addEventListener("change", show);
  for (const id of ["hide-same", "noise", "v-side", "v-inline"]) $(id).addEventListener("change", show);
  let waiting = 0;
  $("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); show(); go(1, false); }
  });
  $("reset").addEventListener("click", clear);
  bar.addEventListener("submit", (event) => event.preventDefault());
  for (const pill of all(".pill[data-topic]")) {
    pill.append(button(bar.dataset.only, "", () => {
      choice.topic.value = pill.dataset.topic;
      show();
      $("changes").scrollIntoView();
    }));
  }

  // ---- the view, the filters and the place stand in the address: who gets the link sees the same
  const isNarrow = matchMedia("(max-width:899px)").matches;
  const boxes = { same: $("hide-same"), typo: $("noise") };
  const replace = (url) => { try { history.replaceState(null, "", url); } catch { /* a place that forbids it */ } };
  const keep = () => {
    const url = new URL(location.href);
    const put = (name, value) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
    put("view", isInline() === isNarrow ? "" : isInline() ? "inline" : "side");
    for (const [name, select] of Object.entries(choice)) put(name, select.selectedIndex > 0 && select.value);
    for (const [name, box] of Object.entries(boxes)) put(name, box.checked && "1");
    put("q", $("search").value.trim());
    if (url.href !== location.href) replace(url);
  };
  const restore = () => {
    const given = new URLSearchParams(location.search);
    $((given.get("view") || (isNarrow ? "inline" : "side")) === "inline" ? "v-inline" : "v-side").checked = true;
    for (const [name, select] of Object.entries(choice)) {
      const wanted = given.get(name);
      const at = [...select.options].findIndex((option) => option.value === wanted);
      if (wanted && at >= 0) select.selectedIndex = at;
    }
    for (const [name, box] of Object.entries(boxes)) box.checked = given.has(name);
    $("search").value = given.get("q") || "";
  };
  if (isNarrow) document.querySelector(".panel > div").prepend(document.querySelector(".seg"));

  // ---- from change to change
  let now = null;
  const searched = () => $("search").value.trim() !== "";
  const stops = () => rows.filter((row) => !row.hidden && (searched() || isChange(row)));
  const top = () => (getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0) + 24;
  const mark = (row) => {
    for (const element of all(".now")) element.classList.remove("now");
    now = row;
    if (!row) return;
    row.classList.add("now");
    for (const shape of all(`.pic [data-c="${CSS.escape(key(row))}"]`)) shape.classList.add("now");
  };
  const current = (list) => {  // the one gone to, while it is on the screen; else the last that has begun
    const box = now && list.includes(now) && now.getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < innerHeight) return list.indexOf(now);
    return list.findLastIndex((row) => row.getBoundingClientRect().top < top());
  };
  const place = () => {
    const list = stops();
    const at = current(list);
    const number = (some) => (searched() ? some.length : count(some));
    $("place").textContent = say(bar.dataset.seen, at >= 0 ? number(list.slice(0, at + 1)) : "–", number(list));
    $("previous").disabled = $("next").disabled = list.length === 0;
  };
  const go = (step, focus = true) => {
    const list = stops();
    if (!list.length) return;
    const row = list[(Math.max(current(list), step > 0 ? -1 : 0) + step + list.length) % list.length];
    mark(row);
    if (focus) {
      row.tabIndex = -1;
      row.focus({ preventScroll: true });
    }
    row.scrollIntoView({ block: "start" });
    const url = new URL(location.href);
    url.hash = key(row);
    replace(url);
    place();
  };
  let drawn = false;
  addEventListener("scroll", () => {
    if (drawn) return;
    drawn = true;
    requestAnimationFrame(() => { drawn = false; place(); });
  }, { passive: true });
  $("next").addEventListener("click", () => go(1, false));
  $("previous").addEventListener("click", () => go(-1, false));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "f") {  // the browser's own search sees all
      for (const row of rows) unfold(row);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || $("tools").open) return;
    if (event.key === "Escape") {
      const unfolded = event.target.closest?.("details[open]") || document.querySelector(".filters[open]");
      if (unfolded) { unfolded.open = false; unfolded.querySelector("summary").focus(); }
      return;
    }
    if (event.target.closest?.("input:not([type=checkbox],[type=radio]), select, textarea")) return;
    if (event.key === "n" || event.key === "j") go(1);
    else if (event.key === "p" || event.key === "k") go(-1);
    else if (event.key === "/") { event.preventDefault(); $("search").focus(); }
  });
  document.querySelector(".filters").addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector(".panel").scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("click", (event) => {
    const filters = document.querySelector(".filters[open]");
    if (filters && !filters.contains(event.target)) filters.open = false;
  });

  // ---- deep links: what is folded or hidden by a filter is shown when a link asks for it
  const arrive = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a stray % is meant as it stands */ }
    const target = id && $(id);
    if (!target) return;
    const folded = target.closest("details");
    if (folded) folded.open = true;
    const row = target.closest(".row");
    if (row) {
      if (row.hidden || !row.getClientRects().length) clear();
      unfold(row);
      mark(row);
    }
    const seen = target.closest(".o") && !target.closest(".alone") && isInline() ? row : target;
    (row && !row.querySelector(".num") ? row : seen).scrollIntoView();
    place();
  };
  addEventListener("hashchange", arrive);

  // ---- what is folded is printed, and folded again
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details:is(.more, .run, .facts):not([open])");
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });

  // ---- of texts side by side the one in which a selection begins is copied alone
  $("changes").addEventListener("pointerdown", (event) => {
    for (const side of ["o", "n"]) root.classList.toggle(`only-${side}`, event.target.closest(`.pair .${side}`) !== null);
  });

  // ---- what can be done with a row: copy it, correct its link
  const toast = (text) => {
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    box.textContent = text;
    ($("tools").open ? $("tools") : document.body).append(box);
    setTimeout(() => box.remove(), 1600);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // an old browser, or a page that may not
      const area = document.createElement("textarea");
      area.value = text;
      $("tools").append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast(bar.dataset.copied);
  };
  const tools = $("tools");
  const labels = new Map(all("#concordance td a").map((link) => [link.hash.slice(1), link.textContent]));
  const lines = [];
  let chosenRow = null;
  const ids = (list) => (list.length === 1 ? `"${list[0]}"` : `[${list.map((id) => `"${id}"`).join(", ")}]`);
  const links = () => {
    $("lines").value = lines.join("\n");
    $("links").hidden = $("fixes").hidden = lines.length === 0;
    $("fixes").textContent = say(bar.dataset.fixes, lines.length);
  };
  const note = (sort, old, fresh) => {
    const line = `[[${sort}]]\nold = ${ids(old)}\nnew = ${ids(fresh)}\n`;
    if (!lines.includes(line)) lines.push(line);
    links();
  };
  const offer = (row) => {
    chosenRow = row;
    const old = row ? split(row.dataset.old) : [], fresh = row ? split(row.dataset.new) : [];
    const name = row ? row.querySelector("h4").textContent : "links.toml";
    $("h-tools").textContent = say(tools.dataset.title ||= $("h-tools").textContent, name);
    for (const id of ["copy-link", "together"]) $(id).parentElement.hidden = !row;
    $("copy-old").hidden = !old.length;
    $("copy-new").hidden = !fresh.length;
    const told = (id) => labels.get(id) || id;
    $("apart").replaceChildren(...old.flatMap((one) => fresh.map((other) =>
      button(say($("apart").dataset.say, told("old-" + one), told(other)), "", () => note("forbid", [one], [other])))));
    const side = fresh.length ? "old-" : "";
    const others = rows.flatMap((other) => split(side ? other.dataset.old : other.dataset.new));
    $("with").replaceChildren($("with").options[0], ...others.filter((id) => !side || !old.includes(id)).map((id) =>
      new Option(told(side + id), id)));
    $("with").value = "";
    tools.showModal();
  };
  for (const row of rows) {
    const name = row.querySelector("h4").textContent;
    const made = button("", "tools", () => offer(row));
    made.title = say(bar.dataset.actions, name);
    made.setAttribute("aria-label", made.title);
    made.append(icon("more"));
    row.querySelector("header").append(made);
  }
  $("copy-link").addEventListener("click", () => {
    const url = new URL(location.href);
    url.hash = key(chosenRow);
    copy(url.href);
  });
  $("copy-old").addEventListener("click", () => copy(clean(chosenRow, "old")));
  $("copy-new").addEventListener("click", () => copy(clean(chosenRow, "new")));
  $("together").addEventListener("click", () => {
    const other = $("with").value;
    if (!other) { $("with").focus(); return; }
    if (chosenRow.dataset.new) note("link", [other], split(chosenRow.dataset.new));
    else note("link", split(chosenRow.dataset.old), [other]);
  });
  $("fixes").addEventListener("click", () => offer(null));
  $("copy-links").addEventListener("click", () => copy($("lines").value));
  $("save-links").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([$("lines").value], { type: "application/toml" }));
    link.download = "links.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  $("clear-links").addEventListener("click", () => { lines.length = 0; links(); });
  tools.addEventListener("click", (event) => { if (event.target === tools) tools.close(); });

  // ---- selected with the mouse, one column is copied without the other
  document.addEventListener("pointerdown", (event) => {
    const column = event.target.closest?.(".pair > *");
    for (const other of all(".pair > .still")) other.classList.remove("still");
    if (column && !isInline()) {
      for (const other of all(column.matches(".o") ? ".pair > .n" : ".pair > .o")) other.classList.add("still");
    }
  });

  // ---- the picture shows what is on the screen
  const shapes = new Map();
  for (const shape of all(".pic [data-c]")) {
    shapes.set(shape.dataset.c, [...(shapes.get(shape.dataset.c) || []), shape]);
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const shape of shapes.get(key(target)) || []) shape.classList.toggle("seen", isIntersecting);
    }
  }, { rootMargin: "-60px 0px 0px 0px" });
  for (const row of rows) watcher.observe(row);

  restore();
  show();
  rove($("ways"), "a");
  rove($("leads"), "a, .read");
  rove(document.querySelector(".map"), ".pic a");  // an svg that listens to focus takes it
  rove(document.querySelector(".go"), "button");
  let resized = 0;
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(clamp, 150); });
  arrive();
})();
