// How vis-network draws the neighbourhood: the ontology's shapes, named relations, and names that never cover each other.
(() => {
  /** @type {Map<string, string>} */
  const mixed = new Map();

  /** A colour of the ontology as it can be seen, in a form that vis-network can thin out. @param {string} colour */
  function visible(colour) {
    if (!kg.theme.isDark()) return colour;
    let made = mixed.get(colour);
    if (!made) {
      const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => Math.round(value * 0.6 + 255 * 0.4));
      made = `rgb(${r},${g},${b})`;
      mixed.set(colour, made);
    }
    return made;
  }

  /**
   * A node with the ontology's shape.
   * @param {number} i @param {number} steps  from the centre @param {() => number} cursor  the node the keyboard is at
   */
  function node(i, steps, cursor) {
    const type = kg.nodeType(i);
    const size = steps === 0 ? 17 : 14 - 2 * steps;
    const hollow = kg.shapes.hollow(type.shape);
    return {
      ...kg.data.given(i), id: i, label: undefined, size, mass: steps === 0 ? 3 : 1, shape: "custom",
      ctxRenderer: (/** @type {any} */ { ctx, x, y, state }) => ({
        nodeDimensions: { width: 2 * size, height: 2 * size },
        drawNode() {
          const colours = kg.theme.palette();
          const chosen = i === kg.state.get().selected;
          ctx.beginPath();
          kg.shapes.trace(ctx, type.shape, x, y, size);
          ctx.fillStyle = hollow ? colours.map : type.colour;
          ctx.fill();
          ctx.lineWidth = hollow ? size * 0.42 : colours.dark ? 1.4 : 1;
          ctx.strokeStyle = hollow ? visible(type.colour) : colours.dark ? "rgba(255,255,255,0.6)" : colours.map;
          ctx.stroke();
          if (!chosen && i !== cursor() && !state.hover) return;
          ctx.beginPath();
          ctx.arc(x, y, size + 6, 0, 2 * Math.PI);
          ctx.lineWidth = 2.5;
          ctx.strokeStyle = chosen || i === cursor() ? colours.accent : colours.faint;
          ctx.setLineDash(i === cursor() && !chosen ? [4, 3] : []);
          ctx.stroke();
          ctx.setLineDash([]);
        },
      }),
    };
  }

  /** Edges with their relation's name; those between the same two nodes bend apart. @param {number[]} edges */
  function lines(edges) {
    /** @type {Map<string, number>} */
    const between = new Map();
    const palette = kg.theme.palette();
    return edges.map((j) => {
      const type = kg.data.edgeTypes[kg.data.kind[j]];
      const [from, to] = [kg.data.source[j], kg.data.target[j]];
      const key = from < to ? `${from} ${to}` : `${to} ${from}`;
      const turn = between.get(key) ?? 0;
      between.set(key, turn + 1);
      const name = kg.say(type.label) || type.name;
      return {
        ...kg.data.givenEdge(j), id: `e${j}`, from, to, title: name, label: edges.length <= 40 ? name : undefined,
        arrows: type.derived ? "" : { to: { enabled: true, scaleFactor: 0.55 } }, dashes: type.derived ? [5, 4] : false,
        color: { color: visible(type.colour), highlight: palette.accent, hover: visible(type.colour), opacity: 0.85 }, width: 1.4,
        font: { size: 11, color: palette.soft, strokeColor: palette.map, strokeWidth: 4, face: palette.font, align: "middle" },
        scaling: { label: { drawThreshold: 9.5 } },
        smooth: turn ? { enabled: true, type: from < to === turn % 2 > 0 ? "curvedCW" : "curvedCCW", roundness: 0.16 * Math.ceil(turn / 2) + 0.06 } : false,
      };
    });
  }

  /** @param {CanvasRenderingContext2D} pen @param {string} text @param {number} width */
  function wrap(pen, text, width) {
    /** @type {string[]} */
    const rows = [];
    for (const word of text.split(/\s+/)) {
      const last = rows.length - 1;
      if (last >= 0 && pen.measureText(`${rows[last]} ${word}`).width <= width) rows[last] += ` ${word}`;
      else rows.push(word);
    }
    return rows.length > 3 ? [...rows.slice(0, 2), `${rows[2]} …`] : rows;
  }

  /**
   * Names below their nodes, the important first; one that would cover another waits for a closer look.
   * @param {CanvasRenderingContext2D} pen @param {any} network @param {number[]} order @param {number} cursor
   */
  function names(pen, network, order, cursor) {
    const colours = kg.theme.palette();
    const { selected } = kg.state.get();
    const scale = network.getScale();
    const at = network.getPositions();
    /** @type {number[][]} */
    const taken = [];
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.lineJoin = "round";
    const first = [cursor, selected].filter((i) => at[i]);
    for (const i of new Set([...first, ...order])) {
      const must = first.includes(i);
      const size = network.body.nodes[i]?.options.size ?? 10;
      const height = Math.min(40, Math.max(13, 12.5 / scale)) * (i === order[0] ? 1.15 : 1);
      pen.font = `${must || i === order[0] ? 600 : 400} ${height}px ${colours.font}`;
      const rows = wrap(pen, kg.clip(kg.clean(kg.name(i).slice(0, 300)).replace(/\s+/g, " "), 70), height * 11.5);
      const wide = Math.max(...rows.map((row) => pen.measureText(row).width));
      const { x, y } = at[i];
      const top = y + size + height * 0.4;
      const box = [x - wide / 2, top, x + wide / 2, top + rows.length * height * 1.2];
      if (!must && taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      pen.lineWidth = height * 0.32;
      pen.strokeStyle = colours.map;
      pen.fillStyle = colours.ink;
      rows.forEach((row, place) => {
        pen.strokeText(row, x, top + place * height * 1.2);
        pen.fillText(row, x, top + place * height * 1.2);
      });
    }
  }

  kg.focusDraw = { node, lines, names };
})();
