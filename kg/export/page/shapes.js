// The shapes of node types by the ontology's names, on the canvas, and as icons for lists.
(() => {
  /** Corners on a circle of radius 1 around the middle, as (x, y) pairs. @type {Record<string, number[]>} */
  const CORNERS = {
    square: [-0.8, -0.8, 0.8, -0.8, 0.8, 0.8, -0.8, 0.8],
    diamond: [0, -1.15, 0.95, 0, 0, 1.15, -0.95, 0],
    triangle: [0, -1.1, 1.05, 0.8, -1.05, 0.8],
    triangleDown: [-1.05, -0.8, 1.05, -0.8, 0, 1.1],
    hexagon: [-0.52, -0.92, 0.52, -0.92, 1.05, 0, 0.52, 0.92, -0.52, 0.92, -1.05, 0],
    star: Array.from({ length: 10 }, (_, k) => {
      const [reach, angle] = [k % 2 ? 0.52 : 1.25, (k * Math.PI) / 5 - Math.PI / 2];
      return [reach * Math.cos(angle), reach * Math.sin(angle)];
    }).flat(),
    box: [-1.1, -0.6, 1.1, -0.6, 1.1, 0.6, -1.1, 0.6],
  };

  /** Adds a shape to a path, its middle at (x, y). @param {Kg.Pen} pen @param {string} shape @param {number} x @param {number} y @param {number} r */
  function trace(pen, shape, x, y, r) {
    const corners = CORNERS[shape];
    if (corners) {
      pen.moveTo(x + corners[0] * r, y + corners[1] * r);
      for (let k = 2; k < corners.length; k += 2) pen.lineTo(x + corners[k] * r, y + corners[k + 1] * r);
      pen.closePath();
    } else if (shape === "ellipse") {
      pen.moveTo(x + 1.2 * r, y);
      pen.ellipse(x, y, 1.2 * r, 0.72 * r, 0, 0, 2 * Math.PI);
    } else if (shape === "database") {
      pen.moveTo(x - 0.8 * r, y - 0.62 * r);
      pen.ellipse(x, y - 0.62 * r, 0.8 * r, 0.36 * r, 0, Math.PI, 2 * Math.PI);
      pen.lineTo(x + 0.8 * r, y + 0.62 * r);
      pen.ellipse(x, y + 0.62 * r, 0.8 * r, 0.36 * r, 0, 0, Math.PI);
      pen.closePath();
    } else {
      pen.moveTo(x + r, y);
      pen.arc(x, y, r, 0, 2 * Math.PI);
    }
  }

  /** "circle" is a ring, all others are filled. @param {string} shape */
  const hollow = (shape) => shape === "circle";

  /** A small SVG of a node type's shape in its colour, outlined by `--rim`. @param {number} k number of the type */
  function icon(k) {
    const { shape, colour } = kg.data.nodeTypes[k];
    const svg = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      return made;
    };
    const root = svg("svg", { viewBox: "-8 -8 16 16", class: "icon", width: "14", height: "14", "aria-hidden": "true", fill: colour });
    const corners = CORNERS[shape];
    if (corners) root.append(svg("polygon", { points: corners.map((value) => (value * 5.9).toFixed(2)).join(" ") }));
    else if (shape === "ellipse") root.append(svg("ellipse", { rx: "7.4", ry: "4.6" }));
    else if (shape === "database") root.append(svg("path", { d: "M-5.2-4a5.2 2.6 0 0 1 10.4 0v8a5.2 2.6 0 0 1-10.4 0zM-5.2-4a5.2 2.6 0 0 0 10.4 0" }));
    else if (hollow(shape)) root.append(svg("circle", { r: "5", class: "ring", fill: "none", stroke: colour, "stroke-width": "3" }));
    else root.append(svg("circle", { r: "6" }));
    return /** @type {SVGElement} */ (root);
  }

  kg.shapes = { trace, hollow };
  kg.icon = icon;
})();
