// How strongly fields are tied: by what speaks of papers in both of them.
(() => {
  const { data, state } = kg;
  const MOST = 8;
  /** @type {{a: number, b: number, weight: number}[] | null} */
  let known = null;

  /** Pairs of top topics, strongest first; counted anew when a filter changes. */
  function ties() {
    if (known) return known;
    /** @type {Map<number, number>} */
    const weights = new Map();
    /** @type {Map<number, Set<number>>} */
    const fields = new Map();
    for (let j = 0; j < data.m; j += 1) {
      if (data.edgeTypes[data.kind[j]].role !== "cross" || !state.visibleEdge(j)) continue;
      const speaker = data.source[j];
      let found = fields.get(speaker);
      if (!found) fields.set(speaker, (found = new Set()));
      for (const root of [data.root[speaker], data.root[data.target[j]]]) if (root >= 0) found.add(root);
    }
    for (const found of fields.values()) {
      const roots = [...found].sort((a, b) => a - b).slice(0, MOST);
      for (let k = 1; k < roots.length; k += 1) {
        for (let l = 0; l < k; l += 1) {
          const key = roots[l] * data.n + roots[k];
          weights.set(key, (weights.get(key) ?? 0) + 1);
        }
      }
    }
    known = [...weights].map(([key, weight]) => ({ a: Math.floor(key / data.n), b: key % data.n, weight }));
    known.sort((s, t) => t.weight - s.weight || s.a - t.a || s.b - t.b);
    return known;
  }

  state.on((_, changed) => {
    if (["hiddenTypes", "hiddenKinds", "topic", "from", "to"].some((key) => changed.has(key))) known = null;
  });
  kg.ties = ties;
})();
