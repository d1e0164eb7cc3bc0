// The view as a file: PNG at twice the size, SVG with its names as text; and the buttons beside the map.
(() => {
  const { camera, scene, draw } = kg;

  const compose = () => scene.compose({ ...camera.view, ...frozen() }, kg.map.bright());

  /** The view's functions, bound to the camera as it is now. */
  function frozen() {
    const { x, y, zoom, width, height } = camera.view;
    return {
      sx: (/** @type {number} */ mx) => (mx - x) * zoom + width / 2, sy: (/** @type {number} */ my) => (my - y) * zoom + height / 2,
      mx: (/** @type {number} */ sx) => (sx - width / 2) / zoom + x, my: (/** @type {number} */ sy) => (sy - height / 2) / zoom + y,
    };
  }

  /** @returns {Promise<Blob>} */
  function png() {
    const { width, height } = camera.view;
    const sheet = document.createElement("canvas");
    sheet.width = 2 * width;
    sheet.height = 2 * height;
    const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d", { alpha: false }));
    pen.setTransform(2, 0, 0, 2, 0, 0);
    draw.frame(pen, compose());
    return new Promise((done, failed) => sheet.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
  }

  function svg() {
    const { width, height } = camera.view;
    const pen = new kg.SvgPen(width, height);
    draw.frame(/** @type {any} */ (pen), compose());
    return pen.written(document.title);
  }

  /** @param {Blob} blob @param {string} name */
  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    kg.el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /** A file name from the page's title. @param {string} ending */
  const file = (ending) => `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph"}.${ending}`;

  const BUTTONS = [
    { key: "map.closer", text: "+", act: () => kg.map.zoomBy(1.5) },
    { key: "map.farther", text: "−", act: () => kg.map.zoomBy(1 / 1.5) },
    { key: "map.whole", text: "", act: () => kg.map.fit() },
    { key: "map.png", text: "PNG", act: async () => save(await png(), file("png")) },
    { key: "map.svg", text: "SVG", act: () => save(new Blob([svg()], { type: "image/svg+xml" }), file("svg")) },
  ];

  kg.exports = {
    png, svg,
    start() {
      const row = /** @type {HTMLElement} */ (document.getElementById("zoom"));
      const name = () => {
        row.replaceChildren(...BUTTONS.map(({ key, text, act }) =>
          kg.el("button", { type: "button", title: kg.t(key), "aria-label": kg.t(key), "data-act": key, onclick: act }, text || kg.t(`${key}.short`))));
        document.getElementById("canvas")?.setAttribute("aria-label", kg.t("map.canvas"));
      };
      name();
      kg.state.on((_, changed) => { if (changed.has("language")) name(); });
      let before = "";
      window.addEventListener("beforeprint", () => { before = kg.state.get().theme; kg.state.set({ theme: "light" }); });
      window.addEventListener("afterprint", () => kg.state.set({ theme: before }));
    },
  };
})();
