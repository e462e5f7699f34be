import { type DecodedFile, decodeFile, decodeForEngine, type EngineText } from './encoding.ts';

/** A file as its reader sees it, and as dockerd reads it. */
export interface Source {
  /** What an editor shows; problems give line and column in it. */
  text: string;
  encoding: DecodedFile['encoding'];
  /** What dockerd decodes. */
  engine: EngineText;
  /** Turns an offset in dockerd's text into one of `text`. */
  toShown: (offset: number) => number;
  /** UTF-16 code units in front of `text` in the string that was given (a BOM). */
  bom: number;
}

const same = (offset: number): number => offset;

/** @param file bytes, or a text that will be saved as UTF-8 */
export function readSource(file: string | Uint8Array, engine: string): Source {
  if (typeof file === 'string') return readText(file, engine);
  const shown = decodeFile(file);
  const read = decodeForEngine(file, engine);
  const source = { text: shown.text, encoding: shown.encoding, engine: read, bom: 0 };
  if (!read.ok || read.text === shown.text) return { ...source, toShown: same };
  const { text } = read;
  // Rare: dockerd sees other characters than the reader (GBK or UTF-16 before 23.0), so count bytes.
  const toShown = (offset: number): number => {
    const bytes = byteLength(text.slice(0, offset));
    return decodeFile(file.subarray(0, bytes)).text.length;
  };
  return { ...source, toShown };
}

function readText(file: string, engine: string): Source {
  const text = file.toWellFormed();
  if (!text.startsWith('\ufeff')) {
    return {
      text,
      encoding: 'utf-8',
      engine: { ok: true, text, skipped: 0 },
      toShown: same,
      bom: 0,
    };
  }
  const rest = text.slice(1);
  // Before 23.0 dockerd takes the BOM for a part of the JSON.
  const old = decodeForEngine(new TextEncoder().encode('\ufeff'), engine);
  const kept = old.ok && old.text !== '';
  return {
    text: rest,
    encoding: 'utf-8-bom',
    engine: { ok: true, text: kept ? text : rest, skipped: kept ? 0 : 3 },
    toShown: kept ? (offset) => Math.max(0, offset - 1) : same,
    bom: 1,
  };
}

/** Bytes behind an engine text, where U+DC80…U+DCFF stand for one byte each. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) bytes += 1;
    else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
