import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { dependencies, devDependencies, scripts } = JSON.parse(read('package.json'));
const names = Object.keys({ ...dependencies, ...devDependencies });

interface LockEntry {
  readonly resolved?: string;
  readonly integrity?: string;
  /** Comes within another package. */
  readonly inBundle?: boolean;
}

/** Everything of ours that could import or run a package. */
const code = [
  ...['src', 'test', 'content'].flatMap((folder) =>
    readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:tsx?|astro|mdx)$/.test(file))
      .map((file) => `${folder}/${file}`),
  ),
  'astro.config.mjs',
  'playwright.config.ts',
  'vitest.config.ts',
]
  .map(read)
  .join('\n');

/** Used without an import of ours. */
const tools: Readonly<Record<string, string>> = {
  '@astrojs/check': 'astro check',
  '@astrojs/mdx': 'Starlight loads it; named here so that its version is pinned',
  '@biomejs/biome': 'biome check',
  '@types/hast': 'types of what unified handles',
  '@types/node': 'types of Node',
  node: 'the Node of every npm script',
  pagefind: 'Starlight runs it; named here so that its version is pinned',
  typescript: 'astro check',
};

describe('dependencies', () => {
  it.each(names)('%s has a reason in the README and a use', (name) => {
    const table = read('README.md').split('## 依赖')[1] ?? '';
    expect(table.split(/[|、\s]+/)).toContain(name);
    const escaped = name.replace(/[/.]/g, '\\$&');
    if (!(name in tools)) expect(code).toMatch(new RegExp(`['"(]${escaped}(?:/[\\w./-]+)?['")]`));
  });

  it('are pinned, and their tools are those of the list', () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const name of Object.keys(tools)) expect(names).toContain(name);
    expect(Object.values<string>(scripts).join('\n')).toContain('biome check');
  });

  it('come from the registry alone, each with its checksum', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    for (const [path, entry] of Object.entries<LockEntry>(packages)) {
      if (path === '' || entry.inBundle) continue;
      // No address means the registry that npm is set to: a lock names no other source.
      expect(entry.resolved ?? 'https://registry.npmjs.org/', path).toMatch(
        /^https:\/\/registry\.npmjs\.org\//,
      );
      expect(entry.integrity, path).toMatch(/^sha512-/);
    }
  });
});
