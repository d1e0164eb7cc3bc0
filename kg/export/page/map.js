// The map: keeps the canvas in step with camera and state, sharp when still and moved as a bitmap when heavy.
(() => {
  const { data, state, camera, scene: scenes, theme, draw } = kg;
  const { view } = camera;
  const HEAVY = 9;
  const REST = 110;
  const FLIGHT = 420;
  const FEW = 200;

  const root = /** @type {HTMLElement} */ (document.getElementById("map"));
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("canvas"));
  const overlay = /** @type {HTMLCanvasElement} */ (document.getElementById("overlay"));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  const glass = /** @type {CanvasRenderingContext2D} */ (overlay.getContext("2d"));
  const still = document.createElement("canvas");
  const stillPen = /** @type {CanvasRenderingContext2D} */ (still.getContext("2d", { alpha: false }));

  let ratio = 1;
  let cost = 0;
  /** The camera that the bitmap was drawn for. */
  let kept = { x: 0, y: 0, zoom: 1 };
  /** @type {Kg.Label[]} */
  let labels = [];
  /** @type {Kg.Scene | null} */
  let last = null;
  /** @type {Set<number> | null} */
  let emphasised = null;
  /** @type {Set<number> | null} */
  let bright = null;
  let hovered = -1;
  let asked = false;
  let sharpAt = 0;
  let timer = 0;
  let whole = true;
  /** What the camera was last fitted to; a canvas of another size is fitted to it again. @type {{box: number[], most: number} | null} */
  let fitted = null;
  /** @type {((node: number) => void)[]} */
  const hoverers = [];

  // -- frames -----------------------------------------------------------------

  function sharp() {
    const start = performance.now();
    last = scenes.compose(view, bright);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels = draw.frame(pen, last);
    cost = performance.now() - start;
    if (cost > HEAVY) {
      stillPen.setTransform(1, 0, 0, 1, 0, 0);
      stillPen.drawImage(canvas, 0, 0);
    }
    kept = { x: view.x, y: view.y, zoom: view.zoom };
    glaze();
  }

  /** The last sharp frame, moved; what it does not reach shows the discs only. */
  function moved() {
    const scale = view.zoom / kept.zoom;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = theme.palette().map;
    pen.fillRect(0, 0, view.width, view.height);
    const [x, y] = [(kept.x - view.x) * view.zoom + (view.width * (1 - scale)) / 2, (kept.y - view.y) * view.zoom + (view.height * (1 - scale)) / 2];
    if (x > 0 || y > 0 || x + view.width * scale < view.width || y + view.height * scale < view.height) {
      kg.ground.discs(pen, { view, discs: scenes.discs(view, 14), chosen: bright, selected: state.get().selected });
    }
    pen.drawImage(still, 0, 0, still.width, still.height, x, y, view.width * scale, view.height * scale);
    glass.clearRect(0, 0, view.width, view.height);
  }

  /** Draws soon; while a heavy view moves, its bitmap now and sharp after the gesture. @param {boolean} [moving] */
  function paint(moving = false) {
    if (moving) {
      sharpAt = performance.now() + REST;
      clearTimeout(timer);
      timer = window.setTimeout(() => paint(), REST);
    }
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (performance.now() < sharpAt - 12 && cost > HEAVY) moved();
      else sharp();
    });
  }

  /** The overlay: the hovered node, its edges and its neighbours. */
  function glaze() {
    glass.setTransform(ratio, 0, 0, ratio, 0, 0);
    glass.clearRect(0, 0, view.width, view.height);
    if (hovered < 0 || !last) return;
    const scene = { ...last, view, lifted: new Set() };
    const near = [...data.edgesAt(hovered)].filter((j) => state.visibleEdge(j)).slice(0, 120);
    if (!data.isTopic(hovered)) {
      for (const j of near) kg.edges.arrow(glass, view, j, 1.4, 0.9);
      glass.setLineDash([]);
      kg.nodes.chosen(glass, { ...scene, nodes: [hovered, ...near.map((j) => data.other(j, hovered))].filter((i) => !data.isTopic(i)), chosen: new Set(near.map((j) => data.other(j, hovered)).concat(hovered)), selected: -1 });
    }
    glass.globalAlpha = 1;
    kg.nodes.ring(glass, view, hovered, 2);
  }

  // -- the camera -------------------------------------------------------------

  let noted = 0;
  /** After a while of rest the place is written to the hash. @param {number} [time] of a flight, in milliseconds */
  function note(time = 0) {
    clearTimeout(noted);
    noted = window.setTimeout(() => state.set({ camera: whole ? null : { x: view.x, y: view.y, zoom: view.zoom } }), 250 + time);
  }

  /** @param {{x: number, y: number, zoom: number}} goal @param {number} time */
  function go(goal, time) {
    whole = false;
    fitted = null;
    camera.go(goal, () => paint(time > 0), time);
    note(time);
  }

  /** How much of the canvas's lower part a sheet covers (on phones), in pixels. */
  function covered() {
    const sheet = document.getElementById("panel")?.getBoundingClientRect();
    const box = root.getBoundingClientRect();
    if (!sheet || !sheet.height || sheet.left > box.left || sheet.right < box.right) return 0;
    return Math.max(0, Math.min(0.7 * box.height, box.bottom - Math.max(box.top, sheet.top)));
  }

  /** @param {number[]} box @param {number} time @param {number} [most] */
  function fitBox(box, time, most = 9) {
    const zoom = Math.min(most, camera.zoomFor(box, Math.min(most < 9 ? 76 : 34, view.width * 0.07), covered()));
    go({ x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 + covered() / 2 / zoom, zoom }, time);
    fitted = { box, most };
  }

  function fit(time = FLIGHT) {
    fitBox(camera.home(), time);
    whole = true;
  }

  function resize() {
    const box = root.getBoundingClientRect();
    const [width, height] = [Math.max(1, Math.round(box.width)), Math.max(1, Math.round(box.height))];
    const dense = Math.min(3, window.devicePixelRatio || 1);
    if (width === view.width && height === view.height && dense === ratio) return;
    ratio = dense;
    Object.assign(view, { width, height });
    for (const sheet of [canvas, overlay, still]) {
      sheet.width = Math.round(width * ratio);
      sheet.height = Math.round(height * ratio);
    }
    if (whole) fit(0);
    else if (fitted) fitBox(fitted.box, 0, fitted.most);
    cost = 0;
    unhover();
    sharp();
  }

  /** @param {number} node */
  function hover(node) {
    if (node === hovered) return;
    hovered = node;
    glaze();
    for (const listener of hoverers) listener(node);
  }

  /** What was under the pointer need not be there any more. */
  function unhover() {
    const tip = document.getElementById("tip");
    if (tip) tip.hidden = true;
    hover(-1);
  }

  function choose() {
    bright = scenes.chosen(emphasised);
  }

  /** @param {Readonly<Kg.State>} now @param {Set<string>} changed */
  function follow(now, changed) {
    choose();
    if (changed.has("selected")) unhover();
    if (changed.has("camera") && now.camera) {
      const { x, y, zoom } = now.camera;
      if (Math.abs(x - view.x) + Math.abs(y - view.y) > 0.2 || Math.abs(zoom / view.zoom - 1) > 0.01) go(now.camera, 0);
    } else if (changed.has("camera") && !whole && changed.size > 1) fit();
    if (changed.size > 1 || !changed.has("camera")) paint();
  }

  kg.map = {
    start() {
      const { camera: given } = state.get();
      whole = !given;
      choose();
      resize();
      if (given) go(given, 0);
      else if (bright && bright.size <= FEW) fitBox(camera.bounds(bright), 0, 2.4);
      sharp();
      state.on(follow);
      new ResizeObserver(resize).observe(root);
      performance.mark("kg:first-picture");
      kg.gestures.start(canvas);
      kg.exports.start();
    },
    fit: () => fit(),
    fitTo(nodes) {
      const list = [...nodes];
      if (list.length) fitBox(camera.bounds(list), FLIGHT, 5);
    },
    centre(i, zoom) {
      const [x, y, r] = data.isTopic(i) ? data.disc.subarray(3 * i, 3 * i + 3) : [data.x[i], data.y[i], 0];
      const near = r ? Math.min(6, camera.zoomFor([x - r, y - r, x + r, y + r], 30, covered())) : Math.max(view.zoom, Math.min(2.4, 12 / data.r[i]));
      const goal = zoom ?? near;
      go({ x, y: y + covered() / 2 / goal, zoom: goal }, FLIGHT);
    },
    zoomBy: (factor) => go({ x: view.x, y: view.y, zoom: view.zoom * factor }, 180),
    redraw: () => paint(),
    onHover: (listener) => void hoverers.push(listener),
    hovered: () => hovered,
    emphasise(nodes) {
      emphasised = nodes;
      choose();
      paint();
    },
    screenshot: () => kg.exports.png(),
    svg: () => kg.exports.svg(),
    visibleLabels: () => labels.map(({ node, text, box }) => ({ node, text, x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] })),
    drawn: () => last?.nodes ?? [],
    pick: (x, y, slack) => kg.pick(x, y, bright, slack),
    place: (i) => ({ x: view.sx(data.x[i]), y: view.sy(data.y[i]) }),
    view: () => view,
    cost: () => cost,
    levels: () => scenes.levels(view.zoom),
    /** For gestures: the camera was moved by hand. */
    moved() {
      whole = false;
      fitted = null;
      camera.hold();
      paint(true);
      note();
    },
    hover,
    bright: () => bright,
  };
})();
