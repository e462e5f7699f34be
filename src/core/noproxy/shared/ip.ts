/** IPv4 addresses are unsigned 32-bit numbers here, IPv6 addresses eight 16-bit numbers. */
export type IPv6 = readonly number[];

/**
 * A dotted quad as `inet_pton(AF_INET)` and Go's `netip.ParseAddr` take it: four decimal numbers
 * up to 255, no leading zeros. -1 for anything else.
 */
export function parseIPv4(text: string): number {
  const length = text.length;
  if (length < 7 || length > 15) return -1;
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      if (octet === 0) return -1;
      octet = Math.max(octet, 0) * 10 + code - 48;
      if (octet > 255) return -1;
    } else if (code === 46) {
      if (octet < 0 || dots === 3) return -1;
      value = value * 256 + octet;
      octet = -1;
      dots++;
    } else {
      return -1;
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}

/**
 * An IPv6 address as `inet_pton(AF_INET6)` and Go's `netip.ParseAddr` take it, without a zone:
 * groups of one to four digits, `::` for at least one group, a dotted quad at the end allowed.
 */
export function parseIPv6(text: string): IPv6 | undefined {
  if (text.length < 2 || text.length > 45 || !text.includes(':')) return undefined;
  const groups: number[] = [];
  let gap = -1;
  let rest = text;
  if (rest.startsWith('::')) {
    gap = 0;
    rest = rest.slice(2);
    if (rest === '') return new Array<number>(8).fill(0);
  }
  const parts = rest.split(':');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const last = i === parts.length - 1;
    if (part === '') {
      // "a::b" splits into an empty part in the middle, "a::" into two at the end.
      if (gap >= 0) return undefined;
      gap = groups.length;
      if (i === 0) return undefined;
      if (last) return undefined;
      if (i === parts.length - 2 && parts[i + 1] === '') break;
      continue;
    }
    if (last && part.includes('.')) {
      const quad = parseIPv4(part);
      if (quad < 0) return undefined;
      groups.push(Math.floor(quad / 65536), quad % 65536);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  if (gap < 0) return groups.length === 8 ? groups : undefined;
  if (groups.length > 7) return undefined;
  const zeros = new Array<number>(8 - groups.length).fill(0);
  return [...groups.slice(0, gap), ...zeros, ...groups.slice(gap)];
}

/** The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:a.b.c.d`), else -1. */
export function unmapIPv4(groups: IPv6): number {
  for (let i = 0; i < 5; i++) if (groups[i] !== 0) return -1;
  if (groups[5] !== 0xffff) return -1;
  return (groups[6] ?? 0) * 65536 + (groups[7] ?? 0);
}

export function formatIPv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** Shortest text of an IPv6 address, as the C library's `inet_ntop` writes it. */
export function formatIPv6(groups: IPv6): string {
  let best = -1;
  let bestLength = 0;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      best = i;
      bestLength = end - i;
    }
    i = Math.max(i, end - 1);
  }
  if (bestLength < 2) best = -1;
  if (best === 0 && (bestLength === 6 || (bestLength === 5 && groups[5] === 0xffff))) {
    const quad = formatIPv4((groups[6] ?? 0) * 65536 + (groups[7] ?? 0));
    return bestLength === 6 ? `::${quad}` : `::ffff:${quad}`;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best < 0) return hex.join(':');
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`;
}

/** True when the first `bits` bits of two IPv4 addresses agree (0 ≤ bits ≤ 32). */
export function samePrefix4(a: number, b: number, bits: number): boolean {
  return bits === 0 || (a ^ b) >>> (32 - bits) === 0;
}

/** True when the first `bits` bits of two IPv6 addresses agree (0 ≤ bits ≤ 128). */
export function samePrefix6(a: IPv6, b: IPv6, bits: number): boolean {
  return prefixKey6(a, bits) === prefixKey6(b, bits);
}

/** The first `bits` bits of an IPv6 address as text, to look subnets up by. */
export function prefixKey6(groups: IPv6, bits: number): string {
  let key = '';
  let left = bits;
  for (let i = 0; left > 0; i++, left -= 16) {
    const group = groups[i] ?? 0;
    key += `${left >= 16 ? group : group >>> (16 - left)}:`;
  }
  return key;
}

/**
 * The C library's loose IPv4 form (`inet_aton`): one to four parts, each decimal, octal (leading
 * 0) or hexadecimal (0x), the last one filling what is left. Text after a blank is passed over,
 * as glibc does. -1 for anything else.
 */
export function parseLooseIPv4(text: string): number {
  return parseIPv4Parts(/^[^ \t\n\v\f\r]*/.exec(text)?.[0] ?? '', /^0[xX][0-9a-fA-F]+$/);
}

/** One to four parts, each decimal, octal or what `hex` takes, the last filling what is left; else -1. */
export function parseIPv4Parts(text: string, hex: RegExp): number {
  const parts = text.split('.');
  if (parts.length > 4) return -1;
  let value = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    let number: number;
    if (hex.test(part)) number = Number.parseInt(part.slice(2), 16);
    else if (/^0[0-7]*$/.test(part)) number = Number.parseInt(part, 8);
    else if (/^[1-9][0-9]*$/.test(part)) number = Number(part);
    else return -1;
    const last = i === parts.length - 1;
    if (number > (last ? 256 ** (4 - i) - 1 : 255)) return -1;
    value = last ? value * 256 ** (4 - i) + number : value * 256 + number;
  }
  return value;
}
