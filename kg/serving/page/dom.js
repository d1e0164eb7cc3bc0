// Elements made of text alone, so that no text of a digest is ever read as markup; and the words of the page.

/** @param {string} id @returns {any} */
const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");

/** @type {Record<string, string>} */
const texts = data("texts");

/** @type {{ prefixes: Record<string, string>, namespace: string, language: string, questions: Question[] }} */
export const known = data("known-data");

/** @typedef {{ name: string, title: string, about: string, sparql: string, columns: Record<string, string> }} Question */

/** A text of the page with `{name}` filled in. @param {string} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => (name in values ? show(values[name]) : whole));
}

/** @param {string | number} value */
const show = (value) => (typeof value === "number" ? value.toLocaleString(known.language === "vi" ? "vi-VN" : "en-GB") : value);

/** The element with an id, which is there. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * An element; strings become text nodes, functions listeners.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) made.append(child);
  return made;
}
