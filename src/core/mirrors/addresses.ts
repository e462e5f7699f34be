import { parseHost } from './match.ts';

/** Where an address or name belongs. */
export type AddressClass =
  | 'public'
  | 'loopback'
  | 'private'
  | 'cgnat'
  | 'link-local'
  | 'unique-local'
  | 'local-name'
  | 'fake-ip'
  | 'documentation'
  | 'multicast'
  | 'unspecified'
  | 'reserved'
  | 'invalid';

/** Chinese names of the classes. */
export const addressLabels: Readonly<Record<AddressClass, string>> = {
  public: '公网地址',
  loopback: '本机回环地址',
  private: '内网地址（RFC 1918）',
  cgnat: '运营商级 NAT 地址（100.64.0.0/10）',
  'link-local': '链路本地地址',
  'unique-local': 'IPv6 内网地址（ULA）',
  'local-name': '只在内网有效的名字',
  'fake-ip': '测试网段 198.18.0.0/15（代理软件的 fake-ip 常用）',
  documentation: '文档示例用的地址或域名',
  multicast: '多播地址',
  unspecified: '未指定地址',
  reserved: '保留地址',
  invalid: '不是有效的主机名或地址',
};

// IANA special-purpose registries (RFC 6890, 8190). First match wins.
const V4_RANGES: readonly (readonly [number, number, AddressClass])[] = [
  [v4(0, 0, 0, 0), 8, 'unspecified'],
  [v4(10, 0, 0, 0), 8, 'private'],
  [v4(100, 64, 0, 0), 10, 'cgnat'],
  [v4(127, 0, 0, 0), 8, 'loopback'],
  [v4(169, 254, 0, 0), 16, 'link-local'],
  [v4(172, 16, 0, 0), 12, 'private'],
  [v4(192, 0, 2, 0), 24, 'documentation'],
  [v4(192, 0, 0, 0), 24, 'reserved'],
  [v4(192, 168, 0, 0), 16, 'private'],
  [v4(198, 18, 0, 0), 15, 'fake-ip'],
  [v4(198, 51, 100, 0), 24, 'documentation'],
  [v4(203, 0, 113, 0), 24, 'documentation'],
  [v4(224, 0, 0, 0), 4, 'multicast'],
  [v4(240, 0, 0, 0), 4, 'reserved'],
];

function v4(a: number, b: number, c: number, d: number): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function classifyV4(address: number): AddressClass {
  for (const [network, bits, kind] of V4_RANGES) {
    const shift = 32 - bits;
    if (address >>> shift === network >>> shift) return kind;
  }
  return 'public';
}

// Top-level names that public DNS never answers: RFC 6761, 6762, 8375, ICANN's .internal, and
// suffixes that home routers and companies use.
const LOCAL_SUFFIXES = [
  'local',
  'internal',
  'home.arpa',
  'lan',
  'home',
  'corp',
  'intranet',
  'private',
  'localdomain',
];
const EXAMPLE_SUFFIXES = [
  'example',
  'invalid',
  'test',
  'example.com',
  'example.net',
  'example.org',
];

/**
 * Classifies the host of a URL, a name or an address literal. Accepts every spelling that a browser
 * accepts (`127.1`, `0x7f000001`, `[::ffff:10.0.0.1]`, internationalised names). A name isn't resolved:
 * `public` means only that nothing in the name says otherwise.
 */
export function classifyAddress(urlOrHost: string): AddressClass {
  const bare = urlOrHost.trim();
  // A bare IPv6 literal has no brackets to parse by.
  const target = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare) ? `[${bare}]` : bare;
  const host = parseHost(target)?.host;
  if (host === undefined || host === '') return 'invalid';
  if (/^\[[0-9a-f:.]+\]$/.test(host)) return classifyV6(host.slice(1, -1));
  const v4Literal = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (v4Literal) {
    const [a = 0, b = 0, c = 0, d = 0] = v4Literal.slice(1).map(Number);
    if (Math.max(a, b, c, d) > 255) return 'invalid';
    return classifyV4(v4(a, b, c, d));
  }
  // No top-level name is a number: `1.2.3.4.5` is a mistyped address.
  if (!/^(?:[a-z0-9-]+\.)*[a-z0-9-]*[a-z-][a-z0-9-]*$/.test(host)) return 'invalid';
  if (hasSuffix(host, 'localhost')) return 'loopback';
  if (LOCAL_SUFFIXES.some((suffix) => hasSuffix(host, suffix))) return 'local-name';
  if (EXAMPLE_SUFFIXES.some((suffix) => hasSuffix(host, suffix))) return 'documentation';
  return host.includes('.') ? 'public' : 'local-name';
}

function hasSuffix(host: string, suffix: string): boolean {
  return host === suffix || host.endsWith(`.${suffix}`);
}

/** @param text as the URL parser serialises it: compressed, lower case, no dotted tail */
function classifyV6(text: string): AddressClass {
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const fill = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(fill).fill('0'), ...right].map((g) =>
    Number.parseInt(g, 16),
  );
  const [g0 = 0, g1 = 0, , , , g5 = 0, g6 = 0, g7 = 0] = groups;
  const low = ((g6 << 16) | g7) >>> 0;
  const topAreZero = groups.slice(0, 5).every((g) => g === 0);
  if (topAreZero && g5 === 0 && low === 0) return 'unspecified';
  if (topAreZero && g5 === 0 && low === 1) return 'loopback';
  // IPv4-mapped, and NAT64's well-known prefix: the embedded address decides.
  if (topAreZero && g5 === 0xffff) return classifyV4(low);
  if (g0 === 0x64 && g1 === 0xff9b && groups.slice(2, 6).every((g) => g === 0)) {
    return classifyV4(low);
  }
  if ((g0 & 0xffc0) === 0xfe80) return 'link-local';
  if ((g0 & 0xffc0) === 0xfec0) return 'private';
  if ((g0 & 0xfe00) === 0xfc00) return 'unique-local';
  if ((g0 & 0xff00) === 0xff00) return 'multicast';
  if (g0 === 0x2001 && g1 === 0xdb8) return 'documentation';
  if (g0 === 0x3fff && g1 < 0x1000) return 'documentation';
  return (g0 & 0xe000) === 0x2000 ? 'public' : 'reserved';
}

/** How near an address is: a browser guards the step from a farther page to a nearer target. */
export type AddressSpace = 'loopback' | 'local' | 'public';

/** The space of a class as Chrome's Local Network Access counts it. */
export function addressSpace(kind: AddressClass): AddressSpace {
  switch (kind) {
    case 'loopback':
    case 'unspecified':
      return 'loopback';
    case 'private':
    case 'cgnat':
    case 'link-local':
    case 'unique-local':
    case 'local-name':
      return 'local';
    default:
      return 'public';
  }
}

const NEARNESS: Readonly<Record<AddressSpace, number>> = { loopback: 0, local: 1, public: 2 };

/** Whether a page in space `from` needs the browser's leave to reach space `to`. */
export function needsLocalPermission(from: AddressSpace, to: AddressSpace): boolean {
  return NEARNESS[to] < NEARNESS[from];
}
