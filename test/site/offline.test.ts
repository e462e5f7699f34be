import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, root } from './site.ts';

/** What the service worker fetches at a first visit: file → its revision, `null` where the name says it. */
const kept = new Map(
  [
    ...readFileSync(join(root, 'sw.js'), 'utf8').matchAll(
      /\{url:"([^"]+)",revision:(?:null|"([^"]*)")\}/g,
    ),
  ].map(([, url = '', revision]) => [url, revision]),
);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => statSync(join(root, file)).isFile());

describe('offline copy', () => {
  it('holds every page, script and style, and the whole search index', () => {
    const wanted = files.filter(
      (file) =>
        file.endsWith('.html') ||
        // The styles of code blocks stand in the pages themselves.
        (file.startsWith('_astro/') && !/\/ec\.\w+\.css$/.test(file)) ||
        /^pagefind\/(?:index|fragment)\//.test(file) ||
        /^pagefind\/(?:pagefind(?:-worker|-entry)?\.js(?:on)?|.*\.pf_meta|wasm\..*)$/.test(file),
    );
    expect(wanted.length).toBeGreaterThan(2 * pages.length);
    expect(wanted.filter((file) => !kept.has(file))).toEqual([]);
  });

  it('leaves out what no reader needs without a network', () => {
    expect([...kept.keys()].filter((file) => /\.(?:md|xml|txt)$|^og|^data\//.test(file))).toEqual(
      [],
    );
    const size = [...kept.keys()].reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect(size / 2 ** 20).toBeLessThan(14);
  });

  it('names each file as it is, so that an update is fetched exactly where one is due', () => {
    for (const [file, revision] of kept) {
      if (revision === undefined) expect(file).toMatch(/^_astro\/.*[.-][\w-]{8}\.\w+$/);
      else
        expect(revision, file).toBe(
          createHash('md5')
            .update(readFileSync(join(root, file)))
            .digest('hex'),
        );
    }
  });
});
