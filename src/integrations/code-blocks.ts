import { readFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { rewritePages } from './pages.ts';

const stylesheet = /<link rel="stylesheet" href="([^"]*\/ec\.[^"]*\.css)"\s*\/?>/g;

/**
 * Makes the code blocks of a page lean and valid. Their styles go into the head, so that the first
 * paint waits for the HTML alone; tags that every block repeats stay once; and what stands inside
 * `code` and `button` is what HTML allows there.
 * @param html a built page
 * @param read the text of a stylesheet, by its path
 */
export async function mendCodeBlocks(
  html: string,
  read: (href: string) => Promise<string>,
): Promise<string> {
  const sheets = new Set([...html.matchAll(stylesheet)].flatMap(([, href]) => href ?? []));
  const texts = await Promise.all([...sheets].map(read));
  const styles = texts.map((text) => text.replace(/(\.copy button[^,{]*) div\b/g, '$1 span'));
  const scripts = new Set<string>();
  return html
    .replace(stylesheet, '')
    .replace(/<pre\b[^>]*><code>[\s\S]*?<\/code><\/pre>/g, (block) =>
      block.replaceAll('<div', '<span').replaceAll('</div>', '</span>'),
    )
    .replace(/(<button\b[^>]*\bdata-code=[^>]*>)<div><\/div>/g, '$1<span></span>')
    .replace(/<script type="module" src="([^"]+)"><\/script>/g, (tag, source: string) => {
      if (scripts.has(source)) return '';
      scripts.add(source);
      return tag;
    })
    .replace('</head>', () => `${styles.map((text) => `<style>${text}</style>`).join('')}</head>`);
}

/** The build step for {@link mendCodeBlocks}. */
export function codeBlocks(): AstroIntegration {
  let base = '/';
  return {
    name: 'code-blocks',
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
        return rewritePages(dir, ({ html }) => mendCodeBlocks(html, read));
      },
    },
  };
}
