import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { generateSW } from 'workbox-build';

/**
 * Writes the service worker that keeps the whole site at hand without a network, and makes every page
 * register it. Cross-origin requests never pass through it. An update is fetched whole, then waits
 * until the reader takes it.
 */
export function offline(): AstroIntegration {
  return {
    name: 'offline',
    hooks: {
      'astro:config:setup': ({ command, injectScript }) => {
        if (command === 'build') injectScript('page', 'import "/src/offline/register.ts";');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const { count, size, warnings } = await generateSW({
          globDirectory: root,
          swDest: `${root}sw.js`,
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
          // No file depends on a query: Pagefind's is the time, the others come from where a link was shared.
          ignoreURLParametersMatching: [/./],
          // Names with a hash in them never change.
          dontCacheBustURLsMatching: /\/_astro\//,
          maximumFileSizeToCacheInBytes: 5_000_000,
          runtimeCaching: [
            {
              urlPattern: ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
              handler: 'NetworkOnly',
              options: { precacheFallback: { fallbackURL: '404.html' } },
            },
          ],
          cleanupOutdatedCaches: true,
          clientsClaim: true,
          skipWaiting: false,
          inlineWorkboxRuntime: true,
          sourcemap: false,
          mode: 'production',
        });
        for (const warning of warnings) logger.warn(warning);
        logger.info(`${count} files, ${(size / 1024 / 1024).toFixed(1)} MB, kept for offline use`);
      },
    },
  };
}
