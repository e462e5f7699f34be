import { existsSync } from 'node:fs';
import type { StarlightUserConfig } from '@astrojs/starlight/types';

type Sidebar = NonNullable<StarlightUserConfig['sidebar']>;

const groups: readonly { label: string; pages: readonly string[]; collapsed?: boolean }[] = [
  { label: '工具', pages: ['tools/diagnose', 'tools/config', 'tools/noproxy', 'tools/mirrors'] },
  { label: '开始', pages: ['start/where-stuck', 'start/checklist', 'start/layers'] },
  {
    label: '镜像加速',
    pages: [
      'mirror/what',
      'mirror/how-it-works',
      'mirror/linux',
      'mirror/desktop',
      'mirror/recommended',
      'mirror/sources',
      'mirror/aliyun',
      'mirror/other-registries',
      'mirror/containerd',
      'mirror/verify',
      'mirror/trust',
      'mirror/hub-limits',
    ],
  },
  {
    label: '代理',
    pages: [
      'proxy/systemd',
      'proxy/daemon-json',
      'proxy/desktop',
      'proxy/cli-config',
      'proxy/container',
      'proxy/example-10808',
      'proxy/allow-lan',
      'proxy/passwords',
      'proxy/no-proxy',
    ],
  },
  { label: '构建', pages: ['build/proxy', 'build/buildx', 'build/run-network'] },
  {
    label: '证书',
    pages: [
      'certs/x509',
      'certs/system',
      'certs/desktop',
      'certs/wsl2',
      'certs/images',
      'certs/private-registry',
      'certs/insecure-registries',
    ],
  },
  {
    label: 'Desktop 与 WSL2',
    pages: [
      'desktop/who-reads-what',
      'desktop/symptoms',
      'desktop/troubleshoot',
      'desktop/wsl2-network',
    ],
  },
  {
    label: '下载卡住',
    pages: ['download/stuck', 'download/concurrency', 'download/proxy-stability'],
  },
  {
    label: '报错速查',
    collapsed: true,
    pages: [
      'errors',
      'errors/dns',
      'errors/timeout',
      'errors/refused',
      'errors/interrupted',
      'errors/proxy-unreachable',
      'errors/proxy-auth',
      'errors/proxy-protocol',
      'errors/proxy-denied',
      'errors/tls-unknown-ca',
      'errors/tls-name',
      'errors/tls-time',
      'errors/tls-handshake',
      'errors/http-on-https',
      'errors/auth',
      'errors/rate-limit',
      'errors/mirror',
      'errors/not-found',
      'errors/platform',
      'errors/registry-server',
      'errors/daemon-config',
      'errors/daemon-down',
      'errors/disk',
      'errors/none',
    ],
  },
  { label: '关于', pages: ['privacy'] },
];

const exists = (page: string) =>
  existsSync(`content/docs/${page}.mdx`) || existsSync(`content/docs/${page}/index.mdx`);

const present = groups
  .map((group) => ({ ...group, pages: group.pages.filter(exists) }))
  .filter(({ pages }) => pages.length > 0);

/** The guide's order, which is also that of the links to the page before and after. */
export const sidebar: Sidebar = present.map(({ label, pages, collapsed = false }) => ({
  label,
  collapsed,
  items: pages.map((slug) => ({ slug })),
}));

/** Every page but the home page, by topic. */
export const pageGroups = present;

/** The guide's pages by topic, without the tools. */
export const guideGroups = pageGroups.filter(({ label }) => label !== '工具');
