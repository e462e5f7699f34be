/**
 * The error categories: ids, Chinese names and one-line explanations.
 *
 * Every category has a page `content/docs/errors/<id>.mdx`; the build fails if one of the two is missing.
 * Rules refer to a category by id, so this file is the only place where its name is written.
 */

/** Ids, in the order in which the index (报错速查) lists them: by the stage of a pull at which they happen. */
export const categoryIds = [
  'daemon-down',
  'daemon-config',
  'dns',
  'timeout',
  'refused',
  'interrupted',
  'proxy-unreachable',
  'proxy-auth',
  'proxy-protocol',
  'proxy-denied',
  'tls-unknown-ca',
  'tls-name',
  'tls-time',
  'tls-handshake',
  'http-on-https',
  'auth',
  'rate-limit',
  'mirror',
  'not-found',
  'platform',
  'registry-server',
  'disk',
  'none',
] as const;

export type CategoryId = (typeof categoryIds)[number];

/** Where a group of categories stands in the index. */
export type CategoryGroup = 'daemon' | 'network' | 'proxy' | 'tls' | 'registry' | 'local';

/** Chinese headings of the groups. */
export const categoryGroups: Readonly<Record<CategoryGroup, string>> = {
  daemon: '守护进程',
  network: '网络连通',
  proxy: '代理',
  tls: '证书与 TLS',
  registry: '仓库与镜像源',
  local: '本机与其他',
};

export interface Category {
  id: CategoryId;
  /** Chinese name, at most about ten characters. */
  name: string;
  /** One Chinese sentence: what the category means. */
  summary: string;
  group: CategoryGroup;
  /** A short typical message, as the programs print it; shown in the index. */
  example: string;
}

