/**
 * A JSON scanner that accepts and refuses what Go's encoding/json does, in its words.
 * Source followed: `encoding/json/scanner.go` (Go 1.19 to 1.26) and, for `wording: 'rune'`, Go 1.27.
 */

export interface JsonMember {
  key: string;
  /** Offsets of the key with its quotes. */
  keyStart: number;
  keyEnd: number;
  value: JsonNode;
}

interface NodeBase {
  /** UTF-16 offsets in the scanned text; `end` exclusive. */
  start: number;
  end: number;
}

export type JsonNode = NodeBase &
  (
    | { kind: 'object'; members: JsonMember[] }
    | { kind: 'array'; items: JsonNode[] }
    | { kind: 'string'; value: string }
    | { kind: 'number'; raw: string }
    | { kind: 'bool'; value: boolean }
    | { kind: 'null' }
  );

export interface JsonSyntaxError {
  /** Go's own words: `invalid character '}' looking for beginning of object key string`. */
  message: string;
  /** Offset of the offending character; the text's length where the text ended too early. */
  offset: number;
  /** The text ended in the middle of a value. */
  unexpectedEnd: boolean;
}

export type ScanResult = { ok: true; root: JsonNode } | { ok: false; error: JsonSyntaxError };

export interface ScanOptions {
  /**
   * `document`: as json.Unmarshal, nothing but white space may follow the value.
   * `stream`: as json.Decoder, what follows the first value isn't read.
   */
  mode?: 'document' | 'stream';
  /** `byte`: the first byte of the UTF-8 form, shown as Latin-1 (`'â'` for “); `rune`: the character itself. */
  wording?: 'byte' | 'rune';
}

/** Bytes that aren't UTF-8 are handed to the scanner as U+DC80…U+DCFF, one each. */
const ESCAPED_BYTE_FIRST = 0xdc80;
const ESCAPED_BYTE_LAST = 0xdcff;

/** Go's limit on nesting (`maxNestingDepth`). */
const MAX_DEPTH = 10000;

interface ObjectFrame {
  node: JsonNode & { kind: 'object' };
  key: string;
  keyStart: number;
  keyEnd: number;
}

type Frame = ObjectFrame | { node: JsonNode & { kind: 'array' } };

class Refusal {
  readonly offset: number;
  readonly context: string;
  constructor(offset: number, context: string) {
    this.offset = offset;
    this.context = context;
  }
}

/** Scans `text`; linear in its length, and safe for any nesting. */
export function scanJson(text: string, options: ScanOptions = {}): ScanResult {
  try {
    return { ok: true, root: scan(text, options.mode ?? 'document') };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ok: false, error: wordError(text, refusal, options) };
  }
}

function wordError(text: string, refusal: Refusal, options: ScanOptions): JsonSyntaxError {
  if (refusal.offset >= text.length) {
    let message = 'unexpected end of JSON input';
    if (options.mode === 'stream') message = isBlank(text) ? 'EOF' : 'unexpected EOF';
    return { message, offset: text.length, unexpectedEnd: true };
  }
  const character = quoteCharacter(text, refusal.offset, options.wording ?? 'byte');
  return {
    message: `invalid character ${character} ${refusal.context}`,
    offset: refusal.offset,
    unexpectedEnd: false,
  };
}

function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

function scan(text: string, mode: 'document' | 'stream'): JsonNode {
  const stack: Frame[] = [];
  let offset = 0;
  let root: JsonNode | undefined;

  const skipSpace = (): void => {
    while (offset < text.length && isSpace(text.charCodeAt(offset))) offset++;
  };

  const readKey = (frame: ObjectFrame): void => {
    if (text[offset] !== '"') {
      throw new Refusal(offset, 'looking for beginning of object key string');
    }
    frame.keyStart = offset;
    const end = scanString(text, offset);
    frame.key = decodeString(text, offset, end);
    frame.keyEnd = end;
    offset = end;
    skipSpace();
    if (text[offset] !== ':') throw new Refusal(offset, 'after object key');
    offset++;
  };

  for (;;) {
    // A value begins here.
    skipSpace();
    let value: JsonNode;
    const character = text[offset];
    if (character === '{' || character === '[') {
      if (stack.length >= MAX_DEPTH) throw new Refusal(offset, 'exceeded max depth');
      const start = offset++;
      skipSpace();
      if (character === '{') {
        const node: JsonNode & { kind: 'object' } = { kind: 'object', start, end: 0, members: [] };
        if (text[offset] !== '}') {
          const frame = { node, key: '', keyStart: 0, keyEnd: 0 };
          stack.push(frame);
          readKey(frame);
          continue;
        }
        node.end = ++offset;
        value = node;
      } else {
        const node: JsonNode & { kind: 'array' } = { kind: 'array', start, end: 0, items: [] };
        if (text[offset] !== ']') {
          stack.push({ node });
          continue;
        }
        node.end = ++offset;
        value = node;
      }
    } else {
      value = scanScalar(text, offset);
      offset = value.end;
    }

    // A value has ended: hand it to what holds it, and close whatever closes after it.
    for (;;) {
      const frame = stack.at(-1);
      if (frame === undefined) {
        root = value;
        break;
      }
      skipSpace();
      if ('key' in frame) {
        const { key, keyStart, keyEnd } = frame;
        frame.node.members.push({ key, keyStart, keyEnd, value });
        if (text[offset] === ',') {
          offset++;
          skipSpace();
          readKey(frame);
          break;
        }
        if (text[offset] !== '}') throw new Refusal(offset, 'after object key:value pair');
      } else {
        frame.node.items.push(value);
        if (text[offset] === ',') {
          offset++;
          break;
        }
        if (text[offset] !== ']') throw new Refusal(offset, 'after array element');
      }
      frame.node.end = ++offset;
      value = frame.node;
      stack.pop();
    }
    if (root !== undefined) break;
  }

  if (mode === 'document') {
    skipSpace();
    if (offset < text.length) throw new Refusal(offset, 'after top-level value');
  }
  return root;
}

