import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { firstSet } from '../shared/environment.ts';
import { HostIndex, positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { type IPv6, parseIPv4, parseIPv6 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitFilled } from '../shared/split.ts';
import { asciiLower, leadingInteger } from '../shared/text.ts';
import { tidyEndings } from '../shared/tidy.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';

/** `MAX_ADDRESS_STRING` has room for the digits of an IPv6 address alone: longer texts are no address. */
const ADDRESS_LENGTH = 32;
const CIDR_LENGTH = 37;

interface Target {
  host: string;
  v4: number;
  v6: IPv6 | undefined;
}

/**
 * Alpine's apk: upper-case variables first (an empty one too), plain suffixes, CIDR.
 *
 * Source: apk-tools `libfetch/common.c` `fetch_no_proxy_match`, `libfetch/http.c`
 * `http_get_proxy`, `libfetch/fetch.c` `fetchParseURL`, apk-tools 3.0.6.
 */
export const apk: ClientModel = (env) => {
  const listVariable = firstSet(env, 'NO_PROXY', 'no_proxy');
  const list = compileList(listVariable?.value ?? '');
  const proxies = {
    http: firstSet(env, 'HTTP_PROXY', 'http_proxy'),
    https: firstSet(env, 'HTTPS_PROXY', 'https_proxy'),
  };
  return (url: string): Decision => {
    const parsed = parseRepository(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { host, scheme } = parsed;
    const position = list.find(parsed);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    const proxy = proxies[scheme];
    if (!proxy) return direct('no-proxy-set', { host });
    if (proxy.value === '') return direct('empty-variable', { variable: proxy.name, host });
    if (!isUsable(proxy.value)) {
      return direct('proxy-value-ignored', { variable: proxy.name, host });
    }
    return proxied(proxy, listVariable, host);
  };
};

const compileList = memoize((value: string): BypassList<Target> => {
  if (value === '*') return { entries: ['*'], find: () => 0 };
  const entries = splitEntries(value);
  const tidy = tidyEndings(value);
  const names = tidy ?? new HostIndex();
  const subnets = new SubnetIndex();
  let from = 0;
  entries.forEach((entry, position) => {
    if (!tidy) names.addEnding(asciiLower(entry), position);
    const slash = entry.indexOf('/');
    from = value.indexOf(entry, from);
    const start = from;
    from += entry.length;
    if (slash < 0 || slash > ADDRESS_LENGTH || entry.length > CIDR_LENGTH) return;
    // strtol reads on past the entry: blanks after the slash, then whatever number follows.
    const number = value.slice(start + slash + 1, start + slash + 40);
    const bits = leadingInteger(number);
    if (bits < 1 || bits > 128) return;
    const v4 = parseIPv4(entry.slice(0, slash));
    if (v4 >= 0 && bits <= 32) subnets.addIPv4(v4, bits, position);
    const v6 = v4 < 0 ? parseIPv6(entry.slice(0, slash)) : undefined;
    if (v6) subnets.addIPv6(v6, bits, position);
  });
  return {
    entries,
    find: ({ host, v4, v6 }) =>
      positionOrNone(
        Math.min(
          names.find(asciiLower(host)),
          v4 >= 0 ? subnets.findIPv4(v4) : Number.POSITIVE_INFINITY,
          v6 ? subnets.findIPv6(v6) : Number.POSITIVE_INFINITY,
        ),
      ),
  };
});

function splitEntries(value: string): readonly string[] {
  if (!/[\t-\r ]/.test(value)) return splitFilled(value);
  return value.split(/[,\t-\r ]+/).filter(Boolean);
}

type Repository = Target & { scheme: 'http' | 'https' };

/** A repository URL: apk puts the index's path behind it, so a missing path never ends the host. */
const parseRepository = memoize((line: string): Repository | string => {
  // A blank ends the URL; what follows names components below it.
  const [, url = '', component = ''] = /^([^ \t]*)[ \t]*([^ \t]*)/.exec(line) ?? [];
  if (/\$\{[^}]*\}/.test(url)) return 'undefined variable';
  const below = component === '' ? '' : `${component}/`;
  const parsed = parseFetchUrl(`${url.replace(/\/+$/, '')}/${below}x86_64/APKINDEX.tar.gz`);
  if (typeof parsed === 'string') return parsed;
  const address = parsed.host.length > ADDRESS_LENGTH ? '' : parsed.host;
  const v4 = parseIPv4(address);
  return { ...parsed, v4, v6: v4 < 0 ? parseIPv6(address) : undefined };
}, 4096);

/** A proxy that does not parse, or is no http one, is passed over in silence. */
const isUsable = memoize((value: string) => {
  const parsed = parseFetchUrl(value);
  return typeof parsed !== 'string' && parsed.scheme === 'http';
});

const HOST_LENGTH = 255;

/** `fetchParseURL`: the scheme in lower case only, the host up to a slash or colon. */
function parseFetchUrl(url: string): { scheme: 'http' | 'https'; host: string } | string {
  const match = /^(https?):\/\/([\s\S]*)$/.exec(url);
  if (!match) return 'bad scheme';
  const scheme = match[1] as 'http' | 'https';
  let rest = match[2] ?? '';
  const user = /^[^/@]*@/.exec(rest);
  if (user) {
    if (/%(?![0-9A-Fa-f]{2})|%00/.test(user[0])) return 'bad user name or password';
    rest = rest.slice(user[0].length);
  }
  let host: string;
  const bracketed = /^\[([^\]]*)\](?=$|[/:])/.exec(rest);
  if (bracketed) {
    host = bracketed[1] ?? '';
    rest = rest.slice(bracketed[0].length);
  } else {
    host = /^[^/:]*/.exec(rest)?.[0] ?? '';
    rest = rest.slice(host.length);
  }
  if (host.length > HOST_LENGTH) return 'host name too long';
  if (rest.startsWith(':')) {
    const port = /^:([0-9]+)(?=$|\/)/.exec(rest)?.[1];
    if (port === undefined || Number(port) > 65535) return 'bad port';
  }
  return { scheme, host };
}
