/**
 * Finds the lines of a text that contain one of many literals, in one pass.
 *
 * A set-Horspool / Wu-Manber search: blocks of three characters decide how far the window may jump, so most
 * characters are never looked at. Literals of Latin text are at least {@link MIN_LATIN} long; those
 * with CJK characters are found in a second pass that runs only over texts which contain any.
 */

/** Shortest literal of ASCII characters. */
export const MIN_LATIN = 5;
/** Shortest literal of CJK characters. */
export const MIN_CJK = 3;

const HASH_BITS = 13;
const HASH_SIZE = 1 << HASH_BITS;

/** Lower-cases ASCII letters; every other code unit stays. */
function fold(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}

interface Table {
  /** Shortest literal = window length. */
  readonly window: number;
  /** Literals, folded. */
  readonly literals: readonly Uint16Array[];
  readonly ids: readonly number[];
  /** Jump per hashed block. */
  readonly shift: Uint8Array;
  /** First literal index per hashed block, -1 none; `next` chains. */
  readonly head: Int16Array;
  readonly next: Int16Array;
}

function hash3(a: number, b: number, c: number): number {
  return ((a << 8) ^ (b << 4) ^ c) & (HASH_SIZE - 1);
}

function buildTable(entries: readonly (readonly [string, number])[], window: number): Table {
  const shift = new Uint8Array(HASH_SIZE).fill(window - 2);
  const head = new Int16Array(HASH_SIZE).fill(-1);
  const next = new Int16Array(entries.length).fill(-1);
  const literals: Uint16Array[] = [];
  const ids: number[] = [];
  entries.forEach(([literal, id], index) => {
    const codes = Uint16Array.from({ length: literal.length }, (_, i) => fold(literal.charCodeAt(i)));
    literals.push(codes);
    ids.push(id);
    for (let end = 3; end <= window; end++) {
      const h = hash3(codes[end - 3] ?? 0, codes[end - 2] ?? 0, codes[end - 1] ?? 0);
      const jump = window - end;
      if (jump < (shift[h] ?? 0)) shift[h] = jump;
      if (jump === 0) {
        next[index] = head[h] ?? -1;
        head[h] = index;
      }
    }
  });
  return { window, literals, ids, shift, head, next };
}

/** Called for each line that contains a literal; `ids` is reused between calls. */
export type LineVisitor = (start: number, end: number, ids: ReadonlySet<number>) => void;

const CJK = /[\u2e80-\uffee]/;

/** A compiled set of literals. */
export class LiteralScanner {
  readonly #latin: Table;
  readonly #cjk: Table | undefined;

  /**
   * @param literals literal texts; the index in this list is the id reported
   * @throws RangeError for a literal that is too short
   */
  constructor(literals: readonly string[]) {
    const latin: [string, number][] = [];
    const cjk: [string, number][] = [];
    literals.forEach((literal, id) => {
      const wide = CJK.test(literal);
      if (literal.length < (wide ? MIN_CJK : MIN_LATIN)) {
        throw new RangeError(`literal too short: ${JSON.stringify(literal)}`);
      }
      (wide ? cjk : latin).push([literal, id]);
    });
    this.#latin = buildTable(latin, MIN_LATIN);
    this.#cjk = cjk.length > 0 ? buildTable(cjk, MIN_CJK) : undefined;
  }

  /**
   * Visits the lines of `text` between `from` and `to` that contain at least one literal, in order.
   * A line ends at `\n`; the visitor gets it without its end.
   */
  visit(text: string, from: number, to: number, visitor: LineVisitor): void {
    const wide = this.#cjk !== undefined && CJK.test(text);
    if (!wide) {
      const ids = new Set<number>();
      let lineEnd = -1;
      let lineStart = 0;
      scanTable(this.#latin, text, from, to, (at, id) => {
        if (at >= lineEnd) {
          if (ids.size > 0) visitor(lineStart, lineEnd, ids);
          ids.clear();
          lineStart = startOfLine(text, at, from);
          lineEnd = endOfLine(text, at, to);
        }
        ids.add(id);
      });
      if (ids.size > 0) visitor(lineStart, lineEnd, ids);
      return;
    }
    // Two passes give two ordered lists of hits; merge them by line.
    const lines = new Map<number, Set<number>>();
    let lineEnd = -1;
    let current = new Set<number>();
    const collect = (at: number, id: number): void => {
      if (at >= lineEnd) {
        const start = startOfLine(text, at, from);
        lineEnd = endOfLine(text, at, to);
        current = lines.get(start) ?? new Set();
        lines.set(start, current);
      }
      current.add(id);
    };
    scanTable(this.#latin, text, from, to, collect);
    lineEnd = -1;
    if (this.#cjk) scanTable(this.#cjk, text, from, to, collect);
    for (const start of [...lines.keys()].sort((a, b) => a - b)) {
      visitor(start, endOfLine(text, start, to), lines.get(start) ?? new Set());
    }
  }
}

function startOfLine(text: string, at: number, from: number): number {
  const newline = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return Math.max(newline + 1, from);
}

function endOfLine(text: string, at: number, to: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 || newline > to ? to : newline;
}

function scanTable(
  table: Table,
  text: string,
  from: number,
  to: number,
  hit: (at: number, id: number) => void,
): void {
  const { window, literals, ids, shift, head, next } = table;
  if (literals.length === 0) return;
  let i = from + window - 1;
  while (i < to) {
    let a = text.charCodeAt(i - 2);
    let b = text.charCodeAt(i - 1);
    let c = text.charCodeAt(i);
    if (a >= 65 && a <= 90) a |= 32;
    if (b >= 65 && b <= 90) b |= 32;
    if (c >= 65 && c <= 90) c |= 32;
    const h = ((a << 8) ^ (b << 4) ^ c) & (HASH_SIZE - 1);
    const jump = shift[h] as number;
    if (jump > 0) {
      i += jump;
      continue;
    }
    const start = i - window + 1;
    for (let index = head[h] as number; index >= 0; index = next[index] as number) {
      const codes = literals[index] as Uint16Array;
      if (start + codes.length > to) continue;
      let k = 0;
      while (k < codes.length && fold(text.charCodeAt(start + k)) === codes[k]) k++;
      if (k === codes.length) hit(start, ids[index] as number);
    }
    i++;
  }
}
