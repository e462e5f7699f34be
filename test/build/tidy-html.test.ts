import { expect, it } from 'vitest';
import { tidyHtml } from '../../src/integrations/tidy-html.ts';

const table = (columns: number) =>
  `<table><thead><tr>${'<th align="left">甲</th>'.repeat(columns)}</tr></thead></table>`;
const tidy = (html: string) => tidyHtml(html, async () => '');

it('lets a table that scrolls on a phone be reached by keyboard, and no other', async () => {
  expect(await tidy(table(3))).toContain('<table tabindex="0">');
  expect(await tidy(table(2))).toBe(table(2));
  expect(await tidy(table(2) + table(2))).toBe(table(2) + table(2));
  expect(await tidy(table(2) + table(4))).toBe(
    table(2) + table(4).replace('<table>', '<table tabindex="0">'),
  );
});
