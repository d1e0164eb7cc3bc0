// What the filters took away, said over the map: a chip for each, and for nothing left the way out.
(() => {
  const { el, t } = kg;

  /** What a filter is called, for node `i` where its type decides. @param {string} reason @param {number} [i] */
  function filterName(reason, i = -1) {
    const { topic, from, to } = kg.state.get();
    if (reason === "topic") return topic >= 0 ? kg.clean(kg.clip(kg.name(topic), 60)) : "";
    if (reason === "time") return from === to ? from : `${from || "…"} – ${to || "…"}`;
    return i >= 0 ? kg.legend.plural(kg.nodeType(i)) : "";
  }

  /** Takes back one filter. @param {string} reason */
  function clear(reason) {
    if (reason === "type") kg.state.set({ hiddenTypes: new Set() }, { push: true });
    else if (reason === "kind") kg.state.set({ hiddenKinds: kg.state.initial().hiddenKinds }, { push: true });
    else if (reason === "topic") kg.state.set({ topic: -1 }, { push: true });
    else if (reason === "time") kg.state.set({ from: "", to: "" }, { push: true });
  }

  function reset() {
    const { hiddenTypes, hiddenKinds, topic, from, to } = kg.state.initial();
    kg.state.set({ hiddenTypes, hiddenKinds, topic, from, to, view: "" }, { push: true });
    kg.announce(t("allShown", { all: kg.data.n }));
  }

  /** Takes back every filter that hides node `i`. @param {number} i */
  function lift(i) {
    let lifted = false;
    for (let why = kg.state.hiddenBy(i); why; why = kg.state.hiddenBy(i)) {
      if (why === "type") {
        const hiddenTypes = new Set(kg.state.get().hiddenTypes);
        hiddenTypes.delete(kg.data.type[i]);
        kg.state.set({ hiddenTypes });
      } else if (why === "topic") kg.state.set({ topic: -1 });
      else kg.state.set({ from: "", to: "" });
      lifted = true;
    }
    if (lifted) kg.announce(t("lifted", { name: kg.clip(kg.name(i), 80) }));
  }

  /** @param {string} reason @param {string} text */
  const chip = (reason, text) =>
    el("button", { type: "button", class: "chip", "data-chip": reason, "aria-label": t("remove", { name: text }), click: () => {
      clear(reason);
      kg.$("canvas").focus();
    } }, el("bdi", { dir: "auto" }, text), el("span", { "aria-hidden": "true" }, "×"));

  /**
   * @param {number} shown  how many nodes are left
   * @param {Record<string, number>} lost  how many each filter hides
   */
  function chips(shown, lost) {
    const { hiddenTypes, topic, from, to } = kg.state.get();
    const found = [];
    const off = [...hiddenTypes].filter((k) => kg.legend.totals.types[k]);
    const on = [...kg.data.nodeTypes.keys()].filter((k) => kg.legend.totals.types[k] && !hiddenTypes.has(k));
    const names = (/** @type {number[]} */ list) => list.map((k) => kg.legend.plural(kg.data.nodeTypes[k])).join(", ");
    if (off.length) found.push(chip("type", on.length && on.length <= 4 && on.length < off.length ? t("onlyThis", { name: names(on) })
      : off.length <= 3 ? t("without", { name: names(off) }) : t("without", { name: `${names(off.slice(0, 2))} +${off.length - 2}` })));
    if (topic >= 0) found.push(chip("topic", `${t("topic")}: ${filterName("topic")}`));
    if (from || to) found.push(chip("time", `${t("months")}: ${filterName("time")}`));
    const parts = [];
    if (found.length) {
      parts.push(el("div", { class: "chips" }, el("span", { class: "soft" }, t("shownOf", { n: shown, all: kg.data.n })), ...found,
        found.length > 1 ? el("button", { type: "button", class: "chip reset", click: reset }, t("reset")) : null));
    }
    if (!shown && kg.data.n) parts.push(nothing(lost));
    kg.$("notice").replaceChildren(...parts);
  }

  /** @param {Record<string, number>} lost */
  function nothing(lost) {
    const reasons = ["type", "topic", "time"].filter((why) => lost[why]);
    return el("div", { class: "nothing", role: "status" }, el("strong", {}, t("nothing")),
      ...reasons.map((why) => el("p", {}, t(`nothing_${why}`, { n: lost[why], name: filterName(why) }), " ",
        el("button", { type: "button", class: "button", "data-lift": why, click: () => clear(why) }, t(`lift_${why}`)))),
      el("button", { type: "button", class: "button strong", click: reset }, t("reset")));
  }

  kg.filters = { chips, clear, reset };
  kg.filterName = filterName;
  kg.lift = lift;
})();
