// What Comunica gets from SPARQL endpoints: node read.mjs, with {"source": …, "queries": […]} on standard input.
// Prints the rows of each query, a JSON object of terms for each row.
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(`${process.cwd()}/`);
const { QueryEngine } = require("@comunica/query-sparql");
const engine = new QueryEngine();

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { source, queries } = JSON.parse(input);
const found = [];
for (const query of queries) {
  const bindings = await engine.queryBindings(query, { sources: [source] });
  const rows = await bindings.toArray();
  found.push(rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value]))));
}
process.stdout.write(JSON.stringify(found));
