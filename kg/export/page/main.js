// Starts the parts: the map at once, all the rest after its first picture.
(() => {
  const PARTS = ["search", "legend", "outline", "panel", "focus", "path", "views", "sidebar", "keys"];

  kg.theme.start();
  kg.map.start();

  /** Everything but the picture, when the rest of the document is there. */
  function rest() {
    for (const name of PARTS) /** @type {any} */ (kg)[name]?.start?.();
    kg.ready = true;
    performance.mark("kg:ready");
  }

  const later = () => requestAnimationFrame(() => setTimeout(rest));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", later);
  else later();
})();
