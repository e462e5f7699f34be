import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstFilled, firstSet } from '../shared/environment.ts';
import { positionOrNone } from '../shared/host-index.ts';
import { memoize } from '../shared/memo.ts';
import { PortedIndex } from '../shared/ported-index.ts';
import { parseUrl } from '../shared/url.ts';
import { decodes, parseWhatwg } from '../shared/whatwg.ts';
import type { BypassList, ClientModel, Decision, ProxyEnv } from '../types.ts';
import { type Endpoint, splitEntries } from './proxy-from-env.ts';

/**
 * undici's EnvHttpProxyAgent. Source: `lib/dispatcher/env-http-proxy-agent.js`, undici 8.12.4.
 */
export const undici: ClientModel = (env) => compileUndici(env, compileList8, false);

/**
 * Node's own `fetch()` with NODE_USE_ENV_PROXY=1: undici 7.29.1, which Node 24.21 carries, and
 * fetch's own refusals (credentials in the URL, blocked ports).
 */
export const nodeFetch: ClientModel = (env) => compileUndici(env, compileList7, true);

function compileUndici(
  env: ProxyEnv,
  compile: (value: string) => BypassList<Endpoint>,
  fetch: boolean,
) {
  const listVariable = firstSet(env, 'no_proxy', 'NO_PROXY');
  const list = compile(listVariable?.value ?? '');
  const { http, https, fault: own } = undiciProxies(env);
  const fault = fetch ? nodeFault(env) : own;
  return (url: string): Decision => {
    const parsed = parseWhatwg(url);
    if (!parsed) return refused('url-refused', 'Invalid URL');
    if (fault) return refused('proxy-value-refused', fault.detail, fault.variable);
    if (fetch && parsed.credentials) return refused('url-refused', 'credentials in the URL');
    if (fetch && BLOCKED_PORTS.has(parsed.writtenPort)) return refused('url-refused', 'bad port');
    const host = fetch ? parsed.host : parsed.host.replace(/^\[(.+)\]$/, '$1');
    const position = list.find({ host, port: parsed.port });
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    // Without a proxy of its own, https takes the http one.
    const proxy = parsed.scheme === 'https' && https?.value ? https : http;
    if (!proxy) return direct('no-proxy-set', { host });
    if (proxy.value === '') return direct('empty-variable', { variable: proxy.name, host });
    return proxied(proxy, listVariable, host);
  };
}

export interface UndiciProxies {
  http: Variable | undefined;
  https: Variable | undefined;
  fault: { variable: string; detail: string } | undefined;
}

/** The constructor: both proxies are made at once, so a bad value fails every request. */
export function undiciProxies(env: ProxyEnv): UndiciProxies {
  const http = firstSet(env, 'http_proxy', 'HTTP_PROXY');
  const https = firstSet(env, 'https_proxy', 'HTTPS_PROXY');
  for (const proxy of [http, https]) {
    const detail = proxy?.value ? proxyFault(proxy.value) : undefined;
    if (proxy && detail !== undefined) {
      return { http, https, fault: { variable: proxy.name, detail } };
    }
  }
  return { http, https, fault: undefined };
}

/** What ends Node at its start: it makes the agents of fetch, http and https at once. */
export function nodeFault(env: ProxyEnv): UndiciProxies['fault'] {
  for (const scheme of ['http', 'https']) {
    const proxy = firstFilled(env, `${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`);
    if (proxy && /[\r\n]/.test(proxy.value)) {
      return { variable: proxy.name, detail: 'a line break' };
    }
  }
  return undiciProxies(env).fault;
}

/** ProxyAgent: an origin and nothing after it, credentials that decode. */
function proxyFault(value: string): string | undefined {
  const url = parseUrl(value);
  if (!url) return 'Invalid URL';
  if (!/^(?:https?|socks5?):$/.test(url.protocol)) return `unsupported protocol ${url.protocol}`;
  const { username, password, pathname, search, hash } = url;
  if (!decodes(username) || (username !== '' && !decodes(password))) return 'URI malformed';
  const socks = url.protocol.startsWith('socks');
  return !socks && (pathname !== '/' || search !== '' || hash !== '') ? 'invalid url' : undefined;
}

/** undici 8.12: brackets come off, a port needs brackets or a single colon, `*.name` is below. */
const compileList8 = memoize((value: string): BypassList<Endpoint> => {
  const entries = splitEntries(value);
  const names = new PortedIndex();
  const every: { port: number; position: number }[] = [];
  entries.forEach((entry, position) => {
    let host = entry;
    let port = 0;
    if (entry.includes(':') || entry.startsWith('[')) [host, port] = splitPort8(entry);
    let name = stripDots(host).toLowerCase();
    if (name.length > 1 && name.endsWith('.')) name = name.slice(0, -1);
    if (name === '*') every.push({ port, position });
    if (entry.startsWith('*')) names.addBelow(name, port, position);
    else names.addDomain(name, port, position);
  });
  return {
    entries,
    find({ host, port }) {
      const name = host.length > 1 && host.endsWith('.') ? host.slice(0, -1) : host;
      let best = names.find(name, port);
      const star = every.find((entry) => entry.port === 0 || entry.port === port);
      if (star) best = Math.min(best, star.position);
      return positionOrNone(best);
    },
  };
});

function splitPort8(entry: string): [string, number] {
  const bracketed = /^\[(.+)\]:(\d+)$/.exec(entry);
  if (bracketed) return [bracketed[1] ?? '', Number(bracketed[2])];
  const host = entry.replace(/^\[(.+)\]$/, '$1');
  const single = /^([^:]+):(\d+)$/.exec(host);
  return single ? [single[1] ?? '', Number(single[2])] : [host, 0];
}

/** A leading `.` or `*.` comes off, once. */
function stripDots(host: string): string {
  if (host.startsWith('.')) return host.slice(1);
  return host.startsWith('*.') ? host.slice(2) : host;
}

/** undici 7.29: the last colon and digits are a port, even inside an IPv6 address. */
const compileList7 = memoize((value: string): BypassList<Endpoint> => {
  const entries = splitEntries(value);
  if (value === '*') return { entries, find: () => 0 };
  const names = new PortedIndex();
  entries.forEach((entry, position) => {
    const ported = entry.includes(':') ? /^(.+):(\d+)$/.exec(entry) : null;
    const name = stripDots(ported?.[1] ?? entry).toLowerCase();
    names.addDomain(name, Number(ported?.[2] ?? 0), position);
  });
  return { entries, find: ({ host, port }) => positionOrNone(names.find(host, port)) };
});

const BLOCKED_PORTS = new Set(
  '1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'.split(
    ' ',
  ),
);
