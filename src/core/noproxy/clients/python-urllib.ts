import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { HostIndex, positionOrNone } from '../shared/host-index.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas, splitFilled } from '../shared/split.ts';
import { tidyDomains } from '../shared/tidy.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';
import { getproxies, splitPort, strip, unquote, urlsplit } from './python.ts';

/**
 * Python's urllib.request (and http clients built on its proxy rules).
 *
 * Source: `Lib/urllib/request.py` `getproxies_environment`, `proxy_bypass_environment`,
 * `ProxyHandler`, CPython 3.13.5.
 */
export const pythonUrllib: ClientModel = (env) => {
  const proxies = getproxies(env);
  const listVariable = proxies.get('no');
  const list = compileUrllibList(listVariable?.value ?? '');
  return (url: string): Decision => {
    const parsed = parseRequest(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { scheme, host } = parsed;
    const proxy = proxies.get(scheme);
    if (!proxy) return direct('no-proxy-set', { host });
    const opened = parseProxy(proxy.value);
    if ('fault' in opened) return refused('proxy-value-refused', opened.fault, proxy.name);
    const position = list.find(host);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    // An http request to a proxy of another scheme starts over as a request of that scheme.
    if (scheme === 'http' && opened.scheme !== undefined && !/^https?$/.test(opened.scheme)) {
      return refused('proxy-value-refused', `unknown url type: ${opened.scheme}`, proxy.name);
    }
    return proxied(proxy, listVariable, host);
  };
};

/** `proxy_bypass_environment`: takes a host with its port, as it is written. */
export const compileUrllibList = memoize((value: string): BypassList<string> => {
  if (value === '*') return { entries: ['*'], find: () => 0 };
  const tidy = tidyDomains(value);
  const entries = tidy ? splitFilled(value) : splitCommas(value).map(strip).filter(Boolean);
  const names = tidy ?? new HostIndex();
  if (!tidy) {
    entries.forEach((entry, position) => {
      names.addDomain(entry.replace(/^\.+/, '').toLowerCase(), position);
    });
  }
  return {
    entries,
    find(hostWithPort) {
      const host = hostWithPort.toLowerCase();
      const [hostOnly] = splitPort(host);
      return positionOrNone(Math.min(names.find(hostOnly), names.find(host)));
    },
  };
});

interface Request {
  scheme: string;
  /** Host with user and port, unquoted: what urllib compares. */
  host: string;
}

const parseRequest = memoize((text: string): Request | string => {
  let url = strip(text);
  if (url.startsWith('<') && url.endsWith('>')) url = strip(url.slice(1, -1));
  if (url.startsWith('URL:')) url = strip(url.slice(4));
  const full = url;
  const hash = url.lastIndexOf('#');
  if (hash >= 0) url = url.slice(0, hash);
  const type = /^([^/:]+):([\s\S]*)$/.exec(url);
  if (!type) return 'unknown url type';
  const scheme = (type[1] ?? '').toLowerCase();
  const authority = /^\/\/([^/#?]*)/.exec(type[2] ?? '');
  const split = urlsplit(full);
  if (typeof split === 'string') return split;
  if (scheme !== 'http' && scheme !== 'https') return `unknown url type: ${scheme}`;
  const host = unquote(authority?.[1] ?? '');
  if (host === '') return 'no host given';
  return { scheme, host };
}, 4096);

function parseProxy(value: string): { scheme: string | undefined } | { fault: string } {
  const type = /^([^/:]+):([\s\S]*)$/.exec(value);
  const scheme = type?.[1]?.toLowerCase();
  const rest = type ? (type[2] ?? '') : value;
  if (!rest.startsWith('/')) return { scheme: undefined };
  if (!rest.startsWith('//')) return { fault: 'proxy URL with no authority' };
  return { scheme };
}
