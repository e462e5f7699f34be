import { memoize } from './memo.ts';
import { parseUrl } from './url.ts';

/** An http or https URL as `new URL()` reads it. */
export interface WhatwgUrl {
  scheme: 'http' | 'https';
  /** Host without port, IPv6 in brackets, IPv4 and IDN normalised. */
  host: string;
  /** As written, '' where it is the scheme's own. */
  writtenPort: string;
  /** 80 or 443 where none is written. */
  port: number;
  credentials: boolean;
  /** User name or password that decodeURIComponent refuses. */
  malformedCredentials: boolean;
}

/** `new URL()`; `undefined` where it throws or the scheme is another. */
export const parseWhatwg = memoize<WhatwgUrl | null>((text) => {
  const url = parseUrl(text);
  if (!url) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    scheme,
    host: url.hostname,
    writtenPort: url.port,
    // Port 0 counts as none: parseInt('0') || default.
    port: Number(url.port) || (scheme === 'https' ? 443 : 80),
    credentials: url.username !== '' || url.password !== '',
    malformedCredentials: !decodes(url.username) || !decodes(url.password),
  };
}, 4096);

/** Protocol of a proxy value, colon included; `undefined` where `new URL()` throws. */
export function proxyProtocol(value: string): string | undefined {
  return parseUrl(value)?.protocol;
}

/** False where decodeURIComponent throws. */
export function decodes(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    // A call whose value is not used is left out of the bundle: it is taken to do nothing.
    return decodeURIComponent(text).length < text.length;
  } catch {
    return false;
  }
}
