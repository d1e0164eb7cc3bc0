// The state: one observable store with what is chosen, filtered and looked at, and its URL hash.
(() => {
  const { data } = kg;
  const unshown = data.edgeTypes.flatMap((kind, k) => (["derived", "hub"].includes(kind.role) ? [k] : []));
  /** @returns {Kg.State} */
  const initial = () => ({
    selected: -1, pathTo: -1, focus: -1, depth: 1, hiddenTypes: new Set(), hiddenKinds: new Set(unshown), topic: -1,
    from: "", to: "", view: "", language: "en", theme: "", camera: null,
  });
  let state = Object.freeze(initial());
  /** @type {((state: Kg.State, changed: Set<string>) => void)[]} */
  const listeners = [];

  // -- what the filters leave -------------------------------------------------

  const REASONS = ["", "type", "topic", "time"];
  const hidden = new Uint8Array(data.n);
  const isHub = (/** @type {number} */ j) => data.edgeTypes[data.kind[j]].role === "hub";

  /** Marks what lies in a topic: subtopics and papers, what hangs on them, and all digests. @param {number} topic */
  function within(topic) {
    const inside = new Uint8Array(data.n);
    const todo = [topic];
    inside[topic] = 1;
    for (let i = todo.pop(); i !== undefined; i = todo.pop()) {
      for (const j of data.edgesAt(i)) {
        const low = data.source[j];
        const down = data.target[j] === i && data.edgeTypes[data.kind[j]].role === "inside";
        if (down && !inside[low]) {
          inside[low] = 1;
          if (data.isTopic(low)) todo.push(low);
        }
      }
    }
    for (let round = 0; round < 2; round += 1) {
      const before = inside.slice();
      for (let j = 0; j < data.m; j += 1) {
        const [a, b] = [data.source[j], data.target[j]];
        if (isHub(j)) inside[b] = 1;
        else if (!data.edgeTypes[data.kind[j]].derived) {
          if (before[b] && data.parent[a] < 0 && !data.isTopic(a) && !filed[a]) inside[a] = 1;
          if (before[a] && !before[b] && !data.isTopic(a) && !data.isTopic(b) && !filed[b]) inside[b] = 1;
        }
      }
    }
    return inside;
  }

  /** Types whose nodes are filed in topics: they belong where they are filed and nowhere else. */
  const filedTypes = new Set();
  for (let i = 0; i < data.n; i += 1) if (data.parent[i] >= 0 && !data.isTopic(i)) filedTypes.add(data.type[i]);
  const filed = Uint8Array.from(data.type, (type) => Number(filedTypes.has(type)));

  function filter() {
    const inside = state.topic >= 0 ? within(state.topic) : null;
    for (let i = 0; i < data.n; i += 1) {
      const month = data.month[i];
      const early = state.from && month && month < state.from;
      const late = state.to && month && month > state.to;
      hidden[i] = state.hiddenTypes.has(data.type[i]) ? 1 : inside && !inside[i] ? 2 : early || late ? 3 : 0;
    }
  }

  // -- the hash ---------------------------------------------------------------

  const names = (/** @type {Set<number>} */ set, /** @type {{name: string}[]} */ table) =>
    [...set].map((k) => table[k].name).sort().join(" ");
  const byName = (/** @type {string} */ text, /** @type {{name: string}[]} */ table) =>
    new Set(text.split(" ").map((name) => table.findIndex((entry) => entry.name === name)).filter((k) => k >= 0));
  const plainKinds = names(new Set(unshown), data.edgeTypes);

  function hash() {
    const found = new URLSearchParams();
    const put = (/** @type {string} */ key, /** @type {string | false} */ value) => {
      if (value) found.set(key, value);
    };
    put("node", state.selected >= 0 && data.id[state.selected]);
    put("path", state.pathTo >= 0 && data.id[state.pathTo]);
    put("focus", state.focus >= 0 && data.id[state.focus]);
    put("depth", state.depth > 1 && String(state.depth));
    put("without", names(state.hiddenTypes, data.nodeTypes));
    const kinds = names(state.hiddenKinds, data.edgeTypes);
    if (kinds !== plainKinds) found.set("relations-off", kinds);
    put("topic", state.topic >= 0 && data.id[state.topic]);
    put("from", state.from);
    put("to", state.to);
    put("view", state.view);
    put("lang", state.language !== initial().language && state.language);
    put("theme", state.theme);
    const { camera } = state;
    put("at", camera ? `${camera.x.toFixed(1)},${camera.y.toFixed(1)},${Number(camera.zoom.toPrecision(4))}` : "");
    return found.toString();
  }

  /** The state that a hash names; what it names wrongly is left out. @param {string} text @returns {Kg.State} */
  function read(text) {
    const found = new URLSearchParams(text.replace(/^#/, ""));
    const get = (/** @type {string} */ key) => found.get(key) ?? "";
    const made = initial();
    const place = get("at").split(",").map(Number);
    const month = (/** @type {string} */ key) => (/^\d{4}-\d\d$/.test(get(key)) ? get(key) : "");
    const depth = Number(get("depth"));
    const [selected, topic] = [data.index(get("node")), data.index(get("topic"))];
    return {
      ...made, selected, pathTo: data.index(get("path")), focus: selected >= 0 ? data.index(get("focus")) : -1,
      depth: depth === 2 || depth === 3 ? depth : 1,
      hiddenTypes: byName(get("without"), data.nodeTypes),
      hiddenKinds: found.has("relations-off") ? byName(get("relations-off"), data.edgeTypes) : made.hiddenKinds,
      topic: topic >= 0 && data.isTopic(topic) ? topic : -1,
      from: month("from"), to: month("to"), view: get("view").slice(0, 40),
      language: get("lang") === "vi" ? "vi" : get("lang") === "en" ? "en" : made.language,
      theme: get("theme") === "dark" ? "dark" : get("theme") === "light" ? "light" : "",
      camera: place.length === 3 && place.every(Number.isFinite) && place[2] > 0 ? { x: place[0], y: place[1], zoom: place[2] } : null,
    };
  }

  /** Writes the hash; a frame without an address of its own (a notebook) has no history. @param {boolean} push */
  function write(push) {
    const text = hash();
    if (text === location.hash.slice(1)) return;
    try {
      history[push ? "pushState" : "replaceState"](null, "", `#${text}`);
    } catch {
      // the state itself is kept
    }
  }

  // -- changes ----------------------------------------------------------------

  const same = (/** @type {any} */ a, /** @type {any} */ b) =>
    a === b || (a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((k) => b.has(k)));

  /** @param {Kg.State} next */
  function change(next) {
    const changed = new Set(Object.keys(next).filter((key) => !same(state[/** @type {keyof Kg.State} */ (key)], next[/** @type {keyof Kg.State} */ (key)])));
    state = Object.freeze(next);
    if (["hiddenTypes", "topic", "from", "to"].some((key) => changed.has(key))) filter();
    return changed;
  }

  const tell = (/** @type {Set<string>} */ changed) => {
    if (changed.size) for (const listener of listeners) listener(state, changed);
  };

  const follow = () => tell(change(read(location.hash)));
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  kg.state = {
    get: () => state,
    set(patch, { push = false } = {}) {
      const changed = change({ ...state, ...patch });
      if (!changed.size) return;
      write(push);
      tell(changed);
    },
    on(listener) {
      listeners.push(listener);
    },
    initial,
    visible: (i) => hidden[i] === 0,
    visibleEdge: (j) => !state.hiddenKinds.has(data.kind[j]) && hidden[data.source[j]] === 0 && hidden[data.target[j]] === 0,
    hiddenBy: (i) => REASONS[hidden[i]],
  };
  change(read(location.hash));
  filter();
})();
