import { readFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { rewritePages } from './pages.ts';

/**
 * Puts the styles of code blocks into the page and drops tags that several blocks repeat, so that the
 * first paint of a page waits for its HTML alone.
 * @param html a built page
 * @param read the text of a stylesheet, by its path
 */
export async function inlineStyles(
  html: string,
  read: (href: string) => Promise<string>,
): Promise<string> {
  const seen = new Set<string>();
  const link = /<link rel="stylesheet" href="([^"]*\/ec\.[^"]*\.css)"\s*\/?>/g;
  const styles = new Map<string, string>();
  for (const [, href] of html.matchAll(link)) if (href) styles.set(href, await read(href));
  return html
    .replace(link, (_, href: string) => {
      if (seen.has(href)) return '';
      seen.add(href);
      return `<style>${styles.get(href) ?? ''}</style>`;
    })
    .replace(/<script type="module" src="([^"]+)"><\/script>/g, (tag, source: string) => {
      if (seen.has(source)) return '';
      seen.add(source);
      return tag;
    });
}

/** The build step for {@link inlineStyles}. */
export function fewerRequests(): AstroIntegration {
  let base = '/';
  return {
    name: 'fewer-requests',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir }) => {
        const texts = new Map<string, Promise<string>>();
        const read = (href: string) => {
          const text = texts.get(href) ?? readFile(new URL(href.slice(base.length), dir), 'utf8');
          texts.set(href, text);
          return text;
        };
        return rewritePages(dir, ({ html }) => inlineStyles(html, read));
      },
    },
  };
}
