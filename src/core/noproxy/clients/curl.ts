import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstFilled } from '../shared/environment.ts';
import { HostIndex, positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { type IPv6, parseIPv4, parseIPv6 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitFilled } from '../shared/split.ts';
import { asciiLower, isDigits, leadingInteger } from '../shared/text.ts';
import { tidyDomains } from '../shared/tidy.ts';
import type { BypassList, ClientModel, Decision, ProxyEnv } from '../types.ts';
import { type CurlEra, type CurlUrl, parseCurlUrl } from './curl-url.ts';

interface Target {
  host: string;
  v4: number;
  v6: IPv6 | undefined;
}

/**
 * The curl command, 8.18 and later: IPv6 entries are addresses, CIDR numbers are strict.
 *
 * Source: `lib/proxy.c` `proxy_check_noproxy` (`lib/noproxy.c` until 8.21), curl 8.23.0.
 */
export const curl: ClientModel = (env) => compileCurl(env, '8.18');

/** The curl command, 8.9 to 8.17: an entry followed by a blank ends the list. Curl 8.14.1. */
export const curl8_14: ClientModel = (env) => compileCurl(env, '8.14');

/** The curl command, 7.87 to 8.8: blanks separate entries. Curl 7.88.1. */
export const curl7_88: ClientModel = (env) => compileCurl(env, '7.88');

/** The curl command before 7.86: no CIDR. Source: `lib/url.c` `check_noproxy`, curl 7.74.0. */
export const curl7_74: ClientModel = (env) => compileCurl(env, '7.74');

function compileCurl(env: ProxyEnv, era: CurlEra) {
  const listVariable = firstFilled(env, 'no_proxy', 'NO_PROXY');
  const list = CURL_LISTS[era](listVariable?.value ?? '');
  const parse = curlTargets[era];
  const faults = new Map<string, string | undefined>();
  return (url: string): Decision => {
    const parsed = parse(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { target } = parsed;
    const position = list.find(target);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, target.host);
    const proxy = curlProxy(env, parsed.scheme);
    if (!proxy) return direct('no-proxy-set', { host: target.host });
    let fault = faults.get(proxy.value);
    if (!faults.has(proxy.value)) {
      fault = curlProxyFault(proxy.value, era);
      faults.set(proxy.value, fault);
    }
    if (fault !== undefined) return refused('proxy-value-refused', fault, proxy.name);
    return proxied(proxy, listVariable, target.host);
  };
}

/** `detect_proxy`: the lower-case HTTP variable alone, an empty one counts as unset. */
function curlProxy(env: ProxyEnv, scheme: string): Variable | undefined {
  if (scheme === 'http' || scheme === 'ws') {
    return firstFilled(env, 'http_proxy', 'all_proxy', 'ALL_PROXY');
  }
  const own = scheme === 'wss' ? 'https' : scheme;
  return firstFilled(env, `${own}_proxy`, `${own.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY');
}

const PROXY_SCHEMES = new Set(['http', 'https', 'socks', 'socks4', 'socks4a', 'socks5', 'socks5h']);

/** What curl refuses in a proxy value, if anything. */
export function curlProxyFault(value: string, era: CurlEra): string | undefined {
  const parsed = parseCurlUrl(value, era, { proxy: true });
  if (typeof parsed === 'string') return parsed;
  if (parsed.guessed && era === '8.18') return undefined;
  return PROXY_SCHEMES.has(parsed.scheme) ? undefined : 'unsupported proxy scheme';
}

export const curlTargets: Record<
  CurlEra,
  (url: string) => (CurlUrl & { target: Target }) | string
> = {
  '7.74': memoize((url) => toTarget(url, '7.74'), 4096),
  '7.88': memoize((url) => toTarget(url, '7.88'), 4096),
  '8.14': memoize((url) => toTarget(url, '8.14'), 4096),
  '8.18': memoize((url) => toTarget(url, '8.18'), 4096),
};

function toTarget(url: string, era: CurlEra): (CurlUrl & { target: Target }) | string {
  const parsed = parseCurlUrl(url, era);
  if (typeof parsed === 'string') return parsed;
  let host = asciiLower(parsed.host);
  const v4 = era === '7.74' ? -1 : parseIPv4(host);
  const v6 = era === '8.18' && v4 < 0 ? parseIPv6(host) : undefined;
  // From 7.87 on a trailing dot of a name is passed over.
  if (era !== '7.74' && v4 < 0 && !v6) host = host.replace(/\.$/, '');
  return { ...parsed, target: { host, v4, v6 } };
}

/** Cuts the list as curl from 8.9 on: what follows "entry blank" without a comma is dropped. */
export function splitStrict(value: string): readonly string[] {
  if (!/[ \t]/.test(value)) return splitFilled(value);
  const entries: string[] = [];
  const token = /[ \t]*([^ \t,]*)[ \t]*(,*)/y;
  while (token.lastIndex < value.length) {
    const match = token.exec(value);
    if (!match) break;
    if (match[1]) entries.push(match[1]);
    if (!match[2]) break;
  }
  return entries;
}

function splitAtBlanks(value: string): readonly string[] {
  if (!/[ \t]/.test(value)) return splitFilled(value);
  return value.split(/[ \t,]+/).filter(Boolean);
}

/** Names of the entries: dots at both ends off, covering the domain and what is below. */
function indexNames(entries: readonly string[]): HostIndex {
  const names = new HostIndex();
  entries.forEach((entry, position) => {
    const start = entry.startsWith('.') && entry !== '.' ? 1 : 0;
    const end = entry.endsWith('.') ? entry.length - 1 : entry.length;
    names.addDomain(asciiLower(entry.slice(start, end)), position);
  });
  return names;
}

function listSince7_86(split: (value: string) => readonly string[], strictBits: boolean) {
  return memoize((value: string): BypassList<Target> => {
    if (value === '*') return { entries: ['*'], find: () => 0 };
    const entries = split(value);
    const names = tidyDomains(value) ?? indexNames(entries);
    const subnets = new SubnetIndex();
    entries.forEach((entry, position) => {
      addAddress(subnets, entry, position, strictBits);
    });
    return {
      entries,
      find: ({ host, v4, v6 }) =>
        positionOrNone(
          v4 >= 0 ? subnets.findIPv4(v4) : v6 ? subnets.findIPv6(v6) : names.find(host),
        ),
    };
  });
}

/** `match_ip`: no number, and 0 as well, mean the one address. */
function addAddress(
  subnets: SubnetIndex,
  entry: string,
  position: number,
  strictBits: boolean,
): void {
  // An IPv4 address starts with a digit, an IPv6 address has a colon early on.
  const first = entry.charCodeAt(0);
  if (!(first >= 48 && first <= 58) && entry.lastIndexOf(':', 4) < 0) return;
  if (entry.length >= 128) return;
  const slash = entry.indexOf('/');
  const text = slash < 0 ? entry : entry.slice(0, slash);
  const bitsText = slash < 0 ? '' : entry.slice(slash + 1);
  let bits = 0;
  if (slash >= 0) {
    if (strictBits) {
      if (!isDigits(bitsText)) return;
      bits = Number(bitsText);
      if (bits > 128) return;
    } else {
      // (unsigned int)atoi() keeps the lower 32 bits: a minus becomes a large number, which fits nothing.
      bits = leadingInteger(bitsText) >>> 0;
    }
  }
  const v4 = parseIPv4(text);
  if (v4 >= 0) {
    if (bits <= 32) subnets.addIPv4(v4, bits || 32, position);
    return;
  }
  const v6 = parseIPv6(text);
  if (v6 && bits <= 128) subnets.addIPv6(v6, bits || 128, position);
}

function indexOldNames(entries: readonly string[]): HostIndex {
  const names = new HostIndex();
  entries.forEach((entry, position) => {
    names.addDomain(asciiLower(entry.startsWith('.') ? entry.slice(1) : entry), position);
  });
  return names;
}

/** `check_noproxy` of curl before 7.86: everything is text, one leading dot is passed over. */
const listBefore7_86 = memoize((value: string): BypassList<Target> => {
  if (value === '*') return { entries: ['*'], find: () => 0 };
  const entries = value.includes(' ') ? value.split(/[ ,]+/).filter(Boolean) : splitFilled(value);
  const names = tidyDomains(value) ?? indexOldNames(entries);
  return { entries, find: ({ host }) => positionOrNone(names.find(host)) };
});

/** The list matcher of each release line; git hands its list to libcurl 8.14's. */
export const CURL_LISTS: Record<CurlEra, (value: string) => BypassList<Target>> = {
  '7.74': listBefore7_86,
  '7.88': listSince7_86(splitAtBlanks, false),
  '8.14': listSince7_86(splitStrict, false),
  '8.18': listSince7_86(splitStrict, true),
};
