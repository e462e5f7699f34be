export type UrlParts = Pick<
  URL,
  'protocol' | 'username' | 'password' | 'hostname' | 'port' | 'pathname' | 'search' | 'hash'
>;

/** `new URL()` by the standard, which Node follows and no browser wholly; `undefined` where it throws. */
export function parseUrl(text: string): UrlParts | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const hostname = standardHost(url.hostname, text);
  if (hostname === undefined) return undefined;
  if (hostname === url.hostname) return url;
  const { protocol, username, password, port, pathname, search, hash } = url;
  return { protocol, username, password, hostname, port, pathname, search, hash };
}

/**
 * The host of a URL as the standard has it. Chromium escapes a blank, which belongs in no host,
 * and an asterisk, which does; and it maps full-width digits and drops invisible characters
 * between brackets.
 *
 * @param hostname - as the platform's `URL` gives it.
 * @param text - what it was given.
 * @returns the host, or nothing where the standard refuses it.
 */
export function standardHost(hostname: string, text: string): string | undefined {
  if (hostname.startsWith('[')) return hasPlainBrackets(text) ? hostname : undefined;
  if (!hostname.includes('%')) return hostname;
  const decoded = hostname.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return FORBIDDEN.test(decoded) ? undefined : decoded;
}

/** The standard's forbidden domain code points. */
const FORBIDDEN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;

function hasPlainBrackets(text: string): boolean {
  const authority = /^[^:]*:[/\\]*([^/\\?#]*)/.exec(text.replace(/[\t\n\r]/g, ''))?.[1] ?? '';
  const address = /^\[([0-9A-Fa-f:.]+)\](?::[0-9]*)?[\0-\x20]*$/.exec(
    authority.slice(authority.lastIndexOf('@') + 1),
  )?.[1];
  // No number of a dotted quad at the end has a leading zero.
  return (
    address !== undefined && !/[:.]0[0-9]/.test(/:[0-9]+(?:\.[0-9]+)+$/.exec(address)?.[0] ?? '')
  );
}
