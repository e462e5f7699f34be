import { satteri } from '@astrojs/markdown-satteri';
import solid from '@astrojs/solid-js';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { baseLinks } from './src/integrations/base-links.ts';
import { contentSecurityPolicy } from './src/integrations/content-security-policy.ts';
import { githubAlerts } from './src/integrations/github-alerts.ts';
import { interfaceTexts } from './src/integrations/interface-texts.ts';
import { offline } from './src/integrations/offline.ts';
import { searchWords } from './src/integrations/search-words.ts';
import { tidyPages } from './src/integrations/tidy-html.ts';
import { twins } from './src/integrations/twins.ts';
import { sidebar } from './src/sidebar.ts';

/** Where the site will live: `SITE_URL` (origin) and `BASE_PATH` ("/" or "/sub/path/"). */
const site = process.env.SITE_URL ?? 'http://localhost:4321';
const base = process.env.BASE_PATH ?? '/';

export default defineConfig({
  site,
  base,
  trailingSlash: 'always',
  build: { inlineStylesheets: 'always' },
  markdown: {
    processor: satteri({
      // Curly quotes and long dashes would damage flags such as --validate in prose.
      features: { smartPunctuation: false },
      mdastPlugins: [githubAlerts()],
    }),
  },
  vite: {
    build: {
      rolldownOptions: {
        // Astro's own marker for pages that need their head; harmless, and one warning per page.
        onwarn(warning, warn) {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
      },
    },
  },
  integrations: [
    starlight({
      title: '拉得动',
      description:
        'Docker 连不上网？镜像加速、代理、证书一次讲清：指南、配置生成器、报错诊断、NO_PROXY 测试与镜像源检测。',
      logo: { src: './src/assets/logo.svg', alt: '' },
      favicon: '/favicon.svg',
      locales: { root: { label: '简体中文', lang: 'zh-CN' } },
      customCss: ['./src/styles/theme.css'],
      markdown: { processedDirs: ['./content/docs'] },
      sidebar,
      components: {
        Search: './src/components/Search.astro',
        PageTitle: './src/components/PageTitle.astro',
        Footer: './src/components/Footer.astro',
      },
      head: [
        // The first paint waits for the title: a frame that shows the bar alone costs a phone more than it gives.
        { tag: 'link', attrs: { rel: 'expect', href: '#_top', blocking: 'render' } },
        { tag: 'link', attrs: { rel: 'manifest', href: '/manifest.webmanifest' } },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '/icons/apple-touch-icon.png' } },
        { tag: 'meta', attrs: { name: 'theme-color', content: '#0f766e' } },
      ],
      // A wrapped line needs no scrolling region of its own, and the copy button never covers it.
      expressiveCode: { defaultProps: { wrap: true } },
      plugins: [interfaceTexts()],
      routeMiddleware: './src/route-data.ts',
      credits: false,
    }),
    solid({ include: ['**/islands/**'] }),
    // In this order: each step reads what the one before left.
    searchWords(),
    baseLinks(),
    tidyPages(),
    contentSecurityPolicy(),
    offline(),
    twins(),
  ],
});
