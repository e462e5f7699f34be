import { isAscii } from './text.ts';

export interface ToAsciiOptions {
  /** Refuse what STD 3 does not allow in a host name, such as `_`. */
  std3?: boolean;
  /** Refuse labels that start or end in a hyphen or have `--` in third place. */
  checkHyphens?: boolean;
}

/**
 * A name in punycode (UTS 46, non-transitional), by the platform's own `URL`. ASCII text is
 * returned as it is. `undefined` where the name cannot be converted.
 */
export function toAscii(host: string, options: ToAsciiOptions = {}): string | undefined {
  if (isAscii(host)) return host;
  if (/[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(host)) return undefined;
  let ascii: string;
  try {
    // The last label keeps a name of digits away from URL's IPv4 parser.
    ascii = new URL(`http://${host}.x/`).hostname.slice(0, -2);
  } catch {
    return undefined;
  }
  if (options.std3 && /[^a-z0-9.-]/.test(ascii)) return undefined;
  if (options.checkHyphens) {
    // The letters, not their punycode, must keep to the rule.
    for (const label of [...ascii.split('.'), ...host.normalize('NFKC').split('.')]) {
      if (label.startsWith('-') || label.endsWith('-')) return undefined;
      if (label.slice(2, 4) === '--' && !/^xn--/i.test(label)) return undefined;
    }
  }
  return ascii;
}
