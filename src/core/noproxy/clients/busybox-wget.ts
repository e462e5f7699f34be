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
    if (!value) {
      // The port is looked at only where wget itself connects to the host.
      if (hasBadPort(parsed.host)) return refused('url-refused', 'bad port');
      if (value === undefined) return direct('no-proxy-set', { host: parsed.host });
      return direct('empty-variable', { variable: name, host: parsed.host });
    }
    const proxy = parseBusyboxUrl(value);
    if (typeof proxy === 'string') return refused('proxy-value-refused', proxy, name);
    if (hasBadPort(proxy.host)) return refused('proxy-value-refused', 'bad port', name);
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

/** `str2sockaddr`: what follows the only colon, or the colon after brackets, must be a port. */
function hasBadPort(host: string): boolean {
  const port = host.startsWith('[')
    ? /^\[[^\]]*\]:([\s\S]*)$/.exec(host)?.[1]
    : /^[^:]*:([^:]*)$/.exec(host)?.[1];
  return port !== undefined && !(/^[0-9]+$/.test(port) && Number(port) <= 65535);
}
