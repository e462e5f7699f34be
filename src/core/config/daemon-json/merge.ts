import { type JsonMember, type JsonNode, scanJson } from './go-json.ts';
import { Positions } from './position.ts';
import { applyEdits, type JsonValue, readTolerant, toValue } from './tolerant.ts';

/** Keys to set, replace (`value`) or remove (`undefined`). Objects merge key by key, arrays and scalars are replaced. */
export type JsonPatch = { [key: string]: JsonValue | JsonPatch | undefined };

export interface MergeNote {
  /** `comments-dropped`, `repaired`, `unreadable`, `duplicate-key`, `not-an-object`. */
  code: string;
  /** Chinese. */
  message: string;
  line?: number;
  column?: number;
}

export interface MergeResult {
  /** The merged file: valid JSON, other keys, their order and the indentation kept. */
  text: string;
  /** The keys that changed, as paths (`builder.gc.enabled`). */
  changed: string[];
  notes: MergeNote[];
  /** false: the existing text could not be read as an object; `text` then holds the patch alone. */
  ok: boolean;
}

type ObjectNode = JsonNode & { kind: 'object' };

/** How a file is laid out. */
interface Layout {
  eol: string;
  indent: string;
  /** Between a key and its value: `: ` or `:`. */
  colon: string;
  /** Between two members on one line: `, ` or `,`. */
  comma: string;
}

/**
 * Edits an existing daemon.json (or any JSON object file): sets the patch's keys and leaves all else as it stands.
 * Idempotent: merging the same patch into the result changes nothing. Never throws.
 */
export function mergeDaemonJson(existing: string, patch: JsonPatch): MergeResult {
  const given = existing.replace(/^\ufeff/, '').toWellFormed();
  const keys = Object.keys(patch).filter((key) => patch[key] !== undefined);
  if (given.trim() === '') {
    const text = `${serialize(patch, 0, DEFAULT_LAYOUT)}\n`;
    return { text, changed: keys, notes: [], ok: true };
  }
  const start = readObject(given);
  if ('code' in start) {
    const text = `${serialize(patch, 0, DEFAULT_LAYOUT)}\n`;
    return { text, changed: keys, notes: [start], ok: false };
  }
  const merger = new Merger(start.text, start.root, start.notes);
  merger.apply([], patch);
  return { text: merger.text, changed: merger.changed, notes: merger.notes, ok: true };
}

/** The file as strict JSON with its root object, or why there is none. */
function readObject(
  given: string,
): { text: string; root: ObjectNode; notes: MergeNote[] } | MergeNote {
  const { root, edits, findings } = readTolerant(given);
  const unreadable: MergeNote = {
    code: 'unreadable',
    message: '原来的文件读不懂，没法合并：下面只有这次生成的内容，请先修好原文件再合并。',
  };
  if (root === undefined) return unreadable;
  if (root.kind !== 'object') {
    return {
      code: 'not-an-object',
      message: '原来的文件不是一个 { … } 对象，没法合并：下面只有这次生成的内容。',
    };
  }
  if (edits.length === 0) return { text: given, root, notes: [] };
  const positions = new Positions(given);
  const notes: MergeNote[] = [];
  const comments = findings.filter(({ code }) => code === 'json-comment');
  const others = findings.filter(({ code }) => code !== 'json-comment');
  const [comment] = comments;
  if (comment) {
    notes.push({
      code: 'comments-dropped',
      message: `原文件里有 ${comments.length} 处注释。JSON 不允许注释，合并后没有了；要留着请另存一份。`,
      ...positions.at(comment.offset ?? 0),
    });
  }
  const [fault] = others;
  if (fault) {
    notes.push({
      code: 'repaired',
      message: `原文件有 ${others.length} 处不是合法的 JSON（第一处：${fault.message}），已按最可能的意思改好。`,
      ...positions.at(fault.offset ?? 0),
    });
  }
  const text = dropBlankLines(given, edits);
  const scanned = scanJson(text);
  if (scanned.ok && scanned.root.kind === 'object') return { text, root: scanned.root, notes };
  // The repairs don't fit together: write the values anew.
  const rewritten = `${JSON.stringify(toValue(root), null, 2)}\n`;
  const again = scanJson(rewritten);
  return again.ok && again.root.kind === 'object'
    ? { text: rewritten, root: again.root, notes }
    : unreadable;
}

