import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pages, root } from './site.ts';

const folder = join(root, 'pagefind');
const names = (part: string) => readdirSync(join(folder, part));

/** Pagefind's own writing has been seen to leave a file empty. */
describe('the search index arrived whole', () => {
  it('has no empty file in the site', () => {
    const empty = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const file = statSync(join(root, name));
      return file.isFile() && file.size === 0;
    });
    expect(empty).toEqual([]);
  });

  it('says what it holds', () => {
    const entry = JSON.parse(readFileSync(join(folder, 'pagefind-entry.json'), 'utf8'));
    const language = entry.languages['zh-cn'];
    const searched = pages.filter(({ html }) => html.includes('data-pagefind-body'));
    expect(language.page_count).toBe(searched.length);
    expect(names('.')).toContain(`pagefind.${language.hash}.pf_meta`);
    expect(names('fragment')).toHaveLength(language.page_count);
  });

  it.each(['fragment', 'index'])('can be unpacked: %s', (part) => {
    expect(names(part).length).toBeGreaterThan(0);
    for (const name of names(part))
      expect(gunzipSync(readFileSync(join(folder, part, name))).length).toBeGreaterThan(0);
  });
});
