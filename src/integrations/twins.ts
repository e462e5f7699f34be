import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { categories } from '../core/diagnose/categories.ts';
import { rules } from '../core/diagnose/rules/index.ts';
import { mirrors as catalogue, staleCount } from '../core/mirrors/index.ts';
import { guideGroups } from '../sidebar.ts';
import { toMarkdown } from './markdown.ts';
import { readPages } from './pages.ts';

/** The version of the files under /data; it changes when a field is renamed or removed. */
export const DATA_VERSION = 1;

/** Writes what programs read: each page as Markdown, llms.txt, the mirrors and the errors as JSON. */
export function twins(): AstroIntegration {
  let site = new URL('http://localhost');
  return {
    name: 'machine-readable-twins',
    hooks: {
      'astro:config:done': ({ config }) => {
        site = new URL(config.base.replace(/\/?$/, '/'), config.site);
      },
      'astro:build:done': async ({ dir, logger }) => {
        const pages = new Map<string, { title: string; description: string }>();
        for (const { html, file } of await readPages(dir)) {
          if (!file.endsWith('index.html')) continue;
          const path = file.replace(/index\.html$/, '');
          const page = toMarkdown(html, new URL(path, site));
          if (!page) continue;
          await writeFile(new URL(file.replace(/\.html$/, '.md'), dir), page.markdown);
          pages.set(path.replace(/\/$/, ''), page);
        }
        await writeFile(new URL('llms.txt', dir), llmsTxt(pages, site));
        await writeJson(new URL('data/errors.json', dir), errors(site));
        await writeJson(new URL('data/mirrors.json', dir), await mirrors());
        logger.info(
          `${staleCount(new Date())} of ${catalogue.length} mirrors have no evidence from the last 90 days`,
        );
        logger.info(
          `${pages.size} pages as Markdown, llms.txt, data/errors.json, data/mirrors.json`,
        );
      },
    },
  };
}

async function writeJson(file: URL, value: object): Promise<void> {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 1)}\n`);
}

/** The index for language models, in the form of llmstxt.org. */
function llmsTxt(
  pages: ReadonlyMap<string, { title: string; description: string }>,
  site: URL,
): string {
  const groups = guideGroups.map(({ label, pages: slugs }) => {
    const items = slugs.flatMap((slug) => {
      const page = pages.get(slug);
      return page
        ? [`- [${page.title}](${new URL(`${slug}/index.md`, site).href}): ${page.description}`]
        : [];
    });
    return `## ${label}\n\n${items.join('\n')}`;
  });
  return [
    '# 拉得动：Docker 网络排障',
    '> Docker 连不上网的中文指南：镜像加速、代理、证书、Desktop 与 WSL2、构建网络、下载卡住、报错速查。每页注明适用版本与核对日期。',
    ...groups,
    `## 数据\n\n- [镜像源目录](${new URL('data/mirrors.json', site).href}): 每个镜像源的状态、日期与证据\n- [报错规则](${new URL('data/errors.json', site).href}): 报错类别、典型信息与对应页面`,
  ]
    .join('\n\n')
    .concat('\n');
}

function errors(site: URL): object {
  return {
    version: DATA_VERSION,
    about: '报错类别与识别规则。categories[].page 是讲解页；rules[].category 指向类别。',
    categories: Object.values(categories).map(({ id, name, summary, example }) => ({
      id,
      name,
      summary,
      example,
      page: new URL(`errors/${id}/`, site).href,
    })),
    rules: rules.map(({ id, category, name, why, patterns }) => ({
      id,
      category,
      name,
      why,
      fragments: [...new Set(patterns.flatMap(([literal]) => literal))],
    })),
  };
}

/** The catalogue as it is edited, evidence and all. */
async function mirrors(): Promise<object> {
  const folder = 'content/mirrors';
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return {
    version: DATA_VERSION,
    about:
      '镜像源目录。status 是最近一次有证据时的状态，evidence 带日期；超过 90 天没有新证据，应视为未验证。',
    mirrors: await Promise.all(
      files.map(async (file) => ({
        id: file.replace(/\.json$/, ''),
        ...JSON.parse(await readFile(`${folder}/${file}`, 'utf8')),
      })),
    ),
  };
}
