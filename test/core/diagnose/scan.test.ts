import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, joinLines, originalOffset } from '../../../src/core/diagnose/normalise.ts';
import { LiteralScanner } from '../../../src/core/diagnose/scan.ts';

const LITERALS = [
  'connection refused',
  'no such host',
  'i/o timeout',
  '积极拒绝',
  ': eof',
  'Temporary failure',
];

/** The same by brute force. */
function naive(text: string): [number, number, number[]][] {
  const lines: [number, number, number[]][] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const folded = line.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const ids = LITERALS.flatMap((literal, id) =>
      literal === ': eof'
        ? line.includes(': EOF')
          ? [id]
          : []
        : folded.includes(literal.toLowerCase())
          ? [id]
          : [],
    );
    if (ids.length > 0) lines.push([start, start + line.length, ids]);
    start += line.length + 1;
  }
  return lines;
}

describe('LiteralScanner', () => {
  it('finds what a naive search finds', () => {
    const scanner = new LiteralScanner(LITERALS);
    const piece = fc.oneof(
      fc.constantFrom(
        ...LITERALS,
        ...LITERALS.map((literal) => literal.toUpperCase()),
        '\n',
        ' ',
        '，',
        'connection',
        ': ',
      ),
      fc.string({ maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const found: [number, number, number[]][] = [];
        scanner.visit(text, 0, text.length, (start, end, ids) =>
          found.push([start, end, [...ids].sort((a, b) => a - b)]),
        );
        expect(found).toEqual(naive(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('cleanText', () => {
  it.each([
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['say \\"hi\\"', 'say "hi"'],
    ['say \\\\\\"hi\\\\\\"', 'say "hi"'],
    ['&quot;a&#39;b&#x3e;&amp;', '"a\'b>&'],
    ['a\u00a0b', 'a b'],
    ['“a”‘b’', '"a"\'b\''],
    ['[http://a.example/x](http://a.example/x) end', 'http://a.example/x end'],
    ['C:\\new\\temp', 'C:\\new\\temp'],
    ['end.\\nNext', 'end.\nNext'],
    ['[main] ok', '[main] ok'],
    ['**bold**', 'bold'],
    ['lookup *** on 10.*.*.*:53', 'lookup xmaskedx.invalid on 10.xmaskedx.xmaskedx.xmaskedx:53'],
    ['https://registry.***.com/v2/', 'https://registry.xmaskedx.com/v2/'],
    ['dial tcp <registry-ip>:443', 'dial tcp xmaskedx.invalid:443'],
    ['host: [REDACTED]', 'host: xmaskedx.invalid'],
    [`https://\${REGISTRY_HOST}/v2/`, 'https://xmaskedx.invalid/v2/'],
    ['https://<你的域名>/v2/', 'https://xmaskedx.invalid/v2/'],
    ['valid for *.example.net, not x', 'valid for *.example.net, not x'],
    ['*** done', '* done'],
    ['<html><head>', '<html><head>'],
    ['[internal] load {"a":1}', '[internal] load {"a":1}'],
  ])('%j → %j', (text, clean) => {
    expect(cleanText(text, 0).text).toBe(clean);
  });

  it('maps every character to the one it came from', () => {
    const masks = fc.constantFrom('***', '<host>', '[IP]', `\${IP}`, '.*.', '████', ' at ', '\\n');
    const pasted = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(masks, fc.string({ maxLength: 4 }))).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(pasted, fc.nat(1000), (text, origin) => {
        const clean = cleanText(text, origin);
        let last = origin;
        for (let i = 0; i <= clean.text.length; i++) {
          const at = originalOffset(clean, i);
          expect(at).toBeGreaterThanOrEqual(last);
          expect(at).toBeLessThanOrEqual(origin + text.length);
          last = at;
        }
      }),
    );
  });
});

describe('joinLines', () => {
  it('undoes wraps between words and inside words', () => {
    const long = 'x'.repeat(70);
    expect(joinLines(cleanText('dial tcp\n    10.0.0.1: refused', 0), ' ').text).toBe(
      'dial tcp 10.0.0.1: refused',
    );
    expect(joinLines(cleanText(`${long} registr\ny-1.docker.io`, 0), '').text).toBe(
      `${long} registry-1.docker.io`,
    );
  });
});