/** Applies the repairs; a line that held nothing but a comment goes with it. */
function dropBlankLines(
  text: string,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  const widened = edits.map((edit) => {
    if (edit.text !== '' || !/^(?:\/\/|#|\/\*)/.test(text.slice(edit.start, edit.start + 2))) {
      return edit;
    }
    let { start, end } = edit;
    while (start > 0 && /[ \t]/.test(text[start - 1] ?? '')) start--;
    let after = end;
    while (after < text.length && /[ \t]/.test(text[after] ?? '')) after++;
    const wholeLine = start === 0 || text[start - 1] === '\n';
    if (wholeLine && text[after] === '\r') after++;
    if (wholeLine && text[after] === '\n') end = after + 1;
    else if (wholeLine) start = edit.start;
    return { start, end, text: '' };
  });
  return applyEdits(text, widened);
}

const DEFAULT_LAYOUT: Layout = { eol: '\n', indent: '  ', colon: ': ', comma: ', ' };

function layoutOf(text: string, root: ObjectNode): Layout {
  const [first] = root.members;
  const eol = /\r\n/.test(text.slice(0, 10000)) ? '\r\n' : '\n';
  if (first === undefined) return { ...DEFAULT_LAYOUT, eol };
  const lead = /\n([ \t]*)$/.exec(text.slice(root.start, first.keyStart));
  const between = text.slice(first.keyEnd, first.value.start);
  // Where there is no second member to go by, the colon tells.
  const next = text.slice(first.value.end, root.members[1]?.keyStart ?? first.value.end);
  const tight = next === '' ? between === ':' : next === ',';
  return {
    eol,
    indent: lead?.[1] || '  ',
    colon: /^\s*:[ \t]*$/.test(between) ? between.replace(/^\s+/, '') : ': ',
    comma: tight ? ',' : ', ',
  };
}

function serialize(value: JsonValue | JsonPatch, depth: number, layout: Layout): string {
  const text = JSON.stringify(value, null, layout.indent);
  return depth === 0 && layout.eol === '\n'
    ? text
    : text.replaceAll('\n', layout.eol + layout.indent.repeat(depth));
}

class Merger {
  text: string;
  readonly changed: string[] = [];
  readonly notes: MergeNote[];
  readonly #layout: Layout;
  #root: ObjectNode;

  constructor(text: string, root: ObjectNode, notes: MergeNote[]) {
    this.text = text;
    this.notes = notes;
    this.#root = root;
    this.#layout = layoutOf(text, root);
  }

  apply(path: readonly string[], patch: JsonPatch): void {
    for (const [key, value] of Object.entries(patch)) {
      this.#dropDuplicates(path, key);
      const object = this.#object(path);
      if (object === undefined) return;
      const member = object.members.find((candidate) => candidate.key === key);
      if (value === undefined) {
        if (member) this.#remove(object, member, [...path, key]);
      } else if (member === undefined) {
        this.#insert(object, key, value, path);
      } else if (member.value.kind === 'object' && isPatch(value) && !isEmpty(value)) {
        this.apply([...path, key], value);
      } else if (!sameValue(toValue(member.value), value)) {
        this.#replace(member.value, value, [...path, key]);
      }
    }
  }

  /** The object at a path, in the text as it stands now. */
  #object(path: readonly string[]): ObjectNode | undefined {
    let node: JsonNode = this.#root;
    for (const key of path) {
      if (node.kind !== 'object') return undefined;
      const next: JsonNode | undefined = node.members.find((member) => member.key === key)?.value;
      if (next === undefined) return undefined;
      node = next;
    }
    return node.kind === 'object' ? node : undefined;
  }

  #edit(start: number, end: number, text: string): void {
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    const scanned = scanJson(this.text);
    if (scanned.ok && scanned.root.kind === 'object') this.#root = scanned.root;
  }

  /** dockerd takes the last of several; the others go, so that only one can be meant. */
  #dropDuplicates(path: readonly string[], key: string): void {
    for (;;) {
      const object = this.#object(path);
      const same = object?.members.filter((member) => member.key === key) ?? [];
      const [first] = same;
      if (object === undefined || first === undefined || same.length < 2) return;
      this.notes.push({
        code: 'duplicate-key',
        message: `「${[...path, key].join('.')}」写了不止一次，只有最后一处算数，前面的已删掉。`,
        ...new Positions(this.text).at(first.keyStart),
      });
      this.#cut(object, first);
    }
  }

  #remove(object: ObjectNode, member: JsonMember, path: readonly string[]): void {
    this.#cut(object, member);
    this.changed.push(path.join('.'));
  }

  #cut(object: ObjectNode, member: JsonMember): void {
    const index = object.members.indexOf(member);
    const before = object.members[index - 1];
    const after = object.members[index + 1];
    if (before) this.#edit(before.value.end, member.value.end, '');
    else if (after) this.#edit(member.keyStart, after.keyStart, '');
    else this.#edit(object.start + 1, object.end - 1, '');
  }

  #replace(node: JsonNode, value: JsonValue | JsonPatch, path: readonly string[]): void {
    const written = this.text.slice(node.start, node.end);
    const flat = JSON.stringify(value, null, 1)
      .replace(/\n\s*/g, ' ')
      .replace(/\[ | \]/g, (s) => s.trim());
    const single = node.kind === 'array' && node.items.length > 0 && !written.includes('\n');
    const text =
      single && Array.isArray(value) && flat.length <= 100
        ? flat
        : this.#serialize(value, path.length);
    this.#edit(node.start, node.end, text);
    this.changed.push(path.join('.'));
  }

  #insert(
    object: ObjectNode,
    key: string,
    value: JsonValue | JsonPatch,
    path: readonly string[],
  ): void {
    const { eol, indent, colon, comma } = this.#layout;
    const depth = path.length + 1;
    const last = object.members.at(-1);
    const name = JSON.stringify(key) + colon;
    if (last === undefined) {
      const text = `${eol}${indent.repeat(depth)}${name}${this.#serialize(value, depth)}${eol}${indent.repeat(depth - 1)}`;
      this.#edit(object.start + 1, object.end - 1, text);
    } else {
      const lead = /\r?\n[ \t]*$/.exec(this.text.slice(object.start, last.keyStart))?.[0];
      const text = this.text.slice(object.start, object.end).includes('\n')
        ? `,${lead ?? eol + indent.repeat(depth)}${name}${this.#serialize(value, depth)}`
        : `${comma}${name}${JSON.stringify(value)}`;
      this.#edit(last.value.end, last.value.end, text);
    }
    this.changed.push([...path, key].join('.'));
  }

  #serialize(value: JsonValue | JsonPatch, depth: number): string {
    return serialize(value, depth, this.#layout);
  }
}

function isPatch(value: JsonValue | JsonPatch): value is JsonPatch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(patch: JsonPatch): boolean {
  return Object.keys(patch).length === 0;
}

function sameValue(a: JsonValue, b: JsonValue | JsonPatch | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameValue(item, b[i]));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key]));
}
