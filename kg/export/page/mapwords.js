// The map's own words.
(() => {
  Object.assign(kg.strings, {
    "map.canvas": {
      en: "Map of topics and papers. Arrow keys move it, plus and minus zoom, 0 shows it whole.",
      vi: "Bản đồ chủ đề và bài báo. Phím mũi tên để di chuyển, cộng và trừ để phóng to thu nhỏ, 0 để xem toàn bộ.",
    },
    "map.aside": { en: "In no topic", vi: "Ngoài cây chủ đề" },
    "map.closer": { en: "Closer", vi: "Phóng to" },
    "map.farther": { en: "Farther", vi: "Thu nhỏ" },
    "map.whole": { en: "The whole map", vi: "Toàn bộ bản đồ" },
    "map.whole.short": { en: "Fit", vi: "Toàn bộ" },
    "map.png": { en: "Save the view as PNG", vi: "Lưu hình đang xem dạng PNG" },
    "map.svg": { en: "Save the view as SVG", vi: "Lưu hình đang xem dạng SVG" },
  });
})();