export const categories: Readonly<Record<CategoryId, Category>> = {
  'daemon-down': {
    id: 'daemon-down',
    name: '连不上 dockerd',
    summary: '客户端连不上守护进程：dockerd 没有运行，或客户端找错了 socket、命名管道或地址。',
    group: 'daemon',
    example: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
  },
  'daemon-config': {
    id: 'daemon-config',
    name: 'daemon.json 有误',
    summary: 'dockerd 的配置有语法错误、未知的键、冲突或无效的镜像源地址，守护进程因此不启动。',
    group: 'daemon',
    example: 'unable to configure the Docker daemon with file /etc/docker/daemon.json',
  },
  dns: {
    id: 'dns',
    name: '域名解析失败',
    summary: '域名没有解析出地址：域名不存在、DNS 服务器不回答，或者返回了错误的结果。',
    group: 'network',
    example: 'dial tcp: lookup registry-1.docker.io: no such host',
  },
  timeout: {
    id: 'timeout',
    name: '连接超时',
    summary: '建立连接、TLS 握手或等待回答时超过了时限，对方一直没有回应。',
    group: 'network',
    example: 'net/http: request canceled while waiting for connection (Client.Timeout exceeded)',
  },
  refused: {
    id: 'refused',
    name: '连接被拒绝或不可达',
    summary: '目标地址拒绝连接，或者没有通往它的路由。',
    group: 'network',
    example: 'dial tcp 203.0.113.7:443: connect: connection refused',
  },
  interrupted: {
    id: 'interrupted',
    name: '连接中断',
    summary: '连接建立之后被切断：EOF、连接重置，或者下载停滞、中途断开。',
    group: 'network',
    example: 'read: connection reset by peer · unexpected EOF',
  },
  'proxy-unreachable': {
    id: 'proxy-unreachable',
    name: '连不上代理',
    summary: '代理本身连不上：代理没有运行、端口不对，或者从 dockerd 或容器里到不了这个地址。',
    group: 'proxy',
    example: 'proxyconnect tcp: dial tcp 127.0.0.1:7890: connect: connection refused',
  },
  'proxy-auth': {
    id: 'proxy-auth',
    name: '代理要求认证（407）',
    summary: '代理要求用户名和密码，而请求里没有带，或者带得不对。',
    group: 'proxy',
    example: 'Proxy Authentication Required',
  },
  'proxy-protocol': {
    id: 'proxy-protocol',
    name: '代理协议或地址写错',
    summary: '代理地址的协议或写法不对，例如把 HTTP 代理写成了 https://。',
    group: 'proxy',
    example: 'proxyconnect tcp: tls: first record does not look like a TLS handshake',
  },
  'proxy-denied': {
    id: 'proxy-denied',
    name: '代理拒绝转发',
    summary: '代理收到了请求，但对 CONNECT 回答了 403、502、503 等，没有转发到目标。',
    group: 'proxy',
    example: 'Get "https://registry-1.docker.io/v2/": Forbidden',
  },
  'tls-unknown-ca': {
    id: 'tls-unknown-ca',
    name: '证书颁发者不受信任',
    summary: '对方证书的颁发者不在信任列表里，常见于公司代理解密 HTTPS 和自签证书的私有仓库。',
    group: 'tls',
    example: 'x509: certificate signed by unknown authority',
  },
  'tls-name': {
    id: 'tls-name',
    name: '证书名称不匹配',
    summary: '证书是发给别的名称的：域名不在 SAN 里、没有 IP SAN，或者只写了 Common Name。',
    group: 'tls',
    example: 'x509: certificate is valid for a.example.com, not b.example.com',
  },
  'tls-time': {
    id: 'tls-time',
    name: '证书过期或时钟不准',
    summary: '证书已过期或尚未生效，也可能是本机时钟不准。',
    group: 'tls',
    example: 'x509: certificate has expired or is not yet valid',
  },
  'tls-handshake': {
    id: 'tls-handshake',
    name: 'TLS 握手失败',
    summary: '其他 TLS 握手失败：协议版本或加密套件不合、对方发来 alert，或要求客户端证书。',
    group: 'tls',
    example: 'remote error: tls: handshake failure',
  },
  'http-on-https': {
    id: 'http-on-https',
    name: '仓库只提供 HTTP',
    summary: '客户端按 HTTPS 连接，而对方以明文 HTTP 回答。',
    group: 'tls',
    example: 'http: server gave HTTP response to HTTPS client',
  },
  auth: {
    id: 'auth',
    name: '未登录或无权限',
    summary: '仓库拒绝了身份：没有登录、密码或令牌不对、没有权限，或者凭据助手出错。',
    group: 'registry',
    example: 'unauthorized: authentication required · pull access denied',
  },
  'rate-limit': {
    id: 'rate-limit',
    name: '触发拉取限额（429）',
    summary: '仓库认为请求太多，拉取次数超过了限额。',
    group: 'registry',
    example: 'toomanyrequests: You have reached your unauthenticated pull rate limit',
  },
  mirror: {
    id: 'mirror',
    name: '镜像源的问题',
    summary: '问题出在镜像源：已停用、白名单、拒绝、限流，或者返回了过期的、错误的内容。',
    group: 'registry',
    example: 'unexpected status from HEAD request to https://…/v2/…?ns=docker.io: 403 Forbidden',
  },
  'not-found': {
    id: 'not-found',
    name: '镜像或标签不存在',
    summary: '仓库里没有这个名称或标签，多半是拼写、标签或仓库地址不对。',
    group: 'registry',
    example: 'manifest unknown: manifest unknown',
  },
  platform: {
    id: 'platform',
    name: '没有这个平台的镜像',
    summary: '镜像存在，但没有适合本机架构（如 linux/arm64）的版本。',
    group: 'registry',
    example: 'no matching manifest for linux/arm64/v8 in the manifest list entries',
  },
  'registry-server': {
    id: 'registry-server',
    name: '仓库服务器出错（5xx）',
    summary: '仓库自己回答了 500、502、503 等，问题在服务器一侧。',
    group: 'registry',
    example: 'received unexpected HTTP status: 503 Service Unavailable',
  },
  disk: {
    id: 'disk',
    name: '磁盘空间不足',
    summary: '磁盘或 inode 用完了，镜像写不进去。',
    group: 'local',
    example: 'no space left on device',
  },
  none: {
    id: 'none',
    name: '不是网络问题',
    summary: '这段日志里的错误与网络、代理、证书、镜像源无关，本站不覆盖。',
    group: 'local',
    example: 'exec format error · port is already allocated',
  },
};

/** Whether a text is the id of a category. */
export function isCategoryId(text: string): text is CategoryId {
  return Object.hasOwn(categories, text);
}

/** The categories in index order. */
export const categoryList: readonly Category[] = categoryIds.map((id) => categories[id]);
