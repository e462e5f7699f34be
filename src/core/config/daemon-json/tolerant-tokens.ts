import type { TextEdit } from './problem.ts';
import type { Finding } from './report.ts';

export type Punctuation = '{' | '}' | '[' | ']' | ',' | ':';

export type Token =
  | { type: Punctuation; start: number; end: number }
  | { type: 'string'; start: number; end: number; value: string }
  /** A run without quotes: a literal, a number, a name, an address. */
  | { type: 'word'; start: number; end: number; value: string }
  | { type: 'end'; start: number; end: number };

/** Full-width and other stand-ins for JSON's punctuation. */
const LOOKALIKES: { [character: string]: Punctuation } = {
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '，': ',',
  '、': ',',
  '；': ',',
  ';': ',',
  '：': ':',
  '︰': ':',
  '=': ':',
  '＝': ':',
};

/** What may close a string that began with this quote. */
const CLOSERS: { [quote: string]: string } = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“"',
  '”': '”“"',
  '„': '”“"',
  '‘': "’‘'",
  '’': "’‘'",
  '＂': '＂"',
  '＇': "＇'",
  '「': '」',
  '『': '』',
  '«': '»',
};

const CURLY_QUOTES = '“”＂';
const SPACE =
  /[\u0085\u00a0\u1680\u2000-\u200f\u2028-\u202e\u202f\u205f\u2060-\u2069\u3000\ufeff\v\f]/;
const VALUE_ENDS = /^[\s\u00a0\u3000]*(?:[:：,，\]}］】｝]|$)/;
const JSON_ESCAPE = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/;

/** Splits a text into JSON's tokens, forgiving what people paste; every forgiven thing is a repair. */
export class Tokenizer {
  readonly #text: string;
  readonly #repair: (finding: Finding, edits: TextEdit[]) => void;
  #at = 0;

  constructor(text: string, repair: (finding: Finding, edits: TextEdit[]) => void) {
    this.#text = text;
    this.#repair = repair;
  }

  /** Where the next token is looked for. */
  get offset(): number {
    return this.#at;
  }

  skipTo(offset: number): void {
    this.#at = offset;
  }

