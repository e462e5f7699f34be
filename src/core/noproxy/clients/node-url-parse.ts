import { toAscii } from '../shared/idna.ts';
import { decodes } from '../shared/whatwg.ts';

export interface LegacyUrl {
  protocol: string;
  /** Lower-cased, IPv6 in brackets, '' where there is none. */
  hostname: string;
  port: string;
}

/**
 * Node's old `url.parse()`, for URLs with a scheme, as far as scheme, host and port go.
 *
 * Source: node `lib/url.js` `Url.prototype.parse`, Node 24.
 *
 * @returns the parts, or `undefined` where it throws.
 */
export function nodeUrlParse(text: string): LegacyUrl | undefined {
  const trimmed = text.replace(/^[\0-\x20\xa0\ufeff]+|[\0-\x20\xa0\ufeff]+$/g, '');
  const split = trimmed.search(/[?#]/);
  const head = split < 0 ? trimmed : trimmed.slice(0, split);
  let rest = head.replaceAll('\\', '/') + (split < 0 ? '' : trimmed.slice(split));
  const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0].toLowerCase() ?? '';
  rest = rest.slice(protocol.length);
  if (protocol === 'javascript:') return { protocol, hostname: '', port: '' };
  if (rest.startsWith('//')) rest = rest.slice(2);
  else if (protocol === '' || SLASHED.has(protocol)) return { protocol, hostname: '', port: '' };

  let nonHost = -1;
  let at = -1;
  for (let i = 0; i < rest.length; i++) {
    const letter = rest.charAt(i);
    if (letter === '\t' || letter === '\n' || letter === '\r') {
      rest = rest.slice(0, i) + rest.slice(i + 1);
      i--;
    } else if (letter === '#' || letter === '/' || letter === '?') {
      if (nonHost < 0) nonHost = i;
      break;
    } else if (letter === '@') {
      at = i;
      nonHost = -1;
    } else if (NEVER_IN_HOST.includes(letter) && nonHost < 0) {
      nonHost = i;
    }
  }
  if (at >= 0 && !decodes(rest.slice(0, at))) return undefined;
  let host = rest.slice(at + 1, nonHost < 0 ? undefined : nonHost);
  const portText = /:[0-9]*$/.exec(host)?.[0] ?? '';
  host = host.slice(0, host.length - portText.length);
  const bracketed = host.startsWith('[') && host.endsWith(']');
  if (!bracketed) host = host.split(/[/\\#?:]/)[0] ?? '';
  host = host.length > 255 ? '' : host.toLowerCase();
  if (host !== '') {
    if (bracketed) {
      if (/[\0\t\n\r #%/<>?@\\^|]/.test(host)) return undefined;
    } else {
      host = toAscii(host) ?? '';
      if (host === '' || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(host)) return undefined;
    }
  }
  return { protocol, hostname: host, port: portText.slice(1) };
}

const SLASHED = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);
const NEVER_IN_HOST = ' "%\';<>\\^`{|}';
