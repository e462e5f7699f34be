import { createHash } from 'node:crypto';
import type { AstroIntegration } from 'astro';
import { rewritePages } from './pages.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Types of script blocks that hold data, which a browser never runs. */
const data = /\stype="application\/(?:ld\+)?json"/;

function hashes(html: string, element: 'script' | 'style'): string[] {
  const blocks = html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'g'));
  const found = new Set<string>();
  for (const [, attributes = '', text = ''] of blocks)
    if (text !== '' && !/\ssrc=/.test(attributes) && !data.test(attributes)) found.add(hash(text));
  return [...found].sort();
}

/**
 * The policy of one page: its own inline scripts and styles by hash, everything else from the site
 * itself, connections to the site alone except on the page that measures mirrors.
 *
 * `style-src-attr` is open since code blocks carry their colours in style attributes.
 * `wasm-unsafe-eval` is for search alone: Pagefind runs its WASM in a worker, but in the page where the
 * worker is not ready within five seconds, as on a slow network. It does not allow `eval`.
 */
export function policyOf(html: string, file: string): string {
  const connect = file === 'tools/mirrors/index.html' ? "'self' https:" : "'self'";
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes(html, 'script').join(' ')}`.trimEnd(),
    `style-src 'self' ${hashes(html, 'style').join(' ')}`.trimEnd(),
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Writes each page's policy into it, after every other step has done with its HTML. */
export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done': ({ dir }) =>
        rewritePages(dir, ({ html, file }) =>
          html.replace(
            /<meta charset="utf-8"\s*\/?>/,
            (charset) =>
              `${charset}<meta http-equiv="content-security-policy" content="${policyOf(html, file)}"/>`,
          ),
        ),
    },
  };
}
