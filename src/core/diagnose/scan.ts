/**
 * Finds the lines of a text that contain one of many literals, in one pass.
 *
 * A Wu-Manber search: each literal is represented by its rarest window of {@link WINDOW} characters,
 * and blocks of three characters decide how far the search may jump, so most characters are never
 * looked at. Literals with CJK characters are looked for only in lines that contain any.
 */

/** Shortest literal of Latin text, and the window's length. */
export const WINDOW = 8;
/** Shortest literal with CJK characters. */
export const CJK_WINDOW = 3;

/** Lower-cases ASCII letters; every other code unit stays. */
function fold(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}

/**
 * 32 classes of characters, so that three make an exact index of 15 bits: letters whatever their case,
 * digits together, punctuation by kind. Other scripts fall into them by their low bits; a full
 * comparison follows anyway.
 */
const CLASSES = new Uint8Array(128).fill(31);
for (let i = 0; i < 26; i++) CLASSES[65 + i] = CLASSES[97 + i] = i;
for (let i = 0; i < 10; i++) CLASSES[48 + i] = 26;
CLASSES[0x20] = 27;
for (const punctuation of ':;,') CLASSES[punctuation.charCodeAt(0)] = 28;
for (const punctuation of './') CLASSES[punctuation.charCodeAt(0)] = 29;
for (const punctuation of '-_=') CLASSES[punctuation.charCodeAt(0)] = 30;

const HASH_SIZE = 1 << 15;

interface Table {
  readonly window: number;
  /** Literals, folded. */
  readonly literals: readonly Uint16Array[];
  /** Where each literal's window begins. */
  readonly anchors: Uint8Array;
  readonly ids: readonly number[];
  /** Jump per hashed block. */
  readonly shift: Uint8Array;
  /** Whether a window has this block three characters before its end; filters most false alarms. */
  readonly earlier: Uint8Array;
  /** First literal index per hashed block, -1 none; `next` chains. */
  readonly head: Int16Array;
  readonly next: Int16Array;
}

function hash(a: number, b: number, c: number): number {
  return (
    ((CLASSES[a & 127] as number) << 10) |
    ((CLASSES[b & 127] as number) << 5) |
    (CLASSES[c & 127] as number)
  );
}

/**
 * What most of a log looks like. A literal's best anchor is the window whose blocks are rare in such
 * text, above all its last one, which stops the search.
 */
const ORDINARY = `
Nov 11 10:00:00 host01 dockerd[812]: time="2026-11-11T10:00:00.123456789+08:00" level=info msg="ignoring event" container=0a1b module=libcontainerd namespace=moby topic=/tasks/delete type="*events.TaskDelete"
Nov 11 10:00:00 node-1 containerd[700]: time="2026-11-11T10:00:00Z" level=warning msg="cleaning up after shim disconnected" id=9f namespace=k8s.io
Nov 11 10:00:00 node-1 kubelet[900]: I1111 10:00:00.123456 900 reconciler_common.go:231] "operationExecutor.VerifyControllerAttachedVolume started for volume "kube-api-access-x" pod="default/web""
Nov 11 10:00:00 host01 kernel: [12345.678] docker0: port 1(veth0a1b) entered forwarding state, renamed from eth0
Nov 11 10:00:00 host01 systemd[1]: Starting Daily apt download activities... Started Session 3 of user root. Finished.
10.0.0.7 - - [11/Nov/2026:10:00:00 +0800] "GET /static/app.js HTTP/1.1" 200 5123 "https://www.example.com/index.html" "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
#12 3.456 Get:7 http://archive.ubuntu.com/ubuntu jammy-updates/main amd64 libcurl4 amd64 7.81.0-1ubuntu1.15 [290 kB]
#12 9.123 Unpacking libpython3-stdlib:amd64 (3.10.6-1) ... Setting up ca-certificates (20230311ubuntu0.22.04.1) ...
#13 2.345 Collecting requests==2.31.0 Downloading requests-2.31.0-py3-none-any.whl (62 kB) 100% complete
{"level":"info","ts":1700000000.123,"caller":"server/main.go:42","msg":"request completed","method":"POST","path":"/api/v1/items","status":200,"duration_ms":12}
2026-11-11 10:00:00.123 INFO 1 --- [nio-8080-exec-1] o.s.web.servlet.DispatcherServlet : Completed initialization in 12 ms
 => [internal] load build context => transferring context: 2.15kB => CACHED [2/5] WORKDIR /app => exporting to image => naming to docker.io/library/app
a1b2c3d4e5f6: Pull complete  Downloading [=========>   ] 12.3MB/45.6MB  Extracting  Verifying Checksum  Waiting
`;

