import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { attributes, fileOf, pages } from './site.ts';

const sizes = new Map<string, number>();

/** Bytes of a file over the wire, brotli. */
function weigh(path: string): number {
  const known = sizes.get(path);
  if (known !== undefined) return known;
  const file = fileOf(path);
  const size = file ? brotliCompressSync(readFileSync(file)).length : 0;
  sizes.set(path, size);
  return size;
}

/** The scripts a page loads by itself, with what they import. */
function scripts(html: string): string[] {
  const found = new Set<string>();
  const follow = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const file = fileOf(path);
    if (!file) return;
    const code = readFileSync(file, 'utf8');
    for (const [, name] of code.matchAll(
      /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^;'"()]*?from)?\s*["'](\.[^"']+)["']/g,
    ))
      if (name) follow(new URL(name, `http://site.invalid${path}`).pathname);
  };
  const loaded = [
    ...attributes(html, 'script', 'src'),
    ...attributes(html, 'astro-island', 'component-url'),
    ...attributes(html, 'astro-island', 'renderer-url'),
    ...attributes(html, 'link', 'href').filter((href) => href.endsWith('.js')),
  ];
  for (const path of loaded) follow(path);
  return [...found];
}

const KB = 1024;
const guide = pages.filter(
  ({ path, html }) => !html.includes('<astro-island') && !path.startsWith('/404'),
);
const tools = pages.filter(({ path }) => path.startsWith('/tools/'));

describe('weight', () => {
  it.each(guide)('$path: at most 40 KB in all, no framework', ({ path, html }) => {
    const js = scripts(html);
    const css = attributes(html, 'link', 'href').filter((href) => href.endsWith('.css'));
    const total = [path, ...js, ...css].reduce((sum, file) => sum + weigh(file), 0);
    expect(total / KB).toBeLessThanOrEqual(40);
    expect(js.filter((file) => /solid|client\./i.test(file))).toEqual([]);
  });

  it.each(pages)(
    '$path: its text waits for nothing but itself, and asks for little',
    ({ html }) => {
      const tags = html.match(/<(?:link|script)\b[^>]*>/g) ?? [];
      // What would hold up the first paint: a stylesheet of its own, or a script that is not a module.
      const blocking = tags.filter(
        (tag) =>
          (/\brel="?stylesheet/.test(tag) && !/\bmedia="?print/.test(tag)) ||
          (/^<script\b/.test(tag) &&
            /\ssrc=/.test(tag) &&
            !/\b(?:type="module"|async|defer)/.test(tag)),
      );
      expect(blocking).toEqual([]);
      const requests = tags.filter((tag) =>
        /\bsrc=|\brel="?(?:stylesheet|modulepreload|preload)/.test(tag),
      );
      expect(requests.length).toBeLessThanOrEqual(12);
    },
  );

  it.each(tools)('$path: at most 60 KB of scripts before highlighting', ({ html }) => {
    const js = scripts(html);
    expect(js.length).toBeGreaterThan(0);
    expect(js.reduce((sum, file) => sum + weigh(file), 0) / KB).toBeLessThanOrEqual(60);
  });
});
