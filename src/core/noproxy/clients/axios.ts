import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { firstFilled } from '../shared/environment.ts';
import { positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { type IPv6, parseIPv4, parseIPv6, unmapIPv4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { PortedIndex } from '../shared/ported-index.ts';
import { isAscii } from '../shared/text.ts';
import { parseUrl } from '../shared/url.ts';
import { parseWhatwg, proxyProtocol, type WhatwgUrl } from '../shared/whatwg.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';
import { compileProxyFromEnvList, envProxy, splitEntries } from './proxy-from-env.ts';

interface Target {
  host: string;
  port: number;
  v4: number;
  v6: IPv6 | undefined;
  loopback: boolean;
}

/**
 * axios on Node: proxy-from-env's rules first, then its own; either one's bypass is a bypass.
 *
 * Source: `lib/adapters/http.js` `setProxy`, `lib/helpers/shouldBypassProxy.js`, axios 1.21.1.
 */
export const axios: ClientModel = (env) => {
  const listVariable = firstFilled(env, 'no_proxy', 'NO_PROXY');
  const first = compileProxyFromEnvList(listVariable?.value ?? '');
  const own = compileList(listVariable?.value ?? '');
  return (url: string): Decision => {
    const parsed = parseAxios(url);
    if (!parsed) return refused('url-refused', 'Invalid URL');
    const { host, scheme } = parsed;
    const position = first.find(parsed);
    if (position >= 0) return bypassed(first.entries[position] ?? '', listVariable, host);
    const proxy = envProxy(env, scheme);
    if (!proxy) return direct('no-proxy-set', { host });
    const again = own.find(parsed.target);
    if (again >= 0) return bypassed(own.entries[again] ?? '', listVariable, host);
    const value = proxy.value.includes('://') ? proxy.value : `${scheme}://${proxy.value}`;
    const fault = faultOf[scheme](value);
    if (fault !== '') return refused('proxy-value-refused', fault, proxy.name);
    return proxied(proxy, listVariable, host);
  };
};

/** What fails in a proxy value, '' for nothing: an http request takes no other protocol. */
const faultOf = {
  http: memoize((value: string) => {
    const protocol = proxyProtocol(value);
    if (protocol === undefined) return 'Invalid URL';
    return /^https?:$/.test(protocol) ? '' : `unsupported protocol ${protocol}`;
  }),
  https: memoize((value: string) => (proxyProtocol(value) === undefined ? 'Invalid URL' : '')),
};

/** axios wants both slashes, which `new URL()` does not. */
const MISSING_SLASHES = /^https?:(?!\/\/)/i;

const parseAxios = memoize<(WhatwgUrl & { target: Target }) | null>((url) => {
  const parsed = parseWhatwg(url);
  if (!parsed || MISSING_SLASHES.test(url.replace(/^[\0-\x20]+|[\t\n\r]/g, ''))) return null;
  const host = normalizeHost(parsed.host);
  const target = {
    host,
    port: parsed.port,
    v4: parseIPv4(host),
    v6: plainIPv6(host),
    loopback: isLoopback(host),
  };
  return { ...parsed, target };
}, 4096);

const compileList = memoize((value: string): BypassList<Target> => {
  const entries = splitEntries(value);
  const names = new PortedIndex();
  const subnets = new SubnetIndex();
  const loopbacks: { port: number; position: number }[] = [];
  let all = Number.POSITIVE_INFINITY;
  entries.forEach((text, position) => {
    const entry = text.toLowerCase();
    if (entry === '*') {
      all = Math.min(all, position);
      return;
    }
    if (entry.includes('/')) {
      addCidr(entry, position, subnets);
      return;
    }
    const [rawHost, port] = splitPort(entry);
    // A name in small letters is what it is; only the rest needs the whole treatment.
    const plain = /^[a-z*.][a-z0-9.*_-]*[a-z]$/.test(rawHost);
    const quad = plain ? -1 : parseIPv4(rawHost);
    let host = plain || quad >= 0 ? rawHost : normalizeHost(rawHost);
    if (host === '') return;
    if (host.startsWith('*')) host = host.slice(1);
    if (host.startsWith('.')) {
      names.addBelow(host.slice(1), port, position);
      return;
    }
    names.addExact(host, port, position);
    const loopback =
      quad >= 0
        ? quad >>> 24 === 127 || quad === 0
        : plain
          ? host === 'localhost'
          : isLoopback(host);
    if (loopback) loopbacks.push({ port, position });
  });
  return {
    entries,
    find({ host, port, v4, v6, loopback }) {
      let best = Math.min(all, names.find(host, port));
      if (v4 >= 0) best = Math.min(best, subnets.findIPv4(v4));
      else if (v6) best = Math.min(best, subnets.findIPv6(v6));
      if (loopback) {
        const mutual = loopbacks.find((entry) => entry.port === 0 || entry.port === port);
        if (mutual) best = Math.min(best, mutual.position);
      }
      return positionOrNone(best);
    },
  };
});

/** `parseNoProxyEntry`: brackets off, a port only after brackets or a single colon. */
function splitPort(entry: string): [string, number] {
  if (!entry.includes(':') && !entry.startsWith('[')) return [entry, 0];
  const bracketed = /^\[([^\]]*)\]([\s\S]*)$/.exec(entry);
  if (bracketed) {
    const port = /^:(\d+)$/.exec(bracketed[2] ?? '')?.[1];
    return [bracketed[1] ?? '', Number(port ?? 0)];
  }
  const single = /^([^:]*):(\d+)$/.exec(entry);
  return single ? [single[1] ?? '', Number(single[2])] : [entry, 0];
}

/** `parseCidrEntry`: a strict number, brackets only around IPv6, IPv4-mapped networks unfolded. */
function addCidr(entry: string, position: number, index: SubnetIndex): void {
  const match = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(entry);
  if (!match) return;
  let base = match[1] ?? '';
  let bits = Number(match[2]);
  if (base.startsWith('[') && base.endsWith(']') && base.includes(':')) base = base.slice(1, -1);
  if (/[[\]]/.test(base) || base.endsWith('.')) return;
  if (!base.includes(':')) {
    const quad = parseIPv4(base);
    const v4 = quad >= 0 ? quad : parseIPv4(normalizeIPv4(base));
    if (v4 >= 0 && bits <= 32) index.addIPv4(v4, bits, position);
    return;
  }
  const normal = urlIPv6(base);
  const v6 = normal === undefined ? undefined : parseIPv6(normal);
  if (!v6 || bits > 128) return;
  const mapped = unmapIPv4(v6);
  if (mapped < 0) {
    index.addIPv6(v6, bits, position);
  } else if (bits >= 96) {
    bits -= 96;
    index.addIPv4(mapped, bits, position);
  }
}

/** An IPv6 address as `new URL()` writes it. */
function urlIPv6(text: string): string | undefined {
  return parseUrl(`http://[${text}]/`)?.hostname.slice(1, -1);
}

/** Node's `url.domainToASCII`, which turns what is a number by then into an address as well. */
function domainToAscii(host: string): string | undefined {
  return host.includes('@') ? undefined : parseUrl(`ws://${host}/`)?.hostname;
}

/** `normalizeNoProxyHost`. */
function normalizeHost(text: string): string {
  let host = text;
  if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1);
  host = host.replace(/\.+$/, '');
  if (host.includes(':')) {
    const normal = urlIPv6(host);
    if (normal === undefined) return host;
    host = normal;
  } else if (!isAscii(host)) {
    const start = /^[*.]*/.exec(host)?.[0] ?? '';
    const ascii = domainToAscii(host.slice(start.length));
    if (!ascii) return '';
    host = start + ascii.replace(/\.+$/, '');
  }
  const quad = normalizeIPv4(host);
  return quad !== host ? quad : unmap(host);
}

