import { type JsonNode, scanJson } from './go-json.ts';
import type { Problem, TextEdit } from './problem.ts';
import { Reporter } from './report.ts';
import { TolerantParser } from './tolerant-parser.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

export interface TolerantResult {
  /** The value read after all repairs; undefined when there is none. */
  value: JsonValue | undefined;
  /** What strict JSON refuses, with line and column, and its repair. */
  problems: Problem[];
  /** The same file as strict JSON: repairs made, layout kept. */
  repaired: string;
}

/**
 * Reads JSON as people paste it: comments, trailing or missing commas, full-width punctuation and quotes, single quotes,
 * NBSP, BOM, a `tee <<EOF` around it. Never throws; linear in the length of the text.
 */
export function parseTolerant(text: string): TolerantResult {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(bom).toWellFormed();
  const { root, edits, findings } = readTolerant(body);
  const reporter = new Reporter(body, bom);
  for (const finding of findings) reporter.add(finding);
  return {
    value: root === undefined ? undefined : toValue(root),
    problems: reporter.sorted(),
    repaired: applyEdits(body, edits),
  };
}

/** {@link parseTolerant} with nodes and offsets, for the checks. The text has no BOM and is well-formed. */
export function readTolerant(text: string): ReturnType<TolerantParser['parse']> {
  const strict = scanJson(text);
  if (strict.ok) return { root: strict.root, edits: [], findings: [] };
  return new TolerantParser(text).parse();
}

/** Applies edits that don't overlap; two at one place go in one after the other. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort(
    (a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index,
  );
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.start < at) continue;
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** A node's value; a key that stands twice has its last value, and `__proto__` is a key as any other. */
export function toValue(root: JsonNode): JsonValue {
  // Bottom-up without recursion: the nesting of a pasted file has no limit.
  const done = new Map<JsonNode, JsonValue>();
  const stack: { node: JsonNode; open: boolean }[] = [{ node: root, open: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, open } = top;
    if (node.kind === 'object' || node.kind === 'array') {
      const children = node.kind === 'object' ? node.members.map(({ value }) => value) : node.items;
      if (!open) {
        stack.push({ node, open: true });
        for (const child of children) stack.push({ node: child, open: false });
        continue;
      }
      const values = children.map((child) => done.get(child) ?? null);
      for (const child of children) done.delete(child);
      done.set(node, node.kind === 'array' ? values : toRecord(node, values));
    } else {
      done.set(node, scalar(node));
    }
  }
  return done.get(root) ?? null;
}

function scalar(node: Exclude<JsonNode, { kind: 'object' | 'array' }>): JsonValue {
  if (node.kind === 'null') return null;
  return node.kind === 'number' ? Number(node.raw) : node.value;
}

function toRecord(
  node: JsonNode & { kind: 'object' },
  values: readonly JsonValue[],
): { [key: string]: JsonValue } {
  const record: { [key: string]: JsonValue } = {};
  node.members.forEach(({ key }, i) => {
    Object.defineProperty(record, key, {
      value: values[i] ?? null,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  });
  return record;
}
