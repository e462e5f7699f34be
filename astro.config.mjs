import { satteri } from '@astrojs/markdown-satteri';
import solid from '@astrojs/solid-js';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { baseLinks } from './src/integrations/base-links.ts';
import { githubAlerts } from './src/integrations/github-alerts.ts';
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
      credits: false,
    }),
    solid({ include: ['**/islands/**'] }),
    baseLinks(),
  ],
});
