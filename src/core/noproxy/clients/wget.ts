import { bypassed, direct, proxied, refused } from '../shared/decision.ts';
import { get } from '../shared/environment.ts';
import { HostIndex, positionOrNone } from '../shared/host-index.ts';
import { toAscii, toAsciiTransitional } from '../shared/idna.ts';
import { parseIPv6 } from '../shared/ip.ts';
import { memoize } from '../shared/memo.ts';
import { splitCommas } from '../shared/split.ts';
import { asciiLower, isAscii } from '../shared/text.ts';
import type { BypassList, ClientModel, Decision } from '../types.ts';
import { decodeBytes } from './go.ts';

/**
 * GNU Wget: lower-case variables alone, suffixes on a dot, blanks passed over after a comma only.
 *
 * Source: `src/retr.c` `getproxy`, `src/host.c` `sufmatch`, `src/utils.c` `sepstring`,
 * `src/url.c` `url_parse`, Wget 1.25.0.
 */
export const wget: ClientModel = (env) => {
  const listValue = get(env, 'no_proxy');
  const listVariable = listValue === undefined ? undefined : { name: 'no_proxy', value: listValue };
  const list = compileList(listValue ?? '');
  return (url: string): Decision => {
    const parsed = parseWgetUrl(url);
    if (typeof parsed === 'string') return refused('url-refused', parsed);
    const { scheme, host } = parsed;
    const position = list.find(host);
    if (position >= 0) return bypassed(list.entries[position] ?? '', listVariable, host);
    const name = `${scheme}_proxy`;
    const value = get(env, name);
    if (value === undefined) return direct('no-proxy-set', { host });
    if (value === '') return direct('empty-variable', { variable: name, host });
    const fault = proxyFault(value, scheme);
    if (fault !== undefined) return refused('proxy-value-refused', fault, name);
    return proxied({ name, value }, listVariable, host);
  };
};

const compileList = memoize((value: string): BypassList<string> => {
  // sepstring: blanks after a comma are skipped, those before it stay with the entry. A comma at
  // the end leaves one more entry, which is empty.
  const entries = value === '' ? [] : splitCommas(value.replace(/,[ \t-\r]+/g, ','));
  const names = new HostIndex();
  entries.forEach((entry, position) => {
    const text = asciiLower(entry);
    names.addDomain(text, position);
    // A leading dot stands for the dot that sufmatch wants before a subdomain.
    if (text.startsWith('.')) names.addBelow(text.slice(1), position);
  });
  return { entries, find: (host) => positionOrNone(names.find(host)) };
});

interface WgetUrl {
  scheme: 'http' | 'https' | 'ftp' | 'ftps';
  host: string;
}

const parseWgetUrl = memoize((text: string): WgetUrl | string => {
  const url = /^(?:https?|ftps?):\/\//i.test(text) ? text : shorthand(text);
  const match = /^(https?|ftps?):\/\/([\s\S]*)$/i.exec(url);
  if (!match) return 'unsupported scheme';
  const scheme = asciiLower(match[1] ?? '') as WgetUrl['scheme'];
  return parseAfterScheme(match[2] ?? '', scheme);
}, 4096);

/** `rewrite_shorthand_url`: host, host:port and host/path get http:// in front. */
function shorthand(text: string): string {
  const at = text.search(/[:/]/);
  if (at === 0 || (text[at] === ':' && !/^:[0-9]+(?:\/|$)/.test(text.slice(at)))) return text;
  return `http://${text}`;
}

function parseAfterScheme(after: string, scheme: WgetUrl['scheme']): WgetUrl | string {
  let rest = after;
  // What RFC 2396 wants escaped has been escaped on the way in, all but the brackets.
  const credentials = /^[^@/?#[\]]*@/.exec(rest);
  if (credentials) {
    if (/^[:@]/.test(rest)) return 'Invalid user name';
    rest = rest.slice(credentials[0].length);
  }
  // In ftp a host ends at ":/;" only; in http also at "?" and "#".
  const ends = scheme.startsWith('ftp') ? ':/;' : ':/?#';
  let host: string;
  if (rest.startsWith('[')) {
    const close = rest.indexOf(']');
    if (close < 0) return 'Unterminated IPv6 numeric address';
    host = rest.slice(1, close);
    // Leading zeros may be as many as one likes.
    if (!parseIPv6(host.replace(/(^|:)0+(?=[0-9a-f])/gi, '$1')))
      return 'Invalid IPv6 numeric address';
    rest = rest.slice(close + 1);
    if (rest !== '' && !ends.includes(rest.charAt(0))) return 'Invalid host name';
  } else {
    let end = 0;
    while (end < rest.length && !ends.includes(rest.charAt(end))) end++;
    host = rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (host === '') return 'Invalid host name';
  if (rest.startsWith(':')) {
    const port = new RegExp(`^[^${ends.slice(1)}]*`).exec(rest.slice(1))?.[0] ?? '';
    if (/[^0-9]/.test(port) || Number(port) > 65535) return 'Bad port number';
  }
  host = asciiLower(host);
  if (/[\0-\x1f\x7f]/.test(host)) return 'Invalid host name';
  if (host.includes('%') || !isAscii(host)) {
    // %00 stays as it is; control characters were escaped on the way in and come back here.
    host = decodeBytes(host.replaceAll('%00', '%2500'));
    if (/[\0-\x1f\x7f]/.test(host)) return 'Invalid host name';
    host = toAscii(host) ?? toAsciiTransitional(host) ?? host;
  }
  return { scheme, host };
}

/** What wget refuses in a proxy value, if anything. */
function proxyFault(value: string, scheme: string): string | undefined {
  const parsed = parseWgetUrl(value);
  if (typeof parsed === 'string') return parsed;
  if (parsed.scheme !== 'http' && parsed.scheme !== scheme) return 'Must be HTTP';
  return undefined;
}
