import { clientById } from './clients.ts';
import { compile } from './decide.ts';
import { parseEntry, splitGenerously } from './parse-list.ts';
import { toAscii } from './shared/idna.ts';
import {
  formatIPv6,
  parseIPv4,
  parseIPv6,
  samePrefix4,
  samePrefix6,
  unmapIPv4,
} from './shared/ip.ts';
import { parseUrl } from './shared/url.ts';
import type { ClientId, DecideOptions, Decision, ProxyEnv } from './types.ts';

/** Chinese: why a decision is as it is, in one or two sentences. */
export function explainDecision(client: ClientId, decision: Decision): string {
  const name = clientById(client).name;
  const { reason, variable, entry } = decision;
  const list = reason.listVariable ?? 'NO_PROXY';
  switch (reason.code) {
    case 'entry':
      if (client === 'java' && !reason.listVariable) {
        return `Java 自带的默认列表里有「${entry}」，所以直连。`;
      }
      if (entry === '') {
        return `${list} 里有一个空项（多了一个逗号），${name} 让空项匹配所有以点结尾的主机名，「${reason.host}」也在内，所以直连。`;
      }
      return `${list} 里的「${entry}」匹配上了「${reason.host}」，所以直连。`;
    case 'loopback':
      return `「${reason.host}」是本机地址，${name} 从不把本机的请求发给代理，不看列表。`;
    case 'no-proxy-set':
      return client === 'java'
        ? 'Java 没有设置代理（-Dhttp.proxyHost），所以直连。'
        : `${name} 读的变量里没有一个给这种 URL 设了代理，所以直连。`;
    case 'empty-variable':
      return `${variable} 是空的，${name} 把空值当成“不用代理”，不再看别的变量。`;
    case 'proxy-value-ignored':
      return `${variable} 的写法 ${name} 不认，它不报错，悄悄直连。`;
    case 'proxy-value-refused':
      return `${variable} 的值 ${name} 不接受，请求失败：${faultWords(reason.detail ?? '')}。`;
    case 'url-refused':
      return `${name} 不接受这个 URL：${faultWords(reason.detail ?? '')}。`;
    case 'no-host':
      return `${name} 在这个 URL 里读不出主机名，于是直连。`;
    case 'own-dns':
      return `${name} 遇到 socks5:// 和 socks4:// 先自己解析「${reason.host}」，解析不了就不去连 ${variable} 里的代理；socks5h:// 才由代理解析。`;
    case 'cgi':
      return '设了 REQUEST_METHOD，像是在 CGI 里：Go 拒绝使用 HTTP_PROXY 并报错。';
    default:
      if (client === 'busybox-wget')
        return `BusyBox wget 不看任何绕过列表，用的代理来自 ${variable}。`;
      if (client === 'java') return '-Dhttp.nonProxyHosts 里没有匹配的项，走代理。';
      return reason.listVariable
        ? `${list} 里没有一项匹配「${reason.host}」，用的代理来自 ${variable}。`
        : `没有 ${name} 认的绕过列表，用的代理来自 ${variable}。`;
  }
}

/** What a client finds wrong, by the words of its message; the first that fits. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/host or port|address or port/i, '主机名或端口写得不对'],
  [/\bport\b/i, '端口写得不对'],
  [/support paths|path is present/i, '代理地址后面带了路径'],
  [
    /scheme|protocol|url type|not an? http|must be http|connection adapters/i,
    '协议不对，或者没有写协议',
  ],
  [/IPv6|IP-literal|IPvFuture/i, 'IPv6 地址写得不对'],
  [/ascii only/i, '里面有非 ASCII 字符'],
  [/international|IDNA|NFKC/i, '主机名里的非 ASCII 字符转换不成 punycode'],
  [/not Latin-1/i, '用户名或密码里有它写不进请求头的字符'],
  [/without a password/i, '只有用户名，没有密码'],
  [/escape|URI malformed/i, '`%` 后面不是能解码的两位十六进制数'],
  [/control character|line break|newline/i, '里面有控制字符或换行'],
  [/\buser|userinfo|credentials/i, '它不接受这样写的用户名和密码'],
  [/\bno host|has no host|expected authority/i, '没有主机名'],
  [/too long/i, '主机名太长'],
  [/host|label|authority/i, '主机名里有不允许的字符'],
  [/character/i, '里面有不允许的字符'],
  [/slashes/i, '斜杠太多'],
  [/variable/i, '里面有没定义的变量'],
];

function faultWords(detail: string): string {
  const known = FAULTS.find(([words]) => words.test(detail))?.[1] ?? '不合 URL 的写法';
  return `${known}（${detail}）`;
}

/** An entry that looks as if it should cover a host, and why it doesn't in one client. */
export interface NearMiss {
  readonly entry: string;
  /** Chinese. */
  readonly why: string;
}

const PROXY = 'http://proxy.invalid:3128';

/** An environment in which nothing but the list decides. */
export function probeEnvironment(client: ClientId, list: string): ProxyEnv {
  if (client === 'java') return { 'http.nonProxyHosts': list };
  return {
    no_proxy: list,
    NO_PROXY: list,
    http_proxy: PROXY,
    HTTP_PROXY: PROXY,
    https_proxy: PROXY,
    HTTPS_PROXY: PROXY,
  };
}

