"""The page's parts: pyvis's Network with our template, and the template's styles and scripts.

`network.py` is the builder, `columns.py` turns its nodes and edges into columns
(with places from `placing.py` where it has none), `document.py` writes the
file. The scripts stand in `document.py` in the order they run; each is a
function that adds to the one global `kg`, whose types are in `types.d.ts`:

- data, inflate: the columns as typed arrays; state: what is chosen, and the URL;
- view, grid, scene: the camera, which nodes it sees, how much detail there is;
- drawground, drawedges, drawnodes, labels, ties: one frame (draw), on any pen:
  the screen (map), a bitmap or an SVG (svg, export); pick, gestures: the hands;
- library: vis-network, inert until the neighbourhood (focus) needs it;
- all others: search, legend, topics, panel, path, views, keys and words.
"""
