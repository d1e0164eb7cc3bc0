// Search as you type, by label and id, without case or diacritics; arrows and Enter choose.

class Search {
  constructor(nodes, model, select) {
    this.input = $("search");
    this.list = $("results");
    this.model = model;
    this.select = select;
    this.texts = nodes.map((node) => ({ node, label: fold(node.name), id: fold(node.id) }));
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input")) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    });
  }

  find(query) {
    const wanted = fold(query).trim();
    if (!wanted) return [];
    const found = [];
    for (const { node, label, id } of this.texts) {
      const at = label.indexOf(wanted);
      if (at < 0 && !id.includes(wanted)) continue;
      const rank = at === 0 ? (label === wanted ? 0 : 1) : at > 0 ? (/\W/.test(label[at - 1]) ? 2 : 3) : 4;
      found.push([rank, label.length, node.index, node]);
    }
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).slice(0, 30).map((row) => row[3]);
  }

  show() {
    this.found = this.find(this.input.value);
    this.active = 0;
    this.list.replaceChildren(...this.found.map((node, place) => {
      const row = el("li", { role: "option", id: `result-${place}` }, icon(this.model.type(node.group)), named(this.model, node),
        el("small", {}, this.model.type(node.group).label));
      row.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(node); });
      return row;
    }));
    if (!this.found.length && this.input.value.trim()) this.list.append(el("li", { class: "none" }, "Nothing found"));
    this.list.hidden = !this.list.childElementCount;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === this.active)));
    const row = this.found?.length ? this.list.children[this.active] : null;
    if (row) row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row ? row.id : "");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found?.length) {
      event.preventDefault();
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.found?.length) this.choose(this.found[this.active]);
    else if (event.key === "Escape") this.close();
  }

  choose(node) {
    this.close();
    this.select(node, true);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}
