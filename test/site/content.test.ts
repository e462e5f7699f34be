import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { categoryIds } from '../../src/core/diagnose/categories.ts';
import { mirrors } from '../../src/core/mirrors/index.ts';
import { sidebar } from '../../src/sidebar.ts';
import { pages } from './site.ts';

interface Source {
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly body: string;
}

const docs: readonly Source[] = readdirSync('content/docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .map((file) => {
    const text = readFileSync(`content/docs/${file}`, 'utf8');
    const end = text.indexOf('\n---', 3);
    return {
      id: file
        .replaceAll('\\', '/')
        .replace(/\.mdx$/, '')
        .replace(/(^|\/)index$/, ''),
      data: parse(text.slice(4, end)) as Record<string, unknown>,
      body: text.slice(end + 4),
    };
  });

const errorPages = docs.filter(({ id }) => id.startsWith('errors/'));
const guide = docs.filter(({ id }) => id !== '' && id !== '404' && !id.startsWith('tools/'));

describe('the guide', () => {
  it('has a page for every error category and no other', () => {
    expect(errorPages.map(({ id }) => id.slice('errors/'.length)).sort()).toEqual(
      [...categoryIds].sort(),
    );
    for (const { id, data } of errorPages)
      expect(data.category, id).toBe(id.slice('errors/'.length));
  });

  it.each(guide)(
    '$id says what it holds for, when it was checked and where to go next',
    ({ data }) => {
      expect(data.appliesTo).toEqual(expect.any(String));
      expect(new Date(String(data.checked)).getTime()).toBeGreaterThan(Date.UTC(2026, 0, 1));
      expect(data.related).toEqual(expect.arrayContaining([expect.any(String)]));
    },
  );

  it('describes every page in one sentence, each in its own words', () => {
    const texts = docs.map(({ id, data }) => [id, String(data.description ?? '')] as const);
    for (const [id, text] of texts) expect(text.length, id).toBeGreaterThanOrEqual(15);
    expect(new Set(texts.map(([, text]) => text)).size).toBe(texts.length);
  });

  it.each(errorPages)('$id has the sections that findings link to', ({ body }) => {
    const headings = [...body.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const wanted = ['长什么样', '为什么', '和相似错误怎么区分', '怎么确认', '怎么修', '修好的标志'];
    expect(headings.filter((heading) => wanted.includes(heading ?? ''))).toEqual(wanted);
  });

  it('lists every page in the sidebar', () => {
    const listed = (sidebar as { items: { slug: string }[] }[]).flatMap(({ items }) =>
      items.map(({ slug }) => slug),
    );
    const all = docs.map(({ id }) => id).filter((id) => id !== '' && id !== '404');
    expect(listed.toSorted()).toEqual(all.toSorted());
  });

  it('is built whole', () => {
    expect(pages.length).toBe(docs.length);
  });
});

describe('the mirror page', () => {
  const html = pages.find(({ path }) => path.endsWith('/mirror/sources/'))?.html ?? '';

  it('has a row for every service of the catalogue, with its state', () => {
    const rows = [...html.matchAll(/<tr\b[^>]*\bid="?mirror-([\w-]+)"?[^>]*>([\s\S]*?)<\/tr>/g)];
    expect(rows.map(([, id]) => id).sort()).toEqual(mirrors.map(({ id }) => id).sort());
    for (const [, id, row] of rows) expect(row, id).toMatch(/未验证|已停止|\d{4}-\d{2}/);
  });

  it('answers which mirror to use before it lists them', () => {
    const answer = html.slice(html.indexOf('现在先用哪个</h2>'), html.indexOf('受限可用</h2>'));
    expect(answer).toContain('docker.m.daocloud.io');
    expect(answer).toMatch(/证据 \d{4}-\d{2}/);
  });
});
