import { parseEntry, splitGenerously } from './parse-list.ts';
import { toAscii } from './shared/idna.ts';

/** Something the rewritten list cannot do, and where. */
export interface Limit {
  /** Chinese: what is missing and in which clients. */
  readonly message: string;
  /** The entries of the rewritten list that it is about. */
  readonly entries: readonly string[];
}

export interface Portable {
  readonly entries: readonly string[];
  /** The entries joined by commas, nothing else. */
  readonly value: string;
  /** Chinese: what was changed, one sentence each. */
  readonly changes: readonly string[];
  readonly limits: readonly Limit[];
}

export interface PortableOptions {
  /** Add localhost, 127.0.0.1 and ::1 where they are missing. Default true. */
  loopback?: boolean;
}

/**
 * Rewrites a bypass list so that it does what was meant in every client that can do it: lower
 * case, commas alone, `name,.name` pairs, both spellings of IPv6, punycode, no ports, no `*.`.
 *
 * @param value - the list as set or pasted, in whatever form.
 */
export function makePortable(value: string, options: PortableOptions = {}): Portable {
  const out: string[] = [];
  const seen = new Set<string>();
  const changes = new Set<string>();
  const about = new Map<string, string[]>();
  const put = (entry: string) => {
    if (seen.has(entry)) return;
    seen.add(entry);
    out.push(entry);
  };
  const limit = (message: string, entry: string) => {
    const known = about.get(message);
    if (known) known.push(entry);
    else about.set(message, [entry]);
  };

  if (/^\s*\*\s*$/.test(value)) {
    limit(
      '`*` 在 wget、apt、npm、Ruby 里不起作用，BusyBox wget 不看列表；要关掉代理，删掉代理变量最可靠。',
      '*',
    );
    return { entries: ['*'], value: '*', changes: [...changes], limits: toLimits(about) };
  }
  const cut = splitGenerously(value);
  const asCut = new Set(cut);
  if (cut.join(',') !== value) changes.add('去掉空白、引号和空项，统一用半角逗号分隔。');

  for (const raw of cut) {
    const entry = parseEntry(raw);
    const { kind, marks } = entry;
    const host = marks.nonAscii ? (toAscii(entry.host) ?? entry.host) : entry.host;
    if (marks.nonAscii && host !== entry.host) changes.add('非 ASCII 域名改写成 punycode。');
    if (marks.upper) changes.add('统一改成小写（npm 区分大小写）。');
    if (marks.scheme || marks.path) changes.add('去掉协议和路径，只留主机名。');
    if (marks.trailingDot) changes.add('去掉末尾的点。');
    if (entry.port !== undefined && kind !== 'cidr4' && kind !== 'cidr6') {
      changes.add('去掉端口：curl、git、wget、apt、apk、npm 不认带端口的项。');
      limit('所有端口都会直连，没有一种写法能在全部客户端里只放行一个端口。', host);
    }
    switch (kind) {
      case 'name':
        put(host);
        if (!host.includes('.')) {
          // A single label has nothing below it that anybody means: localhost, db.
          break;
        }
        put(`.${host}`);
        if (!asCut.has(`.${raw}`)) {
          changes.add(
            '域名补上以点开头的一项：axios、Node 的 http、.NET 里不带点的项只匹配它自己。',
          );
        }
        limit('apt、apk 和旧版 requests 按字尾匹配，会连带放行以这个名字结尾的别的域名。', host);
        break;
      case 'star-name':
      case 'dot-name':
        put(`.${host}`);
        if (kind === 'star-name')
          changes.add('`*.` 改成以点开头：curl、git、wget、apt、apk、pip、npm、Ruby 不认 `*.`。');
        limit(
          '只管子域名；域名本身在 curl、Python、npm、undici 里也会直连，在 Go、wget、apt、apk、axios、Ruby 里不会。',
          `.${host}`,
        );
        break;
      case 'ipv4':
        put(host);
        limit('apt 和 apk 按字尾匹配地址：10.0.0.5 也会放行 110.0.0.5。', host);
        break;
      case 'ipv4-star': {
        const numbers = host.split('.').filter((part) => part !== '*');
        const subnet = `${[...numbers, 0, 0, 0].slice(0, 4).join('.')}/${numbers.length * 8}`;
        put(subnet);
        changes.add('地址里的 `*` 改成网段。');
        limit(CIDR_LIMIT, subnet);
        break;
      }
      case 'cidr4':
        put(`${host}/${entry.bits}`);
        if (entry.port !== undefined) changes.add('去掉网段后面的端口。');
        limit(CIDR_LIMIT, `${host}/${entry.bits}`);
        break;
      case 'ipv6':
        put(host);
        put(`[${host}]`);
        changes.add('IPv6 地址写两遍：带方括号的和不带的，各有一半客户端认。');
        limit('IPv6 地址在 Ruby 里没有可用的写法：它在冒号处切开一项。', host);
        break;
      case 'cidr6':
        put(`${host}/${entry.bits}`);
        limit('IPv6 网段只有 Go、curl 8.18 及以上、apk、axios 认。', `${host}/${entry.bits}`);
        break;
      case 'all':
        changes.add('去掉和别的项写在一起的 `*`：有的客户端当成全部直连，有的当它不存在。');
        limit('要全部直连，就删掉代理变量，或让 NO_PROXY 只有一个 `*`。', '*');
        break;
      case 'range':
        put(entry.text);
        limit('地址范围只有 Node 的 http、https 模块认，其余要写网段或逐个地址。', entry.text);
        break;
      case 'windows':
        changes.add('去掉 `<local>` 一类 Windows 写法：主机名要一个个写出来。');
        break;
      case 'other':
        changes.add(`去掉没有客户端认得的「${raw}」。`);
        break;
      default:
    }
  }
  if ((options.loopback ?? true) && out.length > 0) {
    const missing = ['localhost', '127.0.0.1'].filter((host) => !seen.has(host));
    if (missing.length > 0) {
      out.unshift(...missing);
      changes.add('补上 localhost、127.0.0.1：只有 Go 和 Ruby 会自动直连本机。');
    }
  }
  if (out.length > 0) {
    limit('BusyBox wget 不看任何绕过列表；Java 要另写 -Dhttp.nonProxyHosts。', '');
  }
  return { entries: out, value: out.join(','), changes: [...changes], limits: toLimits(about) };
}

