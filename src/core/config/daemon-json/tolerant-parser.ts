import type { JsonMember, JsonNode } from './go-json.ts';
import type { TextEdit } from './problem.ts';
import type { Finding } from './report.ts';
import { type Token, Tokenizer } from './tolerant-tokens.ts';

interface Comma {
  start: number;
  end: number;
  /** Index of the edit that wrote it, where it isn't in the text. */
  edit?: number;
}

interface ObjectFrame {
  node: JsonNode & { kind: 'object' };
  state: 'key' | 'colon' | 'value' | 'after';
  key: Omit<JsonMember, 'value'>;
  comma: Comma | undefined;
}

interface ArrayFrame {
  node: JsonNode & { kind: 'array' };
  state: 'value' | 'after';
  comma: Comma | undefined;
}

type Frame = ObjectFrame | ArrayFrame;

const WORDS: { [word: string]: 'true' | 'false' | 'null' } = {
  true: 'true',
  false: 'false',
  null: 'null',
  yes: 'true',
  no: 'false',
  on: 'true',
  off: 'false',
  none: 'null',
  nil: 'null',
  undefined: 'null',
};

const isObject = (frame: Frame): frame is ObjectFrame => frame.node.kind === 'object';

/** Builds the tree that the writer of a broken JSON file most likely meant, and the edits that make it strict JSON. */
export class TolerantParser {
  readonly #text: string;
  readonly #tokens: Tokenizer;
  readonly #findings: Finding[] = [];
  readonly #edits: TextEdit[] = [];
  /** Commas that replace something else, by where they stand. */
  readonly #commas = new Map<number, TextEdit>();
  readonly #stack: Frame[] = [];
  #objects = 0;
  #root: JsonNode | undefined;
  /** The outermost braces were missing and have been added. */
  #wrapped = false;
  /** End of the last token that counts. */
  #last = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = new Tokenizer(text, (finding, edits) => this.#repair(finding, edits));
  }

  parse(): { root: JsonNode | undefined; edits: TextEdit[]; findings: Finding[] } {
    this.#begin();
    for (;;) {
      if (this.#root !== undefined && this.#dropFence()) break;
      const token = this.#tokens.next();
      if (token.type === 'end') break;
      if (!this.#feed(token)) break;
      this.#last = Math.max(this.#last, token.end);
    }
    this.#closeAll();
    return { root: this.#root, edits: this.#edits, findings: this.#findings };
  }

  #repair(finding: Finding, edits: readonly TextEdit[]): void {
    if (finding.code !== '') this.#findings.push(finding);
    for (const edit of edits) {
      this.#edits.push(edit);
      if (edit.text === ',' && edit.end > edit.start) this.#commas.set(edit.start, edit);
    }
  }

  #report(
    code: string,
    offset: number,
    message: string,
    fix: string,
    edits: readonly TextEdit[],
  ): void {
    const own = edits.map((edit) => ({ ...edit }));
    this.#repair({ code, offset, refused: true, message, fix: { text: fix, edits: own } }, own);
  }

  /** Steps over what a pasted command or a code fence has in front of the file. */
  #begin(): void {
    const open = this.#text.search(/[{[｛]/);
    if (open <= 0) return;
    const before = this.#text.slice(0, open);
    // A comment, blank space or a key without its brace isn't a foreign text.
    if (!isForeign(before)) return;
    const edits = [{ start: 0, end: open, text: '' }];
    this.#report(
      'json-text-around',
      0,
      '文件里只能有 JSON：前面这些文字（命令、说明或代码块标记）也被复制进来了。',
      '删掉 { 前面的文字',
      edits,
    );
    this.#tokens.skipTo(open);
    this.#last = open;
  }

  /** A code fence behind the file would read as a string. */
  #dropFence(): boolean {
    const rest = this.#text.slice(this.#tokens.offset);
    if (!/^\s*```/.test(rest)) return false;
    this.#dropRest(this.#tokens.offset + rest.search(/\S/));
    return true;
  }

  #dropRest(start: number): void {
    this.#report(
      'json-text-around',
      start,
      '文件里只能有一个 JSON 对象：它后面还有别的文字。',
      '删掉后面的文字',
      [{ start, end: Math.max(start, this.#text.trimEnd().length), text: '' }],
    );
  }

  /** @returns false: the rest of the text is dropped */
  #feed(token: Token): boolean {
    for (;;) {
      const frame = this.#stack.at(-1);
      let again: boolean;
      if (frame === undefined) {
        const verdict = this.#atRoot(token);
        if (verdict === 'stop') return false;
        again = verdict === 'again';
      } else {
        again = isObject(frame) ? this.#inObject(frame, token) : this.#inArray(frame, token);
      }
      if (!again) return true;
    }
  }

  // ---- outside everything

  #atRoot(token: Token): 'again' | 'done' | 'stop' {
    if (this.#root === undefined) {
      if (token.type === '{' || token.type === '[') {
        this.#open(token);
        return 'done';
      }
      if (token.type === 'string' || token.type === 'word') {
        if (this.#nextIsColon()) {
          this.#wrap(token);
          return 'again';
        }
        this.#root = this.#scalar(token);
        return 'done';
      }
      this.#drop(token);
      return 'done';
    }
    return this.#afterRoot(this.#root, token);
  }

  #afterRoot(root: JsonNode, token: Token): 'again' | 'done' | 'stop' {
    if (token.type === '}' || token.type === ']') {
      this.#report(
        'json-extra-bracket',
        token.start,
        `多了一个「${token.type}」：前面的括号已经配对完了。`,
        '删掉它',
        [{ start: token.start, end: token.end, text: '' }],
      );
      return 'done';
    }
    if (token.type === ',' && root.kind === 'object') {
      const comma = this.#text.slice(token.end).match(/^\s*["{]/);
      if (comma) {
        this.#reopen(root, token, true);
        return 'done';
      }
    }
    if (token.type === '{' && root.kind === 'object') {
      this.#reopen(root, token, false);
      return 'done';
    }
    if (token.type === 'string' && root.kind === 'object' && this.#nextIsColon()) {
      this.#reopen(root, token, false);
      return 'again';
    }
    this.#dropRest(token.start);
    return 'stop';
  }

  /** A second object (or more keys) after the first one was closed: both are meant to be one. */
  #reopen(root: JsonNode & { kind: 'object' }, token: Token, keepsComma: boolean): void {
    const edits: TextEdit[] = [{ start: root.end - 1, end: root.end, text: '' }];
    const empty = root.members.length === 0;
    let comma: Comma | undefined;
    if (keepsComma) {
      comma = { start: token.start, end: token.end };
    } else if (token.type === '{') {
      edits.push({ start: token.start, end: token.end, text: empty ? '' : ',' });
    } else if (!empty) {
      edits.push({ start: root.end, end: root.end, text: ',' });
    }
    this.#report(
      'json-two-objects',
      token.start,
      '文件里只能有一个 { }：后面这些内容要并进前面的那个对象里。',
      '合并成一个对象',
      edits,
    );
    if (!keepsComma && !empty) {
      comma = { start: token.start, end: token.start, edit: this.#edits.length - 1 };
    }
    this.#objects++;
    this.#stack.push({ node: root, state: 'key', key: emptyKey(), comma });
    this.#root = undefined;
  }

  /** `"registry-mirrors": […]` without braces around it. */
  #wrap(token: Token): void {
    const node: JsonNode & { kind: 'object' } = {
      kind: 'object',
      start: token.start,
      end: 0,
      members: [],
    };
    this.#report(
      'json-no-braces',
      token.start,
      '整个文件要包在一对花括号 { } 里。',
      '补上 { 和 }',
      [{ start: token.start, end: token.start, text: '{' }],
    );
    this.#wrapped = true;
    this.#objects++;
    this.#stack.push({ node, state: 'key', key: emptyKey(), comma: undefined });
  }

  // ---- in an object

  /** @returns true: look at the same token again */
  #inObject(frame: ObjectFrame, token: Token): boolean {
    switch (frame.state) {
      case 'key':
        return this.#key(frame, token);
      case 'colon':
        frame.state = 'value';
        if (token.type === ':') return false;
        this.#report(
          'json-missing-colon',
          frame.key.keyEnd,
          `键「${frame.key.key}」后面缺冒号。`,
          '补上冒号',
          [{ start: frame.key.keyEnd, end: frame.key.keyEnd, text: ':' }],
        );
        return true;
      case 'value':
        return this.#memberValue(frame, token);
      case 'after':
        return this.#afterMember(frame, token);
    }
  }

  #key(frame: ObjectFrame, token: Token): boolean {
    if (token.type === 'string' || token.type === 'word') {
      frame.key = { key: token.value, keyStart: token.start, keyEnd: token.end };
      frame.state = 'colon';
      frame.comma = undefined;
      if (token.type === 'word') {
        this.#report(
          'json-unquoted-key',
          token.start,
          `键名要放在双引号里："${token.value}"。`,
          '加上双引号',
          [{ start: token.start, end: token.end, text: JSON.stringify(token.value) }],
        );
      }
      return false;
    }
    if (token.type === '}') {
      this.#trailingComma(frame.comma);
      this.#close(token.end);
      return false;
    }
    if (token.type === ']') return this.#mismatch(token);
    this.#drop(token);
    return false;
  }

  #memberValue(frame: ObjectFrame, token: Token): boolean {
    if (token.type === ':') {
      this.#drop(token);
      return false;
    }
    if (token.type === ',' || token.type === '}' || token.type === ']') {
      this.#report(
        'json-missing-value',
        frame.key.keyStart,
        `键「${frame.key.key}」没有值。`,
        '补上它的值，或删掉这个键',
        [{ start: this.#last, end: this.#last, text: ' null' }],
      );
      this.#put(frame, { kind: 'null', start: this.#last, end: this.#last });
      return true;
    }
    frame.state = 'after';
    if (token.type === '{' || token.type === '[') this.#open(token);
    else this.#put(frame, this.#scalar(token));
    return false;
  }

  #afterMember(frame: ObjectFrame, token: Token): boolean {
    if (token.type === ',') {
      frame.state = 'key';
      frame.comma = { start: token.start, end: token.end };
      return false;
    }
    if (token.type === '}') {
      this.#close(token.end);
      return false;
    }
    if (token.type === ']') return this.#mismatch(token);
    if (token.type === ':') {
      this.#drop(token);
      return false;
    }
    frame.state = 'key';
    if (token.type === 'string' || token.type === 'word') {
      this.#missingComma();
      return true;
    }
    this.#drop(token);
    frame.state = 'after';
    return false;
  }

  // ---- in an array

  #inArray(frame: ArrayFrame, token: Token): boolean {
    if (token.type === ']') {
      if (frame.state === 'value') this.#trailingComma(frame.comma);
      this.#close(token.end);
      return false;
    }
    if (token.type === '}') return this.#mismatch(token);
    if (token.type === ',') {
      if (frame.state === 'value') {
        this.#drop(token);
      } else {
        frame.state = 'value';
        frame.comma = { start: token.start, end: token.end };
      }
      return false;
    }
    if (token.type === ':') {
      if (!this.#keyInArray(frame)) this.#drop(token);
      return false;
    }
    if (frame.state === 'after') this.#missingComma();
    frame.state = 'after';
    frame.comma = undefined;
    if (token.type === '{' || token.type === '[') this.#open(token);
    else frame.node.items.push(this.#scalar(token));
    return false;
  }

  /** `["a", "dns": …`: the array was never closed, and its last string is the next key. */
  #keyInArray(frame: ArrayFrame): boolean {
    const parent = this.#stack.at(-2);
    const key = frame.node.items.at(-1);
    if (parent === undefined || !isObject(parent) || key?.kind !== 'string') return false;
    frame.node.items.pop();
    const end = frame.node.items.at(-1)?.end ?? frame.node.start + 1;
    this.#report(
      'json-unclosed-array',
      frame.node.start,
      '这个列表没有结束：下一个键之前缺「]」。',
      '补上 ]',
      [{ start: end, end, text: ']' }],
    );
    this.#stack.pop();
    frame.node.end = end;
    this.#put(parent, frame.node);
    parent.key = { key: key.value, keyStart: key.start, keyEnd: key.end };
    parent.state = 'value';
    parent.comma = undefined;
    return true;
  }

  // ---- shared

  #open(token: Token): void {
    const { start } = token;
    if (token.type === '{') {
      this.#objects++;
      this.#stack.push({
        node: { kind: 'object', start, end: 0, members: [] },
        state: 'key',
        key: emptyKey(),
        comma: undefined,
      });
    } else {
      this.#stack.push({
        node: { kind: 'array', start, end: 0, items: [] },
        state: 'value',
        comma: undefined,
      });
    }
  }

  #close(end: number): void {
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    if (isObject(frame)) this.#objects--;
    frame.node.end = end;
    const parent = this.#stack.at(-1);
    if (parent === undefined) {
      this.#root = frame.node;
    } else if (isObject(parent)) {
      this.#put(parent, frame.node);
    } else {
      parent.node.items.push(frame.node);
      parent.state = 'after';
    }
  }

  #put(frame: ObjectFrame, value: JsonNode): void {
    frame.node.members.push({ ...frame.key, value });
    frame.state = 'after';
  }

  /** A closing bracket of the other kind. */
  #mismatch(token: Token): boolean {
    const inObject = token.type === ']';
    const wanted = inObject ? '}' : ']';
    const openElsewhere = inObject ? this.#stack.length > this.#objects : this.#objects > 0;
    const opened = this.#stack.at(-1)?.node.start ?? token.start;
    if (openElsewhere) {
      this.#report(
        inObject ? 'json-unclosed-object' : 'json-unclosed-array',
        opened,
        `这里的「${inObject ? '{' : '['}」没有配对的「${wanted}」。`,
        `补上 ${wanted}`,
        [{ start: this.#last, end: this.#last, text: wanted }],
      );
      this.#trailingComma(this.#stack.at(-1)?.comma);
      this.#close(this.#last);
      return true;
    }
    this.#report(
      'json-wrong-bracket',
      token.start,
      `括号不配对：这里应是「${wanted}」。`,
      `改成 ${wanted}`,
      [{ start: token.start, end: token.end, text: wanted }],
    );
    this.#trailingComma(this.#stack.at(-1)?.comma);
    this.#close(token.end);
    return false;
  }

  #trailingComma(comma: Comma | undefined): void {
    if (comma === undefined) return;
    if (comma.edit !== undefined) {
      const edit = this.#edits[comma.edit];
      if (edit) edit.text = '';
      return;
    }
    const own = this.#commas.get(comma.start);
    if (own) own.text = '';
    this.#report(
      'json-trailing-comma',
      comma.start,
      '最后一项后面不能有逗号。',
      '删掉这个逗号',
      own ? [] : [{ start: comma.start, end: comma.end, text: '' }],
    );
  }

  #missingComma(): void {
    this.#report('json-missing-comma', this.#last, '两项之间缺一个逗号。', '补上逗号', [
      { start: this.#last, end: this.#last, text: ',' },
    ]);
  }

  #drop(token: Token): void {
    const written = this.#text.slice(token.start, token.end);
    this.#report(
      'json-unexpected',
      token.start,
      `这里不该出现「${written.slice(0, 40)}」。`,
      '删掉它',
      [{ start: token.start, end: token.end, text: '' }],
    );
  }

  #scalar(token: Token): JsonNode {
    const { start, end } = token;
    if (token.type === 'string') return { kind: 'string', start, end, value: token.value };
    const written = token.type === 'word' ? token.value : '';
    if (written === 'null') return { kind: 'null', start, end };
    if (written === 'true' || written === 'false') {
      return { kind: 'bool', start, end, value: written === 'true' };
    }
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(written)) {
      return { kind: 'number', start, end, raw: written };
    }
    const literal = WORDS[written.toLowerCase()];
    if (literal !== undefined) {
      this.#rewrite(token, literal, `JSON 里写作 ${literal}。`);
      if (literal === 'null') return { kind: 'null', start, end };
      return { kind: 'bool', start, end, value: literal === 'true' };
    }
    if (/^[+-]?[\d.][\d.eE+-]*$/.test(written) && Number.isFinite(Number(written))) {
      const raw = String(Number(written));
      this.#rewrite(token, raw, `JSON 的数字写作 ${raw}。`);
      return { kind: 'number', start, end, raw };
    }
    this.#rewrite(token, JSON.stringify(written), '文字要放在双引号里。');
    return { kind: 'string', start, end, value: written };
  }

  #rewrite({ start, end }: Token, text: string, why: string): void {
    const written = this.#text.slice(start, Math.min(end, start + 60));
    this.#report('json-unquoted-value', start, `不认识「${written}」：${why}`, `写成 ${text}`, [
      { start, end, text },
    ]);
  }

  #nextIsColon(): boolean {
    return /^[\s\u00a0\u3000]*[:：=]/.test(
      this.#text.slice(this.#tokens.offset, this.#tokens.offset + 60),
    );
  }

  #closeAll(): void {
    if (this.#stack.length === 0) return;
    const end = this.#last;
    const opened = this.#stack.at(-1)?.node.start ?? 0;
    const frame = this.#stack.at(-1);
    if (frame && isObject(frame) && (frame.state === 'colon' || frame.state === 'value')) {
      const text = frame.state === 'colon' ? ': null' : ' null';
      this.#repair({ code: '', message: '' }, [{ start: end, end, text }]);
      this.#put(frame, { kind: 'null', start: end, end });
    }
    this.#trailingComma(frame?.comma);
    if (this.#wrapped && this.#stack.length === 1) {
      this.#repair({ code: '', message: '' }, [{ start: end, end, text: '}' }]);
      this.#close(end);
      return;
    }
    const closers = this.#stack.map((open) => (isObject(open) ? '}' : ']')).reverse();
    const missing = closers.join('');
    const shown = missing.length > 20 ? `${missing.slice(0, 20)}…` : missing;
    this.#report(
      'json-unclosed',
      opened,
      `文件在中途就结束了：这里的括号没有配对，末尾缺「${shown}」。`,
      `在末尾补上 ${shown}`,
      [{ start: end, end, text: missing }],
    );
    while (this.#stack.length > 0) this.#close(end);
  }
}

/** Is this text in front of the first bracket a command, a code fence or prose? */
function isForeign(before: string): boolean {
  if (/[:：]\s*$/.test(before.slice(-200)) || /"\s*:/.test(before.slice(0, 2000))) return false;
  const words = before
    .slice(0, 2000)
    .replace(/\/\*[^*]*\*\//g, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !/^#(?!!)/.test(line));
  return words.some((line) => /```|<<|EOF|[\u4e00-\u9fff]|[\w.-]+ \S/.test(line));
}

function emptyKey(): Omit<JsonMember, 'value'> {
  return { key: '', keyStart: 0, keyEnd: 0 };
}
