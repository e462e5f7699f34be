/** One word of a unit file's value. */
export interface Word {
  /** As written, with its quotes. */
  raw: string;
  /** Quotes and escapes resolved; `%` not. */
  text: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/**
 * Splits a value into words as systemd does for `Environment=`. Source: systemd `extract-word.c`
 * (EXTRACT_CUNESCAPE, EXTRACT_UNQUOTE) and `escape.c` cunescape_one.
 *
 * @returns the words up to the first fault, which ends the line for systemd; the fault in Chinese
 */
export function readWords(value: string): { words: Word[]; fault?: string } {
  const words: Word[] = [];
  let at = 0;
  while (at < value.length) {
    while (at < value.length && /\s/.test(value.charAt(at))) at++;
    if (at >= value.length) break;
    const start = at;
    let text = '';
    let quote = '';
    while (at < value.length) {
      const char = value.charAt(at);
      if (char === '\\') {
        const unescaped = readEscape(value, at + 1);
        if (unescaped === undefined) {
          return { words, fault: `「${value.slice(at, at + 2)}」不是 systemd 认识的转义` };
        }
        text += unescaped.text;
        at = unescaped.end;
      } else if (quote !== '') {
        if (char === quote) quote = '';
        else text += char;
        at++;
      } else if (char === '"' || char === "'") {
        quote = char;
        at++;
      } else if (/\s/.test(char)) break;
      else {
        text += char;
        at++;
      }
    }
    if (quote !== '') return { words, fault: '引号没有成对' };
    words.push({ raw: value.slice(start, at), text });
  }
  return { words };
}

function readEscape(value: string, at: number): { text: string; end: number } | undefined {
  const letter = value.charAt(at);
  const simple = ESCAPES[letter];
  if (simple !== undefined) return { text: simple, end: at + 1 };
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits !== undefined) {
    const hex = value.slice(at + 1, at + 1 + digits);
    const code = Number.parseInt(hex, 16);
    if (!/^[0-9a-f]+$/i.test(hex) || hex.length < digits || code === 0 || code > 0x10ffff) {
      return undefined;
    }
    return { text: String.fromCodePoint(code), end: at + 1 + digits };
  }
  const octal = /^[0-7]{3}/.exec(value.slice(at))?.[0];
  if (octal !== undefined && octal !== '000') {
    return { text: String.fromCharCode(Number.parseInt(octal, 8)), end: at + 3 };
  }
  return undefined;
}

/** Letters that stand for something after `%`. Source: systemd.unit(5), systemd 262. */
const SPECIFIERS = new Set('abcdfghijlmnopqrstuvwyABCDEGHIJLMNPRSTUVWY');

/**
 * Resolves `%%`, and finds what else a `%` does.
 *
 * @returns `invalid`: systemd drops the variable; `replaced`: it silently puts other text there
 */
export function resolveSpecifiers(text: string): {
  text: string;
  invalid?: string;
  replaced?: string;
} {
  let invalid: string | undefined;
  let replaced: string | undefined;
  const resolved = text.replace(/%(.?)/g, (match, letter: string) => {
    if (letter === '%') return '%';
    // A `%` at the very end stays.
    if (letter === '') return '%';
    if (SPECIFIERS.has(letter)) replaced ??= match;
    else invalid ??= match;
    return match;
  });
  return {
    text: resolved,
    ...(invalid !== undefined && { invalid }),
    ...(replaced !== undefined && { replaced }),
  };
}
