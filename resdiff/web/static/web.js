// Comfort alone: dropping files, completion over a large corpus, a word while texts are read. Pages work without it.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const named = (input) => {
    const name = input.closest(".file").querySelector("span");
    name.textContent = input.files.length ? [...input.files].map((file) => file.name).join(", ") : name.dataset.empty;
    input.closest(".file").classList.toggle("has", input.files.length > 0);
    const symbol = input.closest(".pick")?.querySelector(".sym");
    if (symbol && input.files.length) symbol.value = "";
  };
  const put = (input, files) => {
    const carried = new DataTransfer();
    for (const file of files) carried.items.add(file);
    input.files = carried.files;
    named(input);
  };
  for (const input of all(".file input")) {
    input.addEventListener("change", () => named(input));
    if (input.files.length) named(input);  // the back button gives them again
  }
  for (const symbol of all(".sym")) symbol.addEventListener("input", () => {
    const input = symbol.closest(".pick").querySelector("input[type=file]");
    if (symbol.value && input.files.length) { input.value = ""; named(input); }
  });

  // ---- files dropped anywhere: on a side that one; two at once, or beside, the sides that are still empty
  const inputs = () => all("form[data-drop] input[type=file]");
  const over = (zone) => { for (const card of all(".card")) card.classList.toggle("over", card === zone || zone === true); };
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files") || !inputs().length) return;
    event.preventDefault();
    over(event.target.closest?.(".card") || true);
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(null); });
  addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files || [])];
    if (!files.length || !inputs().length) return;
    event.preventDefault();
    over(null);
    const own = event.target.closest?.(".card")?.querySelector("input[type=file]");
    const free = inputs().filter((input) => !input.files.length);
    const many = inputs().find((input) => input.multiple);  // takes all, and waits for the rest of its form
    if (many) { put(many, files); return; }
    const places = files.length === 1 && own ? [own] : free.length >= files.length ? free : inputs();
    files.slice(0, places.length).forEach((file, index) => put(places[index], [file]));
    const form = places[0].form;
    if (all("input[type=file]", form).every((input) => input.files.length || input.closest(".pick").querySelector(".sym")?.value)) {
      form.requestSubmit();
    }
  });

  // ---- what takes a moment says so; the button waits
  for (const form of all("form")) form.addEventListener("submit", (event) => {
    const button = event.submitter || form.querySelector("button");
    if (!form.dataset.reading || !button) return;
    setTimeout(() => {  // its value is sent first
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      button.textContent = form.dataset.reading;
    });
  });
  // ---- long work tells how far it is, and leads on when it is done
  const work = document.querySelector("[data-events]");
  if (work) {
    const told = new EventSource(work.dataset.events), bar = document.getElementById("progress");
    told.addEventListener("message", (event) => {
      const { done, total, over, phase, steps } = JSON.parse(event.data);
      if (over) { told.close(); location.reload(); return; }
      const said = document.getElementById("phase");
      if (said.textContent !== phase) said.textContent = phase;  // a screen reader says it once
      document.getElementById("steps").textContent = steps;
      if (total) { bar.max = total; bar.value = done; } else bar.removeAttribute("value");
    });
    addEventListener("pagehide", () => told.close());
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // ---- a corpus too large for the page is asked as one types
  const list = document.getElementById("symbols"), source = document.querySelector("[data-symbols]")?.dataset.symbols;
  let waiting = 0;
  if (list && source) for (const input of all(".sym")) input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const found = await (await fetch(`${source}?q=${encodeURIComponent(input.value)}`)).json();
      list.replaceChildren(...found.map(({ symbol, title }) => {
        const option = new Option(title);
        option.value = symbol;
        return option;
      }));
    }, 150);
  });
})();