  next(): Token {
    this.#skipSpace();
    const start = this.#at;
    const character = this.#text[start];
    if (character === undefined) return { type: 'end', start, end: start };
    if ('{}[],:'.includes(character)) {
      this.#at++;
      return { type: character as Punctuation, start, end: this.#at };
    }
    const closers = CLOSERS[character];
    if (closers !== undefined) return this.#string(character, closers);
    const punctuation = LOOKALIKES[character];
    if (punctuation !== undefined) {
      this.#at++;
      if (character === '=' && this.#text[this.#at] === '>') this.#at++;
      const end = this.#at;
      const written = this.#text.slice(start, end);
      const ascii = /[;=]/.test(character);
      const edits = [{ start, end, text: punctuation }];
      this.#repair(
        {
          code: ascii ? 'json-wrong-punctuation' : 'json-fullwidth',
          offset: start,
          refused: true,
          message: ascii
            ? `JSON 里不用「${written}」，这里应是「${punctuation}」。`
            : `全角的「${written}」不是 JSON 的标点，应是半角的「${punctuation}」。`,
          fix: { text: `改成「${punctuation}」`, edits },
        },
        edits,
      );
      return { type: punctuation, start, end };
    }
    return this.#word();
  }

  #skipSpace(): void {
    const text = this.#text;
    for (;;) {
      const character = text[this.#at];
      if (character === undefined) return;
      if (character === ' ' || character === '\n' || character === '\r' || character === '\t') {
        this.#at++;
      } else if (SPACE.test(character)) {
        this.#strangeSpace();
      } else if (character === '#' || text.startsWith('//', this.#at)) {
        this.#comment(lineEnd(text, this.#at));
      } else if (text.startsWith('/*', this.#at)) {
        const close = text.indexOf('*/', this.#at + 2);
        this.#comment(close < 0 ? text.length : close + 2);
      } else {
        return;
      }
    }
  }

  #comment(end: number): void {
    const start = this.#at;
    this.#at = end;
    const edits = [{ start, end, text: '' }];
    this.#repair(
      {
        code: 'json-comment',
        offset: start,
        refused: true,
        message: '这里不能写注释：dockerd 和 docker 命令只认严格的 JSON。',
        fix: { text: '删掉注释', edits },
      },
      edits,
    );
  }

  #strangeSpace(): void {
    const start = this.#at;
    let end = start;
    while (SPACE.test(this.#text[end] ?? '')) end++;
    this.#at = end;
    const code = (this.#text.codePointAt(start) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const edits = [{ start, end, text: ' '.repeat(end - start) }];
    this.#repair(
      {
        code: 'json-strange-space',
        offset: start,
        refused: true,
        message: `这里有一个看不见的字符 U+${code}，不是 JSON 允许的空白，多半是从网页或文档里复制带来的。`,
        fix: { text: '换成普通空格', edits },
      },
      edits,
    );
  }

  #word(): Token {
    const start = this.#at;
    const text = this.#text;
    let end = start;
    while (end < text.length) {
      const character = text[end] ?? '';
      if (/[\s,\]}{["'`]/.test(character) || SPACE.test(character)) break;
      if (character === ';' && /^(?:[\s"'}\]]|$)/.test(text.slice(end + 1, end + 2))) break;
      if (character !== ';' && character !== '=' && LOOKALIKES[character] !== undefined) break;
      if (CLOSERS[character] !== undefined) break;
      // A colon ends a name, but not `https:` or a port.
      if (character === ':' && !/[/\d]/.test(text[end + 1] ?? '')) break;
      end++;
    }
    if (end === start) end++;
    this.#at = end;
    return { type: 'word', start, end, value: text.slice(start, end) };
  }

  #string(quote: string, closers: string): Token {
    const text = this.#text;
    const start = this.#at;
    const strict = quote === '"';
    const content: string[] = [];
    const edits: TextEdit[] = [];
    let i = start + 1;
    let chunk = i;
    let closed = false;
    const flush = (): void => {
      if (i > chunk) content.push(text.slice(chunk, i));
    };
    const replace = (length: number, value: string, json: string): void => {
      flush();
      content.push(value);
      edits.push({ start: i, end: i + length, text: json });
      i += length;
      chunk = i;
    };
    while (i < text.length) {
      const character = text[i] ?? '';
      if (closers.includes(character)) {
        closed = true;
        break;
      }
      if (
        strict &&
        CURLY_QUOTES.includes(character) &&
        VALUE_ENDS.test(text.slice(i + 1, i + 40).split('\n', 1)[0] ?? '')
      ) {
        closed = true;
        break;
      }
      if (character === '\n' || character === '\r') break;
      if (character === '\\') {
        if (text[i + 1] === quote && quote !== '"') {
          replace(2, quote, quote);
          continue;
        }
        const sequence = JSON_ESCAPE.exec(text.slice(i, i + 6))?.[0];
        if (sequence === undefined) {
          replace(1, '\\', '\\\\');
          continue;
        }
        flush();
        content.push(unescapeOne(sequence));
        i += sequence.length;
        chunk = i;
        continue;
      }
      if (!strict && character === '"') {
        replace(1, '"', '\\"');
        continue;
      }
      const code = character.charCodeAt(0);
      if (code < 0x20) {
        replace(1, character, code === 9 ? '\\t' : `\\u${code.toString(16).padStart(4, '0')}`);
        continue;
      }
      i++;
    }
    if (!closed) i = trimUnclosed(text, chunk, i);
    flush();
    const end = closed ? i + 1 : i;
    this.#at = end;
    this.#reportString(quote, start, i, end, closed, edits);
    return { type: 'string', start, end, value: content.join('').toWellFormed() };
  }

  #reportString(
    quote: string,
    start: number,
    inner: number,
    end: number,
    closed: boolean,
    inside: TextEdit[],
  ): void {
    const outside: TextEdit[] = [];
    if (quote !== '"') outside.push({ start, end: start + 1, text: '"' });
    if (!closed) outside.push({ start: inner, end: inner, text: '"' });
    else if (this.#text[inner] !== '"') outside.push({ start: inner, end, text: '"' });
    if (outside.length > 0) {
      const [code, message] = !closed
        ? ['json-unclosed-string', '这个字符串没有结束：缺一个双引号。']
        : quote === "'" || quote === '`'
          ? ['json-quotes', `JSON 的字符串只能用双引号，不能用「${quote}」。`]
          : ['json-fullwidth-quotes', '这里是中文（弯）引号，JSON 只认半角的双引号。'];
      this.#repair(
        {
          code,
          offset: closed && quote === '"' ? inner : start,
          refused: true,
          message,
          fix: { text: closed ? '换成半角双引号 "' : '补上双引号 "', edits: outside },
        },
        outside,
      );
    }
    for (const edit of inside) {
      const written = this.#text.slice(edit.start, edit.end);
      if (quote !== '"' && (written === '"' || written.startsWith('\\'))) {
        this.#repair({ code: '', message: '' }, [edit]);
        continue;
      }
      const isEscape = written === '\\';
      this.#repair(
        {
          code: isEscape ? 'json-escape' : 'json-control-character',
          offset: edit.start,
          refused: true,
          message: isEscape
            ? '字符串里的反斜杠要写成两个：单独的「\\」在 JSON 里是转义的开头。'
            : '字符串里有一个控制字符（如制表符），JSON 不允许直接写。',
          fix: { text: `写成 ${edit.text}`, edits: [edit] },
        },
        [edit],
      );
    }
  }
}

/** An unclosed string ends with its line; what looks like the next punctuation isn't part of it. */
function trimUnclosed(text: string, chunk: number, end: number): number {
  let i = end;
  while (i > chunk && /[\s,\]}，]/.test(text[i - 1] ?? '')) i--;
  return i;
}

function lineEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function unescapeOne(sequence: string): string {
  if (sequence[1] === 'u') return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  const at = 'bfnrt'.indexOf(sequence[1] ?? '');
  return at < 0 ? (sequence[1] ?? '') : ('\b\f\n\r\t'[at] ?? '');
}
