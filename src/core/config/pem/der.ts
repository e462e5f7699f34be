/** A small reader of DER (X.690), for what certificates use: definite lengths and tags below 31. */
export interface Der {
  /** The tag byte: class, constructed bit and number. */
  tag: number;
  /** Header and content. */
  bytes: Uint8Array;
  content: Uint8Array;
}

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OID = 0x06;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** The element at `offset`; undefined when it isn't complete DER. */
export function readDer(bytes: Uint8Array, offset = 0): Der | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
  }
  const end = start + length;
  if (end > bytes.length) return undefined;
  return { tag, bytes: bytes.subarray(offset, end), content: bytes.subarray(start, end) };
}

/** The elements inside one; undefined when they don't fill it. */
export function children(parent: Der): Der[] | undefined {
  const found: Der[] = [];
  for (let offset = 0; offset < parent.content.length; ) {
    const child = readDer(parent.content, offset);
    if (child === undefined) return undefined;
    found.push(child);
    offset += child.bytes.length;
  }
  return found;
}

/** `1.2.840.113549.1.7.2`; '' for anything that is no object identifier. */
export function oidText(der: Der | undefined): string {
  if (der?.tag !== OID) return '';
  const arcs: number[] = [];
  let value = 0;
  for (const byte of der.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      arcs.push(first, value - first * 40);
    } else {
      arcs.push(value);
    }
    value = 0;
  }
  return arcs.join('.');
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
