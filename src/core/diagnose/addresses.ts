import type { AddressKind } from './types.ts';

/** IPv4 ranges as [first, last] numbers, most specific purpose first. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly kind: AddressKind;
  readonly owner?: string;
}

function number(ip: string): number | undefined {
  const parts = ip.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    const octet = Number(part);
    if (!/^\d{1,3}$/.test(part) || octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

function range(cidr: string, kind: AddressKind, owner?: string): Range {
  const [ip = '', bits = '32'] = cidr.split('/');
  const from = number(ip) ?? 0;
  const to = from + 2 ** (32 - Number(bits)) - 1;
  return owner === undefined ? { from, to, kind } : { from, to, kind, owner };
}

/**
 * Ranges whose owner never serves Docker; injected DNS answers point there. Owners by their public
 * allocations: Meta (AS32934), Twitter/X (AS13414), Dropbox (AS19679).
 */
const POISON: readonly (readonly [string, string])[] = [
  ['31.13.24.0/21', 'Meta'],
  ['31.13.64.0/18', 'Meta'],
  ['45.64.40.0/22', 'Meta'],
  ['66.220.144.0/20', 'Meta'],
  ['69.63.176.0/20', 'Meta'],
  ['69.171.224.0/19', 'Meta'],
  ['74.119.76.0/22', 'Meta'],
  ['102.132.96.0/20', 'Meta'],
  ['103.4.96.0/22', 'Meta'],
  ['129.134.0.0/16', 'Meta'],
  ['157.240.0.0/16', 'Meta'],
  ['173.252.64.0/18', 'Meta'],
  ['179.60.192.0/22', 'Meta'],
  ['185.60.216.0/22', 'Meta'],
  ['204.15.20.0/22', 'Meta'],
  ['104.244.40.0/21', 'Twitter'],
  ['199.16.156.0/22', 'Twitter'],
  ['199.59.148.0/22', 'Twitter'],
  ['199.96.56.0/21', 'Twitter'],
  ['69.195.160.0/19', 'Twitter'],
  ['108.160.160.0/20', 'Dropbox'],
  ['162.125.0.0/16', 'Dropbox'],
  ['199.47.216.0/22', 'Dropbox'],
  ['128.121.0.0/16', '与 Docker 无关的机房'],
  ['128.242.0.0/16', '与 Docker 无关的机房'],
  ['168.143.0.0/16', '与 Docker 无关的机房'],
];

const RANGES: readonly Range[] = [
  range('127.0.0.0/8', 'loopback'),
  range('0.0.0.0/8', 'loopback'),
  range('10.0.0.0/8', 'private'),
  range('192.168.0.0/16', 'private'),
  range('172.16.0.0/12', 'private'),
  range('100.64.0.0/10', 'shared'),
  range('169.254.0.0/16', 'link-local'),
  range('198.18.0.0/15', 'fake'),
  ...POISON.map(([cidr, owner]) => range(cidr, 'poisoned', owner)),
];

/**
 * What an IP address is.
 *
 * @param ip IPv4, or IPv6 with or without brackets
 * @returns kind and, for `poisoned`, who owns the range; `undefined` when it's no address
 */
export function classifyAddress(ip: string): { kind: AddressKind; owner?: string } | undefined {
  const bare = ip.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (bare.includes(':')) {
    const v6 = bare.toLowerCase();
    if (v6 === '::1' || v6 === '::') return { kind: 'loopback' };
    if (/^f[cd]/.test(v6)) return { kind: 'private' };
    if (/^fe[89ab]/.test(v6)) return { kind: 'link-local' };
    if (v6.startsWith('2a03:2880:')) return { kind: 'poisoned', owner: 'Meta' };
    return { kind: 'public' };
  }
  const value = number(bare);
  if (value === undefined) return undefined;
  for (const entry of RANGES) {
    if (value >= entry.from && value <= entry.to) {
      return entry.owner === undefined
        ? { kind: entry.kind }
        : { kind: entry.kind, owner: entry.owner };
    }
  }
  return { kind: 'public' };
}

/** Ports on which proxies usually listen; a dial there is a proxy even if the log never says so. */
const PROXY_PORTS: ReadonlySet<number> = new Set([
  808, 1080, 1081, 1082, 1086, 1087, 1088, 1089, 2080, 2081, 3128, 3129, 3142, 4780, 6152, 6153,
  7070, 7078, 7890, 7891, 7892, 7893, 7897, 7898, 7899, 8001, 8010, 8079, 8080, 8081, 8088, 8118,
  8123, 8228, 8888, 8889, 8899, 9090, 9674, 10080, 10800, 10801, 10807, 10808, 10809, 10810, 10811,
  12333, 13659, 15236, 15732, 17890, 20170, 20171, 20172, 20808, 25378, 33210, 33211, 41091,
]);

const SERVICE_PORTS: ReadonlySet<number> = new Set([
  1433, 1521, 2181, 3306, 5432, 5672, 6379, 9042, 9092, 9200, 9300, 11211, 26379, 27017,
]);

/** Whether databases, caches and queues usually listen on this port, and nothing that images or packages come from. */
export function isServicePort(port: number): boolean {
  return SERVICE_PORTS.has(port);
}

/** Whether proxies usually listen on this port. */
export function isProxyPort(port: number): boolean {
  return PROXY_PORTS.has(port);
}
