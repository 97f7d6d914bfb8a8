// A life that the address names is opened: of the picture, of a link from elsewhere.
(() => {
  const show = () => {
    const life = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (life && life.matches("details")) { life.open = true; life.scrollIntoView({ block: "start" }); }
  };
  addEventListener("hashchange", show);
  addEventListener("beforeprint", () => document.querySelectorAll("details.life").forEach((life) => { life.open = true; }));
  show();
})();
