import type { ClientId } from './types.ts';

export type ClientGroupId =
  | 'engine'
  | 'curl-git'
  | 'wget'
  | 'packages'
  | 'python'
  | 'node'
  | 'ruby'
  | 'java';

/** A recorded client, and what it stands for. */
export interface Client {
  readonly id: ClientId;
  /** Short name, as a column title. */
  readonly name: string;
  /** The version that was recorded. */
  readonly version: string;
  /** Chinese: the versions that behave the same. */
  readonly versions: string;
  /** Chinese: where a reader meets it. */
  readonly usedBy: string;
  readonly group: ClientGroupId;
  /** True for the one client of each kind that most readers mean. */
  readonly common: boolean;
}

export interface ClientGroup {
  readonly id: ClientGroupId;
  /** Chinese title. */
  readonly title: string;
  /** Chinese: what the reader runs. */
  readonly usedBy: string;
}

/** The groups in the order of the table. */
export const clientGroups: readonly ClientGroup[] = [
  {
    id: 'engine',
    title: 'Docker, Go',
    usedBy: 'docker pull、push、login，docker build 拉基础镜像，containerd、kubelet、go',
  },
  { id: 'curl-git', title: 'curl, git', usedBy: 'RUN curl、git clone，容器里的脚本' },
  { id: 'wget', title: 'wget', usedBy: 'RUN wget；Alpine 镜像自带的是 BusyBox wget' },
  { id: 'packages', title: 'apt, apk', usedBy: 'RUN apt-get, apk add' },
  { id: 'python', title: 'Python', usedBy: 'RUN pip install，Python 程序' },
  { id: 'node', title: 'Node.js', usedBy: 'RUN npm install，Node.js 程序' },
  { id: 'ruby', title: 'Ruby', usedBy: 'Ruby 程序' },
  { id: 'java', title: 'Java', usedBy: 'Maven、Gradle 与 Java 程序' },
];

