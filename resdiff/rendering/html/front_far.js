// The first page of a large corpus: all that can be found stands on a page of its own, which is opened to search.
(() => {
  "use strict";
  const form = document.querySelector(".find");
  const input = document.getElementById("find");
  document.documentElement.classList.add("scripted");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) location.href = `${form.dataset.page}#q=${encodeURIComponent(input.value)}`;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== input && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  // ---- a link to a search of this page goes on to the other one
  const arrive = () => {
    if (location.hash.startsWith("#q=")) location.replace(form.dataset.page + location.hash);
  };
  window.addEventListener("hashchange", arrive);
  arrive();
})();
