/** Readers for the small value formats of Go's standard library and `docker/go-units`, with their error texts. */
import { parseIPv4, parseIPv6 } from '../../noproxy/shared/ip.ts';
import { goQuote } from './go-json.ts';

export type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** `net.ParseIP`: dotted quad or IPv6, no zone, no brackets. */
export function isIp(text: string): boolean {
  return parseIPv4(text) >= 0 || parseIPv6(text) !== undefined;
}

/** `netip.ParseAddr`: as {@link isIp}, and an IPv6 address may have a zone. */
export function isAddr(text: string): boolean {
  const zone = text.indexOf('%');
  if (zone < 0) return isIp(text);
  return zone < text.length - 1 && parseIPv6(text.slice(0, zone)) !== undefined;
}

export interface Cidr {
  /** The address as 4 or 16 bytes. */
  bytes: readonly number[];
  bits: number;
}

/** The address's bytes, 4 or 16; undefined when it is none. */
export function ipBytes(text: string): number[] | undefined {
  const v4 = parseIPv4(text);
  if (v4 >= 0) return [24, 16, 8, 0].map((shift) => (v4 >>> shift) & 255);
  return parseIPv6(text)?.flatMap((group) => [group >> 8, group & 255]);
}

/** `net.ParseCIDR`. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const bytes = ipBytes(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (bytes === undefined || !/^\d{1,9}$/.test(digits)) return undefined;
  const bits = Number(digits);
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

/** Is `bytes` inside the network of `cidr`? */
export function inNetwork(cidr: Cidr, bytes: readonly number[]): boolean {
  if (bytes.length !== cidr.bytes.length) return false;
  return cidr.bytes.every((byte, i) => {
    const bits = Math.min(8, Math.max(0, cidr.bits - i * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((bytes[i] ?? 0) & mask);
  });
}

/** `netip.ParsePrefix`; the message is what follows `netip.ParsePrefix("…"): `. */
export function parsePrefix(text: string): Parsed<Cidr> {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return refuse("no '/'");
  const address = text.slice(0, slash);
  if (!isAddr(address)) return refuse(`ParseAddr(${goQuote(address)}): unable to parse IP`);
  if (address.includes('%')) return refuse('IPv6 zones cannot be present in a prefix');
  const digits = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d*)$/.test(digits)) return refuse(`bad bits after slash: ${goQuote(digits)}`);
  const bytes = ipBytes(address) ?? [];
  const bits = Number(digits);
  if (bits > bytes.length * 8) return refuse('prefix length out of range');
  return { ok: true, value: { bytes, bits } };
}

/** `strconv.ParseBool`; undefined when it is none. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

/** `strconv.Atoi` for numbers that fit; undefined when it is none. */
export function parseInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

const UNITS: { [letter: string]: number } = {
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/** `units.RAMInBytes` of go-units 0.5 (Engine 23.0 and newer): `64m`, `20 GB`, `1.5GiB`, `1e3`. */
export function ramInBytes(text: string): Parsed<number> {
  let last = text.length - 1;
  while (last >= 0 && !/[0-9. ]/.test(text[last] ?? '')) last--;
  if (last < 0) return refuse(`invalid size: '${text}'`);
  const digits = text[last] === ' ' ? text.slice(0, last) : text.slice(0, last + 1);
  const suffix = text.slice(last + 1).toLowerCase();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) {
    return refuse(`strconv.ParseFloat: parsing ${goQuote(digits)}: invalid syntax`);
  }
  const size = Number(digits);
  if (!Number.isFinite(size)) {
    return refuse(`strconv.ParseFloat: parsing ${goQuote(digits)}: value out of range`);
  }
  if (size < 0) return refuse(`invalid size: '${text}'`);
  if (suffix === '' || suffix === 'b') return { ok: true, value: Math.trunc(size) };
  const unit = /^([kmgtp])(?:b|ib)?$/.exec(suffix)?.[1];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (factor === undefined) return refuse(`invalid suffix: '${suffix}'`);
  return { ok: true, value: Math.trunc(size * factor) };
}

/** `units.RAMInBytes` of go-units 0.4 (before Engine 23.0). */
export function ramInBytesOld(text: string): Parsed<number> {
  const match = /^(\d+(?:\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?$/.exec(text);
  const size = Number(match?.[1]);
  if (!match || Number.isNaN(size)) return refuse(`invalid size: '${text}'`);
  const factor = UNITS[(match[2] ?? '').toLowerCase()] ?? 1;
  return { ok: true, value: Math.trunc(size * factor) };
}

const DURATION_UNITS: { [unit: string]: number } = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `time.ParseDuration`: milliseconds of `300ms`, `-1.5h`, `2h45m`, `0`. */
export function durationMs(text: string): Parsed<number> {
  const invalid = refuse(`time: invalid duration ${goQuote(text)}`);
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { ok: true, value: 0 };
  if (rest === '') return invalid;
  let total = 0;
  while (rest !== '') {
    const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
    if (match === null) return invalid;
    const [whole, count = '', unit = ''] = match;
    if (unit === '') return refuse(`time: missing unit in duration ${goQuote(text)}`);
    const factor = Object.hasOwn(DURATION_UNITS, unit) ? DURATION_UNITS[unit] : undefined;
    if (factor === undefined) {
      return refuse(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
    }
    total += Number(count) * factor;
    rest = rest.slice(whole.length);
  }
  return { ok: true, value: sign * total };
}

/** Does `time.ParseDuration` take the text? */
export function isDuration(text: string): boolean {
  return durationMs(text).ok;
}

/** `net.SplitHostPort`. */
export function splitHostPort(text: string): Parsed<{ host: string; port: string }> {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return refuse(`address ${text}: missing port in address`);
  let host = text.slice(0, colon);
  let from = 0;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0) return refuse(`address ${text}: missing ']' in address`);
    if (end + 1 !== colon) {
      const many = text[end + 1] === ':';
      return refuse(`address ${text}: ${many ? 'too many colons' : 'missing port'} in address`);
    }
    host = text.slice(1, end);
    from = end + 1;
    if (host.includes('[')) return refuse(`address ${text}: unexpected '[' in address`);
  } else if (host.includes(':')) {
    return refuse(`address ${text}: too many colons in address`);
  }
  const rest = text.slice(from);
  if (rest.includes('[')) return refuse(`address ${text}: unexpected '[' in address`);
  if (rest.includes(']')) return refuse(`address ${text}: unexpected ']' in address`);
  return { ok: true, value: { host, port: text.slice(colon + 1) } };
}
