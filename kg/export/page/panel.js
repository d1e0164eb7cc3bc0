// The panel: all that is known of the selected node; every text as text, every neighbour a button.

const MANY = 12;

// A name, and for a topic the one above it: some names stand in several places of the tree.
function named(model, node) {
  const upper = model.above(node);
  return el("span", {}, words(node.name), upper ? el("small", { class: "above" }, " in ", words(upper.name)) : null);
}

class Panel {
  constructor(model, select) {
    this.model = model;
    this.select = select;
    this.root = $("panel");
  }

  show(node) {
    this.root.hidden = !node;
    if (!node) return;
    this.details ??= block("details") ?? { nodes: {}, edges: [] };
    const { attributes = {}, sources = [] } = this.details.nodes[node.id] ?? {};
    const type = this.model.type(node.group);
    const address = link(attributes.url);
    const parts = [
      el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.select(null) }, "×"),
      el("p", { class: "kind" }, icon(type), el("span", {}, type.label)),
      el("h2", {}, words(node.name)),
      address ? el("p", {}, el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, attributes.identifier ?? address)) : null,
      this.attributes(node, attributes, Boolean(address)),
      ...this.neighbours(node),
      ...this.sources(sources),
    ];
    this.root.replaceChildren(...parts.filter((part) => part !== null));
    this.root.scrollTop = 0;
  }

  attributes(node, attributes, linked) {
    const list = el("dl");
    for (const [name, value] of Object.entries(attributes)) {
      if (linked && (name === "url" || name === "identifier")) continue;
      const text = Array.isArray(value) ? value.join(", ") : value === true ? "yes" : value === false ? "no" : value;
      if (text !== "" && text !== node.name) list.append(el("dt", {}, this.model.attributes[name] ?? name), el("dd", {}, words(text)));
    }
    return list;
  }

  neighbours(node) {
    const groups = new Map();
    for (const edge of node.edges) {
      const out = edge.from === node;
      const key = `${edge.relation.order} ${out}`;
      const heading = out ? edge.relation.label : edge.relation.inverse;
      if (!groups.has(key)) groups.set(key, { heading, relation: edge.relation, found: [] });
      groups.get(key).found.push([out ? edge.to : edge.from, edge]);
    }
    return [...groups.entries()].sort(([a], [b]) => parseInt(a) - parseInt(b)).map(([, group]) => this.group(group));
  }

  group({ heading, relation, found }) {
    const list = el("ul");
    const add = (rows) => list.append(...rows.map(([node, edge]) => this.neighbour(node, edge)));
    add(found.slice(0, MANY));
    if (found.length > MANY) {
      const more = el("button", { type: "button", class: "more" }, `${found.length - MANY} more`);
      more.onclick = () => { more.remove(); add(found.slice(MANY)); };
      list.after(more);
      return el("section", {}, this.heading(heading, found.length, relation.colour), list, more);
    }
    return el("section", {}, this.heading(heading, found.length, relation.colour), list);
  }

  heading(text, count, colour) {
    const swatch = el("span", { class: "line" });
    swatch.style.background = colour;
    return el("h3", {}, swatch, words(text), el("span", { class: "count" }, String(count)));
  }

  neighbour(node, edge) {
    const evidence = this.details.edges[edge.index] ?? {};
    const notes = [evidence.basis === "name" ? "by name" : "", evidence.mentions > 1 ? `${evidence.mentions} times` : "",
      evidence.line ? `line ${evidence.line}` : ""].filter(Boolean).join(" · ");
    const button = el("button", { type: "button", onclick: () => this.select(node, true) },
      icon(this.model.type(node.group)), named(this.model, node), notes ? el("small", {}, notes) : null);
    return el("li", {}, button);
  }

  sources(sources) {
    if (!sources.length) return [];
    const list = sources.map(([file, line, text]) =>
      el("figure", {}, el("figcaption", {}, words(`${file}:${line}`)), el("blockquote", { tabindex: "0" }, words(text))));
    return [el("section", { class: "said" }, el("h3", {}, "Where it is said"), ...list)];
  }
}
