/** Go's `net/url` Parse and String, with the error texts. Source followed: Go 1.19 to 1.27 `net/url/url.go`. */

import { parseIPv4 } from '../../noproxy/shared/ip.ts';
import { goQuote } from './go-json.ts';
import { isAddr, type Parsed } from './go-values.ts';

export interface GoUrl {
  scheme: string;
  opaque: string;
  user: { name: string; password?: string } | undefined;
  host: string;
  path: string;
  rawPath: string;
  forceQuery: boolean;
  query: string;
  fragment: string;
  rawFragment: string;
  omitHost: boolean;
}

export interface GoUrlOptions {
  /** Go 1.24.8 / 1.25.2 and newer: only an IPv6 address may stand in brackets. */
  strictBrackets: boolean;
}

type Mode = 'path' | 'host' | 'zone' | 'user' | 'fragment';

class UrlError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** `url.Parse`; a refusal's message reads `parse "…": …`. */
export function parseGoUrl(raw: string, options: GoUrlOptions): Parsed<GoUrl> {
  const hash = raw.indexOf('#');
  const main = hash < 0 ? raw : raw.slice(0, hash);
  let whole = main;
  try {
    const url = parseMain(main, options);
    if (hash >= 0 && hash < raw.length - 1) {
      whole = raw;
      const fragment = raw.slice(hash + 1);
      url.fragment = unescapeText(fragment, 'fragment');
      if (escapeText(url.fragment, 'fragment') !== fragment) url.rawFragment = fragment;
    }
    return { ok: true, value: url };
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    return { ok: false, message: `parse ${goQuote(whole)}: ${error.message}` };
  }
}

