import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { HostIndex, positionOrNone } from '../shared/host-index.ts';
import { parseIPv4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas, splitFilled } from '../shared/split.ts';
import { tidyDomains } from '../shared/tidy.ts';
import { parseUrl } from '../shared/url.ts';
import { decodes, parseWhatwg } from '../shared/whatwg.ts';
import type { BypassList, ClientModel, DecideOptions, Decision, ProxyEnv } from '../types.ts';
import { nodeUrlParse } from './node-url-parse.ts';

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';

/**
 * npm: labels compared from the right, https_proxy first for every URL, the last variable wins.
 *
 * Source: `@npmcli/agent` `lib/proxy.js`, `nopt` `lib/type-defs.js`, `socks-proxy-agent`, npm 11.19.1.
 */
export const npm: ClientModel = (env, options) => {
  const proxies = readEnvironment(env);
  const listVariable = proxies.get('no_proxy');
  const list = compileList(listVariable?.value ?? '');
  return (url: string): Decision => {
    const parsed = parseWhatwg(registryOf(url));
    if (!parsed) return refused('url-refused', 'Invalid URL');
    const { host, scheme } = parsed;
    const https = proxies.get('https_proxy');
    const proxy =
      scheme === 'https'
        ? https
        : (filled(https) ?? filled(proxies.get('http_proxy')) ?? proxies.get('proxy'));
    if (!proxy) return direct('no-proxy-set', { host });
    if (proxy.value === '') return direct('empty-variable', { variable: proxy.name, host });
    const position = list.find(host);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    const fault = proxyFault[scheme](proxy.value);
    if (fault !== '') return refused('proxy-value-refused', fault, proxy.name);
    if (/^socks[45]:/i.test(proxy.value.trim()) && !resolves(host, options)) {
      return direct('own-dns', { variable: proxy.name, host });
    }
    return proxied(proxy, listVariable, host);
  };
};

/** socks-proxy-agent looks up the target by itself for socks4 and socks5, before it connects. */
function resolves(host: string, { resolve, namesResolve }: DecideOptions): boolean {
  return (
    namesResolve === true ||
    host === 'localhost' ||
    host.startsWith('[') ||
    parseIPv4(host) >= 0 ||
    resolve?.(host) !== undefined
  );
}

/**
 * The setting `registry` as npm keeps it: written anew by `url.parse()`, which puts what cannot be
 * in a host behind it. What has no host is no valid setting, so the public registry stays.
 */
const registryOf = memoize((url) => {
  if (!/^https?:/i.test(url)) return '';
  const parsed = nodeUrlParse(url);
  if (!parsed) return '';
  const { protocol, hostname, port } = parsed;
  if (hostname === '' && port === '') return PUBLIC_REGISTRY;
  return `${protocol}//${hostname}${port && `:${port}`}/`;
}, 4096);

/** What fails in a proxy value, '' for nothing. */
function faultOf(value: string, scheme: 'http' | 'https'): string {
  const url = parseUrl(value);
  if (!url) return 'Invalid URL';
  const { protocol, username, password } = url;
  if (!/^(?:https?|socks(?:4a?|5h?)?):$/.test(protocol)) return `unsupported protocol ${protocol}`;
  // https-proxy-agent reads the login only after it has reached the proxy.
  const early = scheme === 'http' || protocol.startsWith('socks');
  return early && !(decodes(username) && decodes(password)) ? 'URI malformed' : '';
}

const proxyFault = {
  http: memoize((value: string) => faultOf(value, 'http')),
  https: memoize((value: string) => faultOf(value, 'https')),
};

function filled(variable: Variable | undefined): Variable | undefined {
  return variable?.value ? variable : undefined;
}

/** Names in any letter case; of several the one listed last, even where it is empty. */
function readEnvironment(env: ProxyEnv): Map<string, Variable> {
  const known = new Set(['https_proxy', 'http_proxy', 'proxy', 'no_proxy']);
  const found = new Map<string, Variable>();
  for (const name of Object.keys(env)) {
    const key = name.toLowerCase();
    const value = get(env, name);
    if (known.has(key) && value !== undefined) found.set(key, { name, value });
  }
  return found;
}

/** `isNoProxy`: dots at either end and doubled ones don't count, letter case of the entry does. */
const compileList = memoize((value: string): BypassList<string> => {
  const tidy = tidyDomains(value);
  if (tidy) return { entries: splitFilled(value), find: (host) => positionOrNone(tidy.find(host)) };
  const names = new HostIndex();
  const entries = splitCommas(value)
    .map((entry) => entry.trim())
    .filter(Boolean);
  entries.forEach((entry, position) => {
    const name = entry.split('.').filter(Boolean).join('.');
    if (name !== '') names.addDomain(name, position);
  });
  return { entries, find: (host) => positionOrNone(names.find(host)) };
});
