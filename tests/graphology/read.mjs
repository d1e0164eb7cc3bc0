// What the libraries of Gephi Lite and Cytoscape.js make of graph files: node read.mjs FILE…
// Prints one JSON object: for each file its nodes and edges with all attributes.
import fs from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(`${process.cwd()}/`);
const { default: Graph } = await import(require.resolve("graphology"));
const readers = { graphml: require("graphology-graphml"), gexf: require("graphology-gexf") };

function graphology(format, text) {
  const graph = readers[format].parse(Graph, text);
  return {
    directed: graph.type === "directed",
    nodes: graph.mapNodes((id, attributes) => ({ ...attributes, id })),
    edges: graph.mapEdges((id, attributes, source, target) => ({ ...attributes, id, source, target })),
  };
}

function cytoscape(text) {
  const graph = require("cytoscape")({ headless: true, styleEnabled: false, ...JSON.parse(text) });
  return {
    directed: true,
    nodes: graph.nodes().map((node) => ({ ...node.data(), position: node.position() })),
    edges: graph.edges().map((edge) => edge.data()),
  };
}

const found = {};
for (const file of process.argv.slice(2)) {
  const format = file.split(".").pop();
  const text = fs.readFileSync(file, "utf8");
  found[file] = format === "cyjs" ? cytoscape(text) : graphology(format, text);
}
process.stdout.write(JSON.stringify(found));
