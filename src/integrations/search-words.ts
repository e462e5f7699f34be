import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';
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
        await writeIndex(dir, bundle);
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

/**
 * Writes the index over the one that Starlight had Pagefind write: that one now and then has an empty
 * file, without an error (Pagefind 1.5.2 answers before its writing has ended).
 */
async function writeIndex(dir: URL, bundle: URL): Promise<void> {
  const { index, errors } = await createIndex();
  if (!index) throw new Error(`Pagefind made no index: ${errors.join(' ')}`);
  const added = await index.addDirectory({ path: fileURLToPath(dir) });
  const { files, errors: faults } = await index.getFiles();
  await close();
  if (added.errors.length > 0 || faults.length > 0)
    throw new Error(`Pagefind: ${[...added.errors, ...faults].join(' ')}`);
  for (const { path, content } of files) {
    const file = new URL(path, bundle);
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, content);
  }
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
