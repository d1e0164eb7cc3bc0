// Relations: hairlines in one path per kind and basis, and the edges of what is chosen with arrow heads.
(() => {
  const { data, state, theme } = kg;
  const MANY = 1500;
  const LONG = 420;
  const HEADS = 1.7;

  /**
   * Edges with an end in view by kind, basis and length: those that rest on a name are dashed, the long ones faint.
   * @param {Kg.Scene} scene @param {(j: number) => boolean} wanted
   */
  function batches({ view }, wanted) {
    /** @type {Map<number, number[]>} */
    const found = new Map();
    const [x0, y0, x1, y1] = [view.mx(0), view.my(0), view.mx(view.width), view.my(view.height)];
    for (let j = 0; j < data.m; j += 1) {
      const [a, b] = [data.source[j], data.target[j]];
      const [ax, bx, ay, by] = [data.x[a], data.x[b], data.y[a], data.y[b]];
      if ((ax < x0 || ax > x1 || ay < y0 || ay > y1) && (bx < x0 || bx > x1 || by < y0 || by > y1)) continue;
      if (!wanted(j) || !state.visibleEdge(j)) continue;
      const long = Math.abs(ax - bx) + Math.abs(ay - by) > LONG / view.zoom;
      const key = data.kind[j] * 8 + (long ? 4 : 0) + data.basis[j];
      const batch = found.get(key);
      if (batch) batch.push(j);
      else found.set(key, [j]);
    }
    return found;
  }

  /** All edges of the levels in view but those that the discs tell, behind the nodes. @param {Kg.Pen} pen @param {Kg.Scene} scene */
  function all(pen, scene) {
    const { levels, view, chosen } = scene;
    if (levels.edges <= 0 && levels.local <= 0) return;
    const roles = data.edgeTypes.map(({ role }) => (role === "inside" ? levels.local : levels.edges));
    const found = batches(scene, (j) => roles[data.kind[j]] > 0 && !(data.edgeTypes[data.kind[j]].role === "inside" && data.isTopic(data.target[j])));
    for (const [key, edges] of found) {
      const kind = data.edgeTypes[key >> 3];
      const level = key & 4 ? levels.edges : roles[key >> 3];
      if (level <= 0) continue;
      pen.beginPath();
      for (const j of edges) {
        const [a, b] = [data.source[j], data.target[j]];
        pen.moveTo(view.sx(data.x[a]), view.sy(data.y[a]));
        pen.lineTo(view.sx(data.x[b]), view.sy(data.y[b]));
      }
      const thin = Math.min(1, 18 / Math.sqrt(edges.length + 80));
      pen.globalAlpha = level * (kind.role === "inside" ? 0.45 : 0.55 * Math.max(0.35, thin)) * (key & 4 ? 0.5 : 1) * (chosen ? 0.3 : 1);
      pen.strokeStyle = theme.edge(kind.colour);
      pen.lineWidth = 1;
      pen.setLineDash((key & 3) === 2 ? [5, 4] : []);
      pen.stroke();
      if (view.zoom > HEADS && kind.role === "cross" && edges.length < MANY) heads(pen, view, edges);
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** Arrow heads at the targets of straight edges, in one path. @param {Kg.Pen} pen @param {Kg.View} view @param {number[]} edges */
  function heads(pen, view, edges) {
    pen.beginPath();
    for (const j of edges) {
      const [a, b] = [data.source[j], data.target[j]];
      const [x, y] = [view.sx(data.x[b]), view.sy(data.y[b])];
      const angle = Math.atan2(y - view.sy(data.y[a]), x - view.sx(data.x[a]));
      const room = kg.scene.reach(b, view.zoom) + 1;
      head(pen, x - Math.cos(angle) * room, y - Math.sin(angle) * room, angle, 7);
    }
    pen.fillStyle = pen.strokeStyle;
    pen.fill();
  }

  /** @param {Kg.Pen} pen @param {number} x @param {number} y @param {number} angle @param {number} size */
  function head(pen, x, y, angle, size) {
    pen.moveTo(x, y);
    for (const turn of [2.72, -2.72]) pen.lineTo(x + Math.cos(angle + turn) * size, y + Math.sin(angle + turn) * size);
    pen.closePath();
  }

  /** The edges that are worth an arrow: at the selected node, or within what is emphasised. @param {Kg.Scene} scene */
  function bright({ chosen, selected }) {
    if (selected >= 0 && state.get().pathTo < 0) {
      const at = [...data.edgesAt(selected)].filter((j) => state.visible(data.source[j]) && state.visible(data.target[j]));
      const shown = at.filter((j) => state.visibleEdge(j));
      const told = (/** @type {number} */ j) => data.isTopic(selected) && data.edgeTypes[data.kind[j]].role === "inside";
      return (shown.length ? shown : at).filter((j) => !told(j)).slice(0, MANY);
    }
    const found = [];
    for (const i of chosen ?? []) {
      for (const j of data.edgesAt(i)) {
        if (data.source[j] === i && chosen?.has(data.target[j]) && state.visibleEdge(j)) found.push(j);
      }
      if (found.length > MANY) break;
    }
    return found;
  }

  /** @param {Kg.Pen} pen @param {Kg.Scene} scene */
  function chosen(pen, scene) {
    for (const j of bright(scene)) arrow(pen, scene.view, j, 1.7, 0.95);
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** One edge, a little bent, with a head at its target. @param {Kg.Pen} pen @param {Kg.View} view @param {number} j @param {number} width @param {number} alpha */
  function arrow(pen, view, j, width, alpha) {
    const [a, b] = [data.source[j], data.target[j]];
    const [ax, ay, bx, by] = [view.sx(data.x[a]), view.sy(data.y[a]), view.sx(data.x[b]), view.sy(data.y[b])];
    const gap = Math.hypot(bx - ax, by - ay);
    if (gap < 2) return;
    const kind = data.edgeTypes[data.kind[j]];
    const bend = kind.role === "inside" ? 0 : Math.min(40, gap * 0.1);
    const [cx, cy] = [(ax + bx) / 2 - ((by - ay) / gap) * bend, (ay + by) / 2 + ((bx - ax) / gap) * bend];
    const angle = Math.atan2(by - cy, bx - cx);
    const room = Math.max(4, kg.scene.reach(b, view.zoom)) + 2;
    const [tx, ty] = [bx - Math.cos(angle) * room, by - Math.sin(angle) * room];
    pen.globalAlpha = alpha;
    pen.strokeStyle = theme.edge(kind.colour);
    pen.lineWidth = width;
    pen.setLineDash(data.basis[j] === 2 ? [6, 4] : []);
    pen.beginPath();
    pen.moveTo(ax, ay);
    pen.quadraticCurveTo(cx, cy, tx, ty);
    pen.stroke();
    if (kind.derived || gap < 14) return;
    pen.setLineDash([]);
    pen.beginPath();
    head(pen, tx, ty, angle, 8.5);
    pen.fillStyle = theme.edge(kind.colour);
    pen.fill();
  }

  kg.edges = { all, chosen, arrow };
})();