const ordinaryBlocks = new Uint16Array(HASH_SIZE);
for (let i = 2; i < ORDINARY.length; i++) {
  const h = hash(ORDINARY.charCodeAt(i - 2), ORDINARY.charCodeAt(i - 1), ORDINARY.charCodeAt(i));
  ordinaryBlocks[h] = (ordinaryBlocks[h] ?? 0) + 1;
}

function rarestWindow(codes: Uint16Array, window: number): number {
  let best = 0;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let start = 0; start + window <= codes.length; start++) {
    let cost = 0;
    for (let end = start + 3; end <= start + window; end++) {
      const h = hash(codes[end - 3] ?? 0, codes[end - 2] ?? 0, codes[end - 1] ?? 0);
      const missed = end === start + window ? 24 : end - start - 2;
      cost += (ordinaryBlocks[h] ?? 0) * missed;
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = start;
    }
  }
  return best;
}

function buildTable(entries: readonly (readonly [string, number])[], window: number): Table {
  const shift = new Uint8Array(HASH_SIZE).fill(window - 2);
  const earlier = new Uint8Array(HASH_SIZE).fill(window < 6 ? 1 : 0);
  const head = new Int16Array(HASH_SIZE).fill(-1);
  const next = new Int16Array(entries.length).fill(-1);
  const anchors = new Uint8Array(entries.length);
  const literals: Uint16Array[] = [];
  const ids: number[] = [];
  entries.forEach(([literal, id], index) => {
    const codes = Uint16Array.from({ length: literal.length }, (_, i) =>
      fold(literal.charCodeAt(i)),
    );
    const anchor = rarestWindow(codes, window);
    literals.push(codes);
    ids.push(id);
    anchors[index] = anchor;
    for (let end = 3; end <= window; end++) {
      const at = anchor + end;
      const h = hash(codes[at - 3] ?? 0, codes[at - 2] ?? 0, codes[at - 1] ?? 0);
      const jump = window - end;
      if (jump < (shift[h] ?? 0)) shift[h] = jump;
      if (jump === 3) earlier[h] = 1;
      if (jump === 0) {
        next[index] = head[h] ?? -1;
        head[h] = index;
      }
    }
  });
  return { window, literals, anchors, ids, shift, earlier, head, next };
}

/** Called for each line that contains a literal, in order; `ids` is reused between calls. */
export type LineVisitor = (start: number, end: number, ids: ReadonlySet<number>) => void;

const CJK = /[\u2e80-\uffee]/g;

/** A compiled set of literals. */
export class LiteralScanner {
  readonly #latin: Table;
  readonly #cjk: Table;
  readonly #exact: readonly (readonly [string, number])[];

  /**
   * @param literals literal texts; the index in this list is the id reported. Those shorter than a
   *   window are found in their upper-case form only (`: EOF`), one search each: keep them few.
   */
  constructor(literals: readonly string[]) {
    const latin: [string, number][] = [];
    const cjk: [string, number][] = [];
    const exact: [string, number][] = [];
    literals.forEach((literal, id) => {
      const wide = /[\u2e80-\uffee]/.test(literal);
      if (literal.length >= (wide ? CJK_WINDOW : WINDOW)) (wide ? cjk : latin).push([literal, id]);
      else exact.push([literal.toUpperCase(), id]);
    });
    this.#latin = buildTable(latin, WINDOW);
    this.#cjk = buildTable(cjk, CJK_WINDOW);
    this.#exact = exact;
  }