function parseMain(raw: string, options: GoUrlOptions): GoUrl {
  const url: GoUrl = {
    scheme: '',
    opaque: '',
    user: undefined,
    host: '',
    path: '',
    rawPath: '',
    forceQuery: false,
    query: '',
    fragment: '',
    rawFragment: '',
    omitHost: false,
  };
  if (/[\0-\x1f\x7f]/.test(raw)) throw new UrlError('net/url: invalid control character in URL');
  if (raw === '*') return { ...url, path: '*' };
  if (raw.startsWith(':')) throw new UrlError('missing protocol scheme');
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(raw);
  url.scheme = (scheme?.[1] ?? '').toLowerCase();
  let rest = raw.slice(scheme?.[0].length ?? 0);

  const question = rest.indexOf('?');
  if (question >= 0) {
    url.forceQuery = question === rest.length - 1;
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  if (!rest.startsWith('/')) {
    if (url.scheme !== '') return { ...url, opaque: rest };
    if ((rest.split('/', 1)[0] ?? '').includes(':')) {
      throw new UrlError('first path segment in URL cannot contain colon');
    }
  }
  if ((url.scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    parseAuthority(url, authority, options);
  } else if (url.scheme !== '' && rest.startsWith('/')) {
    url.omitHost = true;
  }
  url.path = unescapeText(rest, 'path');
  if (escapeText(url.path, 'path') !== rest) url.rawPath = rest;
  return url;
}

function parseAuthority(url: GoUrl, authority: string, options: GoUrlOptions): void {
  const at = authority.lastIndexOf('@');
  url.host = parseHost(authority.slice(at + 1), options);
  if (at < 0) return;
  const userinfo = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) {
    throw new UrlError('net/url: invalid userinfo');
  }
  const colon = userinfo.indexOf(':');
  url.user =
    colon < 0
      ? { name: unescapeText(userinfo, 'user') }
      : {
          name: unescapeText(userinfo.slice(0, colon), 'user'),
          password: unescapeText(userinfo.slice(colon + 1), 'user'),
        };
}

function parseHost(host: string, options: GoUrlOptions): string {
  const open = host.lastIndexOf('[');
  if (options.strictBrackets && open > 0) throw new UrlError('invalid IP-literal');
  if (!host.startsWith('[')) {
    const colon = host.lastIndexOf(':');
    if (colon >= 0) checkPort(host.slice(colon));
    return unescapeText(host, 'host');
  }
  const close = host.lastIndexOf(']');
  if (close < 0) throw new UrlError("missing ']' in host");
  checkPort(host.slice(close + 1));
  const zone = host.slice(0, close).indexOf('%25');
  const name =
    zone < 0
      ? unescapeText(host.slice(1, close), 'host')
      : unescapeText(host.slice(1, zone), 'host') + unescapeText(host.slice(zone, close), 'zone');
  if (options.strictBrackets) {
    if (!isAddr(name)) {
      throw new UrlError(`invalid host: ParseAddr(${goQuote(name)}): unable to parse IP`);
    }
    if (parseIPv4(name) >= 0) throw new UrlError('invalid IP-literal');
  }
  return `[${name}]${unescapeText(host.slice(close + 1), 'host')}`;
}

function checkPort(text: string): void {
  if (!/^(?::[0-9]*)?$/.test(text)) throw new UrlError(`invalid port ${goQuote(text)} after host`);
}

function shouldEscape(character: string, mode: Mode): boolean {
  if (/[A-Za-z0-9\-_.~]/.test(character)) return false;
  switch (mode) {
    case 'host':
    case 'zone':
      return !/[!$&'()*+,;=:[\]<>"]/.test(character);
    case 'path':
      return !/[$&+,/:;=@]/.test(character);
    case 'user':
      return !/[$&+,;=]/.test(character);
    case 'fragment':
      return !/[$&+,/:;=?@!()*]/.test(character);
  }
}

function unescapeText(text: string, mode: Mode): string {
  const strict = mode === 'host' || mode === 'zone';
  if (!strict && !text.includes('%')) return text;
  for (let i = 0; i < text.length; ) {
    const character = text[i] ?? '';
    if (character !== '%') {
      if (strict && character < '\x80' && shouldEscape(character, mode)) {
        throw new UrlError(`invalid character ${goQuote(character)} in host name`);
      }
      i++;
      continue;
    }
    const sequence = text.slice(i, i + 3);
    const code = /^%[0-9a-fA-F]{2}$/.test(sequence)
      ? Number.parseInt(sequence.slice(1), 16)
      : Number.NaN;
    const zoneByte = code !== 0x20 && shouldEscape(String.fromCharCode(code), 'host');
    if (
      Number.isNaN(code) ||
      (mode === 'host' && code < 0x80 && sequence !== '%25') ||
      (mode === 'zone' && sequence !== '%25' && zoneByte)
    ) {
      throw new UrlError(`invalid URL escape ${goQuote(sequence)}`);
    }
    i += 3;
  }
  return decodePercent(text);
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = run
      .split('%')
      .slice(1)
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
}

function escapeText(text: string, mode: Mode): string {
  let escaped = '';
  for (const character of text) {
    if (!shouldEscape(character, mode)) {
      escaped += character;
      continue;
    }
    for (const byte of new TextEncoder().encode(character)) {
      escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }
  }
  return escaped;
}

/** `URL.String()`. */
export function formatGoUrl(url: GoUrl): string {
  let text = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') {
    text += url.opaque;
  } else {
    if (!(url.omitHost && url.host === '' && !url.user)) {
      if (url.host !== '' || (url.path !== '' && url.scheme !== '') || url.user) text += '//';
      if (url.user) {
        text += escapeText(url.user.name, 'user');
        if (url.user.password !== undefined) text += `:${escapeText(url.user.password, 'user')}`;
        text += '@';
      }
      text += escapeText(url.host, 'host');
    }
    const raw = /^[\w\-.~!$&'()*+,;=:@[\]%/]*$/.test(url.rawPath) ? url.rawPath : '';
    const path = raw || escapeText(url.path, 'path');
    if (path !== '' && !path.startsWith('/') && url.host !== '') text += '/';
    text += path;
  }
  if (url.forceQuery || url.query !== '') text += `?${url.query}`;
  if (url.fragment !== '') text += `#${url.rawFragment || escapeText(url.fragment, 'fragment')}`;
  return text;
}
