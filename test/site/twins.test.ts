import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoryIds } from '../../src/core/diagnose/categories.ts';
import { mirrors } from '../../src/core/mirrors/index.ts';
import { attributes, base, fileOf, pages, root } from './site.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const guide = pages.filter(
  ({ path }) => path !== '/' && !path.startsWith('/404') && !path.startsWith('/tools/'),
);

describe('machine-readable twins', () => {
  it.each(guide)('$path as Markdown holds its headings, code and no markup', ({ path, html }) => {
    const markdown = read(`${path.slice(1)}index.md`);
    expect(markdown).toMatch(/^# \S/);
    const content = html.slice(html.indexOf('<div class="sl-markdown-content">'));
    const headings = [...content.matchAll(/<h2 id="[^"]*">([^<]*)<\/h2>/g)].map(([, text]) => text);
    for (const text of headings)
      if (text && !/[&`_*~]/.test(text)) expect(markdown).toContain(`## ${text}`);
    const prose = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
    expect(prose).not.toMatch(/<(?:div|span|button|svg|script|style)\b/);
    const blocks = (html.match(/<pre\b/g) ?? []).length;
    expect(
      (markdown.match(/^\s*(?:> ?)*\s*(?:[-\d.]+\s+)?```/gm) ?? []).length,
    ).toBeGreaterThanOrEqual(blocks);
  });

  it.each(guide)(
    '$path as Markdown says what it holds for, when it was checked, and by what',
    ({ path, html }) => {
      const markdown = read(`${path.slice(1)}index.md`);
      expect(markdown).toMatch(/^\*\*适用版本\*\*：\S/m);
      expect(markdown).toMatch(/^\*\*最近核对\*\*：\d{4}-\d\d-\d\d$/m);
      const sources = /<section class="sources.*?<\/section>/s.exec(html)?.[0] ?? '';
      for (const url of attributes(sources, 'a', 'href')) expect(markdown).toContain(url);
    },
  );

  it.each(pages.filter(({ path }) => !path.startsWith('/404')))(
    '$path as Markdown keeps apart what the page shows apart, and names its tool',
    ({ path, html }) => {
      const markdown = read(`${path.slice(1)}index.md`).replace(/^\s*```[\s\S]*?^\s*```/gm, '');
      expect(markdown).not.toMatch(/<!--|\]\([^)]*\)\[|(?<=[^\s`])``(?=[^\s`])/);
      expect(markdown.includes('（这里是交互工具')).toBe(html.includes('<astro-island'));
    },
  );

  it('lists every page but the home page in llms.txt, tools too', () => {
    const text = read('llms.txt');
    const listed = pages.filter(({ path }) => path !== '/' && !path.startsWith('/404'));
    expect(listed.length).toBeGreaterThan(guide.length);
    for (const { path } of listed) expect(text).toContain(`${path}index.md`);
    for (const [, path] of text.matchAll(/\]\([^)]*?:\/\/[^/]+(\/[^)]*)\)/g))
      expect(fileOf(path ?? ''), path).toBeDefined();
  });

  it('gives the whole catalogue and every error category as JSON', () => {
    const catalogue = JSON.parse(read('data/mirrors.json'));
    expect(catalogue.version).toBe(1);
    expect(catalogue.mirrors).toHaveLength(mirrors.length);
    for (const { id, evidence } of catalogue.mirrors)
      expect(evidence.length, id).toBeGreaterThan(0);
    const errors = JSON.parse(read('data/errors.json'));
    expect(errors.categories.map(({ id }: { id: string }) => id)).toEqual([...categoryIds]);
    for (const { category } of errors.rules) expect(categoryIds).toContain(category);
  });

  it('says in each file what each of its fields means', () => {
    for (const file of ['data/mirrors.json', 'data/errors.json']) {
      const data = JSON.parse(read(file));
      expect(Number.isInteger(data.version)).toBe(true);
      const lists = Object.entries<object>(data.fields);
      expect(lists.length).toBeGreaterThan(0);
      for (const [list, meanings] of lists) {
        const used = new Set(data[list].flatMap((entry: object) => Object.keys(entry)));
        expect([...used].sort(), list).toEqual(Object.keys(meanings).sort());
      }
    }
  });

  it('leads from every page to its Markdown, and from robots.txt to the sitemap', () => {
    for (const { path, html } of pages) {
      if (path.startsWith('/404')) continue;
      const link =
        /<link rel="alternate" type="text\/markdown" href="([^"]+)"/.exec(html)?.[1] ?? '';
      expect(link).toBe(`${path}index.md`);
      expect(fileOf(link), path).toBeDefined();
      const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? '';
      expect(new URL(canonical).pathname).toBe(path);
    }
    const sitemap = /^Sitemap: (\S+)$/m.exec(read('robots.txt'))?.[1] ?? '';
    expect(fileOf(new URL(sitemap).pathname)).toBeDefined();
  });

  it.each(pages)('$path has a card, a description and a place in the sitemap', ({ path, html }) => {
    const sitemap = read('sitemap-0.xml');
    if (!path.startsWith('/404')) expect(sitemap).toContain(`${path}</loc>`);
    const description = /<meta name="description" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(description.length).toBeGreaterThan(10);
    const card = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(fileOf(new URL(card).pathname)).toBeDefined();
    const part = path.slice(base.length).replace(/^\/(tools\/[^/]+|[^/]*).*/, '$1');
    const own = `${base}/og/${(part === '' || part === '404.html' ? 'home' : part).replace('/', '-')}.png`;
    expect(new URL(card).pathname).toBe(own);
  });

  interface Thing {
    '@type': string;
    name?: string;
    url?: string;
    step?: { text: string }[];
    itemListElement?: { position: number; name: string; item: string }[];
  }

  it.each(pages.filter(({ path }) => !path.startsWith('/404')))(
    '$path: what it tells search engines is true',
    ({ path, html }) => {
      const json = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(html)?.[1];
      const graph: Thing[] = JSON.parse(json ?? '{}')['@graph'];
      const main =
        path === '/' ? 'WebSite' : path.startsWith('/tools/') ? 'WebApplication' : 'TechArticle';
      expect(graph[0]).toMatchObject({ '@type': main, inLanguage: 'zh-CN' });
      expect(new URL(graph[0]?.url ?? '').pathname).toBe(path);

      const steps = graph
        .find((thing) => thing['@type'] === 'HowTo')
        ?.step?.map(({ text }) => text);
      // Steps to take one after the other; elsewhere numbers count alternatives.
      if (path === '/start/checklist/') expect(steps?.length).toBeGreaterThan(2);
      if (path === '/proxy/example-10808/') expect(steps).toBeUndefined();
      const text = html.replace(/<[^>]*>/g, '');
      for (const step of steps ?? []) expect(text).toContain(step);

      const crumbs =
        graph.find((thing) => thing['@type'] === 'BreadcrumbList')?.itemListElement ?? [];
      if (path !== '/') expect(crumbs.length).toBeGreaterThan(1);
      for (const [index, { position, item }] of crumbs.entries()) {
        expect(position).toBe(index + 1);
        expect(fileOf(new URL(item).pathname), item).toBeDefined();
      }
    },
  );
});

describe('assets', () => {
  it.each(pages)('$path takes nothing from elsewhere', ({ html }) => {
    // Addresses of a page itself and of its other forms: nothing fetches them.
    const fetched = html.replace(/<link\b[^>]*\srel="(?:canonical|alternate)"[^>]*>/g, '');
    const sources = [
      ...attributes(html, 'script', 'src'),
      ...attributes(html, 'img', 'src'),
      ...attributes(html, 'iframe', 'src'),
      ...attributes(fetched, 'link', 'href'),
    ];
    expect(sources.filter((source) => /^(?:https?:)?\/\//.test(source))).toEqual([]);
  });
});
