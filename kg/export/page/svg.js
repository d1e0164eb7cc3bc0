// A pen that writes SVG: the part of the canvas interface that the map uses, so that both pictures are one.
(() => {
  const short = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
  const escape = (/** @type {string} */ text) =>
    text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

  class SvgPen {
    /** @param {number} width @param {number} height */
    constructor(width, height) {
      this.size = [width, height];
      /** @type {string[]} */
      this.parts = [];
      /** @type {string[]} */
      this.path = [];
      /** @type {number[]} */
      this.dash = [];
      this.globalAlpha = 1;
      this.fillStyle = "#000";
      this.strokeStyle = "#000";
      this.lineWidth = 1;
      this.lineCap = "butt";
      this.lineJoin = "round";
      this.font = "";
      this.textAlign = "center";
      this.textBaseline = "middle";
    }

    beginPath() { this.path = []; }
    closePath() { this.path.push("Z"); }
    /** @param {number} x @param {number} y */
    moveTo(x, y) { this.path.push(`M${short(x)} ${short(y)}`); }
    /** @param {number} x @param {number} y */
    lineTo(x, y) { this.path.push(`L${short(x)} ${short(y)}`); }
    /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
    quadraticCurveTo(cx, cy, x, y) { this.path.push(`Q${short(cx)} ${short(cy)} ${short(x)} ${short(y)}`); }
    /** @param {number} x @param {number} y @param {number} r @param {number} from @param {number} to */
    arc(x, y, r, from, to) { this.ellipse(x, y, r, r, 0, from, to); }

    /** @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} _turn @param {number} from @param {number} to */
    ellipse(x, y, rx, ry, _turn, from, to) {
      const point = (/** @type {number} */ angle) => `${short(x + rx * Math.cos(angle))} ${short(y + ry * Math.sin(angle))}`;
      const half = (/** @type {number} */ angle) => `A${short(rx)} ${short(ry)} 0 0 1 ${point(angle)}`;
      this.path.push(`${this.path.length ? "L" : "M"}${point(from)}`, half((from + to) / 2), half(to));
    }

    /** @param {number[]} dash */
    setLineDash(dash) { this.dash = dash; }
    setTransform() {}
    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    fillRect(x, y, width, height) {
      this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.paint(this.fillStyle)}"${this.fade()}/>`);
    }

    fade() { return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : ""; }
    /** Canvas and SVG know the same colours. @param {string} style */
    paint(style) { return escape(String(style)); }
    fill() { this.parts.push(`<path d="${this.path.join("")}" fill="${this.paint(this.fillStyle)}"${this.fade()}/>`); }
    stroke() {
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
      this.parts.push(`<path d="${this.path.join("")}" fill="none" stroke="${this.paint(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linecap="${this.lineCap}"${dash}${this.fade()}/>`);
    }

    /** @param {string} text @param {number} x @param {number} y @param {string} look */
    text(text, x, y, look) {
      const [, weight, size, family] = this.font.match(/^(\d+) ([\d.]+)px (.*)$/) ?? ["", "400", "12", "sans-serif"];
      this.parts.push(`<text x="${short(x)}" y="${short(y + 0.34 * Number(size))}" text-anchor="middle" font-family="${escape(family)}" font-size="${size}" font-weight="${weight}" ${look}${this.fade()}>${escape(text)}</text>`);
    }

    /** @param {string} text @param {number} x @param {number} y */
    fillText(text, x, y) { this.text(text, x, y, `fill="${this.paint(this.fillStyle)}"`); }
    /** @param {string} text @param {number} x @param {number} y */
    strokeText(text, x, y) {
      this.text(text, x, y, `fill="none" stroke="${this.paint(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round" aria-hidden="true"`);
    }

    /** @param {string} title */
    written(title) {
      const [width, height] = this.size;
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
        `<title>${escape(title)}</title>\n${this.parts.join("\n")}\n</svg>\n`;
    }
  }

  kg.SvgPen = SvgPen;
})();
