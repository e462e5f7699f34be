import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { firstFilled } from '../shared/environment.ts';
import { HostIndex, positionOrNone } from '../shared/host-index.ts';
import { parseIPv4 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas } from '../shared/split.ts';
import { parseWhatwg } from '../shared/whatwg.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';
import type { Endpoint } from './proxy-from-env.ts';
import { nodeFault } from './undici.ts';

/**
 * Node's http and https modules with NODE_USE_ENV_PROXY=1: exact names, `.name`, `*.name`, ranges.
 *
 * Source: node `lib/internal/http.js` `ProxyConfig`, `parseProxyConfigFromEnv`, Node 24.21.0.
 */
export const nodeHttp: ClientModel = (env) => {
  const listVariable = firstFilled(env, 'no_proxy', 'NO_PROXY');
  const list = compileList(listVariable?.value ?? '');
  const proxies = {
    http: firstFilled(env, 'http_proxy', 'HTTP_PROXY'),
    https: firstFilled(env, 'https_proxy', 'HTTPS_PROXY'),
  };
  const fault = nodeFault(env);
  return (url: string): Decision => {
    const parsed = parseWhatwg(url);
    if (!parsed) return refused('url-refused', 'Invalid URL');
    if (fault) return refused('proxy-value-refused', fault.detail, fault.variable);
    if (parsed.malformedCredentials) return refused('url-refused', 'URI malformed');
    const host = parsed.host.replace(/^\[(.*)\]$/, '$1');
    const proxy = proxies[parsed.scheme];
    if (!proxy) return direct('no-proxy-set', { host });
    if (!/^https?:\/\//.test(proxy.value)) {
      return direct('proxy-value-ignored', { variable: proxy.name, host });
    }
    const position = list.find({ host, port: parsed.port });
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    return proxied(proxy, listVariable, host);
  };
};

const compileList = memoize((value: string): BypassList<Endpoint> => {
  const entries = value === '' ? [] : splitCommas(value).map((entry) => entry.trim());
  const names = new HostIndex();
  const exact = new HostIndex();
  const ranges: { from: number; to: number; position: number }[] = [];
  let all = Number.POSITIVE_INFINITY;
  entries.forEach((text, position) => {
    const entry = text.toLowerCase();
    if (entry === '*') all = Math.min(all, position);
    exact.addExact(entry, position);
    if (entry.startsWith('.')) names.addDomain(entry.slice(1), position);
    if (entry.startsWith('*.')) names.addBelow(entry.slice(2), position);
    if (entry.includes('-')) {
      const [from, to] = entry.split('-').map((end) => parseIPv4(end.trim()));
      if (from !== undefined && to !== undefined && from >= 0 && to >= 0) {
        ranges.push({ from, to, position });
      }
    }
  });
  return {
    entries,
    find({ host, port }) {
      const name = host.toLowerCase();
      let best = Math.min(
        all,
        names.find(name),
        exact.findExact(name),
        exact.findExact(`${name}:${port}`),
      );
      if (ranges.length > 0) {
        const address = parseIPv4(name);
        const range = ranges.find(({ from, to }) => address >= from && address <= to);
        if (range) best = Math.min(best, range.position);
      }
      return positionOrNone(best);
    },
  };
});