  /**
   * Visits the lines of `text` between `from` and `to` that contain at least one literal, in order.
   * A line ends at `\n`; the visitor gets it without its end.
   */
  visit(text: string, from: number, to: number, visitor: LineVisitor): void {
    // Rare hits first: where they are, as [position, id] in order.
    const rare = this.#rareHits(text, from, to);
    const ids = new Set<number>();
    let lineStart = from;
    let lineEnd = -1;
    let k = 0;
    const enter = (at: number): void => {
      if (ids.size > 0) visitor(lineStart, lineEnd, ids);
      ids.clear();
      lineStart = startOfLine(text, at, from);
      lineEnd = endOfLine(text, at, to);
    };
    const takeRare = (before: number): void => {
      for (let next = rare[k]; next !== undefined && next[0] < before; next = rare[++k]) {
        if (next[0] > lineEnd) enter(next[0]);
        ids.add(next[1]);
      }
    };
    scanTable(this.#latin, text, from, to, (at, id) => {
      if (at > lineEnd) {
        // Lines with rare hits only come before this one.
        takeRare(startOfLine(text, at, from));
        if (at > lineEnd) enter(at);
        takeRare(lineEnd + 1);
      }
      ids.add(id);
    });
    takeRare(to + 1);
    if (ids.size > 0) visitor(lineStart, lineEnd, ids);
  }

  #rareHits(text: string, from: number, to: number): [number, number][] {
    const hits: [number, number][] = [];
    for (const [literal, id] of this.#exact) {
      for (
        let at = text.indexOf(literal, from);
        at >= 0 && at + literal.length <= to;
        at = text.indexOf(literal, at + 1)
      ) {
        hits.push([at, id]);
      }
    }
    if (this.#cjk.literals.length > 0) {
      CJK.lastIndex = from;
      for (let match = CJK.exec(text); match && match.index < to; match = CJK.exec(text)) {
        const start = Math.max(startOfLine(text, match.index, from), match.index - 64);
        const end = endOfLine(text, match.index, to);
        scanTable(this.#cjk, text, start, end, (at, id) => hits.push([at, id]));
        CJK.lastIndex = end + 1;
      }
    }
    return hits.length > 1 ? hits.sort((a, b) => a[0] - b[0]) : hits;
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
  const { window, literals, anchors, ids, shift, earlier, head, next } = table;
  const classes = CLASSES;
  if (literals.length === 0) return;
  let i = from + window - 1;
  while (i < to) {
    const h =
      (classes[text.charCodeAt(i - 2) & 127]! << 10) |
      (classes[text.charCodeAt(i - 1) & 127]! << 5) |
      classes[text.charCodeAt(i) & 127]!;
    const jump = shift[h] as number;
    if (jump > 0) {
      i += jump;
      continue;
    }
    const before =
      (classes[text.charCodeAt(i - 5) & 127]! << 10) |
      (classes[text.charCodeAt(i - 4) & 127]! << 5) |
      classes[text.charCodeAt(i - 3) & 127]!;
    if (earlier[before] === 0) {
      i++;
      continue;
    }
    for (let index = head[h] as number; index >= 0; index = next[index] as number) {
      const codes = literals[index] as Uint16Array;
      const start = i - window + 1 - (anchors[index] as number);
      if (start < from || start + codes.length > to) continue;
      let k = 0;
      while (k < codes.length && fold(text.charCodeAt(start + k)) === codes[k]) k++;
      if (k === codes.length) hit(start, ids[index] as number);
    }
    i++;
  }
}
