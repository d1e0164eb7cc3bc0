// One frame, on whatever pen: the screen's, a bitmap's for the PNG, or the recorder of the SVG.
(() => {
  const { theme, ground, edges, nodes, labels } = kg;

  /** Draws a scene and gives its labels. @param {Kg.Pen} pen @param {Kg.Scene} scene @returns {Kg.Label[]} */
  function frame(pen, scene) {
    const { view } = scene;
    pen.globalAlpha = 1;
    pen.fillStyle = theme.palette().map;
    pen.fillRect(0, 0, view.width, view.height);
    ground.discs(pen, scene);
    ground.aside(pen, view);
    ground.ties(pen, scene);
    edges.all(pen, scene);
    nodes.all(pen, scene);
    edges.chosen(pen, scene);
    nodes.chosen(pen, scene);
    const placed = labels.place(scene);
    labels.write(pen, placed);
    return placed;
  }

  kg.draw = { frame };
})();
