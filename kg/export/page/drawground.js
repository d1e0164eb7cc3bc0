// The ground: topics as nested discs, the region outside the tree, and the ties between fields.
(() => {
  const { data, theme } = kg;
  const TIES = 22;

  /** @param {Kg.Pen} pen @param {Pick<Kg.Scene, "view" | "discs" | "chosen" | "selected">} scene */
  function discs(pen, { view, discs: shown, chosen, selected }) {
    const colours = theme.palette();
    pen.setLineDash([]);
    for (const i of shown) {
      const r = data.disc[3 * i + 2] * view.zoom;
      const [x, y] = [view.sx(data.disc[3 * i]), view.sy(data.disc[3 * i + 1])];
      const hue = theme.hue(data.root[i]);
      const faded = chosen && !chosen.has(i) && selected !== i;
      pen.globalAlpha = faded ? 0.55 : 1;
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.fillStyle = `hsl(${hue} ${colours.fill})`;
      pen.fill();
      if (r < 6) continue;
      pen.lineWidth = data.parent[i] < 0 ? 1.4 : 1;
      pen.strokeStyle = `hsl(${hue} ${colours.discRim})`;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /** Where papers stand that no topic has. @param {Kg.Pen} pen @param {Kg.View} view */
  function aside(pen, view) {
    if (!data.aside) return;
    const { x, y, r } = data.aside;
    const colours = theme.palette();
    pen.beginPath();
    pen.arc(view.sx(x), view.sy(y), r * view.zoom, 0, 2 * Math.PI);
    pen.setLineDash([5, 5]);
    pen.lineWidth = 1.2;
    pen.strokeStyle = colours.faint;
    pen.stroke();
    pen.setLineDash([]);
  }

  /** Soft arcs between the discs of fields that are spoken of together. @param {Kg.Pen} pen @param {Kg.Scene} scene */
  function ties(pen, { view, levels, chosen, selected }) {
    if (levels.ties <= 0) return;
    const found = kg.ties();
    const colours = theme.palette();
    const strongest = found.length ? found[0].weight : 1;
    const own = data.isTopic(selected) ? found.filter((/** @type {{a: number, b: number}} */ { a, b }) => a === selected || b === selected) : [];
    const shown = own.length ? own.slice(0, TIES) : found.slice(0, TIES);
    for (const { a, b, weight } of [...shown].reverse()) {
      const share = weight / strongest;
      const path = band(view, a, b, 1 + 5.5 * Math.sqrt(share));
      if (!path) continue;
      const [x0, y0, cx, cy, dx, dy, x1, y1] = path;
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.quadraticCurveTo(cx + dx, cy + dy, x1, y1);
      pen.quadraticCurveTo(cx - dx, cy - dy, x0, y0);
      pen.globalAlpha = levels.ties * (chosen && !own.length ? 0.15 : (colours.dark ? 0.22 : 0.17) + 0.3 * share);
      pen.fillStyle = colours.tie;
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  /** A lens from disc to disc, pointed at both ends and bent a little; null where they share their middle. @param {Kg.View} view @param {number} a @param {number} b @param {number} width */
  function band(view, a, b, width) {
    const [ax, ay, ar] = [view.sx(data.disc[3 * a]), view.sy(data.disc[3 * a + 1]), data.disc[3 * a + 2] * view.zoom];
    const [bx, by, br] = [view.sx(data.disc[3 * b]), view.sy(data.disc[3 * b + 1]), data.disc[3 * b + 2] * view.zoom];
    const gap = Math.hypot(bx - ax, by - ay);
    if (!gap) return null;
    const [ux, uy] = [(bx - ax) / gap, (by - ay) / gap];
    // from within the discs, so that neighbours have a bridge too
    const [x0, y0] = [ax + ux * ar * 0.5, ay + uy * ar * 0.5];
    const [x1, y1] = [bx - ux * br * 0.5, by - uy * br * 0.5];
    const bend = 0.22 * Math.hypot(x1 - x0, y1 - y0);
    return [x0, y0, (x0 + x1) / 2 - uy * bend, (y0 + y1) / 2 + ux * bend, -uy * width, ux * width, x1, y1];
  }

  kg.ground = { discs, aside, ties };
})();
