import { type Entry, parseEntry } from './parse-list.ts';
import { toAscii } from './shared/idna.ts';
import { formatIPv4, parseIPv4, parseIPv6, prefixKey6, samePrefix4 } from './shared/ip.ts';
import { mixesScripts } from './shared/text.ts';
import type { ProxyEnv } from './types.ts';

/** Whatever people part entries with; a value that holds one of them may hold others. */
const SEPARATORS = /[，、;；|\s]+/;

export type LintCode =
  | 'empty'
  | 'space'
  | 'fullwidth-comma'
  | 'separator'
  | 'quote'
  | 'scheme'
  | 'path'
  | 'bad-port'
  | 'port'
  | 'star-name'
  | 'star-ip'
  | 'star-inside'
  | 'star-among'
  | 'star-alone'
  | 'windows'
  | 'trailing-dot'
  | 'brackets'
  | 'ipv6'
  | 'cidr'
  | 'cidr-all'
  | 'cidr-bits'
  | 'cidr-port'
  | 'range'
  | 'upper'
  | 'idn'
  | 'plain-suffix'
  | 'not-understood'
  | 'duplicate'
  | 'shadowed'
  | 'missing-localhost'
  | 'missing-host-docker-internal'
  | 'case-conflict'
  | 'upper-only'
  | 'lower-only'
  | 'proxy-value'
  | 'part-of-ip'
  | 'mixed-script';

export interface Lint {
  readonly code: LintCode;
  /** `error`: the entry does nothing or not what was meant; `warning`: in some clients; `info`. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Position in the list, -1 for the list as a whole. */
  readonly index: number;
  readonly entry: string;
  /** Chinese: what is wrong and where. */
  readonly message: string;
  /** Entries to put in place of this one (for the list as a whole: to add at the end). */
  readonly fix?: readonly string[];
}

/**
 * Checks a bypass list entry by entry.
 *
 * @param entries - the list cut at its commas; white space around an entry is kept and found.
 * @param options.container - the list is meant for containers and builds, where
 *   host.docker.internal matters.
 * @returns findings in the order of the entries, those about the whole list last.
 */
export function lintNoProxy(
  entries: readonly string[],
  options: { container?: boolean } = {},
): Lint[] {
  const parsed = entries.map(parseEntry);
  const lints: Lint[] = [];
  const seen = new Map<string, number>();
  const cover = new Cover(parsed);
  parsed.forEach((entry, index) => {
    lintEntry(entry, index, parsed.length, lints);
    const key = `${entry.kind} ${entry.host} ${entry.bits ?? ''} ${entry.port ?? ''}`;
    const first = seen.get(key);
    if (entry.kind === 'empty') return;
    if (first !== undefined) {
      lints.push({
        code: 'duplicate',
        severity: 'info',
        index,
        entry: entry.raw,
        message: `与第 ${first + 1} 项「${entries[first]?.trim()}」重复，可以删掉。`,
        fix: [],
      });
      return;
    }
    seen.set(key, index);
    const wider = cover.widerThan(entry, index);
    if (wider >= 0) {
      lints.push({
        code: 'shadowed',
        severity: 'info',
        index,
        entry: entry.raw,
        message: `第 ${wider + 1} 项「${entries[wider]?.trim()}」范围更大，多数客户端里这一项不起作用。`,
      });
    }
  });
  const missing = missingEntries(parsed, options.container ?? false);
  lints.push(...missing);
  return lints;
}

