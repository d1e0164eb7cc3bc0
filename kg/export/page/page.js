// The page: reads the data, starts vis-network on the given positions, and joins the parts.

const graph = block("graph");
const facts = block("page");
const found = buildModel(graph, facts ?? {});
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function buildModel({ nodes, edges }, { types = [], relations = [], attributes = {}, discs = [], aside = null }) {
  const plainType = { name: "", label: "Node", plural: "Nodes", colour: "#888", shape: "dot" };
  const byType = new Map(types.map((type) => [type.name, { ...type, on: true }]));
  const byRelation = new Map(relations.map((relation, order) => [relation.name, { ...relation, order, edges: [] }]));
  const other = { label: "to", inverse: "from", colour: "#888", strength: 0.5, order: 1e6, shown: true, edges: [] };
  const made = nodes.map((node, index) => ({ ...node, index, name: String(node.label), short: clip(plain(node.label) || String(node.id), 90), size: node.size ?? 10, edges: [] }));
  const byId = new Map(made.map((node) => [node.id, node]));
  edges.forEach((edge, index) => {
    const relation = byRelation.get(edge.relation) ?? other;
    const link = { index, from: byId.get(edge.from), to: byId.get(edge.to), relation };
    relation.edges.push(link);
    link.from.edges.push(link);
    if (link.to !== link.from) link.to.edges.push(link);
  });
  const areas = discs.map(([place, x, y, r, depth, root]) => (made[place].disc = { x, y, r, depth, root }));
  return {
    nodes: made, byId, attributes, selected: null, types: [...byType.values()], relations: [...byRelation.values()],
    entries: new Set(types.filter((type) => type.entry).map((type) => type.name)),
    discs: areas.sort((a, b) => a.depth - b.depth), aside: aside && { x: aside[0], y: aside[1], r: aside[2] },
    type: (name) => byType.get(name) ?? plainType,
    visible: (name) => byType.get(name)?.on ?? true,
    above: (node) => node.edges.find((edge) => edge.relation.name === "broader" && edge.from === node)?.to,
    near: (node) => node.edges.filter((edge) => !edge.relation.hub).map((edge) => (edge.from === node ? edge.to : edge.from)),
  };
}

const drawing = new Drawing(found);
const panel = new Panel(found, select);
const visNodes = new vis.DataSet(found.nodes.map(({ index, name, short, edges, disc, ...node }) => (facts ? { ...node, label: undefined } : node)));
const network = new vis.Network($("network"), { nodes: visNodes, edges: new vis.DataSet(facts ? [] : graph.edges) }, options());
drawing.attach(network);

function options() {
  if (!facts) return graph.options;
  const groups = { useDefaultGroups: false };
  for (const type of found.types) groups[type.name] = looks(type, drawing.theme.paper, drawing.theme.rimmed);
  return {
    ...graph.options, groups, physics: false, layout: { improvedLayout: false },
    nodes: { borderWidth: 0.8, chosen: false, shape: "dot" },
    interaction: { hover: true, dragNodes: false, selectConnectedEdges: false, hoverConnectedEdges: false, zoomSpeed: 0.7 },
  };
}

function fit(animation = false) {
  const box = [1e9, 1e9, -1e9, -1e9];
  for (const { x, y, r } of [...found.discs, ...(found.aside ? [found.aside] : []), ...found.nodes.map((n) => ({ x: n.x, y: n.y, r: n.size + 6 }))]) {
    box[0] = Math.min(box[0], x - r); box[1] = Math.min(box[1], y - r);
    box[2] = Math.max(box[2], x + r); box[3] = Math.max(box[3], y + r);
  }
  if (!facts || box[0] > box[2]) return network.fit();
  const { clientWidth: width, clientHeight: height } = $("network");
  const scale = Math.min((width - 24) / (box[2] - box[0]), (height - 24) / (box[3] - box[1]), 4);
  network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale, animation });
}

function select(node, move = false) {
  found.selected = node;
  if (node && !found.visible(node.group)) toggleType(found.type(node.group), true);
  panel.show(node);
  $("tip").hidden = true;
  document.body.classList.toggle("chosen", Boolean(node));
  if (node && move) {
    const scale = Math.max(network.getScale(), Math.min(1.6, 26 / node.size));
    network.moveTo({ position: { x: node.x, y: node.y }, scale, animation: calm ? false : { duration: 350 } });
  } else network.redraw();
}

function toggleType(type, on) {
  type.on = on;
  type.box.checked = on;
  visNodes.update(found.nodes.filter((node) => node.group === type.name).map(({ id }) => ({ id, hidden: !on })));
}

function legendRow(mark, text, count, on, change) {
  const box = el("input", { type: "checkbox", onchange: () => change(box.checked) });
  box.checked = on;
  return [box, el("label", {}, box, mark, el("span", {}, text), el("span", { class: "count" }, String(count)))];
}

for (const type of found.types) {
  const [box, row] = legendRow(icon(type), type.plural, type.count, true, (on) => { toggleType(type, on); network.redraw(); });
  type.box = box;
  row.dataset.type = type.name;
  $("types").append(row);
}
for (const relation of found.relations) {
  const mark = el("span", { class: "line" });
  mark.style.background = relation.colour;
  const [, row] = legendRow(mark, relation.label, relation.count, relation.shown, (on) => { relation.shown = on; network.redraw(); });
  row.dataset.relation = relation.name;
  $("relations").append(row);
}
$("counts").textContent = `${found.nodes.length} nodes · ${graph.edges.length} relations`;

network.on("click", ({ nodes }) => select(nodes.length ? found.byId.get(nodes[0]) : null));
network.on("hoverNode", ({ node: id, pointer }) => {
  const node = found.byId.get(id);
  const tip = $("tip");
  tip.replaceChildren(el("small", {}, found.type(node.group).label), words(node.name));
  tip.style.left = `${Math.min(pointer.DOM.x + 14, $("network").clientWidth - 260)}px`;
  tip.style.top = `${pointer.DOM.y + 14}px`;
  tip.hidden = false;
  $("network").classList.add("over");
});
network.on("blurNode", () => { $("tip").hidden = true; $("network").classList.remove("over"); });
network.on("dragStart", () => { $("tip").hidden = true; moved = true; });
network.on("zoom", () => { moved = true; });

let moved = false;
new ResizeObserver(() => { if (!moved && !found.selected) fit(); }).observe($("network"));
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.onclick = () => {
    const step = Number(button.dataset.zoom);
    moved = step > 0;
    if (step) network.moveTo({ scale: network.getScale() * step, animation: calm ? false : { duration: 200 } });
    else fit(calm ? false : { duration: 300 });
  };
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.target.matches("input")) select(null); });

const dark = matchMedia("(prefers-color-scheme: dark)");
function paint() {
  drawing.readTheme();
  if (facts) network.setOptions({ groups: options().groups });
  network.redraw();
}
dark.addEventListener("change", paint);
$("theme").onclick = () => {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  paint();
};
if (matchMedia("(max-width: 760px)").matches) $("legend").open = false;
new Search(found.nodes, found, select);
fit();
window.kgPage = { network, select: (id) => select(found.byId.get(id) ?? null, true), model: found };
