// Raw deflate (RFC 1951) from base64 to text, in one call: the browser's own reader is asynchronous.
(() => {
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const REACHES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const MOST = 15;

  /** A table from the next 15 bits to a symbol and its length: `symbol << 4 | length`. @param {ArrayLike<number>} lengths */
  function table(lengths) {
    const found = new Uint16Array(1 << MOST);
    let code = 0;
    for (let length = 1; length <= MOST; length += 1) {
      for (let symbol = 0; symbol < lengths.length; symbol += 1) {
        if (lengths[symbol] !== length) continue;
        let turned = 0;
        for (let bit = 0; bit < length; bit += 1) if (code & (1 << bit)) turned |= 1 << (length - 1 - bit);
        for (let k = turned; k < found.length; k += 1 << length) found[k] = (symbol << 4) | length;
        code += 1;
      }
      code <<= 1;
    }
    return found;
  }

  const fixed = () => [
    table(Array.from({ length: 288 }, (_, k) => (k < 144 ? 8 : k < 256 ? 9 : k < 280 ? 7 : 8))),
    table(new Uint8Array(30).fill(5)),
  ];

  /** @param {string} base64 @returns {string} */
  function inflate(base64) {
    const packed = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
    let out = new Uint8Array(Math.max(1 << 16, packed.length * 5));
    let size = 0;
    let at = 0;
    let held = 0;
    let count = 0;

    const need = (/** @type {number} */ bits) => {
      for (; count < bits; count += 8) held |= (packed[at++] ?? 0) << count;
    };
    const take = (/** @type {number} */ bits) => {
      need(bits);
      const value = held & ((1 << bits) - 1);
      held >>>= bits;
      count -= bits;
      return value;
    };
    const symbol = (/** @type {Uint16Array} */ codes) => {
      need(MOST);
      const entry = codes[held & ((1 << MOST) - 1)];
      held >>>= entry & 15;
      count -= entry & 15;
      return entry >> 4;
    };
    const room = (/** @type {number} */ more) => {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(2 * out.length + more);
      larger.set(out);
      out = larger;
    };

    const described = () => {
      const [many, far, first] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const short = new Uint8Array(19);
      for (let k = 0; k < first; k += 1) short[ORDER[k]] = take(3);
      const codes = table(short);
      const lengths = new Uint8Array(many + far);
      for (let k = 0; k < lengths.length; ) {
        const found = symbol(codes);
        if (found < 16) lengths[k++] = found;
        else {
          const value = found === 16 ? lengths[k - 1] : 0;
          const times = found === 16 ? 3 + take(2) : found === 17 ? 3 + take(3) : 11 + take(7);
          lengths.fill(value, k, k + times);
          k += times;
        }
      }
      return [table(lengths.subarray(0, many)), table(lengths.subarray(many))];
    };

    for (let last = 0; !last; ) {
      last = take(1);
      const kind = take(2);
      if (kind === 0) {
        at -= count >> 3;
        held = 0;
        count = 0;
        const length = packed[at] | (packed[at + 1] << 8);
        room(length);
        out.set(packed.subarray(at + 4, at + 4 + length), size);
        at += 4 + length;
        size += length;
        continue;
      }
      const [literals, reaches] = kind === 1 ? fixed() : described();
      for (let found = symbol(literals); found !== 256; found = symbol(literals)) {
        room(258);
        if (found < 256) out[size++] = found;
        else {
          const length = LENGTHS[found - 257] + take(LENGTH_BITS[found - 257]);
          const code = symbol(reaches);
          const from = size - REACHES[code] - take(code < 4 ? 0 : (code >> 1) - 1);
          for (let k = 0; k < length; k += 1) out[size + k] = out[from + k];
          size += length;
        }
      }
    }
    return new TextDecoder().decode(out.subarray(0, size));
  }

  kg.inflate = inflate;
})();
