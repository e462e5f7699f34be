import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { getManifest } from 'workbox-build';

/** The list of files as the service worker reads it. */
function list(files: readonly { url: string; revision: string | null }[]): string {
  const entries = files.map(
    ({ url, revision }) => `{url:${JSON.stringify(url)},revision:${JSON.stringify(revision)}}`,
  );
  return `const FILES=[${entries.join(',')}];`;
}

/** Writes the service worker that keeps the whole site at hand without a network, and makes every page register it. */
export function offline(): AstroIntegration {
  return {
    name: 'offline',
    hooks: {
      'astro:config:setup': ({ command, injectScript }) => {
        if (command === 'build') injectScript('page', 'import "/src/offline/register.ts";');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const { count, size, warnings, manifestEntries } = await getManifest({
          globDirectory: root,
          globPatterns: [
            '**/*.{html,js,css,svg,webmanifest}',
            'icons/*.png',
            'pagefind/**/*.{pagefind,pf_meta,pf_index,pf_fragment,json}',
          ],
          globIgnores: [
            'sw.js',
            // Every page that needs it holds it.
            '_astro/ec.*.css',
            'pagefind/pagefind-{component,modular}-ui.*',
            'pagefind/pagefind-{ui,highlight}.*',
          ],
          // Names with a hash in them never change.
          dontCacheBustURLsMatching: /^_astro\/.*[.-][\w-]{8}\.\w+$/,
          maximumFileSizeToCacheInBytes: 5_000_000,
        });
        const worker = await readFile(new URL('../offline/worker.js', import.meta.url), 'utf8');
        await writeFile(
          `${root}sw.js`,
          `${list(manifestEntries)}\n${worker.replace(/^\/\/ @ts.*\n/, '')}`,
        );
        for (const warning of warnings) logger.warn(warning);
        logger.info(`${count} files, ${(size / 1024 / 1024).toFixed(1)} MB, kept for offline use`);
      },
    },
  };
}
