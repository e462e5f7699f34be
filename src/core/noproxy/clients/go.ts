import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstFilled, get } from '../shared/environment.ts';
import { HostIndex, positionOrNone, SubnetIndex } from '../shared/host-index.ts';
import { toAscii } from '../shared/idna.ts';
import { type IPv6, parseIPv4, parseIPv6, unmapIPv4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas } from '../shared/split.ts';
import { isAscii, isDigits } from '../shared/text.ts';
import type { BypassList, ClientModel, Decision, ProxyEnv } from '../types.ts';

interface GoUrl {
  scheme: string;
  /** Host as it stands in the URL, brackets kept, with its port. */
  host: string;
}

interface Target {
  host: string;
  port: string;
  /** The IPv4 address, IPv4-mapped ones unfolded, or -1. */
  v4: number;
  v6: IPv6 | undefined;
  loopback: boolean;
}

/**
 * Go's `net/http.ProxyFromEnvironment`, 1.24.1 and later (1.23.7 in the 1.23 line).
 *
 * Source: `golang.org/x/net/http/httpproxy/proxy.go` and `net/url`, Go 1.27.3.
 */
export const go: ClientModel = (env) => compileGo(env, { zones: true, strictBrackets: true });

/**
 * Go up to 1.24.0 (1.23.6 in the 1.23 line), before the fix of CVE-2025-22870: an address with a
 * zone is matched as a name, and domain entries match addresses. Source as above, Go 1.19.8.
 */
export const goBefore1_24_1: ClientModel = (env) =>
  compileGo(env, { zones: false, strictBrackets: false });

interface Era {
  zones: boolean;
  strictBrackets: boolean;
}

function compileGo(env: ProxyEnv, era: Era) {
  const httpProxy = firstFilled(env, 'HTTP_PROXY', 'http_proxy');
  const httpsProxy = firstFilled(env, 'HTTPS_PROXY', 'https_proxy');
  const listVariable = firstFilled(env, 'NO_PROXY', 'no_proxy');
  const cgi = Boolean(get(env, 'REQUEST_METHOD'));
  const list = compileList(listVariable?.value ?? '');
  const unusable = {
    http: httpProxy && proxyFault(httpProxy.value, era),
    https: httpsProxy && proxyFault(httpsProxy.value, era),
  };

  const targets = era.zones ? parseTarget : parseTargetBefore1_24_1;
  return (url: string): Decision => {
    const parsed = targets(url);
    if ('error' in parsed) return refused('url-refused', parsed.error);
    const { scheme, target } = parsed;
    const proxy: Variable | undefined = scheme === 'https' ? httpsProxy : httpProxy;
    if (!proxy) return direct('no-proxy-set', { host: target.host });
    // A value that does not parse counts as no proxy at all: init() drops the error.
    const fault = unusable[scheme];
    if (fault) return { ...direct('proxy-value-ignored', { variable: proxy.name }) };
    if (scheme === 'http' && cgi) return refused('cgi', 'REQUEST_METHOD', proxy.name);
    if (target.loopback) return direct('loopback', { host: target.host });
    // SplitHostPort fails on a name with brackets in it, which useProxy takes for "no".
    if (/[[\]]/.test(target.host)) return direct('no-host', { host: target.host });
    const position = era.zones ? list.find(target) : list.findBefore1_24_1(target);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, target.host);
    return proxied(proxy, listVariable, target.host);
  };
}

type Parsed = { error: string } | { scheme: 'http' | 'https'; target: Target };

const parseTarget = memoize(
  (url: string) => toTarget(url, { zones: true, strictBrackets: true }),
  4096,
);
const parseTargetBefore1_24_1 = memoize(
  (url: string) => toTarget(url, { zones: false, strictBrackets: false }),
  4096,
);

