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
  'script, style, .sl-anchor-link, .config-link, .copy, figcaption .sr-only, starlight-tabs > .tablist-wrapper';

/** What stands in for a tool. */
const tool: Element = {
  type: 'element',
  tagName: 'p',
  properties: {},
  children: [{ type: 'text', value: '（这里是交互工具，请在浏览器里打开原文使用。）' }],
};

/** Puts spaces between what only the styles keep apart, such as chips and links in a row; drops comments. */
function separate(node: Nodes): void {
  if (!('children' in node)) return;
  const apart: Nodes[] = [];
  for (const child of node.children) {
    if (child.type === 'comment') continue;
    // At the end of a code span Markdown would take the space for the one after it.
    const [text, more] = child.type === 'element' && child.tagName === 'code' ? child.children : [];
    if (text?.type === 'text' && !more && !('tagName' in node && node.tagName === 'pre'))
      text.value = text.value.trim();
    const before = apart.at(-1);
    const [left, right] = [before, child].map((one) => one?.type === 'element' && one.tagName);
    if (left && (right === 'a' || right === 'code') && ['a', 'code'].includes(left))
      apart.push({ type: 'text', value: ' ' });
    apart.push(child);
    separate(child);
  }
  node.children = apart as typeof node.children;
}

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
  for (const island of selectAll('astro-island', content))
    Object.assign(island, { tagName: 'div', properties: {}, children: [structuredClone(tool)] });
  separate(content);
  // What the page's head and foot say of it.
  content.children.unshift(
    ...selectAll('.page-facts > span', tree).map(
      ({ children: [name, ...value] }): Element => ({
        type: 'element',
        tagName: 'p',
        properties: {},
        children: [name, { type: 'text', value: '：' }, ...value] as Element[],
      }),
    ),
  );
  content.children.push(...selectAll('footer > :is(.sources, .related)', tree));
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
