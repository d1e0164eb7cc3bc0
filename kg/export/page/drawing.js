// What lies under and over vis-network's nodes: topic discs, relations, labels that never overlap.

class Drawing {
  constructor(model) {
    this.model = model;
    this.widths = new Map();
    this.hues = new Map();
    for (const disc of model.discs) {
      if (!this.hues.has(disc.root)) this.hues.set(disc.root, (205 + this.hues.size * 137.5) % 360);
    }
    const rank = (node) => (node.disc ? 1e6 + node.disc.r : (model.entries.has(node.group) ? 1e3 : 0) + node.edges.length);
    this.order = [...model.nodes].sort((a, b) => rank(b) - rank(a) || a.index - b.index);
    this.readTheme();
  }

  readTheme() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    this.theme = { paper: read("--map"), ink: read("--ink"), faint: read("--faint"), accent: read("--accent"),
      rimmed: read("--rim"), fill: read("--disc-fill"), rim: read("--disc-rim") };
    this.font = getComputedStyle(document.body).fontFamily;
  }

  attach(network) {
    this.network = network;
    network.on("beforeDrawing", (context) => this.under(context));
    network.on("afterDrawing", (context) => this.over(context));
  }

  under(context) {
    const scale = this.network.getScale();
    if (this.model.visible("Topic")) this.drawDiscs(context, scale);
    const chosen = this.model.selected;
    for (const relation of this.model.relations) {
      if (relation.shown) this.stroke(context, relation.edges, relation.colour, relation.strength * (chosen ? 0.35 : 1), 1 / scale);
    }
    if (chosen) for (const edge of chosen.edges) this.arrow(context, edge, scale);
    context.globalAlpha = 1;
  }

  drawDiscs(context, scale) {
    context.lineWidth = 1 / scale;
    for (const disc of this.model.discs) {
      if (disc.r * scale < 2) continue;
      const hue = this.hues.get(disc.root);
      context.beginPath();
      context.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
      context.fillStyle = `hsl(${hue} ${this.theme.fill})`;
      context.fill();
      context.strokeStyle = `hsl(${hue} ${this.theme.rim})`;
      context.stroke();
    }
    const aside = this.model.aside;
    if (!aside) return;
    context.beginPath();
    context.setLineDash([5 / scale, 5 / scale]);
    context.arc(aside.x, aside.y, aside.r, 0, 2 * Math.PI);
    context.strokeStyle = this.theme.faint;
    context.stroke();
    context.setLineDash([]);
  }

  stroke(context, edges, colour, alpha, width) {
    context.beginPath();
    for (const { from, to } of edges) {
      if (!this.model.visible(from.group) || !this.model.visible(to.group)) continue;
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  arrow(context, edge, scale) {
    const { from, to, relation } = edge;
    if (!this.model.visible(from.group) || !this.model.visible(to.group)) return;
    if (relation.hub && !relation.shown) return;
    this.stroke(context, [edge], relation.colour, 0.95, 2 / scale);
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const tip = { x: to.x - Math.cos(angle) * (to.size + 1 / scale), y: to.y - Math.sin(angle) * (to.size + 1 / scale) };
    context.beginPath();
    context.moveTo(tip.x, tip.y);
    for (const turn of [2.7, -2.7]) context.lineTo(tip.x + Math.cos(angle + turn) * 9 / scale, tip.y + Math.sin(angle + turn) * 9 / scale);
    context.fillStyle = relation.colour;
    context.fill();
  }

  over(context) {
    const canvas = context.canvas;
    const ratio = canvas.width / canvas.clientWidth;
    const scale = this.network.getScale();
    const middle = this.network.getViewPosition();
    const view = { width: canvas.clientWidth, height: canvas.clientHeight, scale,
      x: (x) => (x - middle.x) * scale + canvas.clientWidth / 2, y: (y) => (y - middle.y) * scale + canvas.clientHeight / 2 };
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const chosen = this.model.selected;
    if (chosen) this.ring(context, view, chosen);
    this.boxes = [];
    this.marks = this.obstacles(view);
    const first = chosen ? [chosen, ...this.model.near(chosen).filter((node) => node.short !== chosen.short)] : [];
    let tried = 0;
    const done = new Set(first.slice(0, 60));
    for (const node of done) this.label(context, view, node, true);
    for (const node of this.order) {
      if (this.boxes.length > 150 || tried > 1500) break;
      if (done.has(node)) continue;
      if (this.label(context, view, node, false)) tried += 1;
    }
    if (this.model.aside) this.captionAside(context, view);
    context.restore();
  }

  ring(context, view, node) {
    context.beginPath();
    context.arc(view.x(node.x), view.y(node.y), node.size * view.scale + 5, 0, 2 * Math.PI);
    context.strokeStyle = this.theme.accent;
    context.lineWidth = 3;
    context.stroke();
  }

  // The nodes that are large enough for a label to spoil them.
  obstacles(view) {
    const found = [];
    for (const node of this.model.nodes) {
      const reach = node.size * view.scale;
      if (reach < 4 || !this.model.visible(node.group)) continue;
      const x = view.x(node.x), y = view.y(node.y);
      if (x > -9 && y > -9 && x < view.width + 9 && y < view.height + 9) found.push([x - reach, y - reach, x + reach, y + reach]);
    }
    return found.length > 500 ? [] : found;
  }

  // Draws a node's label where there is room; false where it is not even wanted.
  label(context, view, node, wanted) {
    if (!this.model.visible(node.group)) return false;
    const reach = node.size * view.scale;
    const disc = node.disc;
    const radius = disc ? disc.r * view.scale : 0;
    const x = view.x(node.x), y = view.y(node.y);
    if (!disc && (x < -40 || y < -20 || x > view.width + 40 || y > view.height + 20)) return false;
    if (!wanted && (disc ? radius < 20 : reach < (this.model.entries.has(node.group) ? 4.6 : 6))) return false;
    const size = disc ? Math.max(11, Math.min(19, 7.5 + Math.sqrt(radius) * 0.75)) : wanted ? 13 : 11.5;
    const weight = disc ? (disc.depth === 0 ? 700 : disc.depth === 1 ? 600 : 500) : 400;
    const font = `${node === this.model.selected ? 700 : weight} ${size.toFixed(1)}px ${this.font}`;
    const rows = lines(node.short, disc ? 20 : 26, disc ? 3 : 2);
    const wide = this.width(context, font, rows);
    const height = rows.length * size * 1.2;
    if (disc && !wanted && disc.depth > 0 && wide > 2.1 * radius) return true;
    const spots = [];
    if (disc && radius > 20) {
      const left = Math.max(0, view.x(disc.x) - radius), right = Math.min(view.width, view.x(disc.x) + radius);
      const top = view.y(disc.y) - radius, bottom = top + 2 * radius;
      const inside = top + height / 2 + radius * 0.06 + 3;
      if (right > left + wide * 0.7 && bottom > height + 12) {
        const at = Math.max(left + wide / 2 + 8, Math.min(right - wide / 2 - 8, view.x(disc.x)));
        spots.push([at, Math.max(inside, height / 2 + 8)], [at, top - height / 2]);
      }
    }
    spots.push([x, y + reach + height / 2 + 2], [x, y - reach - height / 2 - 2], [x + reach + wide / 2 + 4, y], [x - reach - wide / 2 - 4, y]);
    for (const [place, [cx, cy]] of spots.entries()) {
      if (cx - wide / 2 < 0 || cx + wide / 2 > view.width || cy - height / 2 < 2 || cy + height / 2 > view.height) continue;
      const air = disc ? 4 : -1;
      const box = [cx - wide / 2 - 3, cy - height / 2 - air, cx + wide / 2 + 3, cy + height / 2 + air];
      const hits = (b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3];
      if (this.boxes.some(hits)) continue;
      const must = wanted || (disc && disc.depth === 0 && place === 0);
      if (!must && this.marks.some(hits)) continue;
      this.boxes.push(box);
      this.write(context, font, rows, cx, cy, size);
      return true;
    }
    return true;
  }

  captionAside(context, view) {
    const { x, y, r } = this.model.aside;
    if (r * view.scale > 30) this.write(context, `500 12px ${this.font}`, ["in no topic"], view.x(x), view.y(y - r) - 10, 12);
  }

  width(context, font, rows) {
    const key = `${font}\n${rows.join("\n")}`;
    if (!this.widths.has(key)) {
      if (this.widths.size > 20000) this.widths.clear();
      context.font = font;
      this.widths.set(key, Math.max(...rows.map((row) => context.measureText(row).width)));
    }
    return this.widths.get(key);
  }

  write(context, font, rows, x, y, size) {
    context.font = font;
    context.strokeStyle = this.theme.paper;
    context.fillStyle = this.theme.ink;
    context.lineWidth = 3.5;
    rows.forEach((row, place) => {
      const line = y + (place - (rows.length - 1) / 2) * size * 1.2;
      context.globalAlpha = 0.85;
      context.strokeText(row, x, line);
      context.globalAlpha = 1;
      context.fillText(row, x, line);
    });
  }
}
