import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { HostIndex, positionOrNone } from '../shared/host-index.ts';
import { hasDottedLetter, isIdna2008 } from '../shared/idna.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas, splitFilled } from '../shared/split.ts';
import { asciiLower, isAscii, leadingInteger } from '../shared/text.ts';
import { tidyEndings } from '../shared/tidy.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';

/**
 * apt's http and https methods: lower-case variables alone, plain suffixes, nothing trimmed.
 *
 * Source: `methods/http.cc` `HttpServerState::Open`, `apt-pkg/contrib/strutl.cc`
 * `CheckDomainList` and `URI::CopyFrom`, apt 3.0.4.
 */
export const apt: ClientModel = (env) => {
  const listValue = get(env, 'no_proxy');
  const listVariable = listValue === undefined ? undefined : { name: 'no_proxy', value: listValue };
  const list = compileList(listValue ?? '');
  return (url: string): Decision => {
    const parsed = parseRequest(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { host, scheme } = parsed;
    // https_proxy replaces http_proxy wherever it is set, even to nothing.
    const own = scheme === 'https' ? get(env, 'https_proxy') : undefined;
    const name = own === undefined ? 'http_proxy' : 'https_proxy';
    const value = own ?? get(env, 'http_proxy');
    const position = list.find(parsed.lower);
    // Only where apt looks up the name itself must the C library be able to convert it.
    if ((position >= 0 || !value) && !parsed.convertible) {
      return refused('url-refused', 'bad international name');
    }
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    if (value === undefined) return direct('no-proxy-set', { host });
    if (value === '') return direct('empty-variable', { variable: name, host });
    const proxy = parseTarget(value);
    // apt writes https_proxy over http_proxy, and a value without a host leaves the host behind.
    const below = name === 'https_proxy' ? get(env, 'http_proxy') : undefined;
    const left = proxy.bare && below ? below : undefined;
    const proxyHost = left === undefined ? proxy.host : parseTarget(left).host;
    const used = left === undefined ? { name, value } : { name: 'http_proxy', value: left };
    if (proxy.scheme === 'socks5h') {
      return proxyHost === ''
        ? refused('proxy-value-refused', 'no host', name)
        : proxied(used, listVariable, host);
    }
    if (proxyHost === '' || proxy.scheme === '') {
      return direct('proxy-value-ignored', { variable: name, host });
    }
    if (proxy.scheme !== 'http' && proxy.scheme !== 'https') {
      return refused('proxy-value-refused', `unsupported proxy scheme ${proxy.scheme}`, name);
    }
    return proxied(used, listVariable, host);
  };
};

const compileList = memoize((value: string): BypassList<string> => {
  const tidy = tidyEndings(value);
  if (tidy) return { entries: splitFilled(value), find: (host) => positionOrNone(tidy.find(host)) };
  const entries = splitCommas(value);
  const names = new HostIndex();
  entries.forEach((entry, position) => {
    if (entry !== '') names.addEnding(asciiLower(entry), position);
  });
  return { entries, find: (host) => positionOrNone(names.find(host)) };
});

/** glibc's `getaddrinfo` with AI_IDN: strict, and letters, digits, `-` and `_` alone beside others. */
function isConvertible(host: string): boolean {
  if (isAscii(host)) return true;
  if (host.includes('\\') || hasDottedLetter(host) || !isIdna2008(host)) return false;
  return host.split('.').every((label) => isAscii(label) || !/[\0-,/:-@[-^`{-\x7f]/.test(label));
}

const parseRequest = memoize((url: string) => {
  // A message to the method ends the field at a line break; other control characters end it all.
  const field = (url.split('\n', 1)[0] ?? '').replace(/\r+$/, '');
  if (/[\x01-\x08\v-\x1f\x7f]/.test(field)) return 'control characters';
  const parsed = parseTarget(field);
  if (!/^https?$/.test(parsed.scheme)) return 'unsupported scheme';
  return { ...parsed, convertible: isConvertible(parsed.host) };
}, 4096);

interface AptUri {
  scheme: string;
  host: string;
  port: number;
  /** True where nothing stands between the scheme and the path. */
  bare: boolean;
}

const parseTarget = memoize((text: string) => {
  const parsed = parseUri(text);
  return { ...parsed, lower: asciiLower(parsed.host) };
}, 4096);

/** `URI::CopyFrom`. */
function parseUri(text: string): AptUri {
  const colon = text.indexOf(':');
  const scheme = colon < 0 ? text : text.slice(0, colon);
  const none = { scheme, host: '', port: 0, bare: true };
  if (colon < 0) return none;
  const slashes = text.startsWith('//', colon + 1);
  // The path begins at the first slash outside brackets.
  let end = slashes && colon + 3 < text.length ? colon + 3 : colon;
  let bracket = false;
  for (; end < text.length && (text[end] !== '/' || bracket); end++) {
    if (text[end] === '[') bracket = true;
    if (bracket && text[end] === ']') bracket = false;
  }
  const start = colon + (slashes ? 3 : 1);
  if (start >= text.length) return none;
  const authority = text.slice(Math.min(start, end), end);
  if (authority === '') return none;
  const at = authority.lastIndexOf('@');
  let host = at >= 0 ? authority.slice(at + 1) : authority;

  let portFrom = 0;
  let open = false;
  let plain = '';
  for (const letter of host) {
    if (letter === '[') open = true;
    else if (open && letter === ']') {
      open = false;
      portFrom = plain.length;
    } else plain += letter;
  }
  if (open) return { ...none, bare: false };
  host = plain;
  const portAt = host.lastIndexOf(':');
  if (portAt < 0 || portAt < portFrom) return { scheme, host, port: 0, bare: false };
  return {
    scheme,
    host: host.slice(0, portAt),
    port: leadingInteger(host.slice(portAt + 1)),
    bare: false,
  };
}
