import { bypassed, direct, proxied, refused, type Variable } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { memoize } from '../shared/memo.ts';
import type { ClientModel, Decision, ProxyEnv } from '../types.ts';
import { CURL_LISTS, curlProxyFault, curlTargets } from './curl.ts';
import { decodeBytes } from './go.ts';

/**
 * git over http(s): git reads the variables itself, libcurl (8.14 here) matches the list.
 *
 * Source: git `http.c` `get_curl_handle`, `credential.c` `credential_from_url_1`, git 2.47.3.
 */
export const git: ClientModel = (env) => {
  // var_override: the later name wins wherever it is set, even to nothing.
  const list = lastSet(env, 'NO_PROXY', 'no_proxy');
  const bypass = CURL_LISTS['8.14'](list?.value ?? '');
  const proxies = { http: gitProxy(env, 'http'), https: gitProxy(env, 'https') };
  return (url: string): Decision => {
    if (!/^(?:https?|ftps?):\/\//.test(url)) return refused('url-refused', 'not an http URL');
    // Whatever is not https takes http_proxy, ftp too.
    const scheme = url.startsWith('https://') ? 'https' : 'http';
    const parsed = parseGitUrl(url);
    const proxy = proxies[scheme];
    if (proxy?.value) {
      const fault = gitProxyFault(proxy.value);
      if (fault !== '') return refused('proxy-value-refused', fault, proxy.name);
    }
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { host } = parsed.target;
    if (!proxy) return direct('no-proxy-set', { host });
    if (proxy.value === '') return direct('empty-variable', { variable: proxy.name, host });
    const position = bypass.find(parsed.target);
    if (position >= 0) return bypassed(bypass.entries[position] ?? '', list, host);
    // An empty CURLOPT_PROXY switches the proxy off.
    if (gitProxyHost(proxy.value) === '') {
      return direct('proxy-value-ignored', { variable: proxy.name, host });
    }
    const fault = libcurlFault(proxy.value);
    if (fault !== '') return refused('proxy-value-refused', fault, proxy.name);
    return proxied(proxy, list, host);
  };
};

/** git asks for <url>/info/refs; a query or fragment that the URL has stays in front of that. */
const parseGitUrl = memoize((url: string) => {
  if (url.includes('\n')) return 'a newline in the URL';
  return curlTargets['8.14'](`${url}${url.endsWith('/') ? '' : '/'}info/refs`);
}, 4096);

function lastSet(env: ProxyEnv, ...names: string[]): Variable | undefined {
  let found: Variable | undefined;
  for (const name of names) {
    const value = get(env, name);
    if (value !== undefined) found = { name, value };
  }
  return found;
}

function gitProxy(env: ProxyEnv, scheme: string): Variable | undefined {
  const own =
    scheme === 'https' ? lastSet(env, 'HTTPS_PROXY', 'https_proxy') : lastSet(env, 'http_proxy');
  return own ?? lastSet(env, 'ALL_PROXY', 'all_proxy');
}

/** What git itself refuses in a proxy value, '' for nothing. */
const gitProxyFault = memoize((value: string): string => {
  if (value.startsWith('://')) return 'no scheme';
  if (value.includes('\n')) return 'a newline in the proxy URL';
  const full = value.includes('://') ? value : `http://${value}`;
  const scheme = full.slice(0, full.indexOf('://'));
  const rest = full.slice(full.indexOf('://') + 3);
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const at = authority.indexOf('@');
  // A user name alone makes git ask for the password, and there is nobody to ask.
  if (at >= 0 && !authority.slice(0, at).includes(':')) return 'a user name without a password';
  const path = rest.slice(authority.length).replace(/^\/+/, '');
  if (path === '') return '';
  if (!scheme.startsWith('socks')) return 'only SOCKS proxies support paths';
  return authority.slice(at + 1).toLowerCase() === 'localhost'
    ? ''
    : 'host must be localhost if a path is present';
});

const libcurlFault = memoize((value: string) => curlProxyFault(gitProxyHost(value), '8.14') ?? '');

/** Host and port as git hands them to libcurl: without scheme, user and path. */
function gitProxyHost(value: string): string {
  const rest = value.includes('://') ? value.slice(value.indexOf('://') + 3) : value;
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  return decodeBytes(authority.slice(authority.indexOf('@') + 1));
}