/** True where this list alone makes the client go direct. */
export function covers(
  client: ClientId,
  list: string,
  url: string,
  options: DecideOptions = {},
): boolean {
  const { route, reason } = compile(client, probeEnvironment(client, list), options)(url);
  return route === 'direct' && reason.code === 'entry';
}

/** What a client can be told instead, in the order in which it is tried, and why that helps. */
interface Repair {
  /** The entry written otherwise; nothing where it doesn't apply. */
  rewrite(entry: string): string | undefined;
  why: string;
}

const REPAIRS: readonly Repair[] = [
  {
    rewrite: (entry) => changed(entry, entry.trim()),
    why: '项的前后有空白，这个客户端不去掉空白。',
  },
  {
    rewrite: (entry) => changed(entry, entry.replace(/["'“”‘’]/g, '')),
    why: '引号成了值的一部分。',
  },
  {
    rewrite: (entry) =>
      changed(
        entry,
        entry
          .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
          .replace(/^\/\//, '')
          .replace(/\/$/, ''),
      ),
    why: '项里带了协议或路径，这里只认主机名。',
  },
  {
    rewrite: (entry) => (entry.startsWith('*.') ? entry.slice(1) : undefined),
    why: '这个客户端不认 `*.`，把星号当成普通字符；写成以点开头。',
  },
  {
    rewrite: (entry) => (/^\*?\./.test(entry) ? entry.replace(/^\*?\.+/, '') : undefined),
    why: '以点开头的项在这里只管子域名，不管域名本身。',
  },
  {
    rewrite: (entry) => changed(entry, entry.toLowerCase()),
    why: '这个客户端区分项的大小写。',
  },
  {
    rewrite: (entry) =>
      entry.length > 1 && entry.endsWith('.') ? entry.replace(/\.+$/, '') : undefined,
    why: '项末尾的点在这里不会被忽略。',
  },
  {
    rewrite: (entry) => (/^\[.*\]$/.test(entry) ? entry.slice(1, -1) : undefined),
    why: '这里的 IPv6 地址不能带方括号。',
  },
  {
    rewrite: (entry) => {
      const groups = parseIPv6(entry);
      return groups && `[${formatIPv6(groups)}]`;
    },
    why: '这里的 IPv6 地址要带方括号。',
  },
  {
    rewrite: (entry) => {
      const { kind, host, bits } = parseEntry(entry);
      const groups = kind === 'ipv6' || kind === 'cidr6' ? parseIPv6(host) : undefined;
      return groups && changed(entry, formatIPv6(groups) + (bits === undefined ? '' : `/${bits}`));
    },
    why: 'IPv6 地址的写法和 URL 里的不同，这个客户端按文字比较，或者读不下这么长的写法；写成最短的小写形式。',
  },
  {
    rewrite: (entry) => {
      const { kind, host, port, marks } = parseEntry(entry);
      if (port === undefined || kind === 'cidr4' || kind === 'cidr6') return undefined;
      if (kind === 'dot-name') return `.${host}`;
      return marks.brackets && kind === 'ipv6' ? `[${host}]` : host;
    },
    why: '项里带了端口：这个客户端不认带端口的项，或者端口对不上（有的只认 URL 里写出来的端口）。',
  },
  {
    rewrite: (entry) => {
      const { kind, host, marks } = parseEntry(entry);
      if (!marks.nonAscii) return undefined;
      const ascii = toAscii(host);
      return ascii === undefined ? undefined : `${kind === 'dot-name' ? '.' : ''}${ascii}`;
    },
    why: '这个客户端不把项转成 punycode，要直接写 punycode。',
  },
];

function changed(before: string, after: string): string | undefined {
  return after === before || after === '' ? undefined : after;
}

/**
 * Looks through a list for entries that seem meant for a host but don't cover it in one client,
 * and says why, by trying the entry in other spellings on that client's own rules.
 *
 * @param value - the list as set.
 * @returns at most `limit` entries with a reason each.
 */
export function nearMisses(
  client: ClientId,
  value: string,
  url: string,
  options: DecideOptions & { limit?: number } = {},
): NearMiss[] {
  const host = hostOf(url);
  if (host === undefined || value === '') return [];
  const misses: NearMiss[] = [];
  const limit = options.limit ?? 6;
  for (const raw of value.split(',')) {
    if (misses.length >= limit) break;
    for (const piece of splitGenerously(raw)) {
      if (!seemsMeant(piece, host)) continue;
      if (covers(client, piece, url, options)) {
        if (covers(client, raw, url, options) && covers(client, value, url, options)) continue;
        misses.push({ entry: raw.trim() || raw, why: separatorReason(client, raw, value) });
        continue;
      }
      const why = whyNot(client, piece, url, host, options);
      if (why) misses.push({ entry: piece, why });
    }
  }
  return misses.slice(0, limit);
}

const STAR_ALONE = '`*` 在这里不起作用：不认，或只有整个值就是一个 `*` 时才认。';

function separatorReason(client: ClientId, raw: string, value: string): string {
  if (raw.trim() === '*') return STAR_ALONE;
  if (client === 'java' && value.includes(','))
    return 'Java 的各项之间用 `|` 隔开，逗号不是分隔符。';
  if (/[，、；;|]/.test(raw)) return '分隔符不是半角逗号，整段被当成了一项。';
  if (/\S\s+\S/.test(raw)) {
    return client === 'curl' || client === 'curl-8.14' || client === 'git'
      ? '空格不是分隔符：curl 8.9 及以上读到空格后面不是逗号，就丢弃剩下的列表。'
      : '空格在这里不是分隔符，整段被当成了一项。';
  }
  if (/\s/.test(raw)) return '项的前后有空白，这个客户端不去掉空白。';
  return '列表里靠前的部分让它读不到这一项（例如空格后的内容被丢弃）。';
}

function whyNot(
  client: ClientId,
  entry: string,
  url: string,
  host: string,
  options: DecideOptions,
): string | undefined {
  if (client === 'busybox-wget') return 'BusyBox wget 不看任何绕过列表。';
  if (client === 'java' && /[/]/.test(entry)) return 'Java 不认网段，可写成 `10.*`。';
  // A dot at the end of the URL's host: nothing is wrong with an entry that covers it without.
  const undotted = url.replace(/^(https?:\/\/[^/?#]*[^.:/?#])\.(?=[:/?#]|$)/i, '$1');
  if (undotted !== url && covers(client, entry, undotted, options)) return TRAILING_DOT;
  for (const { rewrite, why } of REPAIRS) {
    const other = rewrite(entry);
    if (other !== undefined && covers(client, other, url, options)) return why;
  }
  const { kind, bits, host: name } = parseEntry(entry);
  if (kind === 'cidr4' || kind === 'cidr6') {
    const most = kind === 'cidr4' ? 32 : 128;
    if ((bits ?? 0) > most) return `前缀长度最大是 ${most}，没有客户端认这个网段。`;
    if (client === 'apk' && kind === 'cidr6')
      return 'apk 只读得下 32 个字符的地址，项里或 URL 里的超过了；用 `::` 写短。';
    if (bits === 0) return '/0 在这个客户端里不表示全部地址。';
    return kind === 'cidr6' ? '这个客户端不认 IPv6 网段。' : '这个客户端不认网段写法。';
  }
  if (kind === 'all') return STAR_ALONE;
  if (kind === 'ipv4-star') return '地址里的 `*` 没有客户端认，写成网段。';
  if (kind === 'range') return '地址范围只有 Node 的 http、https 模块认。';
  if (kind === 'ipv4' && !url.includes(name))
    return `URL 里的地址写法不同：这个客户端不把它换算成 ${name}，只比较文字。`;
  const below = host.endsWith(`.${toAscii(name) ?? name}`);
  if (client === 'java' && below && (kind === 'name' || kind === 'dot-name'))
    return `Java 里不带 \`*\` 的项只匹配它自己；子域名要写成 \`*.${name}\`。`;
  if (kind === 'name' && below)
    return '这个客户端里不带点的项只匹配它自己，不管子域名；再写一项以点开头的。';
  return host.endsWith('.') ? TRAILING_DOT : undefined;
}

const TRAILING_DOT = 'URL 的主机名末尾有一个点，这个客户端不忽略它。';

/** True where a person would say that the entry is about this host. */
function seemsMeant(raw: string, host: string): boolean {
  const { kind, host: name, bits } = parseEntry(raw);
  const plain = host.replace(/\.$/, '');
  const v4 = parseIPv4(plain);
  switch (kind) {
    case 'all':
      return true;
    case 'name':
    case 'dot-name':
    case 'star-name': {
      const ascii = toAscii(name) ?? name;
      return plain === ascii || plain.endsWith(`.${ascii}`);
    }
    case 'ipv4':
      return plain === name;
    case 'ipv6': {
      const wanted = parseIPv6(name.replace(/%.*$/, ''));
      const is = parseIPv6(plain.replace(/%.*$/, ''));
      return Boolean(wanted && is && samePrefix6(wanted, is, 128));
    }
    case 'cidr4': {
      const mapped = parseIPv6(plain);
      const address = v4 >= 0 ? v4 : mapped ? unmapIPv4(mapped) : -1;
      return address >= 0 && samePrefix4(parseIPv4(name), address, bits ?? 0);
    }
    case 'cidr6': {
      const network = parseIPv6(name);
      const is = parseIPv6(plain);
      return Boolean(network && is && samePrefix6(network, is, bits ?? 0));
    }
    case 'ipv4-star':
      return v4 >= 0 && plain.startsWith(`${name.split('*')[0]}`);
    case 'range': {
      const [from = '', to = ''] = name.split('-');
      return v4 >= parseIPv4(from) && v4 <= parseIPv4(to);
    }
    default:
      return false;
  }
}

function hostOf(url: string): string | undefined {
  return parseUrl(url)?.hostname.replace(/^\[|\]$/g, '');
}
