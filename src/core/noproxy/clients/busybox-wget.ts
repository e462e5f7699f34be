import { direct, proxied, refused } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import type { ClientModel, Decision } from '../types.ts';

/**
 * BusyBox wget (Alpine's wget): no list of any name is read, and http_proxy serves https too.
 *
 * Source: `networking/wget.c` `parse_url`, `download_one_url`, BusyBox 1.37.0.
 */
export const busyboxWget: ClientModel = (env) => {
  return (url: string): Decision => {
    const parsed = parseBusyboxUrl(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const name = parsed.scheme.startsWith('ftp') ? 'ftp_proxy' : 'http_proxy';
    const value = get(env, name);
    if (value === undefined) return direct('no-proxy-set', { host: parsed.host });
    if (value === '') return direct('empty-variable', { variable: name, host: parsed.host });
    const proxy = parseBusyboxUrl(value);
    if (typeof proxy === 'string') return refused('proxy-value-refused', proxy, name);
    return proxied({ name, value }, undefined, parsed.host);
  };
};

function parseBusyboxUrl(url: string): { scheme: string; host: string } | string {
  const at = url.indexOf('://');
  let scheme = 'http';
  let rest = url;
  if (at >= 0) {
    scheme = url.slice(0, at);
    if (!/^(?:https?|ftps?)$/.test(scheme)) return 'not an http or ftp url';
    rest = url.slice(at + 3);
  }
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  return { scheme, host: authority.slice(authority.lastIndexOf('@') + 1) };
}
