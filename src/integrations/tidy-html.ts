import { readFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { rewritePages } from './pages.ts';

const stylesheet = /<link rel="stylesheet" href="([^"]*\/ec\.[^"]*\.css)"\s*\/?>/g;

/** What Astro writes beside the first island of a page. */
const islandStyle = /<style>astro-island,[^<]*<\/style>/g;

/** A table written in Markdown with three columns or more: on a phone it scrolls sideways. */
const wideTable =
  /<table>(?=\s*<thead>\s*<tr>\s*(?:<th\b[^>]*>(?:(?!<\/th>)[\s\S])*<\/th>\s*){3})/g;

/**
 * Makes a page lean and valid. The styles of code blocks and islands go into the head, so that the
 * first paint waits for the HTML alone; tags that every code block repeats stay once; what stands inside
 * `code` and `button` is what HTML allows there; and wide tables can be scrolled by keyboard (WCAG 2.1.1).
 * @param html a built page
 * @param read the text of a stylesheet, by its path
 */
export async function tidyHtml(
  html: string,
  read: (href: string) => Promise<string>,
): Promise<string> {
  const sheets = new Set([...html.matchAll(stylesheet)].flatMap(([, href]) => href ?? []));
  const texts = await Promise.all([...sheets].map(read));
  const styles = texts.map((text) => text.replace(/(\.copy button[^,{]*) div\b/g, '$1 span'));
  styles.push(...new Set((html.match(islandStyle) ?? []).map((tag) => tag.slice(7, -8))));
  const scripts = new Set<string>();
  return html
    .replace(stylesheet, '')
    .replace(islandStyle, '')
    .replace(/<pre\b[^>]*><code>[\s\S]*?<\/code><\/pre>/g, (block) =>
      block.replaceAll('<div', '<span').replaceAll('</div>', '</span>'),
    )
    .replace(wideTable, '<table tabindex="0">')
    .replace(/(<button\b[^>]*\bdata-code="[^"]*"[^>]*>)<div><\/div>/g, '$1<span></span>')
    .replace(/<script type="module" src="([^"]+)"><\/script>/g, (tag, source: string) => {
      if (scripts.has(source)) return '';
      scripts.add(source);
      return tag;
    })
    .replace('</head>', () => `${styles.map((text) => `<style>${text}</style>`).join('')}</head>`);
}

/** The build step for {@link tidyHtml}. */
export function tidyPages(): AstroIntegration {
  let base = '/';
  return {
    name: 'tidy-html',
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
        return rewritePages(dir, ({ html }) => tidyHtml(html, read));
      },
    },
  };
}
