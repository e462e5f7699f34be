import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { positionOrNone } from '../shared/host-index.ts';
import { parseIPv4, parseIPv6 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';
import { decodeBytes } from './go.ts';

/** What Java adds to every list that is not empty, and uses where the property is not set. */
export const JAVA_DEFAULT = 'localhost|127.*|[::1]|0.0.0.0|[::0]';

const LIST = 'http.nonProxyHosts';

/**
 * Java's default ProxySelector: reads no environment variable, only `-Dhttp.nonProxyHosts` (for
 * https too). A proxy is taken to be set unless `http.proxyHost` or `https.proxyHost` is empty.
 *
 * Source: OpenJDK `sun.net.spi.DefaultProxySelector`, `java.net.URI`, Java 17.0.15.
 */
export const java: ClientModel = (env) => {
  const value = get(env, LIST);
  const list = compileList(
    value === undefined ? JAVA_DEFAULT : value === '' ? '' : `${value}|${JAVA_DEFAULT}`,
  );
  // What Java added stands behind the reader's own entries.
  const own = value === undefined ? 0 : splitBars(value).length;
  const listVariable = value === undefined ? undefined : { name: LIST, value };
  return (url: string): Decision => {
    const parsed = parseJavaUri(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { scheme, host } = parsed;
    const name = `${scheme.toLowerCase()}.proxyHost`;
    const proxy = get(env, name);
    if (proxy === '' || !/^https?$/i.test(scheme)) return direct('no-proxy-set', { host });
    const position = list.find(host.toLowerCase());
    if (position >= 0) {
      const from = position < own ? listVariable : undefined;
      return bypassed(list.entries[position] ?? '', from, host);
    }
    return proxied({ name, value: proxy ?? '' }, listVariable, host);
  };
};

function splitBars(value: string): string[] {
  return value.split('|').filter(Boolean);
}

/** `toPattern`: `|` between entries, `*` first and/or last in one stands for anything. */
const compileList = memoize((value: string): BypassList<string> => {
  const entries = splitBars(value);
  const exact = new Map<string, number>();
  const patterns: { start: string; end: string; inside: string; position: number }[] = [];
  entries.forEach((entry, position) => {
    const text = entry.toLowerCase();
    const before = text.startsWith('*');
    const after = text.endsWith('*');
    if (!before && !after) {
      if (!exact.has(text)) exact.set(text, position);
      return;
    }
    const middle = text.slice(before ? 1 : 0, after && text.length > 1 ? -1 : undefined);
    patterns.push({
      start: before ? '' : middle,
      end: after ? '' : middle,
      inside: middle,
      position,
    });
  });
  return {
    entries,
    find(host) {
      if (host === '') return -1;
      let best = exact.get(host) ?? Number.POSITIVE_INFINITY;
      for (const { start, end, inside, position } of patterns) {
        if (position >= best) break;
        if (host.startsWith(start) && host.endsWith(end) && host.includes(inside)) best = position;
      }
      return positionOrNone(best);
    },
  };
});

interface JavaUri {
  scheme: string;
  host: string;
}

const PCHAR =
  /^(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_\-!.~'()*:@&=+$,;/]|[^\0-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*$/;
const URIC =
  /^(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_\-!.~'()*:@&=+$,;/?[\]]|[^\0-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*$/;

/** `java.net.URI`, then what DefaultProxySelector takes for the host. */
const parseJavaUri = memoize((text: string): JavaUri | string => {
  const hash = text.indexOf('#');
  const before = hash < 0 ? text : text.slice(0, hash);
  if (hash >= 0 && !URIC.test(text.slice(hash + 1))) return 'illegal character in fragment';
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):([\s\S]*)$/.exec(before);
  if (!match) return 'no scheme';
  const scheme = match[1] ?? '';
  const rest = match[2] ?? '';
  if (rest === '') return 'expected scheme-specific part';
  if (!rest.startsWith('//')) return 'no host';
  const question = rest.indexOf('?');
  if (question >= 0 && !URIC.test(rest.slice(question + 1))) return 'illegal character in query';
  const hierarchy = question < 0 ? rest : rest.slice(0, question);
  const slash = hierarchy.indexOf('/', 2);
  const authority = slash < 0 ? hierarchy.slice(2) : hierarchy.slice(2, slash);
  const path = slash < 0 ? '' : hierarchy.slice(slash);
  if (!PCHAR.test(path)) return 'illegal character in path';
  if (authority === '') return path === '' && question < 0 ? 'expected authority' : 'no host';
  const host = serverHost(authority);
  if (typeof host === 'string') return host;
  if (host) return { scheme, host: host.name };
  if (!URIC.test(authority) || /[[\]/?]/.test(authority)) return 'illegal character in authority';
  // Not a server's name by the grammar: the selector cuts the authority up itself.
  const decoded = decodeBytes(authority);
  const bare = decoded.slice(decoded.indexOf('@') + 1);
  const colon = bare.lastIndexOf(':');
  return { scheme, host: colon < 0 ? bare : bare.slice(0, colon) };
}, 4096);

/** The host of a server-based authority; nothing where it is none; a text where it is an error. */
function serverHost(authority: string): { name: string } | undefined | string {
  const match =
    /^(?:((?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_\-!.~'()*;:&=+$,]|[^\0-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])*)@)?(\[[^\]]*\]|[^[\]:@]*)(?::([0-9]*))?$/.exec(
      authority,
    );
  if (!match) return authority.includes('[') ? 'illegal character in authority' : undefined;
  const host = match[2] ?? '';
  if (Number(match[3] ?? 0) > 2147483647) return undefined;
  if (host.startsWith('[')) {
    const literal = /^([^%]*)(%[A-Za-z0-9_.]+)?$/.exec(host.slice(1, -1));
    if (!literal || !parseIPv6(withoutZeros(literal[1] ?? ''))) return 'malformed IPv6 address';
    return { name: host };
  }
  if (parseIPv4(host) >= 0) return { name: host };
  if (
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?$/.test(
      host,
    )
  ) {
    return { name: host };
  }
  return /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(host) &&
    host.split('.').every((part) => Number(part) <= 255)
    ? { name: host }
    : undefined;
}

/** `scanByte` takes any number of leading zeros in the dotted quad at the end of an IPv6 address. */
function withoutZeros(address: string): string {
  return address.replace(/[0-9]+(?:\.[0-9]+){3}$/, (quad) =>
    quad.replace(/(^|\.)0+(?=[0-9])/g, '$1'),
  );
}