/** Every recorded client, in the order of the groups. */
export const clients: readonly Client[] = [
  {
    id: 'go',
    name: 'Go / dockerd',
    version: 'Go 1.27.3',
    versions: 'Go 1.24.1 及以上，1.23.7 及以上的 1.23',
    usedBy: 'dockerd, BuildKit, containerd, docker CLI, kubelet',
    group: 'engine',
    common: true,
  },
  {
    id: 'go-1.24.0',
    name: 'Go ≤ 1.24.0',
    version: 'Go 1.19.8',
    versions: 'Go 1.24.0 及以下，1.23.6 及以下的 1.23',
    usedBy: '2025 年 3 月以前编译的 dockerd、containerd',
    group: 'engine',
    common: false,
  },
  {
    id: 'curl',
    name: 'curl',
    version: 'curl 8.23.0',
    versions: 'curl 8.18 及以上',
    usedBy: 'RUN curl（新发行版）、libcurl 程序',
    group: 'curl-git',
    common: true,
  },
  {
    id: 'curl-8.14',
    name: 'curl 8.9–8.17',
    version: 'curl 8.14.1',
    versions: 'curl 8.9 到 8.17（Debian 13）',
    usedBy: 'Debian 13 镜像里的 curl',
    group: 'curl-git',
    common: false,
  },
  {
    id: 'curl-7.88',
    name: 'curl 7.87–8.8',
    version: 'curl 7.88.1',
    versions: 'curl 7.87 到 8.8（Debian 12、Ubuntu 24.04）',
    usedBy: 'Debian 12、Ubuntu 24.04 镜像里的 curl',
    group: 'curl-git',
    common: true,
  },
  {
    id: 'curl-7.74',
    name: 'curl ≤ 7.85',
    version: 'curl 7.74.0',
    versions: 'curl 7.85 及以下（Debian 11、Ubuntu 22.04）',
    usedBy: 'Debian 11、Ubuntu 22.04 镜像里的 curl',
    group: 'curl-git',
    common: false,
  },
  {
    id: 'git',
    name: 'git',
    version: 'git 2.47.3',
    versions: 'git 2.30 到 2.55，列表按所带 libcurl 的版本匹配（这里是 8.14）',
    usedBy: 'git clone，BuildKit 的 git 构建上下文',
    group: 'curl-git',
    common: true,
  },
  {
    id: 'wget',
    name: 'GNU wget',
    version: 'GNU Wget 1.25.0',
    versions: 'GNU Wget 1.21 到 1.25',
    usedBy: 'Debian、Ubuntu 镜像里的 wget',
    group: 'wget',
    common: true,
  },
  {
    id: 'busybox-wget',
    name: 'BusyBox wget',
    version: 'BusyBox 1.37.0',
    versions: 'BusyBox 1.37 到 1.38',
    usedBy: 'Alpine、busybox 镜像里的 wget',
    group: 'wget',
    common: true,
  },
  {
    id: 'apt',
    name: 'apt',
    version: 'apt 3.0.4',
    versions: 'apt 2.2 到 3.3',
    usedBy: 'apt, apt-get',
    group: 'packages',
    common: true,
  },
  {
    id: 'apk',
    name: 'apk',
    version: 'apk-tools 3.0.6',
    versions: 'apk-tools 2.14 到 3.0（CIDR 自 2.12.1）',
    usedBy: 'Alpine 的 apk',
    group: 'packages',
    common: true,
  },
  {
    id: 'python-requests',
    name: 'requests',
    version: 'requests 2.34.2',
    versions: 'requests 2.34.0 及以上',
    usedBy: '用 requests 的 Python 程序',
    group: 'python',
    common: false,
  },
  {
    id: 'python-requests-2.33',
    name: 'pip',
    version: 'requests 2.32.3',
    versions: 'requests 2.33 及以下；pip 23、24 自带这一版',
    usedBy: 'pip install、旧版 requests',
    group: 'python',
    common: true,
  },
  {
    id: 'python-urllib',
    name: 'urllib',
    version: 'Python 3.13.5',
    versions: 'Python 3.11 到 3.14 的 urllib.request',
    usedBy: '只用标准库的 Python 程序',
    group: 'python',
    common: false,
  },
  {
    id: 'npm',
    name: 'npm',
    version: 'npm 11.19.1',
    versions: 'npm 11 (@npmcli/agent 4)',
    usedBy: 'npm install, npm ci',
    group: 'node',
    common: true,
  },
  {
    id: 'node-http',
    name: 'node http',
    version: 'Node.js 24.21.0',
    versions: 'Node.js 24.5 及以上，开了 NODE_USE_ENV_PROXY=1',
    usedBy: 'http、https 模块',
    group: 'node',
    common: false,
  },
  {
    id: 'node-fetch',
    name: 'node fetch',
    version: 'Node.js 24.21.0 (undici 7.29.1)',
    versions: 'Node.js 24、22.21 及以上，开了 NODE_USE_ENV_PROXY=1',
    usedBy: 'Node 自带的 fetch()',
    group: 'node',
    common: true,
  },
  {
    id: 'undici',
    name: 'undici',
    version: 'undici 8.12.4',
    versions: 'undici 8.12 (EnvHttpProxyAgent)',
    usedBy: '装了 undici 的程序',
    group: 'node',
    common: false,
  },
  {
    id: 'axios',
    name: 'axios',
    version: 'axios 1.21.1',
    versions: 'axios 1.19 及以上',
    usedBy: '用 axios 的程序',
    group: 'node',
    common: false,
  },
  {
    id: 'proxy-from-env',
    name: 'proxy-from-env 2',
    version: 'proxy-from-env 2.1.0',
    versions: 'proxy-from-env 2.x',
    usedBy: '许多 npm 包',
    group: 'node',
    common: false,
  },
  {
    id: 'proxy-from-env-1',
    name: 'proxy-from-env 1',
    version: 'proxy-from-env 1.1.0',
    versions: 'proxy-from-env 1.x，axios 1.14 及以下',
    usedBy: '旧版 axios 与许多 npm 包',
    group: 'node',
    common: false,
  },
  {
    id: 'ruby',
    name: 'Ruby URI',
    version: 'Ruby 3.3.8',
    versions: 'Ruby 3.1 到 3.3 的 URI#find_proxy',
    usedBy: 'open-uri, Faraday',
    group: 'ruby',
    common: true,
  },
  {
    id: 'ruby-net-http',
    name: 'Net::HTTP',
    version: 'Ruby 3.3.8',
    versions: 'Ruby 3.1 到 3.3 的 Net::HTTP',
    usedBy: '直接用 Net::HTTP 的程序',
    group: 'ruby',
    common: false,
  },
  {
    id: 'java',
    name: 'Java',
    version: 'Java 17.0.15',
    versions: 'Java 17（不读环境变量，只看 -Dhttp.nonProxyHosts）',
    usedBy: 'Maven、Gradle 与 Java 程序',
    group: 'java',
    common: true,
  },
];

const byId = new Map(clients.map((client) => [client.id, client]));

/** A client by its id. */
export function clientById(id: ClientId): Client {
  const client = byId.get(id);
  if (!client) throw new RangeError(`no client ${id}`);
  return client;
}
