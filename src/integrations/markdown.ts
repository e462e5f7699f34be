import type { Element, Nodes, Root } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

/** A page of the guide as its Markdown twin shows it. */
export interface MarkdownPage {
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
}

/** Parts of a page that only make sense on a screen. */
const furniture =
  'script, style, astro-island, .sl-anchor-link, .config-link, .copy, figcaption .sr-only, starlight-tabs > .tablist-wrapper';

function remove(node: Nodes, gone: ReadonlySet<unknown>): void {
  if (!('children' in node)) return;
  node.children = node.children.filter((child) => !gone.has(child)) as typeof node.children;
  for (const child of node.children) remove(child, gone);
}

/** A code block: its lines, its language and the file name above it. */
function codeBlock(pre: Element) {
  const lines = selectAll('.ec-line .code', pre).map((line) => textOf(line).replace(/\n$/, ''));
  const code = lines.length > 0 ? lines.join('\n') : textOf(pre);
  const lang = pre.properties.dataLanguage;
  return {
    type: 'code' as const,
    lang: typeof lang === 'string' ? lang : null,
    value: code.trimEnd(),
  };
}

/**
 * Turns a built page into Markdown.
 * @param html the page
 * @param url its address, for absolute links
 * @returns undefined where the page has no content of the guide
 */
export function toMarkdown(html: string, url: URL): MarkdownPage | undefined {
  const tree: Root = unified().use(rehypeParse).parse(html);
  const content = select('main .sl-markdown-content', tree);
  if (!content) return undefined;
  const title = textOf(select('h1', tree) ?? content).trim();
  const meta = select('meta[name=description]', tree)?.properties.content;

  const tabs = selectAll('starlight-tabs', content);
  for (const group of tabs) {
    const labels = selectAll('[role=tab]', group).map((tab) => textOf(tab).trim());
    for (const [index, panel] of selectAll('[role=tabpanel]', group).entries()) {
      panel.properties.hidden = undefined;
      panel.children.unshift({
        type: 'element',
        tagName: 'p',
        properties: {},
        children: [
          {
            type: 'element',
            tagName: 'strong',
            properties: {},
            children: [{ type: 'text', value: labels[index] ?? '' }],
          },
        ],
      });
    }
  }
  for (const aside of selectAll('aside', content)) {
    aside.tagName = 'blockquote';
    for (const title of selectAll('.starlight-aside__title', aside)) {
      title.children = [
        {
          type: 'element',
          tagName: 'strong',
          properties: {},
          children: title.children as Element[],
        },
      ];
    }
  }
  remove(content, new Set(selectAll(furniture, content)));
  for (const link of selectAll('a[href]', content)) {
    const href = String(link.properties.href);
    if (!href.startsWith('#')) link.properties.href = new URL(href, url).href;
  }

  const mdast = unified()
    .use(rehypeRemark, {
      handlers: { pre: (_state, node: Element) => codeBlock(node) },
    })
    .runSync({ type: 'root', children: [content] } as Root);
  const body = unified()
    .use(remarkGfm)
    .use(remarkStringify, { bullet: '-', fences: true, rule: '-' })
    .stringify(mdast as never);
  const description = typeof meta === 'string' ? meta : '';
  return {
    title,
    description,
    markdown: `# ${title}\n\n> ${description}\n\n原文：${url.href}\n\n${body.trim()}\n`,
  };
}
