// Light and dark, and the colours of the ontology as they can be seen on either ground.
(() => {
  const { data, state } = kg;
  const system = matchMedia("(prefers-color-scheme: dark)");
  /** @type {Kg.Palette | null} */
  let known = null;
  /** @type {Map<string, string>} */
  const lifted = new Map();

  const isDark = () => (state.get().theme || (system.matches ? "dark" : "light")) === "dark";

  /** Roots get hues a golden angle apart, so that neighbours in the list differ. @type {Map<number, number>} */
  const hues = new Map();
  for (let i = 0; i < data.n; i += 1) {
    if (data.isTopic(i) && data.parent[i] < 0) hues.set(i, (205 + hues.size * 137.5) % 360);
  }

  /** @returns {Kg.Palette} */
  function palette() {
    if (known) return known;
    const style = getComputedStyle(document.documentElement);
    const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    known = {
      dark: isDark(), font: getComputedStyle(document.body).fontFamily,
      map: read("--map"), ink: read("--ink"), soft: read("--soft"), faint: read("--faint"), accent: read("--accent"),
      halo: read("--halo"), rim: read("--rim"), tie: read("--tie"), fill: read("--disc-fill"), discRim: read("--disc-rim"), name: read("--disc-name"),
    };
    return known;
  }

  /** On a dark ground, colours that are too dark for a hairline are mixed with white. @param {string} colour */
  function edge(colour) {
    if (!isDark()) return colour;
    let made = lifted.get(colour);
    if (!made) {
      made = `color-mix(in srgb, ${colour} 62%, white)`;
      lifted.set(colour, made);
    }
    return made;
  }

  function apply() {
    known = null;
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  }

  kg.theme = {
    isDark, palette, edge,
    hue: (root) => hues.get(root) ?? 205,
    start() {
      apply();
      system.addEventListener("change", () => { apply(); kg.map.redraw(); });
      state.on((_, changed) => {
        if (!changed.has("theme")) return;
        apply();
        kg.map.redraw();
      });
    },
  };
})();
