// The shapes of node types: vis-network's names, drawn at one size on the canvas and in the legend.

const OUTLINES = {
  square: "2,2 14,2 14,14 2,14",
  box: "1,4 15,4 15,12 1,12",
  diamond: "8,1 15,8 8,15 1,8",
  triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14",
  hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
  star: "8,1 10,6 15.5,6 11,9.5 12.7,15 8,11.7 3.3,15 5,9.5 .5,6 6,6",
};
const CYLINDER = "M2 4a6 2.6 0 0 1 12 0v8a6 2.6 0 0 1-12 0zM2 4a6 2.6 0 0 0 12 0";

function icon(type) {
  const svg = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const { shape, colour } = type;
  const root = svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true", fill: colour });
  if (OUTLINES[shape]) root.append(svg("polygon", { points: OUTLINES[shape] }));
  else if (shape === "ellipse") root.append(svg("ellipse", { cx: 8, cy: 8, rx: 7.5, ry: 4.5 }));
  else if (shape === "database") root.append(svg("path", { d: CYLINDER }));
  else if (shape === "circle") root.append(svg("circle", { cx: 8, cy: 8, r: 5, class: "ring", fill: "none", stroke: colour }));
  else root.append(svg("circle", { cx: 8, cy: 8, r: 6.5 }));
  return root;
}

// vis-network sizes these four by the label in them; ours are sized like all others.
const PATHS = {
  box: (path, x, y, r) => path.rect(x - r, y - r * 0.6, 2 * r, 1.2 * r),
  circle: (path, x, y, r) => path.arc(x, y, r * 0.78, 0, 2 * Math.PI),
  ellipse: (path, x, y, r) => path.ellipse(x, y, r * 1.1, r * 0.68, 0, 0, 2 * Math.PI),
  database: (path, x, y, r) => {
    path.ellipse(x, y - r * 0.6, r * 0.85, r * 0.35, 0, Math.PI, 2 * Math.PI);
    path.ellipse(x, y + r * 0.6, r * 0.85, r * 0.35, 0, 0, Math.PI);
    path.closePath();
  },
};

function lid(path, x, y, r) {
  path.beginPath();
  path.ellipse(x, y - r * 0.6, r * 0.85, r * 0.35, 0, 0, Math.PI);
  path.stroke();
}

// What vis-network needs to draw a type.
function looks({ shape, colour }, paper, rim) {
  const color = { background: colour, border: rim };
  const path = PATHS[shape];
  if (!path) return { shape, color };
  const draw = ({ ctx, x, y, style: { size } }) => ({
    nodeDimensions: { width: 2 * size, height: 2 * size },
    drawNode() {
      const hollow = shape === "circle";
      ctx.beginPath();
      path(ctx, x, y, size);
      ctx.fillStyle = hollow ? paper : colour;
      ctx.fill();
      ctx.strokeStyle = hollow ? colour : rim;
      ctx.lineWidth = hollow ? size * 0.44 : 0.5;
      ctx.stroke();
      if (shape === "database") lid(ctx, x, y, size);
    },
  });
  return { shape: "custom", color, ctxRenderer: draw };
}
