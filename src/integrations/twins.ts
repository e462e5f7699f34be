import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { categories } from '../core/diagnose/categories.ts';
import { rules } from '../core/diagnose/rules/index.ts';
import { mirrors as catalogue, staleCount } from '../core/mirrors/index.ts';
import { pageGroups } from '../sidebar.ts';
import { toMarkdown } from './markdown.ts';
import { readPages } from './pages.ts';

/** The version of the files under /data; it changes when a field is renamed or removed, not when one is added. */
export const DATA_VERSION = 1;

/** What each field of an entry means, written into the files themselves. */
export const fields = {
  mirrors: {
    id: '目录里的标识，不会改用在别的服务上',
    name: '名称',
    operator: '运营方',
    url: '配置里写的地址；<ID> 是各账号自己的部分',
    match: '属于它的主机：小写，国际化域名写 punycode，* 代表任意一段；可以是「主机/路径」',
    form: 'docker.io-mirror 可写进 registry-mirrors；prefix 换镜像名的前缀；sync 是另行同步的仓库',
    status:
      'works 可用、restricted 有白名单或限额、account-only 要账号、cloud-only 只在某家云里、unknown 证据不足、stopped 已停',
    confidence: '证据的分量：high、medium、low',
    scope: '加速什么、给谁用',
    notes: '提醒（可缺）',
    end: 'stopped 才有：date 何时停的、why 为什么',
    alsoRegistry: '为 true 时，这个主机本身也是镜像仓库，出现在镜像名里是正常的',
    evidence:
      '证据：source 出处、date 出处的日期（YYYY、YYYY-MM 或 YYYY-MM-DD，可缺）、type 种类、vantage 从哪里看到的（可缺）、says 说了什么',
  },
  categories: {
    id: '类别的标识，也是讲解页的路径',
    name: '名称',
    summary: '一句话说明',
    example: '一条典型的报错',
    page: '讲解页',
  },
  rules: {
    id: '规则的标识，诊断结果的链接里用它',
    category: '所属类别',
    name: '认出的现象',
    why: '为什么会这样',
    fragments: '规则要找的原文片段，至少出现一个才会继续核对',
  },
} as const;

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
        await writeFile(new URL('robots.txt', dir), robotsTxt(site));
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

/** Lets everybody in and names the sitemap; read only where the site is at the root of its host. */
function robotsTxt(site: URL): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${new URL('sitemap-index.xml', site).href}\n`;
}

/** The index for language models, in the form of llmstxt.org. */
function llmsTxt(
  pages: ReadonlyMap<string, { title: string; description: string }>,
  site: URL,
): string {
  const groups = pageGroups.map(({ label, pages: slugs }) => {
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
    '> Docker 连不上网的中文指南：镜像加速、代理、证书、Desktop 与 WSL2、构建网络、下载卡住、报错速查，以及四个在浏览器里运行的工具。每页注明适用版本、核对日期与来源。',
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
    fields: { categories: fields.categories, rules: fields.rules },
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
    fields: { mirrors: fields.mirrors },
    mirrors: await Promise.all(
      files.map(async (file) => ({
        id: file.replace(/\.json$/, ''),
        ...JSON.parse(await readFile(`${folder}/${file}`, 'utf8')),
      })),
    ),
  };
}
