import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv, toJson, toMarkdown } from '../../../src/core/mirrors/export.ts';

const table = {
  columns: ['地址', '中位数', '说明'],
  rows: [
    ['https://a.cn', 120, 'fine'],
    ['=HYPERLINK("http://evil")', undefined, 'a,"b"\nc | <img> `x`'],
    ['+1', -5, '@SUM(A1)'],
  ] as (string | number | undefined)[][],
};

describe('toCsv', () => {
  it('quotes what needs it and disarms formulas', () => {
    expect(toCsv(table)).toBe(
      [
        '\uFEFF地址,中位数,说明',
        'https://a.cn,120,fine',
        `"'=HYPERLINK(""http://evil"")",,"a,""b""\nc | <img> \`x\`"`,
        `"'+1",-5,"'@SUM(A1)"`,
        '',
      ].join('\r\n'),
    );
  });

  it('starts no cell with a formula, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = toCsv({ columns: ['x'], rows: [[text]] })
          .split('\r\n')
          .slice(1)
          .join('\r\n');
        expect(cell.replace(/^"/, '')).not.toMatch(/^\s*[=+@\-\t]\S/);
      }),
    );
  });
});

it('toJson keeps numbers and says null for what is missing', () => {
  expect(JSON.parse(toJson(table, { tool: 'check' }))).toMatchObject({
    tool: 'check',
    results: [{ 地址: 'https://a.cn', 中位数: 120 }, { 中位数: null }, { 中位数: -5 }],
  });
});

describe('toMarkdown', () => {
  it('escapes what would be markup', () => {
    const lines = toMarkdown(table, '结果').split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '结果',
      '',
      '| 地址 | 中位数 | 说明 |',
      '| --- | --- | --- |',
    ]);
    expect(lines[5]).toContain('a,"b" c \\| \\<img\\> \\`x\\`');
  });

  it('keeps every row on one line with the same number of cells', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        const lines = toMarkdown({ columns: ['a', 'b'], rows: [[a, b]] }, 'x').split('\n');
        expect(lines).toHaveLength(6);
        expect(lines[4]?.replace(/\\[\s\S]/gu, '').split('|')).toHaveLength(4);
      }),
    );
  });
});
