// What happens is said to those who do not see it; and whether things may move.
(() => {
  let waiting = 0;

  /**
   * Says a text through the page's live region.
   * @param {string} text @param {number} [wait]  milliseconds in which a later text replaces it
   */
  function announce(text, wait = 60) {
    clearTimeout(waiting);
    const region = kg.$("announce");
    region.textContent = "";
    waiting = window.setTimeout(() => { region.textContent = kg.clean(text); }, wait);
  }

  const reduced = matchMedia("(prefers-reduced-motion: reduce)");

  kg.announce = announce;
  kg.calm = () => reduced.matches;
})();
