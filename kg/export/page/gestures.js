// Hands on the map: drag, wheel, pinch, double click, hover, click and keys.
(() => {
  const { camera, state, data } = kg;
  const { view } = camera;
  const CLICK = 5;
  const FINGER = 16;
  const SECOND = 240;
  const KEYS = /** @type {Record<string, () => void>} */ ({
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    "+": () => kg.map.zoomBy(1.4), "=": () => kg.map.zoomBy(1.4), "-": () => kg.map.zoomBy(1 / 1.4), 0: () => kg.map.fit(),
  });

  /** @param {number} dx @param {number} dy in steps of the keyboard */
  function step(dx, dy) {
    view.x += (dx * 80) / view.zoom;
    view.y += (dy * 80) / view.zoom;
    kg.map.moved();
  }

  /** Fingers and mouse buttons that are down. @type {Map<number, {x: number, y: number}>} */
  const down = new Map();
  let travelled = 0;
  let spread = 0;
  let several = false;

  /** @param {MouseEvent} event */
  const at = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const middle = () => {
    const points = [...down.values()];
    return { x: points.reduce((sum, { x }) => sum + x, 0) / points.length, y: points.reduce((sum, { y }) => sum + y, 0) / points.length };
  };
  const gap = () => {
    const [a, b] = [...down.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button > 0) return;
    camera.stop();
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    if (!down.size) {
      travelled = 0;
      several = false;
    }
    down.set(event.pointerId, at(event));
    several ||= down.size > 1;
    spread = gap();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const point = at(event);
    if (!down.has(event.pointerId)) {
      if (!down.size && event.pointerType !== "touch") hover(point);
      return;
    }
    const before = middle();
    down.set(event.pointerId, point);
    const after = middle();
    travelled += Math.hypot(after.x - before.x, after.y - before.y);
    if (travelled < CLICK && down.size < 2) return;
    hover(null);
    view.x -= (after.x - before.x) / view.zoom;
    view.y -= (after.y - before.y) / view.zoom;
    if (down.size > 1) {
      const now = gap();
      if (spread > 0 && now > 0) camera.zoomAt(now / spread, after.x, after.y);
      spread = now;
    }
    kg.map.moved();
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (!down.delete(event.pointerId)) return;
    spread = gap();
    if (down.size || several || travelled >= CLICK || event.type === "pointercancel") return;
    const point = at(event);
    const node = kg.map.pick(point.x, point.y, event.pointerType === "touch" ? FINGER : undefined);
    clearTimeout(waiting);
    // ground waits for a second click, which means: closer
    if (node < 0 || data.isTopic(node)) waiting = window.setTimeout(() => choose(node), SECOND);
    else choose(node);
  }

  let waiting = 0;

  /** @param {number} node */
  function choose(node) {
    if (node !== state.get().selected) state.set({ selected: node, pathTo: -1 }, { push: true });
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    event.preventDefault();
    camera.stop();
    const { x, y } = at(event);
    const lines = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0018;
    camera.zoomAt(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * speed), x, y);
    kg.map.moved();
  }

  /** The name of what is under the pointer. @param {Kg.Point | null} point */
  function hover(point) {
    const node = point ? kg.map.pick(point.x, point.y) : -1;
    kg.map.hover(node);
    const tip = /** @type {HTMLElement} */ (document.getElementById("tip"));
    const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
    canvas.classList.toggle("over", node >= 0);
    if (node < 0 || !point) {
      tip.hidden = true;
      return;
    }
    if (tip.dataset.node !== String(node) || tip.hidden) {
      tip.dataset.node = String(node);
      const kind = kg.say(data.nodeTypes[data.type[node]].label);
      tip.replaceChildren(kg.el("small", {}, kind), kg.el("bdi", { dir: "auto" }, kg.labels.name(node)));
      tip.hidden = false;
    }
    const left = point.x > view.width - 290 ? point.x - 274 : point.x + 14;
    const top = point.y > view.height - 90 ? point.y - 66 : point.y + 16;
    tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  kg.gestures = {
    /** @param {HTMLCanvasElement} canvas */
    start(canvas) {
      canvas.addEventListener("pointerdown", press);
      canvas.addEventListener("pointermove", move);
      canvas.addEventListener("pointerup", release);
      canvas.addEventListener("pointercancel", release);
      canvas.addEventListener("pointerleave", () => hover(null));
      canvas.addEventListener("wheel", wheel, { passive: false });
      canvas.addEventListener("dblclick", (event) => {
        clearTimeout(waiting);
        const { x, y } = at(event);
        const [mx, my] = [view.mx(x), view.my(y)];
        const zoom = camera.clamp(view.zoom * 2);
        camera.go({ x: mx - (x - view.width / 2) / zoom, y: my - (y - view.height / 2) / zoom, zoom }, () => kg.map.moved(), 260);
      });
      canvas.addEventListener("keydown", (event) => {
        const act = KEYS[event.key];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      });
    },
  };
})();
