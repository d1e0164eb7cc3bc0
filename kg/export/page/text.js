// Small tools: elements made from text only, folded text for search, shapes for the legend.

const $ = (id) => document.getElementById(id);

const block = (id) => ($(`data-${id}`) ? JSON.parse($(`data-${id}`).textContent) : null);

// An element; strings become text nodes, so no text of a digest is ever read as markup.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick" || name === "onchange") made[name] = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const words = (text) => el("bdi", { dir: "auto" }, String(text));

// "Tỉa lớp" is found by "tia lop".
const fold = (text) =>
  String(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

// One line without control and direction marks, for the canvas.
const plain = (text) =>
  String(text).replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g, " ").trim();

const clip = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

// At most `rows` lines of about `width` characters, cut at words.
function lines(text, width, rows) {
  const found = [];
  for (const word of text.split(" ")) {
    const last = found[found.length - 1];
    if (last !== undefined && last.length + word.length < width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  if (found.length > rows) found[rows - 1] = `${found[rows - 1]}…`;
  return found.slice(0, rows).map((line) => clip(line, width * 2));
}

// Only the two places where papers are read become links.
function link(address) {
  try {
    const url = new URL(address);
    const known = ["arxiv.org", "doi.org"].includes(url.hostname) && /^https?:$/.test(url.protocol);
    return known && !url.username && !url.password && !url.port ? url.href : null;
  } catch {
    return null;
  }
}