const CIDR_LIMIT =
  '网段在 wget、apt、npm、urllib、undici、fetch()、Node 的 http、proxy-from-env 和 curl 7.85 及以下里不认，要逐个写地址；网段也管不到域名。';

function toLimits(about: Map<string, string[]>): Limit[] {
  return [...about].map(([message, entries]) => ({
    message,
    entries: [...new Set(entries.filter(Boolean))],
  }));
}

export interface NonProxyHosts {
  readonly value: string;
  /** Entries that Java has no form for. */
  readonly lost: readonly string[];
  /** Entries whose port was left out. */
  readonly portless: readonly string[];
}

/**
 * The value of Java's `-Dhttp.nonProxyHosts` for a list.
 *
 * @returns the value, and the entries that Java has no form for.
 */
export function toNonProxyHosts(value: string): NonProxyHosts {
  const out = new Set<string>();
  const lost: string[] = [];
  const portless: string[] = [];
  for (const raw of splitGenerously(value)) {
    const { kind, host, bits, port } = parseEntry(raw);
    const before = lost.length;
    if (kind === 'all') out.add('*');
    else if (kind === 'name') {
      out.add(host);
      if (host.includes('.')) out.add(`*.${host}`);
    } else if (kind === 'dot-name' || kind === 'star-name') out.add(`*.${host}`);
    else if (kind === 'ipv4') out.add(host);
    else if (kind === 'ipv6') out.add(`[${host}]`);
    else if (kind === 'ipv4-star')
      out.add(
        `${host
          .split('.')
          .filter((part) => part !== '*')
          .join('.')}.*`,
      );
    else if (kind === 'cidr4' && bits !== undefined && bits % 8 === 0 && bits > 0 && bits < 32) {
      out.add(
        `${host
          .split('.')
          .slice(0, bits / 8)
          .join('.')}.*`,
      );
    } else if (kind === 'cidr4' && bits === 32) out.add(host);
    else lost.push(raw);
    if (port !== undefined && lost.length === before) portless.push(raw);
  }
  return { value: [...out].join('|'), lost: [...new Set(lost)], portless: [...new Set(portless)] };
}
