/**
 * Cleans pasted log text without losing where each character came from.
 *
 * Terminal colours, HTML entities, escaped quotes, typographic quotes, no-break spaces, Markdown and
 * frames all get in the way of matching; the evidence must nevertheless be shown in the text as it
 * was pasted, so every step keeps a map to the original offsets.
 */

/** Cleaned text; character `i` came from `origin + (map ? map[i] : i)` of the original. */
export interface Clean {
  readonly text: string;
  readonly origin: number;
  /** One entry more than characters; absent when nothing was changed. */
  readonly map?: Int32Array;
}

/** Original offset of a cleaned character (or of the end). */
export function originalOffset(clean: Clean, index: number): number {
  return clean.origin + (clean.map ? (clean.map[index] ?? 0) : index);
}

const UNUSUAL = /[\0-\x08\x0b-\x1f\x7f\\&`*[\u0080-\uffff]|<[A-Za-z_]|\{[A-Za-z_]|''/;

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
};

// CSI and OSC sequences, also when ESC was pasted as ^[ or lost but for `[31m`.
const ANSI =
  /(?:\x1b|\^\[|\\x1b|\\u001b|\\033|\\e)\[[0-9;?]{0,20}[A-Za-z]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\[(?:\d{1,3};){0,4}\d{1,3}m(?!s\b)/y;
const ENTITY = /&(?:#(\d{1,5})|#x([0-9a-f]{1,4})|(quot|apos|lt|gt|amp|nbsp));/iy;
const MARKDOWN_LINK =
  /\[((?:https?:\/\/)?[\w.-]{1,100}(?:[:/][^\]\s]{0,200})?)\]\(https?:\/\/[^)\s]{1,300}\)/y;
// A drive path before `\n` or `\t` means that it's part of a Windows path.
const PATH_BEFORE = /(?:[A-Za-z]:|\\\\)[^\s"']{0,200}$/;

/** Stands in the cleaned text for a name or address that people masked; see {@link isMasked}. */
const MASKED = 'xmaskedx';
/** A word in brackets that stands for a name or an address: `<registry-host>`, `[REDACTED]`, `${IP}`. */
const MASK_WORD =
  /<(?:[\w. -]{0,30}(?:host|addr|registry|mirror|domain|server|proxy|redacted|removed|masked|hidden|private|internal|company|your)[\w. -]{0,30}|(?:my|the)?[-_]?(?:ip|url)|ip[-_.]?\w{0,10}|[\w.-]{0,12}[\u4e00-\u9fff][\w.\u4e00-\u9fff-]{0,16})>|\[(?:redacted|masked|hidden|removed|omitted|private|ip|ip[-_ ]?addr(?:ess)?|host(?:[-_ ]?name)?|domain|registry|proxy|[\u4e00-\u9fff]{1,6}(?:地址|域名|主机|仓库|代理))\](?!\()|\$?\{(?:[A-Za-z]{1,20}[-_.])?(?:host|hostname|ip|registry|mirror|domain|proxy|server|address|url|redacted)(?:[-_.][A-Za-z]{1,20})?\}|[\u2588\u25a0\u2593]{2,60}|\*{3,60}/iy;

/** Whether a name found in cleaned text is one that was masked, so that nothing can be done with it. */
export function isMasked(text: string): boolean {
  return text.includes(MASKED);
}

const REPLACE: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
  '\u2028': '\n',
  '\u2018': "'",
  '\u2019': "'",
  '\u201b': "'",
  '\u00b4': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\uff0c': ',',
  '\uff1a': ':',
  '\uff08': '(',
  '\uff09': ')',
  '\uff1b': ';',
  '\uff0e': '.',
  '\uff3b': '[',
  '\uff3d': ']',
  '\uff0f': '/',
};
const DROP = /[\u200b-\u200f\u2060\ufeff\u00ad\0]/;
const FRAME = /[\u2500-\u257f\u23b8\u23b9\u2502]/;

/**
 * Cleans a stretch of text.
 *
 * @param text the stretch
 * @param origin offset of the stretch in the whole original text
 */
export function cleanText(text: string, origin: number): Clean {
  if (!UNUSUAL.test(text)) return { text, origin };
  const out: string[] = [];
  let map = new Int32Array(text.length + 1);
  let n = 0;
  let plain = 0;
  let i = 0;
  const flush = (to: number): void => {
    if (to > plain) {
      out.push(text.slice(plain, to));
      for (let k = plain; k < to; k++) map[n++] = k;
    }
  };
  const put = (piece: string, from: number, to: number): void => {
    flush(from);
    if (piece !== '') {
      out.push(piece);
      // Only what stands for a mask is longer than what it replaces.
      if (n + piece.length + text.length - to >= map.length) {
        const larger = new Int32Array(map.length * 2 + piece.length);
        larger.set(map);
        map = larger;
      }
      for (let k = 0; k < piece.length; k++) map[n++] = Math.min(from + k, to - 1);
    }
    plain = to;
    i = to;
  };
  /** Puts a host-like word in place of a mask at `i`, if there is one. */
  const putMask = (): boolean => {
    MASK_WORD.lastIndex = i;
    if (!MASK_WORD.test(text)) return false;
    const end = MASK_WORD.lastIndex;
    const before = i === 0 ? '\n' : (text[i - 1] as string);
    // Stars at the start of a line are an ornament.
    if (text[i] === '*' && before === '\n') return false;
    const part = /[\w.-]/.test(before) || /^(?:[\w-]|\.\w)/.test(text.slice(end, end + 2));
    put(part ? MASKED : `${MASKED}.invalid`, i, end);
    return true;
  };
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 && code < 0x80) {
      if (code === 0x5c) {
        // Backslashes before a quote are escapes; `\n`, `\t` and `\r` stand for white space.
        let end = i + 1;
        while (text.charCodeAt(end) === 0x5c) end++;
        const next = text[end];
        ANSI.lastIndex = i;
        const ansi = ANSI.exec(text);
        if (ansi) {
          put('', i, ANSI.lastIndex);
        } else if (next === '"' || next === "'") {
          put('', i, end);
          i = end + 1;
        } else if (
          (next === 'n' || next === 't' || next === 'r') &&
          !PATH_BEFORE.test(text.slice(Math.max(0, i - 200), i))
        ) {
          put(next === 'n' ? '\n' : ' ', i, end + 1);
        } else {
          i = end;
        }
      } else if (code === 0x26) {
        ENTITY.lastIndex = i;
        const entity = ENTITY.exec(text);
        if (entity) {
          const [, decimal, hex, name] = entity;
          const piece = name
            ? (ENTITIES[name.toLowerCase()] ?? ' ')
            : String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex ?? '20', 16));
          put(piece, i, ENTITY.lastIndex);
        } else i++;
      } else if (code === 0x5b || code === 0x5e) {
        ANSI.lastIndex = i;
        if (ANSI.test(text)) {
          put('', i, ANSI.lastIndex);
        } else {
          MARKDOWN_LINK.lastIndex = i;
          const link = code === 0x5b ? MARKDOWN_LINK.exec(text) : null;
          if (!link && code === 0x5b && putMask()) continue;
          if (link) {
            const label = link[1] ?? '';
            const start = i;
            const end = MARKDOWN_LINK.lastIndex;
            flush(start);
            out.push(label);
            for (let k = 0; k < label.length; k++) map[n++] = start + 1 + k;
            plain = end;
            i = end;
          } else i++;
        }
      } else if (code === 0x27 && text.charCodeAt(i + 1) === 0x27) {
        // YAML doubles the quotes inside its own.
        const quoted = /[\w/.]/.test(`${text[i - 1] ?? ''}${text[i + 2] ?? ''}`);
        put(quoted ? "'" : "''", i, i + 2);
      } else if (code === 0x60) {
        put("'", i, i + 1);
      } else if (code === 0x2a) {
        // `10.*.*.*` masks, `*.example.com` doesn't.
        if (text[i - 1] === '.' && /[\s.:/"']|$/.test(text.slice(i + 1, i + 2)))
          put(MASKED, i, i + 1);
        else if (putMask()) continue;
        else if (text.charCodeAt(i + 1) === 0x2a) put('', i, i + 2);
        else i++;
      } else if (code === 0x3c || code === 0x7b || (code === 0x24 && text[i + 1] === '{')) {
        if (!putMask()) i++;
      } else i++;
    } else if (code < 0x20) {
      if (code === 0x1b) {
        ANSI.lastIndex = i;
        if (ANSI.test(text)) put('', i, ANSI.lastIndex);
        else put('', i, i + 1);
      } else if (code === 0x0a || code === 0x09) i++;
      else if (code === 0x0d) put(text.charCodeAt(i + 1) === 0x0a ? '' : '\n', i, i + 1);
      else put('', i, i + 1);
    } else {
      const character = text[i] ?? '';
      if ((code === 0x2588 || code === 0x25a0 || code === 0x2593) && putMask()) continue;
      const replacement = REPLACE[character];
      if (replacement !== undefined) put(replacement, i, i + 1);
      else if (code === 0x7f || DROP.test(character)) put('', i, i + 1);
      else if (FRAME.test(character)) put(' ', i, i + 1);
      else i++;
    }
  }
  flush(text.length);
  map[n] = text.length;
  return { text: out.join(''), origin, map: map.subarray(0, n + 1) };
}

/** What programs and terminals write before a message. Tried again and again at the start of a line. */
const PREFIXES: readonly RegExp[] = [
  /[ \t]+/y,
  /(?:#|>|\/\/|[-*+•]|\|)(?=[ \t])/y,
  /#\d{1,4} (?:\d+\.\d+ )?/y,
  /\d{1,5}\.\d{1,3} (?=\S)/y,
  /\[ *\d+\.\d+s?\] /y,
  /\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?/y,
  /(?:[A-Z][a-z]{2}|\d{1,2}月) {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,80} [\w./-]{1,40}(?:\[\d+\])?: /y,
  /[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w.-]+:\d+\] /y,
  /[\w.-]{1,40} {1,20}\| /y,
  /npm (?:ERR!|error|WARN|warn) /y,
];

/** Where the message of a line begins, after stamps, frames and step numbers. */
export function messageStart(line: string): number {
  let at = 0;
  for (let round = 0; round < 8; round++) {
    let moved = false;
    for (const prefix of PREFIXES) {
      prefix.lastIndex = at;
      if (prefix.test(line) && prefix.lastIndex > at) {
        at = prefix.lastIndex;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return at;
}

/** How the lines of a wrapped text are put together again. */
export type Glue = ' ' | '';

/**
 * Undoes line wraps: all lines of a text in one, without their prefixes.
 *
 * @param clean a cleaned text
 * @param glue `' '` for text wrapped between words, `''` for a terminal's hard wrap inside words; hard
 *   wraps are undone only after lines long enough to have met an edge, others get a space
 */
export function joinLines(clean: Clean, glue: Glue): Clean {
  const { text } = clean;
  const out: string[] = [];
  const map = new Int32Array(text.length + 2);
  let n = 0;
  let start = 0;
  let previousLength = 0;
  let previous = '';
  while (start <= text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    const trimmed = line.trimEnd();
    if (trimmed !== '') {
      const hard = glue === '' && previousLength >= HARD_WRAP;
      const from = hard ? continuation(trimmed, previous) : messageStart(trimmed);
      // The edge may have been met between words: the blank then ends the one line or begins the other.
      const blank =
        !hard ||
        BLANK_AT_END.test(previous) ||
        (trimmed[from - 1] === ' ' && isLone(trimmed, from));
      if (n > 0 && blank) {
        out.push(' ');
        map[n++] = originalOffset(clean, start) - clean.origin;
      }
      let kept = from;
      if (glue === ' ' && trimmed.includes('  ', from)) {
        // Justified text: blanks that were doubled between the words of a sentence.
        for (const gap of trimmed.matchAll(DOUBLED)) {
          if (gap.index < from) continue;
          const upTo = gap.index + 1;
          out.push(trimmed.slice(kept, upTo));
          for (let k = kept; k < upTo; k++)
            map[n++] = originalOffset(clean, start + k) - clean.origin;
          kept = gap.index + gap[0].length;
        }
      }
      out.push(trimmed.slice(kept));
      for (let k = kept; k < trimmed.length; k++) {
        map[n++] = originalOffset(clean, start + k) - clean.origin;
      }
      previousLength = trimmed.length;
      previous = line;
    }
    start = end + 1;
  }
  map[n] = originalOffset(clean, text.length) - clean.origin;
  return { text: out.join(''), origin: clean.origin, map: map.subarray(0, n + 1) };
}

/** Shorter lines don't reach a terminal's edge (the narrowest paste seen wraps at 60). */
const HARD_WRAP = 58;

const DOUBLED = /(?<=[a-z\d:,"]) {2,3}(?=[a-z"(])/g;
const BLANK_AT_END = /\S $/;
/** What quotes and comments put before every line. */
const MARKER = /^[ \t]{0,8}(?:[>#|] ?){1,3}/;

/** Whether one blank alone precedes, behind the line's start or a marker. */
function isLone(line: string, at: number): boolean {
  return at === 1 || MARKER.exec(line)?.[0].length === at - 1;
}

/** Where a line goes on that a terminal's edge has cut. */
function continuation(line: string, previous: string): number {
  const marker = MARKER.exec(line)?.[0] ?? '';
  return marker !== '' && previous.startsWith(marker) ? indent(line, marker.length) : indent(line);
}

function indent(line: string, from = 0): number {
  let at = from;
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
  return at;
}