/** Two to four parts, decimal, octal or hexadecimal; anything else is returned as it is. */
function normalizeIPv4(host: string): string {
  if (host.includes(':')) return host;
  const trimmed = host.replace(/\.+$/, '');
  const parts = trimmed.split('.');
  if (parts.length < 2 || parts.length > 4) return host;
  const numbers = parts.map((part) => {
    if (/^0x[0-9a-f]+$/i.test(part)) return Number.parseInt(part.slice(2), 16);
    if (/^0[0-7]+$/.test(part)) return Number.parseInt(part, 8);
    return /^(?:0|[1-9][0-9]*)$/.test(part) ? Number(part) : -1;
  });
  const tail = numbers.pop() ?? -1;
  const slots = 4 - numbers.length;
  if (numbers.some((number) => number < 0 || number > 255)) return host;
  // The original computes 2^32 - 1 for no slots at all, which no quad reaches.
  if (tail < 0 || tail > 256 ** slots - 1) return host;
  const octets: number[] = [];
  for (let i = slots - 1; i >= 0; i--) octets.push(Math.floor(tail / 256 ** i) % 256);
  return [...numbers, ...octets].join('.');
}

const MAPPED_DOTTED = /^(?:::|(?:0{1,4}:){1,4}:|(?:0{1,4}:){5})ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const MAPPED_HEX = /^(?:::|(?:0{1,4}:){1,4}:|(?:0{1,4}:){5})ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i;

function unmap(host: string): string {
  const dotted = MAPPED_DOTTED.exec(host);
  if (dotted) return dotted[1] ?? '';
  const hex = MAPPED_HEX.exec(host);
  if (!hex) return host;
  const high = Number.parseInt(hex[1] ?? '', 16);
  const low = Number.parseInt(hex[2] ?? '', 16);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** Only plain hexadecimal groups count, as in `ipv6ToBytes`. */
function plainIPv6(host: string): IPv6 | undefined {
  return host.includes('.') ? undefined : parseIPv6(host);
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '0.0.0.0') return true;
  const parts = host.split('.');
  if (parts.length === 4 && parts[0] === '127') {
    return parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255);
  }
  const v6 = parseIPv6(host);
  if (!v6) return false;
  const mapped = unmapIPv4(v6);
  if (mapped >= 0) return mapped >>> 24 === 127;
  const last = v6[7] ?? 0;
  return last <= 1 && v6.slice(0, 7).every((group) => group === 0);
}