function toTarget(url: string, era: Era): Parsed {
  const parsed = parseGoUrl(url, era);
  if (typeof parsed === 'string') return { error: parsed };
  const { scheme } = parsed;
  if (scheme !== 'http' && scheme !== 'https') return { error: 'unsupported protocol scheme' };
  // http.NewRequest drops an empty port.
  const full = parsed.host.replace(/:$/, '');
  if (full === '') return { error: 'no Host in request URL' };
  const [name, port] = splitHostPort(full);
  const ascii = goAscii(name);
  const effectivePort = port || (scheme === 'https' ? '443' : '80');
  const zone = ascii.indexOf('%');
  const bare = era.zones && zone >= 0 && ascii.includes(':') ? ascii.slice(0, zone) : ascii;
  const zoneFault = zone >= 0 && (zone === ascii.length - 1 || bare === ascii);
  let v4 = zoneFault ? -1 : parseIPv4(bare);
  const v6 = zoneFault || v4 >= 0 ? undefined : parseIPv6(bare);
  let loopback = v4 >= 0 ? v4 >>> 24 === 127 : false;
  if (v6) {
    v4 = unmapIPv4(v6);
    loopback = v4 >= 0 ? v4 >>> 24 === 127 : v6.every((group, i) => group === (i === 7 ? 1 : 0));
  }
  return {
    scheme,
    target: {
      host: goLower(goTrim(ascii)),
      port: effectivePort,
      v4,
      v6,
      loopback: loopback || ascii === 'localhost',
    },
  };
}

/** `URL.Hostname` and `URL.Port`: brackets off, an invalid port left with the host. */
function splitHostPort(full: string): [string, string] {
  let host = full;
  let port = '';
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && /^:[0-9]*$/.test(host.slice(colon))) {
    port = host.slice(colon + 1);
    host = host.slice(0, colon);
  }
  if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1);
  return [host, port];
}

function goAscii(name: string): string {
  if (isAscii(name)) return name;
  return toAscii(name, { std3: true, checkHyphens: true }) ?? name;
}

/** Go's `strings.ToLower`: rune by rune, so no letter becomes two. */
export function goLower(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let lower = '';
  for (const rune of text) {
    const small = rune === 'İ' ? 'i' : rune.toLowerCase();
    lower += small;
  }
  return lower;
}

/** Go's `strings.TrimSpace`: Unicode white space, which has no U+FEFF but has U+0085. */
export function goTrim(text: string): string {
  return text.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  );
}

interface GoList extends BypassList<Target> {
  findBefore1_24_1(target: Target): number;
}

/** `config.init` of httpproxy: what each entry is, decided once. */
const compileList = memoize((value: string): GoList => {
  const entries: string[] = [];
  const names = new HostIndex();
  const namesWithPort = new HostIndex();
  const addresses = new SubnetIndex();
  const addressesWithPort = new Map<string, number>();
  let ported = false;
  let all = -1;
  let position = 0;
  for (const raw of splitCommas(value)) {
    const text = goTrim(raw);
    if (text === '') continue;
    entries.push(text);
    const entry = goLower(text);
    const at = position++;
    if (entry === '*') {
      all = at;
      break;
    }
    if (addCidr(entry, at, addresses)) continue;
    let [host, port] = ['', ''];
    const split = netSplitHostPort(entry);
    if (split) {
      [host, port] = split;
      if (host === '') continue;
      if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1);
    } else {
      host = entry;
    }
    const v4 = parseIPv4(host);
    const v6 = v4 < 0 ? parseIPv6(host) : undefined;
    if (v4 >= 0 || v6) {
      const key = v6 ? unmapIPv4(v6) : v4;
      if (port === '') {
        if (key >= 0) addresses.addIPv4(key, 32, at);
        else if (v6) addresses.addIPv6(v6, 128, at);
      } else {
        ported = true;
        const text = `${key >= 0 ? key : v6?.join(':')} ${port}`;
        if (!addressesWithPort.has(text)) addressesWithPort.set(text, at);
      }
      continue;
    }
    if (host === '') continue;
    if (host.startsWith('*.')) host = host.slice(1);
    const apex = !host.startsWith('.');
    if (apex) host = `.${host}`;
    if (!isAscii(host)) host = goAscii(host);
    // The leading dot is part of what is converted; a name kept whole keeps it too.
    const name = host.slice(1);
    if (port === '') {
      if (apex) names.addExact(name, at);
      names.addBelow(name, at);
    } else {
      ported = true;
      if (apex) namesWithPort.addExact(`${name} ${port}`, at);
      namesWithPort.addBelow(`${name} ${port}`, at);
    }
  }

  const findAddress = (target: Target): number => {
    let best = Number.POSITIVE_INFINITY;
    if (target.v4 >= 0) best = addresses.findIPv4(target.v4);
    else if (target.v6) best = addresses.findIPv6(target.v6);
    if (addressesWithPort.size > 0 && (target.v4 >= 0 || target.v6)) {
      const text = `${target.v4 >= 0 ? target.v4 : target.v6?.join(':')} ${target.port}`;
      best = Math.min(best, addressesWithPort.get(text) ?? Number.POSITIVE_INFINITY);
    }
    return best;
  };
  const findName = (target: Target): number => {
    let best = names.find(target.host);
    if (ported) best = Math.min(best, namesWithPort.find(`${target.host} ${target.port}`));
    return best;
  };
  return {
    entries,
    find(target) {
      if (all >= 0) return all;
      return positionOrNone(target.v4 >= 0 || target.v6 ? findAddress(target) : findName(target));
    },
    findBefore1_24_1(target) {
      if (all >= 0) return all;
      return positionOrNone(Math.min(findAddress(target), findName(target)));
    },
  };
});