function scanScalar(text: string, start: number): JsonNode {
  const code = text.charCodeAt(start);
  if (code === 0x22) {
    const end = scanString(text, start);
    return { kind: 'string', start, end, value: decodeString(text, start, end) };
  }
  if (code === 0x2d || isDigit(code)) {
    const end = scanNumber(text, start);
    return { kind: 'number', start, end, raw: text.slice(start, end) };
  }
  if (code === 0x74)
    return { kind: 'bool', start, end: scanWord(text, start, 'true'), value: true };
  if (code === 0x66) {
    return { kind: 'bool', start, end: scanWord(text, start, 'false'), value: false };
  }
  if (code === 0x6e) return { kind: 'null', start, end: scanWord(text, start, 'null') };
  throw new Refusal(start, 'looking for beginning of value');
}

function scanWord(text: string, start: number, word: string): number {
  for (let i = 1; i < word.length; i++) {
    if (text[start + i] !== word[i]) {
      throw new Refusal(start + i, `in literal ${word} (expecting '${word[i]}')`);
    }
  }
  return start + word.length;
}

function scanNumber(text: string, start: number): number {
  let i = start;
  if (text[i] === '-') i++;
  if (!isDigit(text.charCodeAt(i))) throw new Refusal(i, 'in numeric literal');
  if (text[i] === '0') i++;
  else while (isDigit(text.charCodeAt(i))) i++;
  if (text[i] === '.') {
    i++;
    if (!isDigit(text.charCodeAt(i))) {
      throw new Refusal(i, 'after decimal point in numeric literal');
    }
    while (isDigit(text.charCodeAt(i))) i++;
  }
  if (text[i] === 'e' || text[i] === 'E') {
    i++;
    if (text[i] === '+' || text[i] === '-') i++;
    if (!isDigit(text.charCodeAt(i))) throw new Refusal(i, 'in exponent of numeric literal');
    while (isDigit(text.charCodeAt(i))) i++;
  }
  return i;
}

/** @returns the offset behind the closing quote */
function scanString(text: string, start: number): number {
  let i = start + 1;
  for (;;) {
    if (i >= text.length) throw new Refusal(i, '');
    const code = text.charCodeAt(i);
    if (code === 0x22) return i + 1;
    if (code < 0x20) throw new Refusal(i, 'in string literal');
    if (code !== 0x5c) {
      i++;
      continue;
    }
    const escaped = text[i + 1];
    if (escaped === 'u') {
      for (let digit = i + 2; digit < i + 6; digit++) {
        if (!isHex(text.charCodeAt(digit))) {
          throw new Refusal(digit, 'in \\u hexadecimal character escape');
        }
      }
      i += 6;
    } else if (escaped !== undefined && '"\\/bfnrt'.includes(escaped)) {
      i += 2;
    } else {
      throw new Refusal(i + 1, 'in string escape code');
    }
  }
}

const SHORT_ESCAPES: { [letter: string]: string } = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The value of the string literal at start…end; half surrogates become U+FFFD, as in Go. */
function decodeString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  const unescaped = inner.includes('\\')
    ? inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex?: string, short = '') =>
        hex === undefined
          ? (SHORT_ESCAPES[short] ?? short)
          : String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : inner;
  return unescaped.toWellFormed();
}

function quoteCharacter(text: string, offset: number, wording: 'byte' | 'rune'): string {
  let code = text.codePointAt(offset) ?? 0;
  if (code >= ESCAPED_BYTE_FIRST && code <= ESCAPED_BYTE_LAST) {
    code = wording === 'byte' ? code - 0xdc00 : 0xfffd;
  } else if (wording === 'byte') {
    code = firstUtf8Byte(code);
  }
  return quoteRune(code);
}

function firstUtf8Byte(code: number): number {
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  if (code < 0x10000) return 0xe0 | (code >> 12);
  return 0xf0 | (code >> 18);
}

const GO_ESCAPES: { [code: number]: string } = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
};

/** One character as Go's `%q` shows a rune. */
export function quoteRune(code: number): string {
  const short = GO_ESCAPES[code];
  if (short !== undefined) return `'${short}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  const character = String.fromCodePoint(code);
  if (code < 0x7f || isPrintable(character)) return `'${character}'`;
  if (code < 0x10000) return `'\\u${code.toString(16).padStart(4, '0')}'`;
  return `'\\U${code.toString(16).padStart(8, '0')}'`;
}

/** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols, and the ASCII space. */
export function isPrintable(character: string): boolean {
  return character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

/** A string as Go's `%q` shows it. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x22) quoted += '\\"';
    else if (code === 0x27) quoted += "'";
    else if (code >= 0xd800 && code <= 0xdfff) quoted += '\ufffd';
    else quoted += quoteRune(code).slice(1, -1);
  }
  return `${quoted}"`;
}
