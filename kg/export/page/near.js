// Which nodes a neighbourhood holds: the nearest and best connected, and what was left out.
(() => {
  const MOST = 150;

  /**
   * Nodes within `depth` steps over the relations that are shown, at most 150 of them.
   * @param {number} centre @param {number} depth
   * @returns {{nodes: Map<number, number>, edges: number[], all: number, left: Map<number, number>}}
   *   steps by node; the edges among them; how many nodes there are; left out, by type
   */
  function near(centre, depth) {
    const { edgesAt, other, type, weight } = kg.data;
    const shown = kg.state.get().hiddenKinds, kinds = kg.data.kind;
    const open = (/** @type {number} */ j, /** @type {number} */ to) => !shown.has(kinds[j]) && kg.state.visible(to);
    /** @type {Map<number, number>} */
    const steps = new Map([[centre, 0]]);
    let front = [centre];
    /** @type {Map<number, number>} */
    const kept = new Map([[centre, 0]]);
    for (let step = 1; step <= depth; step += 1) {
      /** @type {Map<number, number>} */
      const ties = new Map();
      for (const i of front) {
        for (const j of edgesAt(i)) {
          const to = other(j, i);
          if (steps.has(to) || !open(j, to)) continue;
          ties.set(to, (ties.get(to) ?? 0) + (kept.has(i) ? 1 : 0));
        }
      }
      front = [...ties.keys()];
      for (const i of front) steps.set(i, step);
      const best = front.filter((i) => ties.get(i)).sort((a, b) => (ties.get(b) ?? 0) - (ties.get(a) ?? 0) || weight[b] - weight[a] || edgesAt(b).length - edgesAt(a).length || a - b);
      for (const i of best.slice(0, MOST - kept.size)) kept.set(i, step);
    }
    /** @type {Map<number, number>} */
    const left = new Map();
    for (const i of steps.keys()) if (!kept.has(i)) left.set(type[i], (left.get(type[i]) ?? 0) + 1);
    const edges = new Set();
    for (const i of kept.keys()) for (const j of edgesAt(i)) if (kept.has(other(j, i)) && !shown.has(kinds[j])) edges.add(j);
    return { nodes: kept, edges: [...edges].sort((a, b) => a - b), all: steps.size, left };
  }

  kg.near = near;
})();