function lintEntry(entry: Entry, index: number, count: number, lints: Lint[]): void {
  const { marks, kind, host, raw } = entry;
  const add = (
    code: LintCode,
    severity: Lint['severity'],
    message: string,
    fix?: readonly string[],
  ) => lints.push({ code, severity, index, entry: raw, message, fix });
  const port = entry.port === undefined ? '' : `:${entry.port}`;

  if (kind === 'empty') {
    if (count > 1)
      add('empty', 'info', '这里是空的：多了一个逗号。GNU wget 会因此绕过所有以点结尾的主机。', []);
    return;
  }
  if (/[，、]/.test(raw)) {
    const parts = raw.split(SEPARATORS).filter(Boolean);
    add(
      'fullwidth-comma',
      'error',
      '用了全角逗号或顿号，没有客户端认它，整段会被当成一项。',
      parts,
    );
    return;
  }
  if (/[;；|]/.test(raw)) {
    const parts = raw.split(SEPARATORS).filter(Boolean);
    add('separator', 'error', '分号和竖线不是分隔符，整段会被当成一项；用半角逗号分开。', parts);
    return;
  }
  if (/\S\s+\S/.test(raw) && kind !== 'range') {
    const parts = raw.trim().split(/\s+/);
    add(
      'space',
      'error',
      '用空格分隔：Go、apt、wget、npm 把整段当成一项，curl 8.9 及以上读到这里就停，后面的全部丢弃。',
      parts,
    );
    return;
  }
  if (marks.space) {
    add(
      'space',
      'warning',
      '前后有空白：apt 不去掉空白，这一项在 apt 里失效；写在逗号前面的空格还会让 wget 失效。',
      [raw.trim()],
    );
  }
  if (marks.quote) {
    add('quote', 'error', '引号成了值的一部分，这一项在所有客户端里都匹配不上。', [entry.text]);
  }
  if (marks.scheme) {
    add('scheme', 'error', '带了协议前缀，没有客户端认；只写主机名。', [`${entry.text}`]);
  } else if (marks.path) {
    add('path', 'error', '带了路径或斜杠，没有客户端认；只写主机名。', [entry.text]);
  }
  if (marks.badPort) {
    add('bad-port', 'error', '冒号后面不是 0 到 65535 的端口号，匹配不上任何请求。', [host]);
  }
  switch (kind) {
    case 'all':
      if (count > 1) {
        add(
          'star-among',
          'warning',
          '`*` 和别的项写在一起：Go、axios、undici、Node 的 http 会全部直连，curl、Python、fetch()、apk 却当它不存在。',
        );
      } else {
        add(
          'star-alone',
          'warning',
          '单独的 `*` 在多数客户端里表示全部直连，但 wget、apt、npm、Ruby 不认；要关掉代理，不如删掉代理变量。',
        );
      }
      break;
    case 'star-name':
      add(
        'star-name',
        'warning',
        '`*.` 只有 Go 和部分 Node.js 客户端认，curl、git、wget、apt、apk、pip、npm、Ruby 都不认；写成以点开头。',
        [`.${host}${port}`],
      );
      break;
    case 'ipv4-star': {
      const numbers = host.split('.').filter((part) => part !== '*');
      const address = [...numbers, 0, 0, 0].slice(0, 4).join('.');
      add('star-ip', 'error', '地址里的 `*` 没有客户端认；用网段写法。', [
        `${address}/${numbers.length * 8}`,
      ]);
      break;
    }
    case 'name':
      if (/^\d{1,3}(?:\.\d{1,3}){1,2}$/.test(host)) {
        const numbers = host.split('.').map(Number);
        add(
          'part-of-ip',
          'error',
          '只写了地址的前几段，没有客户端把它当网段；wget、apt、apk 反而拿它去比地址的结尾。用网段写法。',
          numbers.every((number) => number < 256)
            ? [`${[...numbers, 0, 0].slice(0, 4).join('.')}/${numbers.length * 8}`]
            : undefined,
        );
      }
      break;
    case 'windows':
      add(
        'windows',
        'error',
        'Windows 的写法，这里没有客户端认；主机名要一个个写出来。',
        host === '<local>' ? ['localhost', '127.0.0.1'] : [],
      );
      break;
    case 'range':
      add(
        'range',
        'warning',
        '地址范围只有 Node 的 http、https 模块认；网段写成 CIDR，其余逐个写。',
      );
      break;
    case 'cidr4':
    case 'cidr6':
      lintCidr(entry, add);
      break;
    case 'ipv6':
      add(
        'ipv6',
        'info',
        marks.brackets
          ? '带方括号的 IPv6 只有 urllib、npm、fetch()、undici、axios 等认；Go、curl、wget、requests 要不带括号的，两种都写才全。'
          : '不带方括号的 IPv6 在 urllib、npm、fetch() 里不认，两种都写才全；Ruby 会在冒号处切开，`::1` 变成「1」，所有以 .1 结尾的地址都会直连。',
        [host, `[${host}]`],
      );
      break;
    case 'other':
      if (/[*?]/.test(host)) {
        add(
          'star-inside',
          'error',
          '通配符只能放在最前面（`*.名字`），别处没有客户端认；正则也不认。',
        );
      } else {
        add('not-understood', 'error', '没有客户端认得这种写法。');
      }
      break;
    default:
  }
  if (entry.port !== undefined && kind !== 'cidr4' && kind !== 'cidr6') {
    add(
      'port',
      'warning',
      '带端口的项在 curl、git、wget、apt、apk、npm 里失效；Python 只认 URL 里写出来的端口。不需要区分端口就去掉它。',
      [stripPort(entry)],
    );
  }
  if (marks.trailingDot) {
    add(
      'trailing-dot',
      'warning',
      '末尾的点只有 curl 7.87 及以上、undici、npm 会忽略，别的客户端匹配不上。',
      [`${prefixOf(kind)}${host}${port}`],
    );
  }
  if (marks.upper) {
    add(
      'upper',
      'warning',
      'npm 和 requests 的第一道匹配区分大小写，大写的项匹配不上；统一用小写。',
      [entry.text.toLowerCase()],
    );
  }
  if (mixesScripts(host)) {
    add(
      'mixed-script',
      'error',
      '同一段名字里混着拉丁字母和西里尔或希腊字母，看起来一样，其实是另一个域名；重新手打一遍。',
    );
  }
  if (marks.nonAscii && kind !== 'other') {
    const ascii = toAscii(host);
    add(
      'idn',
      'warning',
      '非 ASCII 的域名只有 Go 和 axios 会转成 punycode，其余要写 punycode。',
      ascii ? [`${prefixOf(kind)}${ascii}${port}`] : undefined,
    );
  }
}

