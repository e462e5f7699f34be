import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diffLines,
  type JsonPatch,
  type JsonValue,
  mergeDaemonJson,
} from '../../../../src/core/config/daemon-json/index.ts';

const real = `{
\t"default-runtime": "nvidia",
\t"runtimes": {
\t\t"nvidia": { "path": "nvidia-container-runtime", "runtimeArgs": [] }
\t},
\t"data-root": "/data/docker",
\t"registry-mirrors": ["https://old.example.com"],
\t"log-opts": { "max-size": "10m", "max-file": "3" }
}
`;

describe('merging into a file', () => {
  it('keeps every other key, its order and the tabs', () => {
    const { text, changed, notes, ok } = mergeDaemonJson(real, {
      'registry-mirrors': ['https://m.example.com'],
      proxies: { 'http-proxy': 'http://p:1' },
      'log-opts': { 'max-size': '20m' },
    });
    expect(text).toBe(`{
\t"default-runtime": "nvidia",
\t"runtimes": {
\t\t"nvidia": { "path": "nvidia-container-runtime", "runtimeArgs": [] }
\t},
\t"data-root": "/data/docker",
\t"registry-mirrors": ["https://m.example.com"],
\t"log-opts": { "max-size": "20m", "max-file": "3" },
\t"proxies": {
\t\t"http-proxy": "http://p:1"
\t}
}
`);
    expect(changed).toEqual(['registry-mirrors', 'proxies', 'log-opts.max-size']);
    expect([notes, ok]).toEqual([[], true]);
  });

  it('keeps CRLF', () => {
    const { text } = mergeDaemonJson('{\r\n  "a": 1\r\n}\r\n', { b: [1] });
    expect(text).toBe('{\r\n  "a": 1,\r\n  "b": [\r\n    1\r\n  ]\r\n}\r\n');
  });

  it.each([
    ['{"a":1}', '{"a":1,"b":2}'],
    ['{"a":1,"c":3}', '{"a":1,"c":3,"b":2}'],
    ['{"a": 1, "c": 3}', '{"a": 1, "c": 3, "b": 2}'],
    ['{"a":1, "c":3}', '{"a":1, "c":3, "b":2}'],
    ['{ "a": 1 }', '{ "a": 1, "b": 2 }'],
  ])('spaces a line as %s does', (existing, text) => {
    expect(mergeDaemonJson(existing, { b: 2 }).text).toBe(text);
  });

  it('removes keys', () => {
    expect(mergeDaemonJson('{"a": 1, "b": 2, "c": 3}', { b: undefined }).text).toBe(
      '{"a": 1, "c": 3}',
    );
    expect(mergeDaemonJson('{"a": 1, "b": 2}', { a: undefined }).text).toBe('{"b": 2}');
    expect(mergeDaemonJson('{\n  "a": 1\n}', { a: undefined }).text).toBe('{}');
  });

  it('says that comments go', () => {
    const { text, notes } = mergeDaemonJson('{\n  // mine\n  "a": 1, # too\n  "b": 2,\n}\n', {});
    expect(text).toBe('{\n  "a": 1,\n  "b": 2\n}\n');
    expect(notes.map(({ code, line }) => `${code}@${line}`)).toEqual([
      'comments-dropped@2',
      'repaired@4',
    ]);
  });

  it('leaves one of a key that stands twice', () => {
    const { text, notes } = mergeDaemonJson('{"a": 1, "b": 2, "a": 3}', { a: 4 });
    expect(text).toBe('{"b": 2, "a": 4}');
    expect(notes.map(({ code }) => code)).toEqual(['duplicate-key']);
  });

  it.each([
    ['[1]', 'not-an-object'],
    ['}', 'unreadable'],
  ])('gives the patch alone for %s', (existing, code) => {
    const { text, notes, ok } = mergeDaemonJson(existing, { a: 1 });
    expect([JSON.parse(text), notes[0]?.code, ok]).toEqual([{ a: 1 }, code, false]);
  });

  it('starts an empty file', () => {
    expect(mergeDaemonJson(' \n', { a: 1 }).text).toBe('{\n  "a": 1\n}\n');
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'registry-mirrors', '__proto__', '中');
const leaf = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.string().map((text) => text.toWellFormed()),
  fc.array(
    fc.string().map((text) => text.toWellFormed()),
    { maxLength: 3 },
  ),
);
const object = (depth: number): fc.Arbitrary<{ [key: string]: JsonValue }> =>
  fc.dictionary(key, depth === 0 ? leaf : fc.oneof(leaf, object(depth - 1)), { maxKeys: 5 });
const layout = fc.constantFrom(undefined, '\t', '  ', '    ');

function expectedMerge(old: JsonValue | undefined, patch: JsonPatch): JsonValue {
  const base = typeof old === 'object' && old !== null && !Array.isArray(old) ? old : {};
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const before = merged.get(name);
    const both =
      isObject && typeof before === 'object' && before !== null && !Array.isArray(before);
    if (value === undefined) merged.delete(name);
    else if (both && Object.keys(value).length > 0) merged.set(name, expectedMerge(before, value));
    else merged.set(name, JSON.parse(JSON.stringify(value)));
  }
  return Object.fromEntries(merged);
}

it('merges as values merge, and only once', () => {
  fc.assert(
    fc.property(object(2), object(2), layout, (old, patch, indent) => {
      const text = JSON.stringify(old, null, indent);
      const merged = mergeDaemonJson(text, patch);
      const expected = expectedMerge(JSON.parse(text), patch);
      expect(JSON.stringify(JSON.parse(merged.text))).toBe(JSON.stringify(expected));
      const again = mergeDaemonJson(merged.text, patch);
      expect([again.text, again.changed]).toEqual([merged.text, []]);
    }),
    { numRuns: 500 },
  );
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), object(1), (existing, patch) => {
      expect(() => JSON.parse(mergeDaemonJson(existing, patch).text)).not.toThrow();
    }),
  );
});

describe('the difference of two texts', () => {
  it('numbers the lines of both sides', () => {
    expect(diffLines('a\nb\nc\n', 'a\r\nx\r\nc\r\n')).toEqual([
      { kind: 'same', text: 'a', oldLine: 1, newLine: 1 },
      { kind: 'removed', text: 'b', oldLine: 2 },
      { kind: 'added', text: 'x', newLine: 2 },
      { kind: 'same', text: 'c', oldLine: 3, newLine: 3 },
    ]);
    expect(diffLines('', '')).toEqual([]);
  });

  it('gives both texts back, with as few changes as there can be', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a.join('\n'), b.join('\n'));
        const side = (other: string) =>
          diff.filter(({ kind }) => kind !== other).map(({ text }) => text);
        expect(side('added')).toEqual(a);
        expect(side('removed')).toEqual(b);
        const common = diff.filter(({ kind }) => kind === 'same').length;
        expect(common).toBe(longestCommon(a, b));
      }),
    );
  });

  it('gives up on the exact difference of two long texts', () => {
    const a = Array.from({ length: 20_000 }, (_, i) => `a${i}`).join('\n');
    const b = Array.from({ length: 20_000 }, (_, i) => `b${i}`).join('\n');
    expect(diffLines(a, b)).toHaveLength(40_000);
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const next = [0];
    b.forEach((other, j) => {
      next.push(line === other ? (row[j] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
