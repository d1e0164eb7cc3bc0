// The data: columns as `kg.export.page.columns` wrote them, made typed arrays; texts on first use.
(() => {
  window.kg = window.kg ?? /** @type {any} */ ({});
  const block = (/** @type {string} */ id) => {
    const found = document.getElementById(id);
    return found ? JSON.parse(found.textContent ?? "null") : null;
  };
  const raw = block("data-graph");
  document.getElementById("data-graph")?.remove();
  const n = raw.id.length;
  const m = raw.source.length;
  const tenth = (/** @type {number[]} */ values) => Float32Array.from(values, (value) => value / 10);

  const disc = new Float32Array(3 * n);
  for (let k = 0; k < raw.disc.length; k += 4) {
    for (let part = 0; part < 3; part += 1) disc[3 * raw.disc[k] + part] = raw.disc[k + 1 + part] / 10;
  }
  const host = Int32Array.from(raw.host);
  const isTopic = (/** @type {number} */ i) => disc[3 * i + 2] > 0;
  const parent = host.map((value) => (value >= 0 && isTopic(value) ? value : -1));

  /** The top topic above each node, through papers and other hosts; -1 outside the tree. */
  const root = new Int32Array(n).fill(-1);
  const depth = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    let top = i;
    let steps = 0;
    for (; host[top] >= 0 && steps < 250; steps += 1) top = host[top];
    if (isTopic(top)) root[i] = top;
    depth[i] = isTopic(i) ? steps : 0;
  }

  const source = Uint32Array.from(raw.source);
  const target = Uint32Array.from(raw.target);
  const starts = new Uint32Array(n + 1);
  for (let j = 0; j < m; j += 1) {
    starts[source[j] + 1] += 1;
    if (target[j] !== source[j]) starts[target[j] + 1] += 1;
  }
  for (let i = 0; i < n; i += 1) starts[i + 1] += starts[i];
  const ends = new Uint32Array(starts[n]);
  const next = starts.slice();
  for (let j = 0; j < m; j += 1) {
    ends[next[source[j]]++] = j;
    if (target[j] !== source[j]) ends[next[target[j]]++] = j;
  }

  /** @type {any} */
  let texts = null;
  const table = () => {
    const found = texts ? null : document.getElementById("data-texts");
    if (found) {
      const text = found.textContent ?? "null";
      texts = JSON.parse(found.dataset.encoding === "deflate" ? kg.inflate(text) : text);
      found.remove();
    }
    return texts;
  };
  /** Flat (file, line, column, quote …) as objects. @param {number[]} flat */
  const sources = (flat) => {
    const found = [];
    for (let k = 0; k < flat.length; k += 4) {
      found.push({ file: texts.strings[flat[k]], line: flat[k + 1], column: flat[k + 2], quote: texts.strings[flat[k + 3]] });
    }
    return found;
  };

  /** @type {Map<string, number> | null} */
  let numbers = null;

  kg.data = {
    n, m, id: raw.id.map(String), label: raw.label,
    type: Uint16Array.from(raw.type), x: tenth(raw.x), y: tenth(raw.y), r: tenth(raw.r), disc,
    host, parent, root, depth, weight: Uint8Array.from(raw.weight),
    month: raw.month.map((/** @type {number} */ k) => raw.months[k]),
    source, target, kind: Uint16Array.from(raw.kind), basis: Uint8Array.from(raw.basis),
    mentions: Uint16Array.from(raw.mentions), digest: Uint16Array.from(raw.digest),
    nodeTypes: raw.nodeTypes, edgeTypes: raw.edgeTypes, digests: raw.digests, options: raw.options,
    aside: raw.aside.length ? { x: raw.aside[0] / 10, y: raw.aside[1] / 10, r: raw.aside[2] / 10 } : null,
    isTopic,
    edgesAt: (i) => ends.subarray(starts[i], starts[i + 1]),
    other: (j, i) => (source[j] === i ? target[j] : source[j]),
    index(id) {
      numbers ??= new Map(this.id.map((key, place) => [key, place]));
      return numbers.get(id) ?? -1;
    },
    texts(i) {
      const all = table();
      if (!all) return { attributes: [], sources: [], url: "" };
      const attributes = [];
      const flat = all.attributes[i];
      for (let k = 0; k < flat.length; k += 2) {
        const value = flat[k + 1];
        attributes.push({ ...all.names[flat[k]], value: typeof value === "number" ? all.strings[value] : value[0] });
      }
      const url = attributes.find(({ name }) => name === "url")?.value;
      return { attributes, sources: sources(all.nodeSources[i]), url: typeof url === "string" ? url : "" };
    },
    said: (j) => (table() ? sources(texts.edgeSources[j]) : []),
    given: (i) => table()?.given.nodes[i] ?? {},
    givenEdge: (j) => table()?.given.edges[j] ?? {},
  };
})();
