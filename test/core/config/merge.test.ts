import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../src/core/config/daemon-json/diff.ts';
import { mergeDaemonJson } from '../../../src/core/config/daemon-json/merge.ts';
import { junk } from './arbitrary.ts';

const real = `{
    "runtimes": {
        "nvidia": {"path": "nvidia-container-runtime", "runtimeArgs": []}
    },
    "data-root": "/data/docker",
    "log-opts": {
        "max-size": "10m"
    },
    "registry-mirrors": ["https://old.example"]
}
`;

describe('merging into a JSON file', () => {
  it.each([
    ['adds a key', '{\n  "a": 1\n}\n', { b: 2 }, '{\n  "a": 1,\n  "b": 2\n}\n'],
    ['fills an empty object', '{}', { b: [1] }, '{\n  "b": [\n    1\n  ]\n}'],
    ['fills an empty object with a line break', '{\n}\n', { b: 1 }, '{\n  "b": 1\n}\n'],
    ['fills an empty file', '', { b: 1 }, '{\n  "b": 1\n}\n'],
    ['keeps one line', '{"a": 1}', { b: 2 }, '{"a": 1, "b": 2}'],
    ['replaces a value', '{"a":1,"b":2}', { a: 3 }, '{"a":3,"b":2}'],
    [
      'keeps tabs',
      '{\n\t"a": 1\n}\n',
      { b: { c: 1 } },
      '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 1\n\t}\n}\n',
    ],
    ['keeps CRLF', '{\r\n  "a": 1\r\n}\r\n', { b: 2 }, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
    ['removes the first', '{\n  "a": 1,\n  "b": 2\n}\n', { a: undefined }, '{\n  "b": 2\n}\n'],
    ['removes the last', '{\n  "a": 1,\n  "b": 2\n}\n', { b: undefined }, '{\n  "a": 1\n}\n'],
    ['removes the only one', '{"a":1}', { a: undefined }, '{}'],
    ['leaves an equal value alone', '{"a": [1,  2]}', { a: [1, 2] }, '{"a": [1,  2]}'],
    [
      'merges inside objects',
      '{\n  "a": {\n    "b": 1\n  }\n}\n',
      { a: { c: 2 } },
      '{\n  "a": {\n    "b": 1,\n    "c": 2\n  }\n}\n',
    ],
    [
      'keeps big numbers',
      '{"a": 12345678901234567890}',
      { b: 1 },
      '{"a": 12345678901234567890, "b": 1}',
    ],
  ] as const)('%s', (_, before, patch, after) => {
    const merged = mergeDaemonJson(before, structuredClone(patch) as never);
    expect(merged.text).toBe(after);
    expect(merged.ok).toBe(true);
    expect(mergeDaemonJson(merged.text, structuredClone(patch) as never).text).toBe(after);
  });

  it('touches only what changes in a real file', () => {
    const merged = mergeDaemonJson(real, {
      'registry-mirrors': ['https://new.example'],
      'log-opts': { 'max-file': '3' },
    });
    expect(merged.text).toBe(
      real
        .replace('"max-size": "10m"', '"max-size": "10m",\n        "max-file": "3"')
        .replace('["https://old.example"]', '["https://new.example"]'),
    );
    expect(merged.changed).toEqual(['registry-mirrors', 'log-opts.max-file']);
    expect(merged.notes).toEqual([]);
  });

  it('says what it dropped and mended', () => {
    const merged = mergeDaemonJson('{\n  // mirrors\n  "a": 1,\n}', { b: 2 });
    expect(JSON.parse(merged.text)).toEqual({ a: 1, b: 2 });
    expect(merged.notes.map(({ code }) => code)).toEqual(['comments-dropped', 'repaired']);
  });

  it.each(['[]', '"x"', '\0\x01\x02'])('does not merge into %j', (text) => {
    const merged = mergeDaemonJson(text, { a: 1 });
    expect(merged.ok).toBe(false);
    expect(JSON.parse(merged.text)).toEqual({ a: 1 });
    expect(merged.notes).toHaveLength(1);
  });

  it('keeps unrelated keys and is idempotent on any JSON', () => {
    const value = fc.jsonValue() as fc.Arbitrary<never>;
    const object = fc.dictionary(fc.string({ maxLength: 6 }), value, { maxKeys: 5 });
    fc.assert(
      fc.property(object, object, fc.constantFrom(0, 2, 4, '\t'), (before, patch, indent) => {
        const text = JSON.stringify(before, null, indent);
        const merged = mergeDaemonJson(text, patch);
        const parsed = JSON.parse(merged.text);
        for (const key of Object.keys(before)) {
          if (!Object.hasOwn(patch, key))
            expect(JSON.stringify(parsed[key])).toBe(JSON.stringify(before[key]));
        }
        for (const key of Object.keys(patch)) expect(Object.hasOwn(parsed, key)).toBe(true);
        const again = mergeDaemonJson(merged.text, patch);
        expect(again.text).toBe(merged.text);
        expect(again.changed).toEqual([]);
      }),
    );
  });

  it('never throws, and gives JSON', () => {
    fc.assert(
      fc.property(junk, (text) => {
        JSON.parse(mergeDaemonJson(text, { a: { b: [1] } }).text);
      }),
    );
  });
});

describe('diff', () => {
  it.each([
    ['', '', ''],
    ['a', 'a', ' a'],
    ['a\nb\nc', 'a\nc', ' a|-b| c'],
    ['a\nc', 'a\nb\nc', ' a|+b| c'],
    ['a\nb', 'a\nx', ' a|-b|+x'],
    ['a\r\nb\r\n', 'a\nb\n', ' a| b'],
    ['', 'a', '+a'],
    ['a', '', '-a'],
  ])('%j to %j', (a, b, expected) => {
    const sign = { same: ' ', added: '+', removed: '-' };
    expect(
      diffLines(a, b)
        .map(({ kind, text }) => sign[kind] + text)
        .join('|'),
    ).toBe(expected);
  });

  it('gives both texts back, in order, with their line numbers', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 20 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(
          before.map((line) => `${line}\n`).join(''),
          after.map((line) => `${line}\n`).join(''),
        );
        const old = diff.filter(({ kind }) => kind !== 'added');
        const now = diff.filter(({ kind }) => kind !== 'removed');
        expect(old.map(({ text }) => text)).toEqual(before);
        expect(now.map(({ text }) => text)).toEqual(after);
        expect(old.map(({ oldLine }) => oldLine)).toEqual(before.map((_, i) => i + 1));
        expect(now.map(({ newLine }) => newLine)).toEqual(after.map((_, i) => i + 1));
      }),
    );
  });

  it('is quick on big files', () => {
    const big = Array.from({ length: 50_000 }, (_, n) => `line ${n}`).join('\n');
    expect(
      diffLines(big, big.replace('line 25000', 'x')).filter(({ kind }) => kind !== 'same'),
    ).toHaveLength(2);
    expect(
      diffLines(big, big.replaceAll('line', 'row')).filter(({ kind }) => kind === 'added'),
    ).toHaveLength(50_000);
  });
});
