// The frame of the interface: tabs beside the map, tools in the header, skip links, and the language of it all.
(() => {
  const { el, t } = kg;
  const TABS = /** @type {const} */ (["filters", "outline"]);
  const REGIONS = { filters: "legend", outline: "outline" };

  /** @param {"filters" | "outline"} name @param {boolean} [focus] */
  function tab(name, focus = false) {
    for (const one of TABS) {
      const on = one === name;
      kg.$(REGIONS[one]).hidden = !on;
      kg.$(`tab-${one}`).setAttribute("aria-selected", String(on));
      kg.$(`tab-${one}`).tabIndex = on ? 0 : -1;
    }
    if (name === "outline") kg.outline.show();
    if (focus) kg.$(`tab-${name}`).focus();
  }

  function tabs() {
    const bar = el("div", { id: "tabs", role: "tablist", "data-t-label": "sidebar", keydown: (/** @type {KeyboardEvent} */ event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const on = TABS.find((name) => kg.$(`tab-${name}`).getAttribute("aria-selected") === "true");
      tab(on === "filters" ? "outline" : "filters", true);
      event.stopPropagation();
    } }, ...TABS.map((name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": REGIONS[name], "data-t": name, click: () => tab(name) })));
    kg.$("legend").before(bar);
    for (const name of TABS) {
      const region = kg.$(REGIONS[name]);
      region.setAttribute("role", "tabpanel");
      region.setAttribute("aria-labelledby", `tab-${name}`);
    }
  }

  function tools() {
    /** @param {string} id @param {string} sign @param {string} key @param {() => void} click */
    const tool = (id, sign, key, click) => el("button", { type: "button", class: "tool", id, "data-t-label": key, click }, el("span", { "aria-hidden": "true" }, sign));
    const turn = () => kg.state.set({ language: kg.state.get().language === "vi" ? "en" : "vi" });
    const made = [
      el("button", { type: "button", class: "tool", id: "language", "data-t-label": "language", click: turn }),
      tool("theme", "◐", "theme", () => kg.state.set({ theme: kg.theme.isDark() ? "light" : "dark" })),
      tool("help", "?", "help", () => kg.keys.help()),
    ].filter(({ id }) => !kg.$(id));
    kg.$("tools").append(...made);
    kg.$("search").before(tool("menu", "☰", "sidebar", () => drawer()));
    kg.$("menu").setAttribute("aria-expanded", "false");
    kg.$("menu").setAttribute("aria-controls", "side");
  }

  /** On a phone, what stands beside the map opens over it. @param {boolean} [on] */
  function drawer(on = !document.body.classList.contains("with-side")) {
    document.body.classList.toggle("with-side", on);
    kg.$("menu").setAttribute("aria-expanded", String(on));
  }

  function skips() {
    const skip = (/** @type {string} */ key, /** @type {() => void} */ go) => el("button", { type: "button", "data-t": key, click: go });
    document.body.prepend(el("nav", { id: "skips", "aria-label": "Skip" },
      skip("skipSearch", () => kg.$("query").focus()),
      skip("skipMap", () => kg.$("canvas").focus()),
      skip("skipOutline", () => { drawer(true); tab("outline"); kg.outline.focus(); }),
      skip("skipPanel", () => { if (!kg.$("panel").hidden) kg.$("panel").focus(); })));
  }

  function speak() {
    kg.translate();
    const vi = kg.state.get().language === "vi";
    kg.$("language").replaceChildren(el("span", { lang: vi ? "en" : "vi" }, vi ? "EN" : "VI"));
    kg.$("query").placeholder = t("searchHint");
    kg.$("counts").textContent = t("counts", { nodes: kg.data.n, edges: kg.data.m });
    kg.$("map").setAttribute("aria-label", t("map"));
    kg.$("panel").setAttribute("aria-label", t("panel"));
    kg.$("skips").setAttribute("aria-label", t("skips"));
  }

  function start() {
    tabs();
    tools();
    skips();
    tab("filters");
    speak();
    kg.state.on((_, changed) => {
      if (changed.has("language")) speak();
      if (changed.has("selected") || changed.has("view")) drawer(false);
    });
  }

  kg.sidebar = { start, tab, drawer };
})();