/** `net.ParseCIDR`; false where the entry is something else. */
function addCidr(entry: string, position: number, index: SubnetIndex): boolean {
  const slash = entry.indexOf('/');
  if (slash < 0) return false;
  const bitsText = entry.slice(slash + 1);
  if (!isDigits(bitsText)) return false;
  const bits = Number(bitsText);
  const address = entry.slice(0, slash);
  const v4 = parseIPv4(address);
  if (v4 >= 0) {
    if (bits > 32) return false;
    index.addIPv4(v4, bits, position);
    return true;
  }
  const v6 = parseIPv6(address);
  if (!v6 || bits > 128) return false;
  const mapped = unmapIPv4(v6);
  if (mapped >= 0 && bits >= 96) index.addIPv4(mapped, bits - 96, position);
  else index.addIPv6(v6, bits, position);
  return true;
}

/** `net.SplitHostPort`, `undefined` on any of its errors. */
export function netSplitHostPort(text: string): [string, string] | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return undefined;
  let host: string;
  let from = 0;
  let openFrom = 0;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0 || end + 1 !== colon) return undefined;
    host = text.slice(1, end);
    from = 1;
    openFrom = end + 1;
  } else {
    host = text.slice(0, colon);
    if (host.includes(':')) return undefined;
  }
  if (text.indexOf('[', from) >= 0 || text.indexOf(']', openFrom) >= 0) return undefined;
  return [host, text.slice(colon + 1)];
}

/** `parseProxy`: what is wrong with a proxy value, or nothing. */
function proxyFault(value: string, era: Era): string | undefined {
  const parsed = parseGoUrl(value, era);
  if (typeof parsed !== 'string' && parsed.scheme !== '' && parsed.host !== '') return undefined;
  if (typeof parseGoUrl(`http://${value}`, era) !== 'string') return undefined;
  return typeof parsed === 'string' ? parsed : undefined;
}

/**
 * Go's `url.Parse`, as far as scheme and host go.
 *
 * @returns the parts, or Go's own words for what is wrong.
 */
