import type { Goal, ProxyScope, Target } from '#core/config/index.ts';

export interface TargetLabel {
  name: string;
  hint: string;
}

/** The answers to 「Docker 跑在哪里」; the first four are what most people have. */
export const targetLabels: Readonly<Record<Target, TargetLabel>> = {
  linux: { name: 'Linux', hint: 'Docker Engine' },
  'desktop-windows': { name: 'Windows', hint: 'Docker Desktop' },
  'desktop-mac': { name: 'Mac', hint: 'Docker Desktop' },
  wsl2: { name: 'WSL2', hint: '发行版里自己装的 Engine' },
  'desktop-linux': { name: 'Linux 桌面版', hint: 'Docker Desktop' },
  rootless: { name: 'rootless 模式', hint: '以普通用户运行的 dockerd' },
  snap: { name: 'snap 版', hint: 'snap install docker 装的' },
  containerd: { name: 'containerd', hint: 'Kubernetes 节点，没有 Docker' },
  k3s: { name: 'k3s', hint: '自带 containerd' },
  rke2: { name: 'RKE2', hint: '自带 containerd' },
  podman: { name: 'Podman', hint: '也管 Buildah、Skopeo' },
  buildx: { name: 'buildx 构建器', hint: 'docker-container 驱动，不看 daemon.json' },
};

export const commonTargets: readonly Target[] = ['linux', 'desktop-windows', 'desktop-mac', 'wsl2'];

export const otherTargets: readonly Target[] = [
  'rootless',
  'snap',
  'desktop-linux',
  'containerd',
  'k3s',
  'rke2',
  'podman',
  'buildx',
];

export const goalLabels: Readonly<Record<Goal, { name: string; hint: string }>> = {
  slow: { name: '拉取慢', hint: '加镜像源' },
  proxy: { name: '要走代理', hint: '公司或本机的代理' },
  ca: { name: '证书报错', hint: 'x509、私有仓库' },
  stuck: { name: '下载卡住', hint: '大镜像下到一半不动' },
  custom: { name: '自己选', hint: '所有设置' },
};

export const scopeLabels: Readonly<Record<ProxyScope, { name: string; hint: string }>> = {
  daemon: { name: '拉取镜像', hint: 'dockerd 自己；docker pull 走它' },
  cli: { name: '新建的容器和构建', hint: '写进 ~/.docker/config.json' },
  build: { name: '一次 docker build', hint: 'RUN 里的 apt、pip、npm' },
  run: { name: '一次 docker run', hint: '只给这一个容器' },
};

/** Addresses that proxy programs listen on by default. */
export const proxyPresets: readonly { name: string; url: string }[] = [
  { name: '127.0.0.1:10808', url: 'http://127.0.0.1:10808' },
  { name: '127.0.0.1:7890', url: 'http://127.0.0.1:7890' },
  { name: '127.0.0.1:1080（SOCKS5）', url: 'socks5://127.0.0.1:1080' },
  { name: 'host.docker.internal:10808', url: 'http://host.docker.internal:10808' },
  { name: '公司代理', url: 'http://proxy.example.com:8080' },
];

/** Entries for the bypass list. */
export const bypassSuggestions: readonly { name: string; entries: readonly string[] }[] = [
  { name: '本机', entries: ['localhost', '127.0.0.1'] },
  { name: '内网网段', entries: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] },
  { name: 'Kubernetes', entries: ['.svc', '.cluster.local', '10.42.0.0/16', '10.43.0.0/16'] },
  { name: 'Desktop 内部', entries: ['*.docker.internal'] },
];

/** A page of the guide, with the site's base path. */
export function guide(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`;
}
