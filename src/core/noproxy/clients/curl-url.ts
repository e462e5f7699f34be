import {
  hasDottedLetter,
  isIdna2008,
  mapped,
  toAscii,
  toAsciiTransitional,
} from '../shared/idna.ts';
import { formatIPv4, formatIPv6, parseIPv4Parts, parseIPv6 } from '../shared/ip.ts';
import { asciiLower, isAscii } from '../shared/text.ts';
import { decodeBytes } from './go.ts';

/** Releases of curl between which its URL parser changed. */
export type CurlEra = '7.74' | '7.88' | '8.14' | '8.18';

export interface CurlUrl {
  scheme: string;
  /** True where no scheme was written and curl guessed one. */
  guessed: boolean;
  /** Host as it is matched: brackets, zone and escapes gone, IDN in punycode (from 7.77 on). */
  host: string;
  port: number | undefined;
}

/** Schemes that curl knows and that have a host. */
const KNOWN_SCHEMES = new Set(
  'http https ftp ftps dict gopher gophers imap imaps ldap ldaps mqtt mqtts pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp'.split(
    ' ',
  ),
);
/** WebSockets came with 7.86, but were not built in before 8.11. */
const WEB_SOCKETS = /^wss?$/;

const INVALID_HOST = {
  '7.74': / /,
  '7.88': /[ \r\n\t/:#?!@{}[\]\\$'"^`*<>=;,+&()]/,
  '8.14': /[ \r\n\t/:#?!@{}[\]\\$'"^`*<>=;,+&()%]/,
  '8.18': /[ \r\n\t/:#?!@{}[\]\\$'"^`*<>=;,+&()%|]/,
};

/**
 * curl's URL parser with its scheme guessing on, as the command uses it for URLs and for proxies.
 *
 * Source: `lib/urlapi.c` of 7.74.0, 7.88.1, 8.14.1 and after 8.21.
 *
 * @param options.proxy - parse a proxy: schemes that curl doesn't know are allowed.
 * @returns the parts, or a few words for what curl refuses.
 */
export function parseCurlUrl(
  url: string,
  era: CurlEra,
  options: { proxy?: boolean } = {},
): CurlUrl | string {
  const old = era === '7.74';
  if ((old ? /[\x01-\x1f\x7f]/ : /[\x01-\x20\x7f]/).test(url)) return 'bad characters in the URL';
  let rest = url;
  let scheme = '';
  const absolute = (old ? /^([A-Za-z0-9+.-]{0,40}):\// : /^([A-Za-z][A-Za-z0-9+.-]{0,39}):\//).exec(
    url,
  );
  if (absolute) {
    scheme = asciiLower(absolute[1] ?? '');
    rest = url.slice(scheme.length + 1);
    if (scheme === 'file') return 'file: has no host';
    const known = KNOWN_SCHEMES.has(scheme) || (WEB_SOCKETS.test(scheme) && era > '8');
    if (!known && !options.proxy) return 'unsupported protocol';
    const slashes = /^\/*/.exec(rest)?.[0].length ?? 0;
    if (slashes > 3) return 'bad number of slashes';
    rest = rest.slice(slashes);
  }
  let authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  if (authority === '') return 'no host part';
  const at = authority.indexOf('@');
  if (at >= 0) authority = authority.slice(at + 1);

  let host = authority;
  let port: number | undefined;
  const colon = authority.startsWith('[') ? bracketedPort(authority, old) : authority.indexOf(':');
  if (colon === 'bad') return 'bad IPv6 address or port';
  if (colon >= 0) {
    const text = authority.slice(colon + 1);
    host = authority.slice(0, colon);
    if (text === '') {
      if (scheme === '') return 'bad port number';
    } else {
      if (!/^[0-9]+$/.test(text)) return 'bad port number';
      port = Number(text);
      if (port > 65535 || (old && port === 0)) return 'bad port number';
    }
  }
  if (host === '') return 'no host part';
  const checked = checkHost(host, era);
  if (checked.error !== undefined) return checked.error;
  const guessed = scheme === '';
  if (guessed) scheme = guessScheme(checked.host);
  return { scheme, guessed, host: checked.host, port };
}

/** Where the colon before the port is, -1 where there is none. */
function bracketedPort(authority: string, old: boolean): number | 'bad' {
  const close = authority.indexOf(']');
  if (old && !/^\[[0-9a-fA-F:.]{1,45}[\]%]/.test(authority)) return authority.indexOf(':');
  if (close < 0) return 'bad';
  if (close === authority.length - 1) return -1;
  return authority[close + 1] === ':' ? close + 1 : 'bad';
}

type HostResult = { host: string; error?: undefined } | { error: string };

function checkHost(text: string, era: CurlEra): HostResult {
  let host = text;
  if (era === '8.18') {
    const decoded = decodeHost(host);
    if (decoded === undefined) return { error: 'bad hostname' };
    host = decoded;
  }
  if (host.startsWith('[')) return bracketedHost(host, era);
  if (era !== '7.74') {
    const quad = normalizeIPv4(host, era);
    if (quad >= 0) return { host: formatIPv4(quad) };
    if (era !== '8.18') {
      const decoded = decodeHost(host);
      if (decoded === undefined) return { error: 'bad hostname' };
      host = decoded;
      if (host.startsWith('[')) return bracketedHost(host, era);
    }
  }
  if (INVALID_HOST[era].test(host)) return { error: 'bad hostname' };
  if (era === '8.18' && (host === '.' || host.endsWith('..'))) return { error: 'bad hostname' };
  if (isAscii(host)) return { host };
  // libidn2 keeps hyphens in third and fourth place for punycode, and wants none at either end.
  if (
    /(?:^|\.)(?:(?!xn)[^.]{2}--|-)|-(?:\.|$)/iu.test(host.replace(/[\u3002\uff0e\uff61]/g, '.'))
  ) {
    return { error: 'bad international name' };
  }
  if (hasDottedLetter(host)) return { error: 'bad international name' };
  // Old curl converts after it has matched, but fails all the same.
  if (era === '7.74') return isIdna2008(host) ? { host } : { error: 'bad international name' };
  if (
    host
      .split('.')
      .some((label) => /[%|~]/.test(label) && !isAscii(mapped(label).replaceAll('ß', 'ss')))
  ) {
    return { error: 'bad international name' };
  }
  const ascii = toAscii(host) ?? toAsciiTransitional(host);
  return ascii === undefined ? { error: 'bad international name' } : { host: ascii };
}

function bracketedHost(text: string, era: CurlEra): HostResult {
  const match = /^\[([0-9a-fA-F:.]*)(%[^\]]*)?\]/.exec(text);
  if (!match || text.length < 4) return { error: 'bad IPv6 address' };
  let zone = match[2];
  if (zone !== undefined) {
    zone = zone.slice(1);
    if (zone.startsWith('25') && zone.length > 2) zone = zone.slice(2);
    if (zone === '' || zone.length > 15) return { error: 'bad IPv6 address' };
    if (era === '8.18' && /[\0-\x7f]/.test(zone.replace(/[A-Za-z0-9._~-]/g, ''))) {
      return { error: 'bad IPv6 address' };
    }
  } else if (match[0].length !== text.length) {
    return { error: 'bad IPv6 address' };
  }
  const address = match[1] ?? '';
  const groups = parseIPv6(address);
  if (!groups) return { error: 'bad IPv6 address' };
  if (era === '7.74') return { host: address };
  // Rewritten only where that makes it shorter (or, since 8.18, no longer).
  const short = formatIPv6(groups);
  const fits = era === '8.18' ? short.length <= address.length : short.length < address.length;
  return { host: fits ? short : address };
}

/** `%xx` decoded; `undefined` where that gives a control character. */
function decodeHost(host: string): string | undefined {
  if (!host.includes('%')) return host;
  const decoded = decodeBytes(host);
  return /[\0-\x1f]/.test(decoded) ? undefined : decoded;
}

/** `ipv4_normalize`: 127.1, 0x7f000001, 017700000001. -1 where it stays a name. */
function normalizeIPv4(host: string, era: CurlEra): number {
  return parseIPv4Parts(
    era === '8.18' ? host.replace(/\.$/, '') : host,
    era === '8.14' ? /^0x[0-9a-fA-F]+$/ : /^0[xX][0-9a-fA-F]+$/,
  );
}

function guessScheme(host: string): string {
  const match = /^(ftp|dict|ldap|imap|smtp|pop3)\./i.exec(host);
  return match ? (match[1] ?? '').toLowerCase() : 'http';
}
