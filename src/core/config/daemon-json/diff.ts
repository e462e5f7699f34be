export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** 1-based line numbers in a and b; undefined on the side that lacks the line. */
  oldLine?: number;
  newLine?: number;
}

/** Beyond this many changed lines the middle is shown as one block: the exact diff would take too long. */
const MAX_EDITS = 2000;

/** Line diff of two texts (Myers, O(ND)), CRLF and LF seen as equal. Both empty: []. */
export function diffLines(a: string, b: string): DiffLine[] {
  const old = splitLines(a);
  const now = splitLines(b);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) {
    tail++;
  }
  const lines: DiffLine[] = [];
  const same = (i: number, j: number): void => {
    lines.push({ kind: 'same', text: now[j] ?? '', oldLine: i + 1, newLine: j + 1 });
  };
  for (let i = 0; i < head; i++) same(i, i);
  const steps = shortestEdit(
    old.slice(head, old.length - tail),
    now.slice(head, now.length - tail),
  );
  let i = head;
  let j = head;
  for (const step of steps) {
    if (step === 'same') same(i++, j++);
    else if (step === 'removed') {
      lines.push({ kind: 'removed', text: old[i] ?? '', oldLine: ++i });
    } else {
      lines.push({ kind: 'added', text: now[j] ?? '', newLine: ++j });
    }
  }
  for (let k = 0; k < tail; k++) same(i + k, j + k);
  return lines;
}

function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The steps from a to b, with as few changes as there can be; removals come before additions. */
function shortestEdit(a: readonly string[], b: readonly string[]): DiffLine['kind'][] {
  const n = a.length;
  const m = b.length;
  const whole = (): DiffLine['kind'][] => [
    ...a.map(() => 'removed' as const),
    ...b.map(() => 'added' as const),
  ];
  if (n === 0 || m === 0) return whole();
  const max = Math.min(n + m, MAX_EDITS);
  const reach = new Int32Array(2 * max + 2);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= max; d++) {
    trace.push(reach.slice(max - d, max + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(reach, max + k - 1) < at(reach, max + k + 1));
      let x = down ? at(reach, max + k + 1) : at(reach, max + k - 1) + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) {
        x++;
        y++;
      }
      reach[max + k] = x;
      if (x >= n && y >= m) return walkBack(trace, d, n, m);
    }
  }
  return whole();
}

function at(array: Int32Array, index: number): number {
  return array[index] ?? 0;
}

function walkBack(
  trace: readonly Int32Array[],
  edits: number,
  n: number,
  m: number,
): DiffLine['kind'][] {
  const steps: DiffLine['kind'][] = [];
  let x = n;
  let y = m;
  for (let d = edits; d > 0; d--) {
    // trace[d] holds the reach before round d, for k from -d to d + 1.
    const before = trace[d] ?? new Int32Array(0);
    const k = x - y;
    const down = k === -d || (k !== d && at(before, d + k - 1) < at(before, d + k + 1));
    const previousK = down ? k + 1 : k - 1;
    const previousX = at(before, d + previousK);
    const previousY = previousX - previousK;
    while (x > previousX && y > previousY) {
      steps.push('same');
      x--;
      y--;
      if (down ? x === previousX && y === previousY + 1 : x === previousX + 1 && y === previousY) {
        break;
      }
    }
    steps.push(down ? 'added' : 'removed');
    x = previousX;
    y = previousY;
  }
  while (x > 0 && y > 0) {
    steps.push('same');
    x--;
    y--;
  }
  return steps.reverse();
}
