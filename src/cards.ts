/** The pictures that a shared link is shown with: one for each tool and each part of the guide. */
export interface Card {
  /** Small, above the title: what kind of page this is. */
  readonly kind: string;
  readonly title: string;
  readonly line: string;
}

/** By the path of the page or of the folder that it is for; `public/og/<name>.png`, with "-" for "/". */
export const cards: Readonly<Record<string, Card>> = {
  home: {
    kind: 'Docker 网络排障',
    title: 'Docker 连不上网？先看清卡在哪一层',
    line: '报错诊断 · 配置生成器 · NO_PROXY 测试器 · 镜像源检测 · 指南',
  },
  'tools/diagnose': {
    kind: '工具',
    title: '报错诊断',
    line: '粘贴 docker pull 的报错：哪一层、为什么、怎么修',
  },
  'tools/config': {
    kind: '工具',
    title: '配置生成器',
    line: 'daemon.json、代理、证书、镜像源：选几项，得到能用的文件',
  },
  'tools/noproxy': {
    kind: '工具',
    title: 'NO_PROXY 测试器',
    line: 'Docker、curl、apt、pip、npm 各走哪条路，由哪一项决定',
  },
  'tools/mirrors': {
    kind: '工具',
    title: '镜像源检测',
    line: '哪些有响应、快慢如何；再用脚本在主机上真实测试',
  },
  start: {
    kind: '指南',
    title: '从哪里查起',
    line: '你卡在哪一步 · 最小可用配置清单 · 三层网络谁读哪个设置',
  },
  mirror: {
    kind: '指南',
    title: '镜像加速',
    line: '推荐的 daemon.json · 国内镜像源现状 · 怎样确认生效',
  },
  proxy: {
    kind: '指南',
    title: '给 Docker 配代理',
    line: 'systemd · daemon.json · Docker Desktop · 容器 · NO_PROXY',
  },
  build: {
    kind: '指南',
    title: '构建网络',
    line: 'ARG 与 BuildKit · buildx · RUN 里的 apt、pip、npm、apk',
  },
  certs: {
    kind: '指南',
    title: '证书与 x509',
    line: '报错的根因 · 安装 CA 证书 · 私有仓库 · Desktop 与 WSL2',
  },
  desktop: {
    kind: '指南',
    title: 'Desktop 与 WSL2',
    line: '谁读哪份配置 · 两个方向的症状 · 排障顺序 · WSL2 网络',
  },
  download: {
    kind: '指南',
    title: '下载卡住',
    line: '卡住与 EOF · 限制并发下载数 · 代理稳定性与节点',
  },
  errors: {
    kind: '指南',
    title: '报错速查',
    line: 'i/o timeout · proxyconnect · x509 · EOF · toomanyrequests',
  },
  privacy: {
    kind: '关于',
    title: '隐私',
    line: '工具只在你的浏览器里运行，粘贴的内容不会离开你的电脑',
  },
};

/** The name of a page's card: its own, its folder's, or the home page's. */
export function cardName(page: string): string {
  const folder = page.split('/')[0] ?? '';
  return [page, folder].find((name) => name in cards) ?? 'home';
}

/** Where a card lies below the site's root. */
export function cardPath(name: string): string {
  return `og/${name.replaceAll('/', '-')}.png`;
}

/** What a card's file says of itself, in a text chunk: by it a test knows a card that was not drawn anew. */
export function cardText({ kind, title, line }: Card): string {
  return [kind, title, line].join('\n');
}
