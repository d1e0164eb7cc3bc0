// Which nodes lie in a rectangle of the map: a grid of cells, so that a frame looks at what it shows.
(() => {
  const { data } = kg;
  const [left, top, right, bottom] = kg.camera.whole;
  const cell = Math.max(4, Math.sqrt(((right - left) * (bottom - top)) / Math.max(1, data.n / 6)));
  const columns = Math.max(1, Math.ceil((right - left) / cell));
  const rows = Math.max(1, Math.ceil((bottom - top) / cell));
  const column = (/** @type {number} */ x) => Math.max(0, Math.min(columns - 1, Math.floor((x - left) / cell)));
  const row = (/** @type {number} */ y) => Math.max(0, Math.min(rows - 1, Math.floor((y - top) / cell)));

  const starts = new Uint32Array(columns * rows + 1);
  const home = new Uint32Array(data.n);
  let largest = 0;
  for (let i = 0; i < data.n; i += 1) {
    home[i] = row(data.y[i]) * columns + column(data.x[i]);
    starts[home[i] + 1] += 1;
    largest = Math.max(largest, data.r[i]);
  }
  for (let k = 0; k < columns * rows; k += 1) starts[k + 1] += starts[k];
  const members = new Uint32Array(data.n);
  const next = starts.slice();
  for (let i = 0; i < data.n; i += 1) members[next[home[i]]++] = i;

  /** Calls `visit` with each node whose circle may touch the rectangle. @param {number[]} box @param {(i: number) => void} visit */
  function query([x0, y0, x1, y1], visit) {
    const [c0, c1] = [column(x0 - largest), column(x1 + largest)];
    for (let j = row(y0 - largest); j <= row(y1 + largest); j += 1) {
      const end = starts[j * columns + c1 + 1];
      for (let k = starts[j * columns + c0]; k < end; k += 1) visit(members[k]);
    }
  }

  /** All topics, the largest disc first. */
  const discs = [];
  for (let i = 0; i < data.n; i += 1) if (data.isTopic(i)) discs.push(i);
  discs.sort((a, b) => data.disc[3 * b + 2] - data.disc[3 * a + 2] || a - b);

  kg.grid = { query, discs: Uint32Array.from(discs) };
})();
