import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { firstFilled } from '../shared/environment.ts';
import { positionOrNone } from '../shared/host-index.ts';
import { memoize } from '../shared/memo.ts';
import { PortedIndex } from '../shared/ported-index.ts';
import { splitFilled } from '../shared/split.ts';
import { parseWhatwg } from '../shared/whatwg.ts';
import type { BypassList, ClientModel, Decision, ProxyEnv } from '../types.ts';
import { nodeUrlParse } from './node-url-parse.ts';

export interface Endpoint {
  host: string;
  port: number;
}

/** The npm package proxy-from-env 2.x. Source: its `index.js`, 2.1.0. */
export const proxyFromEnv: ClientModel = (env) => {
  const listVariable = firstFilled(env, 'no_proxy', 'NO_PROXY');
  const list = compileProxyFromEnvList(listVariable?.value ?? '');
  return (url: string): Decision => {
    const parsed = parseWhatwg(url);
    if (!parsed) return refused('url-refused', 'Invalid URL');
    return decide(env, parsed.scheme, parsed, listVariable, list);
  };
};

/** proxy-from-env 1.1: the same rules over `url.parse`, and npm's own variables first. */
export const proxyFromEnv1: ClientModel = (env) => {
  const listVariable = firstFilled(
    env,
    'npm_config_no_proxy',
    'NPM_CONFIG_NO_PROXY',
    'no_proxy',
    'NO_PROXY',
  );
  const list = compileProxyFromEnvList(listVariable?.value ?? '');
  return (url: string): Decision => {
    // What `new URL()` refuses, no caller of this package could send.
    const sendable = parseWhatwg(url);
    const parsed = sendable && legacyEndpoint(url);
    if (!sendable || !parsed) return refused('url-refused', 'Invalid URL');
    if (parsed.host === '') return direct('no-host');
    return decide(env, parsed.scheme, parsed, listVariable, list, true);
  };
};

const legacyEndpoint = memoize<(Endpoint & { scheme: string }) | null>((url) => {
  const parsed = nodeUrlParse(url);
  if (!parsed) return null;
  const scheme = parsed.protocol.replace(/:$/, '');
  // The package reads `host` and cuts a port off its end.
  const host = `${parsed.hostname}${parsed.port === '' ? '' : `:${parsed.port}`}`.replace(
    /:\d*$/,
    '',
  );
  const fallback = scheme === 'https' ? 443 : 80;
  return { scheme, host, port: Number.parseInt(parsed.port, 10) || fallback };
}, 4096);

function decide(
  env: ProxyEnv,
  scheme: string,
  endpoint: Endpoint,
  listVariable: Variable | undefined,
  list: BypassList<Endpoint>,
  npmConfig = false,
): Decision {
  const position = list.find(endpoint);
  if (position >= 0) {
    return bypassed(list.entries[position] ?? '', listVariable, endpoint.host);
  }
  const proxy = envProxy(env, scheme, npmConfig);
  if (!proxy) return direct('no-proxy-set', { host: endpoint.host });
  return proxied(proxy, listVariable, endpoint.host);
}

/** Lower case before upper, empty counts as unset, all_proxy last. */
export function envProxy(env: ProxyEnv, scheme: string, npmConfig = false): Variable | undefined {
  const own = `${scheme}_proxy`;
  const names = npmConfig
    ? [`npm_config_${own}`, own, 'npm_config_proxy', 'all_proxy']
    : [own, 'all_proxy'];
  return firstFilled(env, ...names.flatMap((name) => [name, name.toUpperCase()]));
}

/** Commas and any white space separate. */
export function splitEntries(value: string): readonly string[] {
  return /\s/.test(value) ? value.split(/[,\s]+/).filter(Boolean) : splitFilled(value);
}

/** `shouldProxy`: exact names, a leading `.` or `*` makes a plain suffix. */
export const compileProxyFromEnvList = memoize((value: string): BypassList<Endpoint> => {
  if (value === '*') return { entries: ['*'], find: () => 0 };
  const entries = splitEntries(value);
  const names = new PortedIndex();
  entries.forEach((text, position) => {
    const entry = text.toLowerCase();
    const colon = entry.lastIndexOf(':');
    const ported = colon > 0 && /^\d+$/.test(entry.slice(colon + 1));
    const host = ported ? entry.slice(0, colon) : entry;
    const port = ported ? Number(entry.slice(colon + 1)) : 0;
    if (host.startsWith('*')) names.addEnding(host.slice(1), port, position);
    else if (host.startsWith('.')) names.addBelow(host.slice(1), port, position);
    else names.addExact(host, port, position);
  });
  return { entries, find: ({ host, port }) => positionOrNone(names.find(host, port)) };
});
