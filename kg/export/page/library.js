// vis-network: inert text in the page until a focus is first opened; its hash is in the policy.
(() => {
  /** @type {any} */
  let started = null;

  /** The library's global `vis`, parsed on the first call; null where the page came without it. */
  kg.vis = () => {
    if (started) return started;
    const source = document.getElementById("library");
    if (!source) return null;
    const script = document.createElement("script");
    script.textContent = source.textContent;
    document.head.append(script);
    started = /** @type {any} */ (window).vis ?? null;
    return started;
  };
})();
