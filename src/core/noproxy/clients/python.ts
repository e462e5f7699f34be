import type { Variable } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { parseIPv6 } from '../shared/ip.ts';
import { isAscii } from '../shared/text.ts';
import type { ProxyEnv } from '../types.ts';

// Pieces of Python's standard library that urllib and requests share.

/**
 * `urllib.request.getproxies_environment`: scheme to variable, `no` among the schemes. Any mix of
 * letter case counts, names that end in a lower-case `_proxy` win, an empty one of them removes.
 */
export function getproxies(env: ProxyEnv): Map<string, Variable> {
  const proxies = new Map<string, Variable>();
  const names = Object.keys(env).filter((name) => name.slice(-6).toLowerCase() === '_proxy');
  const keyOf = (name: string) => name.slice(0, -6).toLowerCase();
  for (const name of names) {
    const value = get(env, name);
    if (value) proxies.set(keyOf(name), { name, value });
  }
  if (get(env, 'REQUEST_METHOD') !== undefined) proxies.delete('http');
  for (const name of names) {
    if (!name.endsWith('_proxy')) continue;
    const value = get(env, name);
    if (value) proxies.set(keyOf(name), { name, value });
    else proxies.delete(keyOf(name));
  }
  return proxies;
}

const SPACE =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING_SPACE = new RegExp(`^${SPACE}+`);
const TRAILING_SPACE = new RegExp(`${SPACE}+$`);

/** `str.lstrip()` with Python's idea of white space. */
export function lstrip(text: string): string {
  return text.replace(LEADING_SPACE, '');
}

/** `str.strip()` with Python's idea of white space. */
export function strip(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first > 0x20 && first < 0x7f && last > 0x20 && last < 0x7f) return text;
  return lstrip(text).replace(TRAILING_SPACE, '');
}

/** `urllib.parse.unquote`: bytes that are not UTF-8 become U+FFFD. */
export function unquote(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16)),
    ),
  );
}

/** `urllib.parse._splitport`. */
export function splitPort(host: string): [string, string | undefined] {
  const match = /^([\s\S]*):([0-9]*)$/.exec(host);
  if (!match) return [host, undefined];
  return [match[1] ?? '', match[2] || undefined];
}

/**
 * Python's `int(text)`, `undefined` where it raises ValueError: digits and white space of any
 * script count, the separators U+001C to U+001F do not.
 */
export function pythonInt(text: string): number | undefined {
  const ascii = isAscii(text)
    ? text
    : text.replace(/[\u0085\p{Zs}\u2028\u2029]/gu, ' ').replace(/\p{Nd}/gu, digitOf);
  const plain = ascii.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
  return /^[+-]?[0-9]+(?:_[0-9]+)*$/.test(plain) ? Number(plain.replaceAll('_', '')) : undefined;
}

/** The digits of a script follow one another from its zero, in runs of ten. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before++;
  return String(before % 10);
}

export interface SplitUrl {
  scheme: string;
  netloc: string;
}

/**
 * `urllib.parse.urlsplit` of Python 3.13 and 3.14, as far as scheme and netloc go.
 *
 * @returns the parts, or the text of the ValueError.
 */
export function urlsplit(text: string): SplitUrl | string {
  const url = text.replace(/^[\0-\x20]+/, '').replace(/[\t\r\n]/g, '');
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?/.exec(url);
  const netloc = match?.[2] ?? '';
  const open = netloc.includes('[');
  if (open !== netloc.includes(']')) return 'Invalid IPv6 URL';
  if (open) {
    const hostAndPort = netloc.slice(netloc.lastIndexOf('@') + 1);
    const bracketed = /^([^[]*)\[([^\]]*)\]?([\s\S]*)$/.exec(hostAndPort);
    let host = hostAndPort.split(':')[0] ?? '';
    if (bracketed) {
      if (bracketed[1] !== '' || (bracketed[3] && !bracketed[3].startsWith(':'))) {
        return 'Invalid IPv6 URL';
      }
      host = bracketed[2] ?? '';
    }
    if (host.startsWith('v')) {
      if (!/^v[0-9a-fA-F]+\..+$/.test(host)) return 'IPvFuture address is invalid';
    } else if (!isIpAddress6(host)) {
      return 'not an IPv6 address';
    }
  }
  if (!isAscii(netloc)) {
    const bare = netloc.replace(/[@:#?]/g, '');
    const normal = bare.normalize('NFKC');
    if (normal !== bare && /[/?#@:]/.test(normal)) return 'invalid characters under NFKC';
  }
  return { scheme: (match?.[1] ?? '').toLowerCase(), netloc };
}

/** `ipaddress.ip_address` for an IPv6 address, a scope id allowed. */
function isIpAddress6(text: string): boolean {
  const percent = text.indexOf('%');
  if (percent < 0) return parseIPv6(text) !== undefined;
  const scope = text.slice(percent + 1);
  return scope !== '' && !scope.includes('%') && parseIPv6(text.slice(0, percent)) !== undefined;
}

/** `SplitResult.hostname` and `.port` (as written, leading zeros off). */
export function hostAndPort(netloc: string): [string, string] {
  const rest = netloc.slice(netloc.lastIndexOf('@') + 1);
  const open = rest.indexOf('[');
  let host: string;
  let port: string;
  if (open >= 0) {
    const bracketed = rest.slice(open + 1);
    const close = bracketed.indexOf(']');
    host = close < 0 ? bracketed : bracketed.slice(0, close);
    const after = close < 0 ? '' : bracketed.slice(close + 1);
    port = after.includes(':') ? after.slice(after.indexOf(':') + 1) : '';
  } else {
    const colon = rest.indexOf(':');
    host = colon < 0 ? rest : rest.slice(0, colon);
    port = colon < 0 ? '' : rest.slice(colon + 1);
  }
  const percent = host.indexOf('%');
  host =
    percent < 0 ? host.toLowerCase() : host.slice(0, percent).toLowerCase() + host.slice(percent);
  return [host, /^[0-9]+$/.test(port) ? String(Number(port)) : port];
}
