// Words and elements: the interface's language, folded text for search, DOM made from text only.

(() => {
  const language = () => /** @type {"en" | "vi"} */ (kg.state.get().language);

  /**
   * The interface's word for a key in the chosen language, with `{name}` filled in.
   * A value that is one number chooses between "one" and "many" where the table has both.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  function t(key, values = {}) {
    const row = kg.strings[key];
    if (!row) return key;
    const said = row[language()] ?? row.en;
    const forms = said.split(" | ");
    const text = forms.length > 1 && values.n === 1 ? forms[0] : forms[forms.length - 1];
    return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => (name in values ? show(values[name]) : whole));
  }

  /** @param {string | number} value */
  const show = (value) => (typeof value === "number" ? number(value) : value);

  /** @param {number} value */
  const number = (value) => value.toLocaleString(language() === "vi" ? "vi-VN" : "en-GB");

  /**
   * What the ontology calls a term in the chosen language.
   * @param {Kg.Words | undefined} words
   * @returns {string}
   */
  const say = (words) => words?.[language()] || words?.en || "";

  /** @param {string} text */
  const capital = (text) => text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);

  const ASCII = /^[\0-\x7f]*$/;

  /**
   * Lower case without diacritics: "Tỉa lớp" becomes "tia lop".
   * @param {unknown} value
   * @returns {string}
   */
  function fold(value) {
    const text = String(value);
    if (ASCII.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/đ/g, "d");
  }

  /**
   * An element. Strings become text nodes, so no text of a digest is ever read as markup;
   * functions become listeners, `class`, `data-*` and `aria-*` attributes.
   * @param {string} tag
   * @param {Record<string, any>} [props]
   * @param {...(Node | string | null | undefined | false | (Node | string | null)[])} children
   * @returns {any}
   */
  function el(tag, props = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, String(value));
    }
    for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) made.append(child);
    return made;
  }

  /**
   * A text of the digest: in its own direction, control characters made visible.
   * @param {unknown} text
   * @returns {HTMLElement}
   */
  const words = (text) => el("bdi", { dir: "auto" }, clean(text));

  /** @param {unknown} text */
  const clean = (text) => String(text).replace(/[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

  /**
   * @param {string} text
   * @param {number} length
   */
  const clip = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

  /**
   * The address of a paper, if it is one: only the two places where papers are read become links.
   * @param {unknown} address
   * @returns {string | null}
   */
  function link(address) {
    try {
      const url = new URL(String(address));
      const known = ["arxiv.org", "doi.org"].includes(url.hostname) && url.protocol === "https:";
      return known && !url.username && !url.password && !url.port ? url.href : null;
    } catch {
      return null;
    }
  }

  /** Puts the language's words wherever the page names them: `data-t` text, `data-t-label` name, `data-t-hint`. */
  function translate() {
    document.documentElement.lang = language();
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t ?? "");
    for (const node of document.querySelectorAll("[data-t-label]")) {
      const text = t(/** @type {HTMLElement} */ (node).dataset.tLabel ?? "");
      node.setAttribute("aria-label", text);
      if (node.matches("button")) node.setAttribute("title", text);
    }
    for (const node of document.querySelectorAll("[data-t-hint]")) {
      node.setAttribute("placeholder", t(/** @type {HTMLElement} */ (node).dataset.tHint ?? ""));
    }
  }

  /**
   * The element of an id; made and put at the end of `parent` where the page has none.
   * @param {string} id
   * @returns {any}
   */
  const $ = (id) => document.getElementById(id);

  Object.assign(kg, { t, say, capital, number, fold, el, words, clean, clip, link, translate, $ });
})();