function prefixOf(kind: Entry['kind']): string {
  return kind === 'dot-name' ? '.' : kind === 'star-name' ? '*.' : '';
}

function stripPort(entry: Entry): string {
  return `${prefixOf(entry.kind)}${entry.host}`;
}

function lintCidr(
  entry: Entry,
  add: (
    code: LintCode,
    severity: Lint['severity'],
    message: string,
    fix?: readonly string[],
  ) => void,
): void {
  const { kind, host, port } = entry;
  const bits = entry.bits ?? 0;
  const width = kind === 'cidr4' ? 32 : 128;
  if (bits > width) {
    add('cidr-bits', 'error', `前缀长度最大是 ${width}，这一项匹配不上任何地址。`);
    return;
  }
  if (port !== undefined) {
    add('cidr-port', 'error', '网段不能带端口：Go、curl 8.18 及以上、requests 会整项失效。', [
      `${host}/${bits}`,
    ]);
  }
  if (bits === 0) {
    add(
      'cidr-all',
      'warning',
      '/0 在 Go、axios、Ruby 里表示全部地址，在 curl 里只表示这一个地址，requests 和 apk 不认。',
    );
  }
  const mask = kind === 'cidr4' && bits > 0 && bits < 32 ? (-1 << (32 - bits)) >>> 0 : undefined;
  const address = kind === 'cidr4' ? parseIPv4(host) : -1;
  if (mask !== undefined && address >= 0 && (address & mask) >>> 0 !== address) {
    const base = formatIPv4((address & mask) >>> 0);
    add('cidr-bits', 'info', `主机位不为零，实际网段是 ${base}/${bits}。`, [`${base}/${bits}`]);
  }
  add(
    'cidr',
    'info',
    kind === 'cidr4'
      ? '网段在 wget、apt、npm、urllib、fetch()、undici、Node 的 http 和 curl 7.85 及以下里不认；而且只管写成 IP 的地址，管不到域名（Ruby 例外）。'
      : 'IPv6 网段只有 Go、curl 8.18 及以上、apk、axios 认。',
  );
}

/** Finds, among the other entries, one that already covers an entry. */
class Cover {
  readonly #domains = new Map<string, number>();
  readonly #subnets: { index: number; bits: number; v4: number; key6: string | undefined }[] = [];
  readonly #all: number;

  constructor(entries: readonly Entry[]) {
    this.#all = entries.length === 1 ? -1 : entries.findIndex((entry) => entry.kind === 'all');
    entries.forEach((entry, index) => {
      if (entry.port !== undefined) return;
      if (entry.kind === 'name' && !this.#domains.has(entry.host)) {
        this.#domains.set(entry.host, index);
      }
      const bits = entry.bits ?? 0;
      if (entry.kind === 'cidr4' && bits > 0 && bits < 32) {
        this.#subnets.push({ index, bits, v4: parseIPv4(entry.host), key6: undefined });
      }
      const v6 =
        entry.kind === 'cidr6' && bits > 0 && bits < 128 ? parseIPv6(entry.host) : undefined;
      if (v6) this.#subnets.push({ index, bits, v4: -1, key6: prefixKey6(v6, bits) });
    });
    this.#subnets.sort((a, b) => a.bits - b.bits);
  }

