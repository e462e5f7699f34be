import type { AstroIntegration } from 'astro';
import { rewritePages } from './pages.ts';

/**
 * Prefixes root-relative links with the base path, so that content links as if the site were at "/".
 * @param html a built page
 * @param base the base path, e.g. "/sub/path/"
 */
export function prefixLinks(html: string, base: string): string {
  const root = base.replace(/\/$/, '');
  if (root === '') return html;
  return html.replace(
    /(<(?:a|link|img|script|source)\b[^>]*?\s(?:href|src)=")(\/(?!\/)[^"]*)"/g,
    (all, head: string, path: string) =>
      path === root || path.startsWith(`${root}/`) ? all : `${head}${root}${path}"`,
  );
}

/** Astro leaves links written in content alone; this build step gives them the base path. */
export function baseLinks(): AstroIntegration {
  let base = '/';
  return {
    name: 'base-links',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
      },
      'astro:build:done': ({ dir }) => rewritePages(dir, ({ html }) => prefixLinks(html, base)),
    },
  };
}
