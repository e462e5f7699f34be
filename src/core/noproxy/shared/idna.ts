import { isAscii } from './text.ts';
import { parseUrl } from './url.ts';

/** Symbols and punctuation that IDNA 2008 takes in no label; what mapping drops is none of them. */
const DISALLOWED =
  /[^\p{ASCII}\p{L}\p{M}\p{Nd}\u00ad\u00b7\u0375\u05f3\u05f4\u200b-\u200d\u2060\u30fb\u3002\ufeff]/u;

/** Letters as mapping leaves them, without those that it drops. */
export function mapped(host: string): string {
  return host.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

/** Single characters that mapping turns into dots: libidn2 wants none inside a label. */
export function hasDottedLetter(host: string): boolean {
  return /[\u2024-\u2026\u2488-\u249b]/.test(host);
}

/** True where libidn2's strict mode converts a name. What is ASCII in it, or becomes so, may be anything. */
export function isIdna2008(host: string): boolean {
  const letters = host.normalize('NFKC').replace(/[\0-\x20"#%*/:<>?@[\\\]^`{|}\x7f]/g, 'a');
  return !DISALLOWED.test(letters) && toAscii(letters) !== undefined;
}

/** What no mode of UTS 46 takes: controls, private use, unassigned, a mark that begins a label. */
const NEVER = /[\x80-\x9f\ufffd\p{Co}\p{Cn}\p{Cs}]|(?:^|[.\u3002\uff0e\uff61])\p{M}/u;

/**
 * libidn2's transitional mode, which curl and wget fall back to: joiners dropped, ß and final
 * sigma replaced, and no rule about directions. `undefined` where the name cannot be converted.
 */
export function toAsciiTransitional(host: string): string | undefined {
  if (NEVER.test(host)) return undefined;
  return host
    .replace(/[\u00ad\u200c\u200d]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .split(/[.\u3002\uff0e\uff61]/)
    .map((label) => (isAscii(label) ? label : `xn--${punycode(label)}`))
    .join('.');
}

/** RFC 3492. */
function punycode(label: string): string {
  const points = Array.from(label, (letter) => letter.codePointAt(0) ?? 0);
  let out = points
    .filter((point) => point < 128)
    .map((point) => String.fromCharCode(point))
    .join('');
  const basic = out.length;
  let handled = basic;
  if (basic > 0) out += '-';
  let lowest = 128;
  let delta = 0;
  let bias = 72;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= lowest));
    delta += (next - lowest) * (handled + 1);
    lowest = next;
    for (const point of points) {
      if (point < lowest) delta++;
      if (point !== lowest) continue;
      let rest = delta;
      for (let base = 36; ; base += 36) {
        const threshold = Math.min(Math.max(base - bias, 1), 26);
        if (rest < threshold) break;
        out += digit(threshold + ((rest - threshold) % (36 - threshold)));
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      out += digit(rest);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    lowest++;
  }
  return out;
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? 97 + value : 22 + value);
}

function adapt(change: number, count: number, first: boolean): number {
  let delta = first ? Math.floor(change / 700) : change >> 1;
  delta += Math.floor(delta / count);
  let steps = 0;
  for (; delta > 455; steps += 36) delta = Math.floor(delta / 35);
  return steps + Math.floor((36 * delta) / (delta + 38));
}

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
  // The last label keeps a name of digits away from URL's IPv4 parser.
  const ascii = parseUrl(`http://${host}.x/`)?.hostname.slice(0, -2);
  if (ascii === undefined) return undefined;
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
