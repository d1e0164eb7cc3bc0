// The keyboard: single keys for every region, Escape one step back, and a dialog that lists them all.
(() => {
  const { el, t } = kg;
  let single = true;

  /** @type {{keys: string[], name: string, run?: () => void}[]} */
  const KEYS = [
    { keys: ["/"], name: "search", run: () => { kg.$("query").focus(); kg.$("query").select(); } },
    { keys: ["v"], name: "views", run: () => { kg.sidebar.drawer(true); kg.$("views").querySelector("button")?.focus(); } },
    { keys: ["l"], name: "filters", run: () => { kg.sidebar.drawer(true); kg.sidebar.tab("filters"); kg.$("legend").querySelector("input")?.focus(); } },
    { keys: ["o"], name: "outline", run: () => { kg.sidebar.drawer(true); kg.sidebar.tab("outline"); kg.outline.focus(); } },
    { keys: ["m"], name: "map", run: () => kg.$("canvas").focus() },
    { keys: ["d"], name: "panel", run: () => kg.$("panel").focus() },
    { keys: ["f"], name: "focus", run: () => kg.focus.toggle() },
    { keys: ["p"], name: "path", run: () => kg.path.pick() },
    { keys: ["t"], name: "language", run: () => kg.$("language").click() },
    { keys: ["Alt", "←"], name: "back" },
    { keys: ["Esc"], name: "escape" },
    { keys: ["?"], name: "help", run: help },
  ];

  /** One step back. */
  function escape() {
    if (document.body.classList.contains("with-side")) kg.sidebar.drawer(false);
    else if (kg.path.isPicking()) kg.path.cancel();
    else if (kg.focus.isOpen()) { kg.focus.close(); kg.$("canvas").focus(); }
    else if (!kg.$("panel").hidden) { kg.panel.close(); kg.$("canvas").focus(); }
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || kg.$("keys")?.open) return;
    if (event.key === "Escape") { if (escape()) event.preventDefault(); return; }
    if (target.matches("input:not([type=checkbox]), select, textarea, [role=treeitem]") && event.key !== "?" && !(event.key === "/" && target.matches("[role=treeitem]"))) return;
    if (target.matches("input[type=search]")) return;
    const found = KEYS.find(({ keys, run }) => run && keys[0] === event.key);
    if (!found?.run || (!single && !["?", "/"].includes(event.key))) return;
    event.preventDefault();
    found.run();
  }

  function help() {
    kg.$("keys")?.remove();
    const box = el("input", { type: "checkbox", change: () => { single = box.checked; } });
    box.checked = single;
    const dialog = el("dialog", { id: "keys", "aria-labelledby": "keys-title", close: () => dialog.remove(), click: (/** @type {Event} */ event) => { if (event.target === dialog) dialog.close(); } },
      el("form", { method: "dialog" },
        el("h2", { id: "keys-title" }, t("help")),
        el("p", { class: "soft" }, t("hint")),
        el("dl", { class: "keylist" }, ...KEYS.map(({ keys, name }) => el("div", {}, el("dt", {}, ...keys.map((one) => el("kbd", {}, one))), el("dd", {}, kg.capital(t(`key_${name}`)))))),
        el("label", { class: "switch" }, box, t("keysOff")),
        el("button", { class: "button strong", value: "close" }, t("close"))));
    document.body.append(dialog);
    dialog.showModal();
  }

  function start() {
    document.addEventListener("keydown", key);
  }

  kg.keys = { start, help };
})();
