import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../../../src/core/config/daemon-json/encoding.ts';
import { scanJson } from '../../../../src/core/config/daemon-json/go-json.ts';
import { parseTolerant, toValue } from '../../../../src/core/config/daemon-json/tolerant.ts';

describe("Go's words for what isn't JSON", () => {
  it.each([
    ['{"a": 1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a": 1 "b"}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['{"a": tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['{"a": 01}', "invalid character '1' after object key:value pair"],
    ['{"a": -x}', "invalid character 'x' in numeric literal"],
    ['{"a": 1.}', "invalid character '}' after decimal point in numeric literal"],
    ['{"a": 1e}', "invalid character '}' in exponent of numeric literal"],
    ['{"a": "\t"}', "invalid character '\\t' in string literal"],
    ['{"a": "\\x"}', "invalid character 'x' in string escape code"],
    ['{"a": "\\u00g0"}', "invalid character 'g' in \\u hexadecimal character escape"],
    ["{'a': 1}", "invalid character '\\'' looking for beginning of object key string"],
    ['{“a”: 1}', "invalid character 'â' looking for beginning of object key string"],
    ['{"a": 1', 'unexpected end of JSON input'],
    ['', 'unexpected end of JSON input'],
    [`${'['.repeat(10_001)}`, "invalid character '[' exceeded max depth"],
  ])('%s', (text, message) => {
    const result = scanJson(text);
    expect(result.ok ? '' : result.error.message).toBe(message);
  });

  it.each([
    ['', 'EOF'],
    [' \n', 'EOF'],
    ['{"a"', 'unexpected EOF'],
  ])('a stream that ends: %j', (text, message) => {
    const result = scanJson(text, { mode: 'stream' });
    expect(result.ok ? '' : result.error.message).toBe(message);
  });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Pieces that make near-misses of JSON. */
const almostJson = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '.',
      'e',
      'true',
      'nul',
      ' ',
      '\n',
      '\\',
      '\u00a0',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it('agrees with JSON.parse on what JSON is', () => {
  fc.assert(
    fc.property(fc.oneof(almostJson, fc.json(), fc.string()), (text) => {
      expect(scanJson(text).ok).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

it('reads the values that JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const result = scanJson(text);
      const wellFormed = JSON.parse(text, (_, value) =>
        typeof value === 'string' ? value.toWellFormed() : value,
      );
      expect(result.ok && JSON.stringify(toValue(result.root))).toBe(JSON.stringify(wellFormed));
    }),
  );
});

describe('JSON as people paste it', () => {
  it.each([
    ['{"a": 1,}', { a: 1 }, 'json-trailing-comma@1:8'],
    ['{a: 1}', { a: 1 }, 'json-unquoted-key@1:2'],
    ["{'a': 'b'}", { a: 'b' }, 'json-quotes@1:2 json-quotes@1:7'],
    ['// x\n{"a":1 /* y */}\n# z', { a: 1 }, 'json-comment@1:1 json-comment@2:8 json-comment@3:1'],
    ['"a": 1', { a: 1 }, 'json-no-braces@1:1'],
    ['{"a":1}\n{"b":2}', { a: 1, b: 2 }, 'json-two-objects@2:1'],
    ['{"a": ["x", "dns": ["y"]}', { a: ['x'], dns: ['y'] }, 'json-unclosed-array@1:7'],
    ['{"a": [1, 2}', { a: [1, 2] }, 'json-unclosed-array@1:7'],
    ['{"a": "b\n}', { a: 'b' }, 'json-unclosed-string@1:7'],
    ['{"a":\u00a01}', { a: 1 }, 'json-strange-space@1:6'],
    ['{"a”: 1}', { a: 1 }, 'json-fullwidth-quotes@1:4'],
    ['{"a"：1}', { a: 1 }, 'json-fullwidth@1:5'],
    ['{"p": "C:\\docker"}', { p: 'C:\\docker' }, 'json-escape@1:10'],
    ['{"a": True}', { a: true }, 'json-unquoted-value@1:7'],
    ['{"a": https://x.com/y}', { a: 'https://x.com/y' }, 'json-unquoted-value@1:7'],
    ['{"a":1}}', { a: 1 }, 'json-extra-bracket@1:8'],
    ['{"a":{"b":[1', { a: { b: [1] } }, 'json-unclosed@1:11'],
    [
      'sudo tee f <<\'EOF\'\n{"a": 1}\nEOF\n',
      { a: 1 },
      'json-text-around@1:1 json-text-around@3:1',
    ],
    ['```json\n{"a": 1}\n```', { a: 1 }, 'json-text-around@1:1 json-text-around@3:1'],
  ])('%s', (text, value, expected) => {
    const result = parseTolerant(text);
    expect(result.value).toEqual(value);
    expect(JSON.parse(result.repaired)).toEqual(value);
    const found = result.problems.map(({ code, line, column }) => `${code}@${line}:${column}`);
    expect(found.join(' ')).toBe(expected);
  });

  it('leaves strict JSON alone', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { repaired, problems } = parseTolerant(text.toWellFormed());
        expect([repaired, problems]).toEqual([text.toWellFormed(), []]);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.string({ unit: 'binary' })), (text) => {
        expect(typeof parseTolerant(text).repaired).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('encodings', () => {
  const ascii = '{"a": "b"}';
  it.each([
    ['utf-8', [...Buffer.from('中')], '中'],
    ['utf-8-bom', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
    ['utf-16le', [0xff, 0xfe, ...Buffer.from(ascii, 'utf16le')], ascii],
    ['utf-16be', [0xfe, 0xff, 0, 0x7b, 0, 0x7d], '{}'],
    ['utf-16le', [...Buffer.from(ascii, 'utf16le')], ascii],
    ['gb18030', [0x22, 0xc9, 0xcf, 0xba, 0xa3, 0x22], '"上海"'],
    ['binary', [0, 1, 2, 3, 0xff, 0xfe], undefined],
  ] as const)('%s', (encoding, bytes, text) => {
    const decoded = decodeFile(Uint8Array.from(bytes));
    expect(decoded.encoding).toBe(encoding);
    if (text !== undefined) expect(decoded.text).toBe(text);
  });
});
