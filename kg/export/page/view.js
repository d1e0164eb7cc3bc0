// The camera: which part of the map the canvas shows, its limits and its flights.
(() => {
  const { data } = kg;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @type {Kg.View} */
  const view = {
    x: 0, y: 0, zoom: 1, width: 1, height: 1,
    sx: (x) => (x - view.x) * view.zoom + view.width / 2,
    sy: (y) => (y - view.y) * view.zoom + view.height / 2,
    mx: (x) => (x - view.width / 2) / view.zoom + view.x,
    my: (y) => (y - view.height / 2) / view.zoom + view.y,
  };

  /** The bounding box of nodes with their discs; of everything without an argument. @param {Iterable<number>} [nodes] */
  function bounds(nodes) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const add = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
      box[0] = Math.min(box[0], x - r); box[1] = Math.min(box[1], y - r);
      box[2] = Math.max(box[2], x + r); box[3] = Math.max(box[3], y + r);
    };
    for (const i of nodes ?? Array(data.n).keys()) {
      add(data.x[i], data.y[i], data.r[i]);
      if (data.isTopic(i)) add(data.disc[3 * i], data.disc[3 * i + 1], data.disc[3 * i + 2]);
    }
    return box[0] > box[2] ? [-50, -50, 50, 50] : box;
  }

  /** The picture to begin with: the fields and what lies beside them, or all nodes where there are none. */
  const fields = [...Array(data.n).keys()].filter((i) => data.isTopic(i) && data.parent[i] < 0);
  const inner = bounds(fields.length ? fields : undefined);
  const whole = inner.slice();
  if (fields.length && data.aside) {
    const { x, y, r } = data.aside;
    [whole[0], whole[1], whole[2], whole[3]] = [Math.min(inner[0], x - r), Math.min(inner[1], y - r), Math.max(inner[2], x + r), Math.max(inner[3], y + r)];
  }

  /** The zoom at which a box just fits. @param {number[]} box @param {number} margin in pixels @param {number} [below] pixels that are covered */
  const zoomFor = (box, margin, below = 0) =>
    Math.min(
      Math.max(60, view.width - 2 * margin) / Math.max(1e-3, box[2] - box[0]),
      Math.max(60, view.height - below - 2 * margin) / Math.max(1e-3, box[3] - box[1]),
    );

  const limits = () => [Math.min(0.6 * zoomFor(whole, 20), 4), 14];
  const clamp = (/** @type {number} */ zoom) => Math.max(limits()[0], Math.min(limits()[1], zoom));

  let flight = 0;

  /** Moves the camera there, in one step or in a short flight. @param {{x: number, y: number, zoom: number}} goal @param {() => void} tell @param {number} [time] in milliseconds */
  function go(goal, tell, time = 0) {
    cancelAnimationFrame(flight);
    const zoom = clamp(goal.zoom);
    if (calm.matches || time === 0) {
      Object.assign(view, { x: goal.x, y: goal.y, zoom });
      tell();
      return;
    }
    const from = { x: view.x, y: view.y, zoom: view.zoom };
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const share = Math.max(0, Math.min(1, (now - start) / time));
      const ease = share * share * (3 - 2 * share);
      view.zoom = from.zoom * (zoom / from.zoom) ** ease;
      // the place moves with the zoom, so that the goal comes nearer on a straight line
      const part = Math.abs(zoom / from.zoom - 1) < 0.01 ? ease : (1 / from.zoom - 1 / view.zoom) / (1 / from.zoom - 1 / zoom);
      view.x = from.x + (goal.x - from.x) * part;
      view.y = from.y + (goal.y - from.y) * part;
      tell();
      if (share < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
  }

  kg.camera = {
    view, bounds, whole, zoomFor,
    /** The box to begin with: on a narrow canvas the fields alone. */
    home: () => (view.width < 0.8 * view.height ? inner : whole), clamp, go,
    stop: () => cancelAnimationFrame(flight),
    /** Zooms so that the point of the canvas stays where it is. @param {number} factor @param {number} x @param {number} y */
    zoomAt(factor, x, y) {
      const [mx, my] = [view.mx(x), view.my(y)];
      view.zoom = clamp(view.zoom * factor);
      view.x = mx - (x - view.width / 2) / view.zoom;
      view.y = my - (y - view.height / 2) / view.zoom;
    },
    /** Keeps the middle of the canvas on the map. */
    hold() {
      view.x = Math.max(whole[0], Math.min(whole[2], view.x));
      view.y = Math.max(whole[1], Math.min(whole[3], view.y));
    },
    calm: () => calm.matches,
  };
})();
