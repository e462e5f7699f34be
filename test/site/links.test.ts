import { describe, expect, it } from 'vitest';
import { attributes, base, fileOf, pages } from './site.ts';

const origin = 'http://site.invalid';
const ids = new Map(
  pages.map(({ path, html }) => [
    path,
    new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1])),
  ]),
);

/** What is wrong with a link of a page, if anything. */
function fault(from: string, href: string): string | undefined {
  const url = new URL(href, origin + from);
  if (url.origin !== origin) return url.protocol === 'http:' ? `plain http: ${href}` : undefined;
  if (!fileOf(url.pathname)) return `no such page: ${href}`;
  const anchor = decodeURIComponent(url.hash.slice(1));
  // A tool's hash is its state, not an anchor.
  if (!anchor || url.pathname.startsWith(`${base}/tools/`)) return undefined;
  return ids.get(url.pathname)?.has(anchor) ? undefined : `no such anchor: ${href}`;
}

describe('links', () => {
  it.each(pages)('$path leads only to pages and anchors that exist', ({ path, html }) => {
    const links = [
      ...attributes(html, 'a', 'href'),
      ...attributes(html, 'link', 'href').filter((href) => href.startsWith('/')),
      ...attributes(html, 'script', 'src'),
      ...attributes(html, 'img', 'src'),
    ].filter((href) => !/^(?:mailto|data):/.test(href));
    const faults = links.flatMap((href) => fault(path, href) ?? []);
    expect([...new Set(faults)]).toEqual([]);
  });

  it('finds faults', () => {
    expect(fault(`${base}/`, `${base}/no/such/page/`)).toContain('no such page');
    expect(fault(`${base}/`, `${base}/privacy/#no-such-anchor`)).toContain('no such anchor');
    if (base) expect(fault(`${base}/`, '/privacy/')).toContain('no such page');
    expect(fault(`${base}/`, 'http://example.com/')).toContain('plain http');
  });
});
