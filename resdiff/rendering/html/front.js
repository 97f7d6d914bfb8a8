// The search over symbols, titles and topics. The page is whole without it.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const form = document.querySelector(".find");
  const input = $("find");
  const hits = $("hits");
  const MOST = 50; // lines made of data at once
  const say = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'").replace(/\s+/g, " ");
  document.documentElement.classList.add("scripted");

  // ---- what there is: the pairs on the page, then those that came as data
  const items = [...document.querySelectorAll(".pairs > li")].map((item) => {
    const parts = [...item.querySelectorAll(".s, .date")].map((part) => part.textContent);
    return { item, text: fold([...parts, form.dataset.series || "", item.dataset.s || ""].join(" ")) };
  });
  const read = () => {
    const { words, pairs } = JSON.parse($("data")?.textContent || '{"words":[],"pairs":[]}');
    return pairs.map(([stem, old, now, date, title, series, topics]) => {
      const named = [title, series, ...topics].map((index) => words[index]);
      const text = fold([old, now, date, ...named].join(" "));
      return { stem, name: `${old} → ${now}`, date, title: named[0] || named[1], text };
    });
  };
  let others; // read when they are first searched: until then the page need not wait for them

  // ---- lines for what is not on the page
  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const line = ({ stem, name, date, title }) => {
    const made = document.createElement("li");
    const href = stem.split("/").map(encodeURIComponent).join("/") + form.dataset.suffix;
    made.append(element("a", name, { href }), " ", element("small", date), element("p", title, { dir: "auto" }));
    return made;
  };

  const show = () => {
    const words = fold(input.value).split(" ").filter(Boolean);
    const fits = ({ text }) => words.every((word) => text.includes(word));
    let found = 0;
    for (const each of items) {
      each.item.hidden = !fits(each);
      found += !each.item.hidden;
    }
    if (words.length) others ??= read();
    const more = words.length ? others.filter(fits) : [];
    hits.replaceChildren(...more.slice(0, MOST).map(line));
    hits.hidden = !more.length;
    found += more.length;
    for (const other of document.querySelectorAll("main > nav, main > .failed")) other.hidden = words.length > 0;
    const { one, none } = form.dataset;
    const said = !words.length ? "" : !found ? none : found === 1 ? one : say(form.dataset.found, found);
    $("state").textContent = more.length > MOST ? `${said} ${say(form.dataset.more, more.length - MOST)}` : said;
    history.replaceState(null, "", words.length ? "#q=" + encodeURIComponent(input.value) : location.pathname + location.search);
  };
  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== input && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  // ---- a search in the address: a link to it, or the way back from a page
  const arrive = () => {
    const wanted = location.hash.startsWith("#q=") ? location.hash.slice(3) : "";
    if (!wanted) return;
    try { input.value = decodeURIComponent(wanted); } catch { return; }
    show();
  };
  window.addEventListener("hashchange", arrive);
  arrive();
})();