export function parseGoUrl(raw: string, era: Era): GoUrl | string {
  if (/[\0-\x1f\x7f]/.test(raw)) return 'invalid control character in URL';
  const hash = raw.indexOf('#');
  let rest = hash < 0 ? raw : raw.slice(0, hash);
  if (hash >= 0 && !validEscapes(raw.slice(hash + 1))) return 'invalid URL escape';
  if (rest === '') return { scheme: '', host: '' };
  if (rest === '*') return { scheme: '', host: '' };
  let scheme = '';
  const match = /^([A-Za-z][A-Za-z0-9+.-]*)?:/.exec(rest);
  if (match) {
    if (!match[1]) return 'missing protocol scheme';
    scheme = match[1].toLowerCase();
    rest = rest.slice(match[0].length);
  }
  const question = rest.indexOf('?');
  if (question >= 0) rest = rest.slice(0, question);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, host: '' };
    const segment = rest.split('/')[0] ?? '';
    if (segment.includes(':')) return 'first path segment in URL cannot contain colon';
  }
  let host = '';
  if ((scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    const parsedHost = parseGoHost(authority.slice(at + 1), era);
    if (parsedHost.error !== undefined) return parsedHost.error;
    host = parsedHost.host;
    if (at >= 0) {
      const userinfo = authority.slice(0, at);
      if (/[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(userinfo)) return 'invalid userinfo';
      if (!validEscapes(userinfo)) return 'invalid URL escape';
    }
  }
  if (!validEscapes(rest)) return 'invalid URL escape';
  return { scheme, host };
}

type HostResult = { host: string; error?: undefined } | { error: string };

function parseGoHost(text: string, era: Era): HostResult {
  const open = text.lastIndexOf('[');
  if (era.strictBrackets && open > 0) return { error: 'invalid IP-literal' };
  if (text.startsWith('[')) {
    const close = text.lastIndexOf(']');
    if (close < 0) return { error: "missing ']' in host" };
    const port = text.slice(close + 1);
    if (!/^(?::[0-9]*)?$/.test(port)) return { error: `invalid port ${port} after host` };
    const literal = text.slice(0, close);
    const zone = literal.indexOf('%25');
    if (zone >= 0) {
      const address = unescapeHost(literal.slice(0, zone));
      const zoneText = unescapeZone(literal.slice(zone));
      if (address === undefined || zoneText === undefined) return { error: 'invalid URL escape' };
      if (era.strictBrackets && !isLiteral(`${address}${zoneText}`.slice(1)))
        return { error: 'invalid host' };
      return { host: `${address}${zoneText}]${port}` };
    }
    const address = unescapeHost(literal);
    if (address === undefined) return { error: 'invalid character in host name' };
    if (era.strictBrackets && !isLiteral(address.slice(1))) return { error: 'invalid host' };
    return { host: `${address}]${port}` };
  }
  const colon = text.lastIndexOf(':');
  if (colon >= 0) {
    const port = text.slice(colon);
    if (!/^:[0-9]*$/.test(port)) return { error: `invalid port ${port} after host` };
  }
  const host = unescapeHost(text);
  return host === undefined ? { error: 'invalid character in host name' } : { host };
}

/** `netip.ParseAddr` of what stands in brackets: an IPv6 address, a zone allowed. */
function isLiteral(text: string): boolean {
  const zone = text.indexOf('%');
  if (zone === text.length - 1) return false;
  return parseIPv6(zone < 0 ? text : text.slice(0, zone)) !== undefined;
}

function validEscapes(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

/** `unescape` in host mode: only %25 and bytes from %80 up may be escaped. */
function unescapeHost(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]|[^\0-\x7f]|%25|%[89A-Fa-f][0-9A-Fa-f])*$/.test(text))
    return undefined;
  return decodeBytes(text);
}

function unescapeZone(text: string): string | undefined {
  if (!validEscapes(text)) return undefined;
  if (/[\0-\x7f]/.test(text.replace(/%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]/g, '')))
    return undefined;
  for (const [quoted] of text.matchAll(/%[0-9A-Fa-f]{2}/g)) {
    const code = Number.parseInt(quoted.slice(1), 16);
    if (quoted === '%25' || quoted === '%20' || code >= 0x80) continue;
    if (!/[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]/.test(String.fromCharCode(code))) return undefined;
  }
  return decodeBytes(text);
}

/** %xx to bytes, read as UTF-8; bytes that are not UTF-8 become U+FFFD. */
export function decodeBytes(text: string): string {
  if (!text.includes('%')) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of text.split(/(%[0-9A-Fa-f]{2})/)) {
    if (/^%[0-9A-Fa-f]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...encoder.encode(part));
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
