import { readdir, readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { LONGEST_WORD } from '../components/search/split-query.ts';

/** How Pagefind decides to split a query with the browser's own dictionary. */
const SPLITS_CHINESE = 'return["zh","ja","th"].includes(primaryLang)';

/**
 * Lets a query be split as the index is. Pagefind splits its index by one dictionary and a query by the
 * browser's, which knows 证书 but not 镜像, 构建 or 超时: most pages with such a word were not found.
 * Writes the index's words beside it and leaves the splitting to the search interface.
 */
export function searchWords(): AstroIntegration {
  return {
    name: 'search-words',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const bundle = new URL('pagefind/', dir);
        for (const name of ['pagefind.js', 'pagefind-worker.js']) {
          const file = new URL(name, bundle);
          const code = await readFile(file, 'utf8');
          if (!code.includes(SPLITS_CHINESE))
            throw new Error(`${name} decides otherwise than before how to split a query: see here`);
          await writeFile(file, code.replace(SPLITS_CHINESE, SPLITS_CHINESE.replace('"zh",', '')));
        }
        const words = await indexedWords(new URL('index/', bundle));
        await writeFile(new URL('words.json', bundle), JSON.stringify(words));
        logger.info(`${words.length} Chinese words`);
      },
    },
  };
}

/** The Chinese words of an index: its chunks are compressed CBOR, where each word is a string of its own. */
async function indexedWords(index: URL): Promise<string[]> {
  const words = new Set<string>();
  for (const name of await readdir(index)) {
    const text = gunzipSync(await readFile(new URL(name, index))).toString('utf8');
    for (const [word] of text.matchAll(/\p{Script=Han}+/gu))
      if (word.length <= LONGEST_WORD) words.add(word);
  }
  return [...words].sort();
}
