import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { cardName, cardPath, cards } from './cards.ts';
import { pageGroups } from './sidebar.ts';

/** Data for search engines, in schema.org's terms, about one page. */
function structuredData(
  url: URL,
  site: URL,
  page: { id: string; title: string; description?: string; checked?: Date; steps: string[] },
): object[] {
  if (page.id === '')
    return [{ '@type': 'WebSite', name: '拉得动', inLanguage: 'zh-CN', url: site.href }];
  const group = pageGroups.find(({ pages }) => pages.includes(page.id));
  if (!group) return [];
  const about = {
    name: page.title,
    description: page.description,
    inLanguage: 'zh-CN',
    url: url.href,
    isAccessibleForFree: true,
  };
  // A level of the path needs a page of its own, which most parts of the guide have not.
  const landing = group.pages.find((id) => page.id.startsWith(`${id}/`));
  return [
    page.id.startsWith('tools/')
      ? { '@type': 'WebApplication', ...about, applicationCategory: 'DeveloperApplication' }
      : {
          '@type': 'TechArticle',
          ...about,
          headline: page.title,
          articleSection: group.label,
          // The facts were checked then; when the text last changed is another matter.
          mainEntityOfPage: {
            '@type': 'WebPage',
            '@id': url.href,
            ...(page.checked ? { lastReviewed: page.checked.toISOString().slice(0, 10) } : {}),
          },
        },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { name: '拉得动', item: site.href },
        ...(landing ? [{ name: group.label, item: new URL(`${landing}/`, site).href }] : []),
        { name: page.title, item: url.href },
      ].map((item, index) => ({ '@type': 'ListItem', position: index + 1, ...item })),
    },
    ...(page.steps.length > 0
      ? [
          {
            '@type': 'HowTo',
            name: page.title,
            inLanguage: 'zh-CN',
            step: page.steps.map((text, index) => ({
              '@type': 'HowToStep',
              position: index + 1,
              text,
            })),
          },
        ]
      : []),
  ];
}

export const onRequest = defineRouteMiddleware((context) => {
  const { entry, head, headings } = context.locals.starlightRoute;
  const { title, description, checked, procedure } = entry.data;
  const steps = headings.flatMap(({ depth, text }) => {
    const step = procedure && depth === 2 && /^\d+\. (.*)/.exec(text);
    return step ? [step[1] ?? ''] : [];
  });
  const site = new URL(import.meta.env.BASE_URL, context.site ?? context.url);
  const url = new URL(context.url.pathname, site);
  if (entry.id !== '404')
    head.push({
      tag: 'link',
      attrs: { rel: 'alternate', type: 'text/markdown', href: `${url.pathname}index.md` },
    });
  const name = cardName(entry.id);
  const card = new URL(cardPath(name), site).href;
  for (const [property, content] of [
    ['og:image', card],
    ['og:image:width', '1200'],
    ['og:image:height', '630'],
    ['og:image:alt', cards[name]?.title ?? ''],
  ] as const)
    head.push({ tag: 'meta', attrs: { property, content } });
  head.push({ tag: 'meta', attrs: { name: 'twitter:image', content: card } });
  const graph = structuredData(url, site, { id: entry.id, title, description, checked, steps });
  if (graph.length > 0)
    head.push({
      tag: 'script',
      attrs: { type: 'application/ld+json' },
      // A "<" could close the element.
      content: JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }).replaceAll(
        '<',
        '\\u003c',
      ),
    });
});
