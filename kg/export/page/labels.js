// Names on the map: the important first, each where it covers no other, at most 160.
(() => {
  const { data, theme, scene: scenes } = kg;
  const MOST = 160;
  const CELL = 6;
  const TIER_SIZE = [0, 6, 9.5];
  const buttons = /** @type {HTMLElement} */ (document.getElementById("zoom"));

  /** One line without control and direction marks. @param {string} text */
  const plain = (text) => text.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g, " ").trim();
  const clip = (/** @type {string} */ text, /** @type {number} */ most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

  /** @type {(string | undefined)[]} */
  const names = [];
  const name = (/** @type {number} */ i) => (names[i] ??= clip(plain(data.label[i].slice(0, 200)) || plain(data.id[i].slice(0, 80)), 78));

  /** All but topics, what matters most first. */
  const rest = Uint32Array.from(Array(data.n).keys()).filter((i) => !data.isTopic(i));
  rest.sort((a, b) => scenes.tier[a] - scenes.tier[b] || data.weight[b] - data.weight[a] || a - b);
  const rank = new Uint32Array(data.n);
  rest.forEach((i, place) => { rank[i] = place; });

  const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  /** @type {Map<string, number>} */
  const widths = new Map();
  function width(/** @type {string} */ text, /** @type {string} */ font) {
    const key = font + text;
    let found = widths.get(key);
    if (found === undefined) {
      if (widths.size > 30000) widths.clear();
      measure.font = font;
      found = measure.measureText(text).width;
      widths.set(key, found);
    }
    return found;
  }
  const fontOf = (/** @type {number} */ weight, /** @type {number} */ size) => `${weight} ${size}px ${theme.palette().font}`;

  /** Words in at most `most` rows of about `wide` pixels. @param {string} text @param {string} font @param {number} wide @param {number} most */
  function wrap(text, font, wide, most) {
    if (width(text, font) <= wide) return [text];
    /** @type {string[]} */
    const rows = [];
    for (const word of text.split(" ")) {
      const last = rows.length - 1;
      if (last >= 0 && width(`${rows[last]} ${word}`, font) <= wide) rows[last] += ` ${word}`;
      else rows.push(word);
    }
    const kept = rows.slice(0, most);
    if (rows.length > most) kept[most - 1] = `${kept[most - 1].replace(/[\s,&(]+$/, "")}…`;
    return kept.map((row) => clip(row, 48));
  }

  /** The size of a paper in pixels from which a node is named: earlier what much is said of. @param {number} i */
  const legible = (i) => TIER_SIZE[scenes.tier[i]] - 2.6 * Math.min(1, data.weight[i] / 10);

  /** The canvas in cells: 2 where a label stands, 1 where a node does. */
  class Ground {
    /** @param {Kg.View} view */
    constructor({ width: wide, height }) {
      this.wide = wide;
      this.height = height;
      this.columns = Math.ceil(wide / CELL) + 1;
      this.cells = new Uint8Array(this.columns * (Math.ceil(height / CELL) + 1));
    }

    /** How many cells of a box hold a node; -1 where a label is in the way or the box leaves the canvas. @param {number[]} box */
    cost([x0, y0, x1, y1]) {
      if (x0 < 2 || y0 < 2 || x1 > this.wide - 2 || y1 > this.height - 2) return -1;
      let found = 0;
      for (let row = Math.floor(y0 / CELL); row <= Math.floor(y1 / CELL); row += 1) {
        for (let k = row * this.columns + Math.floor(x0 / CELL), end = row * this.columns + Math.floor(x1 / CELL); k <= end; k += 1) {
          if (this.cells[k] === 2) return -1;
          found += this.cells[k];
        }
      }
      return found;
    }

    /** @param {number[]} box @param {number} value */
    mark([x0, y0, x1, y1], value) {
      const left = Math.max(0, Math.floor(x0 / CELL));
      const right = Math.min(this.columns - 1, Math.floor(x1 / CELL));
      const last = Math.min(Math.floor(this.height / CELL), Math.floor(y1 / CELL));
      for (let row = Math.max(0, Math.floor(y0 / CELL)); row <= last; row += 1) {
        for (let k = row * this.columns + left; k <= row * this.columns + right; k += 1) if (this.cells[k] < value) this.cells[k] = value;
      }
    }
  }

  /** Tries places in turn; gives the label where it stands, or null. @param {Ground} ground @param {any} label @param {number[][]} spots middles @param {number} most cells of nodes it may cover */
  function put(ground, label, spots, most) {
    const font = fontOf(label.weight, label.size);
    const wide = Math.max(...label.rows.map((/** @type {string} */ row) => width(row, font)));
    const high = label.rows.length * label.size * 1.18;
    for (const [px, py, ax, ay] of spots) {
      const [x, y] = [px + (ax * wide) / 2, py + (ay * high) / 2];
      const box = [x - wide / 2 - 3, y - high / 2 - 1, x + wide / 2 + 3, y + high / 2 + 1];
      const cost = ground.cost(box);
      if (cost < 0 || cost > most) continue;
      ground.mark(box, 2);
      return { ...label, x, y, box };
    }
    return null;
  }

  /** A topic's name: in its disc, across the middle while it is far, along the upper rim when near. @param {Ground} ground @param {Kg.Scene} scene @param {number} i @param {boolean} must */
  function topic(ground, { view, chosen, levels }, i, must) {
    const r = data.disc[3 * i + 2] * view.zoom;
    const depth = data.depth[i];
    if (r < (must ? 0 : depth ? 24 : 12)) return null;
    const [cx, cy] = [view.sx(data.disc[3 * i]), view.sy(data.disc[3 * i + 1])];
    const [left, right] = [Math.max(6, cx - r), Math.min(view.width - 6, cx + r)];
    const [top, bottom] = [Math.max(4, cy - r), Math.min(view.height - 4, cy + r)];
    if (right - left < 40 && !must) return null;
    const size = Math.round(Math.min(depth ? 15.5 - depth : 25, Math.max(depth ? 11 : 12, (depth ? 9 : 10.5) + r / (depth ? 26 : 15))) * 2) / 2;
    const weight = depth === 0 ? 700 : depth === 1 ? 650 : 550;
    const rows = wrap(name(i), fontOf(weight, size), Math.max(depth ? 84 : 96, Math.min(1.62 * r, 300)), 3);
    const label = { node: i, text: name(i), rows, size, weight, shade: data.root[i], alpha: chosen && !chosen.has(i) ? 0.5 : 1 };
    const far = levels.others === 0;
    const x = Math.max(left + 20, Math.min(right - 20, cx));
    const rim = [x, top + 0.07 * (bottom - top) + 3, 0, 1];
    const outside = [[cx, cy - r - 2, 0, -1], [cx, cy + r + 2, 0, 1]];
    const across = [[cx, cy, 0, 0], [cx, cy - 0.28 * r, 0, 0], [cx, cy + 0.28 * r, 0, 0], [cx, cy - 0.52 * r, 0, 0], [cx, cy + 0.52 * r, 0, 0]];
    if (depth && !must && Math.max(...rows.map((row) => width(row, fontOf(weight, size)))) > 2.5 * r) return null;
    if (r < 26 && !depth) return put(ground, label, [[cx, cy, 0, 0], ...outside], must ? 99 : 14);
    if (!depth && far) return put(ground, label, [...across, rim, ...outside], Infinity);
    if (!depth) {
      const sideways = [0.32, -0.32].map((share) => [x + share * (right - left), rim[1] + 0.02 * (bottom - top), 0, 1]);
      return put(ground, label, [rim, ...sideways], 2) ?? put(ground, label, [rim, ...sideways, ...(r < 60 ? outside : [])], Infinity);
    }
    return put(ground, label, [rim, [cx, cy - r, 0, 0], [cx, cy - r + 4, 0, -1], [cx, cy, 0, 0], ...(must ? outside : [])], must ? Infinity : 3);
  }

  /** Any other node's name, beside its shape. @param {Ground} ground @param {Kg.Scene} scene @param {number} i @param {boolean} must */
  function beside(ground, { view, chosen, selected }, i, must) {
    const r = Math.max(must ? 4.5 : 0, scenes.reach(i, view.zoom));
    const [x, y] = [view.sx(data.x[i]), view.sy(data.y[i])];
    if (x < -9 || y < -9 || x > view.width + 9 || y > view.height + 9) return null;
    const size = i === selected ? 13.5 : must || scenes.tier[i] === 1 ? 12 : 11;
    const weight = i === selected ? 700 : must ? 550 : scenes.tier[i] === 1 ? 500 : 400;
    const rows = wrap(name(i), fontOf(weight, size), must ? 170 : 150, 2);
    const alpha = chosen && !chosen.has(i) ? 0.35 : 1;
    const gap = i === selected ? 6 : 3;
    return put(ground, { node: i, text: name(i), rows, size, weight, shade: -1, alpha },
      [[x, y + r + gap, 0, 1], [x + r + gap + 2, y, 1, 0], [x, y - r - gap, 0, -1], [x - r - gap - 2, y, -1, 0]], must ? 12 : scenes.tier[i] === 1 ? 6 : 4);
  }

  /** All labels of a frame. @param {Kg.Scene} scene @returns {Kg.Label[]} */
  function place(scene) {
    const { view, nodes, discs, lifted, selected } = scene;
    const ground = new Ground(view);
    const { offsetLeft, offsetTop } = buttons;
    if (offsetTop) ground.mark([offsetLeft - 6, offsetTop - 6, view.width, view.height], 2);
    for (const i of nodes) {
      const r = scenes.reach(i, view.zoom);
      if (r < 3) continue;
      const [x, y, half] = [view.sx(data.x[i]), view.sy(data.y[i]), r * 0.7];
      ground.mark([x - half, y - half, x + half, y + half], 1);
    }
    /** @type {Kg.Label[]} */
    const found = [];
    const done = new Set();
    const add = (/** @type {any} */ label) => { if (label) found.push(label); };
    const one = (/** @type {number} */ i, /** @type {boolean} */ must) => {
      if (done.has(i) || found.length >= MOST) return;
      done.add(i);
      add(data.isTopic(i) ? topic(ground, scene, i, must) : beside(ground, scene, i, must));
    };
    if (selected >= 0 && kg.state.visible(selected)) one(selected, true);
    if (lifted && lifted.size < 300) {
      const own = selected >= 0 ? name(selected) : null;
      const first = nodes.filter((i) => lifted.has(i) && !data.isTopic(i) && name(i) !== own);
      const ties = new Map(first.map((i) => [i, data.edgesAt(i).reduce((sum, j) => sum + Number(lifted.has(data.other(j, i)) && kg.state.visibleEdge(j)), 0)]));
      first.sort((a, b) => (ties.get(b) ?? 0) - (ties.get(a) ?? 0) || rank[a] - rank[b]);
      for (const i of first.slice(0, 70)) one(i, true);
    }
    for (const i of discs) if (data.depth[i] === 0 && data.disc[3 * i + 2] * view.zoom > 40) one(i, false);
    if (data.aside) add(outside(ground, view));
    for (const i of discs) one(i, false);
    const paper = 5 * view.zoom;
    const wanted = nodes.filter((i) => !data.isTopic(i) && !done.has(i) && (scenes.plain || paper > legible(i))).sort((a, b) => rank[a] - rank[b]);
    for (const i of wanted.slice(0, 900)) one(i, false);
    return found;
  }

  /** @param {Ground} ground @param {Kg.View} view */
  function outside(ground, view) {
    const { x, y, r } = /** @type {Kg.Circle} */ (data.aside);
    if (r * view.zoom < 14) return null;
    const text = kg.t("map.aside");
    const rows = wrap(text, fontOf(600, 12.5), Math.max(90, 1.5 * r * view.zoom), 3);
    const [cx, cy, reach] = [view.sx(x), view.sy(y), r * view.zoom];
    return put(ground, { node: -1, text, rows, size: 12.5, weight: 600, shade: -1, alpha: 0.9 },
      [[cx, cy - reach - 3, 0, -1], [cx, cy + reach + 3, 0, 1], [cx, cy - reach + 5, 0, 1], [cx, cy, 0, 0]], Infinity);
  }

  /** @param {Kg.Pen} pen @param {Kg.Label[]} labels */
  function write(pen, labels) {
    const colours = theme.palette();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.setLineDash([]);
    for (const { rows, x, y, size, weight, shade, alpha } of labels) {
      pen.font = fontOf(weight, size);
      pen.globalAlpha = alpha;
      pen.strokeStyle = colours.halo;
      pen.lineWidth = size > 15 ? 5 : 3.6;
      pen.fillStyle = shade >= 0 ? `hsl(${theme.hue(shade)} ${colours.name})` : colours.ink;
      rows.forEach((row, place) => pen.strokeText(row, x, y + (place - (rows.length - 1) / 2) * size * 1.18));
      rows.forEach((row, place) => pen.fillText(row, x, y + (place - (rows.length - 1) / 2) * size * 1.18));
    }
    pen.globalAlpha = 1;
  }

  kg.labels = { place, write, name };
})();
