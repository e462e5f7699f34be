import { atLeast } from '../version.ts';

export interface DecodedFile {
  text: string;
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'binary';
}

const UTF8_BOM = [0xef, 0xbb, 0xbf];

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

function decode(label: string, bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes of a pasted or dropped file to text: BOMs, UTF-16 without BOM, UTF-8, else GB18030 (GBK); `binary` when none fits.
 * The BOM isn't part of `text`. Never throws.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  if (startsWith(bytes, UTF8_BOM)) {
    return { text: decode('utf-8', bytes.subarray(3), false) ?? '', encoding: 'utf-8-bom' };
  }
  if (startsWith(bytes, [0xff, 0xfe])) {
    return { text: decode('utf-16le', bytes.subarray(2), false) ?? '', encoding: 'utf-16le' };
  }
  if (startsWith(bytes, [0xfe, 0xff])) {
    return { text: decode('utf-16be', bytes.subarray(2), false) ?? '', encoding: 'utf-16be' };
  }
  const guess = guessUtf16(bytes);
  if (guess !== undefined) return { text: decode(guess, bytes, false) ?? '', encoding: guess };
  const utf8 = decode('utf-8', bytes, true);
  if (utf8 !== undefined) return { text: utf8, encoding: looksBinary(utf8) ? 'binary' : 'utf-8' };
  const gbk = decode('gb18030', bytes, true);
  if (gbk !== undefined && !looksBinary(gbk)) return { text: gbk, encoding: 'gb18030' };
  return { text: decode('utf-8', bytes, false) ?? '', encoding: 'binary' };
}

/** UTF-16 without a BOM shows itself by a NUL in every other byte of ASCII text. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4 || bytes.length % 2 !== 0) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) {
      if (i % 2 === 0) even++;
      else odd++;
    }
  }
  const half = sample.length / 2;
  if (even === 0 && odd > half * 0.4) return 'utf-16le';
  if (odd === 0 && even > half * 0.4) return 'utf-16be';
  return undefined;
}

function looksBinary(text: string): boolean {
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
}

/** The text as dockerd sees it, or why it can't read it as text at all. */
export type EngineText =
  | {
      ok: true;
      /** Bytes that aren't UTF-8 (possible before 23.0 only) are U+DC80…U+DCFF, one each. */
      text: string;
      /** Bytes in front of `text` (a BOM). */
      skipped: number;
    }
  | { ok: false; message: string; byteOffset: number };

/**
 * Decodes the file as dockerd of that version does: BOMs count since 23.0 (`golang.org/x/text` BOMOverride), and what
 * isn't UTF-8 is refused since then; before, the bytes go to the JSON decoder as they are.
 */
export function decodeForEngine(bytes: Uint8Array, engine: string): EngineText {
  if (!atLeast(engine, '23.0')) return { ok: true, text: decodeEscapingBytes(bytes), skipped: 0 };
  if (startsWith(bytes, [0xff, 0xfe])) {
    return { ok: true, text: decode('utf-16le', bytes.subarray(2), false) ?? '', skipped: 2 };
  }
  if (startsWith(bytes, [0xfe, 0xff])) {
    return { ok: true, text: decode('utf-16be', bytes.subarray(2), false) ?? '', skipped: 2 };
  }
  const skipped = startsWith(bytes, UTF8_BOM) ? 3 : 0;
  const text = decode('utf-8', bytes.subarray(skipped), true);
  if (text !== undefined) return { ok: true, text, skipped };
  return {
    ok: false,
    message: `failed to decode configuration JSON at offset ${bytes.length}: encoding: invalid UTF-8`,
    byteOffset: firstInvalidByte(bytes),
  };
}

/** Index of the first byte that isn't part of valid UTF-8; the length where all is valid. */
export function firstInvalidByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return i;
}

/** Length of the valid UTF-8 sequence at `i`, 0 where there is none. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  for (let k = 1; k < length; k++) {
    const byte = bytes[i + k];
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = bytes[i + 1] ?? 0;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}

function decodeEscapingBytes(bytes: Uint8Array): string {
  const strict = decode('utf-8', bytes, true);
  if (strict !== undefined) return strict;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let start = 0;
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    if (i > start) parts.push(decoder.decode(bytes.subarray(start, i)));
    parts.push(String.fromCharCode(0xdc00 + (bytes[i] ?? 0)));
    start = ++i;
  }
  if (i > start) parts.push(decoder.decode(bytes.subarray(start, i)));
  return parts.join('');
}
