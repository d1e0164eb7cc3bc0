// What lies under a point: the nearest node that is drawn, else the deepest topic whose disc it is.
(() => {
  const { data, state, grid, scene: scenes, camera } = kg;
  const SLACK = 5;
  const LEAST_DISC = 9;

  /** @param {number} x @param {number} y in CSS pixels of the canvas @param {Set<number> | null} bright @param {number} [room] around a node @returns {number} */
  function pick(x, y, bright, room = SLACK) {
    const { view } = camera;
    const levels = scenes.levels(view.zoom);
    const shown = [0, levels.papers, levels.others];
    const [mx, my, slack] = [view.mx(x), view.my(y), room / view.zoom];
    let best = -1;
    let least = Infinity;
    grid.query([mx - slack, my - slack, mx + slack, my + slack], (/** @type {number} */ i) => {
      if (!state.visible(i)) return;
      const lit = bright !== null && bright.has(i);
      if (!lit && (shown[scenes.tier[i]] < 0.3 || view.zoom * data.r[i] < 1.2)) return;
      const reach = Math.max(lit ? 4 : 0, scenes.reach(i, view.zoom)) + room;
      const far = Math.hypot(data.x[i] - mx, data.y[i] - my) * view.zoom - reach;
      if (far < 0 && far + reach < least) {
        best = i;
        least = far + reach;
      }
    });
    return best >= 0 ? best : disc(mx, my);
  }

  /** @param {number} mx @param {number} my */
  function disc(mx, my) {
    let found = -1;
    let smallest = Infinity;
    for (const i of grid.discs) {
      const r = data.disc[3 * i + 2];
      if (r * camera.view.zoom < LEAST_DISC) break;
      if (r < smallest && Math.hypot(data.disc[3 * i] - mx, data.disc[3 * i + 1] - my) <= r && state.visible(i)) {
        found = i;
        smallest = r;
      }
    }
    return found;
  }

  kg.pick = pick;
})();
