// What all pages of the server share: light or dark, and the language, kept in cookies that the server reads.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const cookie = (/** @type {string} */ name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  const keep = (/** @type {string} */ name, /** @type {string} */ value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
  };

  function apply() {
    const chosen = cookie("theme");
    root.dataset.theme = chosen === "dark" || chosen === "light" ? chosen : system.matches ? "dark" : "light";
  }

  /** The map keeps its theme in its address. */
  function mark() {
    for (const link of document.querySelectorAll("#to-map, [data-map]")) {
      if (!(link instanceof HTMLAnchorElement)) continue;
      const state = new URLSearchParams(link.hash.slice(1));
      if (cookie("theme")) state.set("theme", root.dataset.theme ?? "");
      link.hash = state.toString();
    }
  }

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    mark();
    document.getElementById("theme")?.addEventListener("click", () => {
      keep("theme", root.dataset.theme === "dark" ? "light" : "dark");
      apply();
      mark();
    });
    document.getElementById("language")?.addEventListener("click", () => {
      keep("language", root.lang === "vi" ? "en" : "vi");
      location.reload();
    });
  });
})();
