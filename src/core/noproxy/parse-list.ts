import { parseIPv4, parseIPv6 } from './shared/ip.ts';
import { isDigits } from './shared/text.ts';

/** What an entry of a bypass list is meant to be, whatever a client makes of it. */
export type EntryKind =
  | 'empty'
  /** A lone `*`. */
  | 'all'
  | 'name'
  /** `.corp.example` */
  | 'dot-name'
  /** `*.corp.example` */
  | 'star-name'
  | 'ipv4'
  | 'ipv6'
  | 'cidr4'
  | 'cidr6'
  /** `10.*`, `192.168.*.*` */
  | 'ipv4-star'
  /** `192.168.1.10-192.168.1.20` */
  | 'range'
  /** `<local>`, `<-loopback>` */
  | 'windows'
  /** Nothing that any client understands. */
  | 'other';

export interface Entry {
  /** As typed, white space around it included. */
  readonly raw: string;
  /** Without white space, quotes, scheme and path: what is meant. */
  readonly text: string;
  readonly kind: EntryKind;
  /** Name or address without dot, star, brackets, port and prefix length; lower case. */
  readonly host: string;
  /** Port, where one is written. */
  readonly port: number | undefined;
  /** Prefix length of a CIDR. */
  readonly bits: number | undefined;
  readonly marks: {
    /** White space somewhere in the entry. */
    readonly space: boolean;
    readonly quote: boolean;
    readonly scheme: boolean;
    readonly path: boolean;
    readonly brackets: boolean;
    readonly trailingDot: boolean;
    readonly upper: boolean;
    readonly nonAscii: boolean;
    /** A port that is no number up to 65535. */
    readonly badPort: boolean;
    /** A `*` or `?` where no client takes it. */
    readonly wildcard: boolean;
  };
}

const SPACE = /[\s\u0085\u200b\ufeff]/;

/**
 * Cuts a pasted value at everything that people use between entries: commas, also full-width
 * ones, semicolons, vertical bars, white space.
 */
export function splitGenerously(value: string): string[] {
  return value
    .replace(/\s*-\s*(?=\d+\.\d+\.\d+\.\d+)/g, '-')
    .split(/[,，、;；|\s\u0085\u200b\ufeff]+/)
    .filter(Boolean);
}

/** Reads one entry for what it is meant to be. */
export function parseEntry(raw: string): Entry {
  let text = raw.replace(/[\s\u0085\u200b\ufeff]+/g, '');
  const quote = /["'“”‘’]/.test(text);
  text = text.replace(/["'“”‘’]/g, '');
  const schemeMatch = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.exec(text);
  if (schemeMatch) text = text.slice(schemeMatch[0].length).replace(/^[^/@]*@/, '');
  let path = false;
  if (!/^[0-9a-f:.[\]]+\/[0-9.]+/i.test(text)) {
    const slash = text.indexOf('/');
    if (slash >= 0) {
      path = true;
      text = text.slice(0, slash);
    }
  }
  const upper = /[A-Z]/.test(text);
  const nonAscii = /[^\0-\x7f]/.test(text);
  const lower = text.toLowerCase();

  const cidr = /^\[?([0-9a-f:.]+)\]?\/([0-9]{1,3})(?::([0-9]+))?$/.exec(lower);
  const cut = cidr
    ? { host: cidr[1] ?? '', port: cidr[3], brackets: lower.startsWith('[') }
    : cutPort(lower);
  const badPort = cut.port !== undefined && !(isDigits(cut.port) && Number(cut.port) <= 65535);
  const trailingDot = cut.host.length > 1 && cut.host.endsWith('.');
  const host = trailingDot ? cut.host.replace(/\.+$/, '') : cut.host;
  const kind = kindOf(host, cidr !== null);
  const bare = host.replace(/^\*?\.+/, '');
  return {
    raw,
    text,
    kind,
    host: kind === 'star-name' || kind === 'dot-name' ? bare : host,
    port: cut.port !== undefined && !badPort ? Number(cut.port) : undefined,
    bits: cidr ? Number(cidr[2]) : undefined,
    marks: {
      space: SPACE.test(raw),
      quote,
      scheme: schemeMatch !== null,
      path,
      brackets: cut.brackets,
      trailingDot,
      upper,
      nonAscii,
      badPort,
      wildcard: kind === 'ipv4-star' || (kind === 'other' && /[*?]/.test(host)),
    },
  };
}

function cutPort(text: string): { host: string; port: string | undefined; brackets: boolean } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2], brackets: true };
  const colon = text.indexOf(':');
  if (colon < 0 || colon !== text.lastIndexOf(':'))
    return { host: text, port: undefined, brackets: false };
  return { host: text.slice(0, colon), port: text.slice(colon + 1), brackets: false };
}

function kindOf(host: string, cidr: boolean): EntryKind {
  if (host === '') return 'empty';
  if (cidr) {
    if (parseIPv4(host) >= 0) return 'cidr4';
    return parseIPv6(host) ? 'cidr6' : 'other';
  }
  if (host === '*') return 'all';
  if (/^<.*>$/.test(host)) return 'windows';
  if (parseIPv4(host) >= 0) return 'ipv4';
  if (parseIPv6(host.replace(/%.*$/, ''))) return 'ipv6';
  if (/^\d{1,3}(?:\.\d{1,3}){0,2}(?:\.\*){1,3}$/.test(host)) {
    const filled = [...host.split('.').filter((part) => part !== '*'), 0, 0, 0].slice(0, 4);
    return parseIPv4(filled.join('.')) >= 0 ? 'ipv4-star' : 'other';
  }
  if (/^\d+(?:\.\d+){3}-\d+(?:\.\d+){3}$/.test(host)) return 'range';
  const name = host.replace(/^\*?\.+/, '');
  if (name === '' || !/^[^\s*?"'<>|\\^`{}()[\]/@:#%,;!~$&+=]+$/.test(name)) return 'other';
  if (host.startsWith('*.')) return 'star-name';
  return host.startsWith('.') ? 'dot-name' : 'name';
}
