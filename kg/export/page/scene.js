// What a frame shows: the nodes and discs in view, and how much of each level of detail.
(() => {
  const { data, state, grid, camera } = kg;
  const CALM = 5000;
  const PAPER = 5;
  const fade = (/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ to) =>
    Math.max(0, Math.min(1, (value - from) / (to - from)));

  /** Types that topics are filled with (papers) are seen earlier than what hangs on them. */
  const filed = new Set();
  for (let i = 0; i < data.n; i += 1) if (data.parent[i] >= 0 && !data.isTopic(i)) filed.add(data.type[i]);
  const plain = !filed.size && !grid.discs.length;

  /** 0 topics (their discs stand for them), 1 papers, 2 all else: the level at which a node appears. */
  const tier = Uint8Array.from(data.type, (type, i) => (data.isTopic(i) ? 0 : plain || filed.has(type) ? 1 : 2));

  /** How much is shown of each level, told by the size of a paper in pixels. @param {number} zoom @returns {Kg.Levels} */
  function levels(zoom) {
    const size = PAPER * zoom;
    return {
      ties: grid.discs.length ? 1 - fade(size, 3.2, 4.6) : 0,
      papers: plain ? 1 : fade(size, 0.35, 0.9),
      others: plain ? 1 : fade(size, 3.4, 5),
      edges: data.n > CALM ? 0 : plain ? 1 : fade(size, 5, 8.5),
      local: plain ? 1 : fade(size, 6, 9),
    };
  }

  /** The radius in pixels at which a node is drawn; what much is said of is larger. @param {number} i @param {number} zoom */
  function reach(i, zoom) {
    const much = tier[i] === 1 && !plain ? 0.62 + 0.5 * Math.min(1, Math.sqrt(data.weight[i] / 12)) : tier[i] === 0 ? 0.7 : 0.92;
    const size = data.r[i] * zoom * much;
    return size > 14 ? 14 + (size - 14) * 0.35 : size;
  }

  /** The nodes that stay bright when others fade; null where none fades. @param {Set<number> | null} emphasised */
  function chosen(emphasised) {
    const { selected, pathTo } = state.get();
    if (emphasised && selected < 0) return emphasised;
    if (selected < 0) return null;
    if (emphasised && pathTo >= 0) return emphasised;
    const found = new Set([selected]);
    const edges = [...data.edgesAt(selected)];
    let drawn = edges.filter((j) => state.visibleEdge(j));
    if (!drawn.length) drawn = edges;
    for (const j of drawn) found.add(data.other(j, selected));
    if (data.isTopic(selected)) {
      for (let i = 0; i < data.n; i += 1) {
        let top = i;
        for (let steps = 0; top >= 0 && top !== selected && steps < 250; steps += 1) top = data.host[top];
        if (top === selected) found.add(i);
      }
    }
    return found;
  }

  /** The discs in view, the largest first. @param {Kg.View} view @param {number} least radius in pixels */
  function discs(view, least) {
    const [x0, y0, x1, y1] = [view.mx(0), view.my(0), view.mx(view.width), view.my(view.height)];
    /** @type {number[]} */
    const found = [];
    for (const i of grid.discs) {
      const [x, y, r] = [data.disc[3 * i], data.disc[3 * i + 1], data.disc[3 * i + 2]];
      if (r * view.zoom < least) break;
      if (x + r > x0 && x - r < x1 && y + r > y0 && y - r < y1 && state.visible(i)) found.push(i);
    }
    return found;
  }

  /** @param {Kg.View} view @param {Set<number> | null} bright @returns {Kg.Scene} */
  function compose(view, bright) {
    const level = levels(view.zoom);
    const { selected, pathTo } = state.get();
    const lifted = selected >= 0 && data.isTopic(selected) && pathTo < 0 ? null : bright;
    const box = [view.mx(-20), view.my(-20), view.mx(view.width + 20), view.my(view.height + 20)];
    /** @type {number[]} */
    const nodes = [];
    if (level.papers > 0) {
      grid.query(box, (/** @type {number} */ i) => {
        if (!state.visible(i)) return;
        const t = tier[i];
        if (t === 1 ? level.papers > 0 : t === 2 && level.others > 0) nodes.push(i);
        else if (lifted && lifted.has(i)) nodes.push(i);
      });
    } else if (lifted) for (const i of lifted) if (state.visible(i)) nodes.push(i);
    return { view, nodes, discs: discs(view, 2.2), levels: level, chosen: bright, lifted, selected };
  }

  kg.scene = { compose, discs, levels, chosen, reach, tier, plain, fade, calm: () => data.n > CALM, whole: camera.whole };
})();
