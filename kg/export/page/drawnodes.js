// Nodes: one path per type, rectangles where a shape would be too small to be told.
(() => {
  const { data, theme, shapes, scene: scenes } = kg;

  const MANY = 4000;
  const FEW = 300;
  /** The least radius of what is chosen, by tier. */
  const LEAST = [3.4, 4, 5.6];

  /** @param {Kg.Pen} pen @param {Kg.Scene} scene @param {number[]} nodes @param {number} alpha @param {number[]} [floor] least radii in pixels, by tier */
  function batch(pen, { view, levels }, nodes, alpha, floor) {
    const colours = theme.palette();
    const small = nodes.length > MANY ? 2 : 1.1;
    /** @type {Map<number, number[]>} */
    const byType = new Map();
    for (const i of nodes) {
      const rows = byType.get(data.type[i]);
      if (rows) rows.push(i);
      else byType.set(data.type[i], [i]);
    }
    for (const [type, rows] of [...byType].sort((a, b) => b[0] - a[0])) {
      const { colour, shape } = data.nodeTypes[type];
      const least = floor ? floor[scenes.tier[rows[0]]] : 0;
      const level = [1, levels.papers, levels.others][scenes.tier[rows[0]]];
      const hollow = shapes.hollow(shape);
      pen.globalAlpha = alpha * (floor !== undefined ? 1 : level);
      pen.fillStyle = theme.edge(colour);
      /** @type {number[]} */
      const large = [];
      for (const i of rows) {
        const r = Math.max(least, scenes.reach(i, view.zoom));
        if (r >= small) large.push(i);
        else pen.fillRect(view.sx(data.x[i]) - r, view.sy(data.y[i]) - r, Math.max(1, 2 * r), Math.max(1, 2 * r));
      }
      if (!large.length) continue;
      pen.fillStyle = hollow ? colours.map : colour;
      pen.beginPath();
      let size = 0;
      for (const i of large) {
        size = Math.max(least, scenes.reach(i, view.zoom));
        shapes.trace(pen, shape, view.sx(data.x[i]), view.sy(data.y[i]), hollow ? size * 0.78 : size);
      }
      pen.fill();
      if (size < 3 && !hollow) continue;
      pen.strokeStyle = hollow ? theme.edge(colour) : colours.rim;
      pen.lineWidth = hollow ? Math.max(1, Math.min(3, size * 0.34)) : 1;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /** @param {Kg.Pen} pen @param {Kg.Scene} scene */
  function all(pen, scene) {
    const { nodes, chosen } = scene;
    if (!chosen) {
      batch(pen, scene, nodes, 1);
      return;
    }
    batch(pen, scene, nodes.filter((i) => !chosen.has(i)), 0.2);
  }

  /** What is chosen, over the edges and never too small to see. @param {Kg.Pen} pen @param {Kg.Scene} scene */
  function chosen(pen, scene) {
    const { nodes, chosen: bright, lifted, selected, view } = scene;
    if (!bright) return;
    const few = lifted !== null && bright.size < FEW;
    batch(pen, scene, nodes.filter((i) => bright.has(i) && (lifted !== null || scenes.tier[i] !== 0)), 1, few ? LEAST : undefined);
    if (selected >= 0) ring(pen, view, selected, 3);
  }

  /** @param {Kg.Pen} pen @param {Kg.View} view @param {number} i @param {number} width */
  function ring(pen, view, i, width) {
    pen.strokeStyle = theme.palette().accent;
    pen.lineWidth = width;
    pen.beginPath();
    if (!data.isTopic(i)) pen.arc(view.sx(data.x[i]), view.sy(data.y[i]), Math.max(LEAST[scenes.tier[i]], scenes.reach(i, view.zoom)) + 3.5, 0, 2 * Math.PI);
    else pen.arc(view.sx(data.disc[3 * i]), view.sy(data.disc[3 * i + 1]), data.disc[3 * i + 2] * view.zoom, 0, 2 * Math.PI);
    pen.stroke();
  }

  kg.nodes = { all, chosen, ring };
})();