  /** Position of the wider entry, or -1. */
  widerThan(entry: Entry, self: number): number {
    if (this.#all >= 0 && this.#all !== self) return -1;
    if (entry.kind === 'name' || entry.kind === 'dot-name' || entry.kind === 'star-name') {
      // `.corp.example` next to `corp.example` is the portable pair, not a mistake.
      let dot = entry.host.indexOf('.');
      if (entry.kind === 'name' && entry.port !== undefined) {
        const same = this.#domains.get(entry.host);
        if (same !== undefined && same !== self) return same;
      }
      for (; dot >= 0; dot = entry.host.indexOf('.', dot + 1)) {
        const wider = this.#domains.get(entry.host.slice(dot + 1));
        if (wider !== undefined && wider !== self) return wider;
      }
      return -1;
    }
    const bits = entry.bits ?? (entry.kind === 'ipv4' ? 32 : 128);
    if (entry.kind === 'ipv4' || entry.kind === 'cidr4') {
      const address = parseIPv4(entry.host);
      for (const subnet of this.#subnets) {
        if (subnet.bits >= bits) break;
        if (subnet.index === self || subnet.v4 < 0) continue;
        if (samePrefix4(subnet.v4, address, subnet.bits)) {
          // A single address still helps the clients that know no CIDR.
          return entry.kind === 'cidr4' ? subnet.index : -1;
        }
      }
    }
    const v6 = entry.kind === 'cidr6' ? parseIPv6(entry.host) : undefined;
    if (v6) {
      for (const subnet of this.#subnets) {
        if (subnet.bits >= bits) break;
        if (subnet.index !== self && subnet.key6 === prefixKey6(v6, subnet.bits))
          return subnet.index;
      }
    }
    return -1;
  }
}

function missingEntries(entries: readonly Entry[], container: boolean): Lint[] {
  if (entries.every((entry) => entry.kind === 'empty' || entry.kind === 'all')) return [];
  const lints: Lint[] = [];
  const has = (host: string) => entries.some((entry) => entry.host === host);
  const loopback = ['localhost', '127.0.0.1'].filter(
    (host) => !has(host) && !(host === '127.0.0.1' && has('127.0.0.0')),
  );
  if (loopback.length > 0) {
    lints.push({
      code: 'missing-localhost',
      severity: 'warning',
      index: -1,
      entry: '',
      message: `没有 ${loopback.join('、')}：只有 Go 和 Ruby 会自动直连本机，容器里的 curl、pip、npm 会把访问本机的请求发给代理。`,
      fix: loopback,
    });
  }
  if (container && !has('host.docker.internal')) {
    lints.push({
      code: 'missing-host-docker-internal',
      severity: 'info',
      index: -1,
      entry: '',
      message:
        '没有 host.docker.internal：容器访问宿主机上的服务时会绕到代理，没有客户端会特殊对待这个名字。',
      fix: ['host.docker.internal'],
    });
  }
  return lints;
}

/**
 * Checks the variables as a whole: letter case that disagrees or is missing.
 *
 * @param env - the environment; only the proxy variables are looked at.
 */
export function lintEnvironment(env: ProxyEnv): Lint[] {
  const lints: Lint[] = [];
  const whole = (code: LintCode, severity: Lint['severity'], entry: string, message: string) =>
    lints.push({ code, severity, index: -1, entry, message });
  for (const name of ['no_proxy', 'http_proxy', 'https_proxy']) {
    const lower = env[name];
    const upperName = name.toUpperCase();
    const upper = env[upperName];
    if (lower !== undefined && upper !== undefined) {
      if (lower !== upper) {
        whole(
          'case-conflict',
          'warning',
          name,
          `${name} 和 ${upperName} 不一样：Go 和 apk 用大写的，其余客户端用小写的。`,
        );
      }
    } else if (upper !== undefined && upper !== '') {
      if (name === 'no_proxy') {
        whole(
          'upper-only',
          'warning',
          name,
          '只设了 NO_PROXY：wget 和 apt 只看小写的 no_proxy。两种大小写都设成同一个值。',
        );
      } else if (name === 'http_proxy') {
        whole(
          'upper-only',
          'warning',
          name,
          '只设了 HTTP_PROXY：curl、git、wget、BusyBox wget、apt 只看小写的 http_proxy。',
        );
      } else {
        whole(
          'upper-only',
          'warning',
          name,
          '只设了 HTTPS_PROXY：wget 和 apt 只看小写的 https_proxy。',
        );
      }
    }
  }
  return lints;
}
