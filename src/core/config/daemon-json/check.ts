import { NEWEST_ENGINE } from '../settings.ts';
import { atLeast, isVersion } from '../version.ts';
import { advise } from './advice.ts';
import { reportDecodeErrors } from './decode-errors.ts';
import { checkConflicts, checkUnknownKeys, flatten } from './directives.ts';
import { parseFlags } from './flags.ts';
import { type JsonNode, scanJson } from './go-json.ts';
import type { Problem } from './problem.ts';
import { Reporter } from './report.ts';
import { type Schema, schemaOf } from './schema.ts';
import { readSource, type Source } from './source.ts';
import { checkStart } from './start.ts';
import { readTolerant } from './tolerant.ts';
import { unmarshal } from './unmarshal.ts';
import { validate } from './validate.ts';
import { type Wording, wordingOf } from './wording.ts';

export interface CheckOptions {
  /** Engine version, e.g. `28.5.2`, `29`, `20.10`; `28.5.2+dfsg4` for Debian's build. */
  engine: string;
  /** dockerd's command line flags; default none. The packaged unit's: `['-H', 'fd://', '--containerd=/run/containerd/containerd.sock']`. */
  flags?: readonly string[];
}

export interface CheckResult {
  /** dockerd of that version starts with this file. */
  accepted: boolean;
  problems: Problem[];
}

/**
 * Does dockerd of `options.engine` start with this daemon.json, and what in it is refused, ignored or useless?
 *
 * What depends on the machine (does that path, user, device, plugin exist?) is said as a warning and never refused.
 *
 * @param file the file's bytes, or its text (then taken as UTF-8)
 * @returns `accepted` and the problems, in the order of the file. Never throws.
 * Source followed: moby `daemon/config/config.go`, `cmd/dockerd/daemon.go`, `registry/config.go` of the tags from v20.10 on.
 */
export function checkDaemonJson(file: string | Uint8Array, options: CheckOptions): CheckResult {
  const engine = isVersion(options.engine) ? options.engine : NEWEST_ENGINE;
  const source = readSource(file, engine);
  const report = new Reporter(source.text, source.bom);
  const schema = schemaOf(engine);
  const wording = wordingOf(engine);
  const root = readRoot(source, engine, wording, report);
  checkFlags(options.flags ?? [], schema, report);
  if (root !== undefined) {
    checkRoot(root, { engine, schema, wording, report, flags: options.flags ?? [] });
  }
  return { accepted: !report.refused, problems: report.sorted() };
}

function checkFlags(flags: readonly string[], schema: Schema, report: Reporter): void {
  for (const flag of parseFlags(flags, schema).unknown) {
    report.add({
      code: 'flag-unknown',
      refused: true,
      message: `这个版本的 dockerd 没有命令行参数 ${flag}，不会启动。`,
      original: `unknown flag: ${flag}\nSee 'dockerd --help'.`,
    });
  }
}

/** The file's one value; undefined when there is nothing to look at. */
function readRoot(
  source: Source,
  engine: string,
  wording: Wording,
  report: Reporter,
): JsonNode | undefined {
  const { engine: read } = source;
  if (!read.ok) {
    report.add({
      code: 'encoding',
      refused: true,
      offset: 0,
      message:
        source.encoding === 'gb18030'
          ? '文件是 GBK 编码，dockerd 从 23.0 起只认 UTF-8（或带 BOM 的 UTF-16）。'
          : '文件不是文本，或者不是 UTF-8 编码，dockerd 读不了。',
      original: wording.file(read.message),
      fix: { text: '用编辑器另存为 UTF-8（不带 BOM）' },
    });
    return readTolerantly(source.text, undefined, report);
  }
  const { text } = read;
  const modern = atLeast(engine, '23.0');
  const start = modern ? /^[\s\u0085]*/.exec(text)?.[0].replace(/\ufeff.*$/s, '').length : 0;
  const body = modern ? trimEnd(text) : text;
  if (modern && body.length <= (start ?? 0)) {
    report.add({
      code: 'empty-file',
      severity: 'info',
      message: '文件是空的：dockerd 会启动，一切都用默认值。',
    });
    return undefined;
  }
  const scanned = scanJson(blankStart(body, start ?? 0), {
    mode: modern ? 'document' : 'stream',
    wording: wording.character,
  });
  if (scanned.ok) {
    noteEncoding(source, engine, report);
    if (!modern) noteLeftOver(text, scanned.root, source, report);
    return scanned.root;
  }
  const original = wording.json(scanned.error.message);
  if (!modern && source.encoding !== 'utf-8' && source.encoding !== 'binary') {
    report.add({
      code: 'encoding',
      refused: true,
      offset: 0,
      message: `${engine} 不认文件开头的 BOM，也不认 UTF-16（23.0 起才认）。`,
      original,
      fix: { text: '另存为不带 BOM 的 UTF-8' },
    });
    return readTolerantly(source.text, undefined, report);
  }
  const offset = source.toShown(scanned.error.offset);
  return readTolerantly(source.text, { original, offset }, report);
}

/** dockerd cuts Go's white space from both ends; the front is blanked here so that offsets stay. */
function blankStart(text: string, length: number): string {
  return length === 0 ? text : ' '.repeat(length) + text.slice(length);
}

function trimEnd(text: string): string {
  let end = text.length;
  while (
    end > 0 &&
    /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(
      text[end - 1] ?? '',
    )
  ) {
    end--;
  }
  return text.slice(0, end);
}

/** Finds what the broken file was meant to say, and each of its faults; dockerd itself stops at the first. */
function readTolerantly(
  text: string,
  error: { original: string; offset: number } | undefined,
  report: Reporter,
): JsonNode | undefined {
  const { root, findings } = readTolerant(text);
  findings.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  const [first] = findings;
  if (error !== undefined) {
    if (first === undefined || root === undefined) {
      report.add({
        code: 'json-syntax',
        refused: true,
        offset: error.offset,
        message: error.original.includes('exceeded max depth')
          ? '括号嵌套超过了 10000 层，dockerd 不再往下读。'
          : '这里不是 JSON：整个文件应是一个 { … } 对象。',
        original: error.original,
      });
    } else {
      first.original = error.original;
    }
  }
  for (const finding of findings) report.add(finding);
  return root;
}

function noteEncoding(source: Source, engine: string, report: Reporter): void {
  if (source.encoding === 'utf-8' || source.encoding === 'binary') return;
  if (source.encoding === 'gb18030') {
    report.add({
      code: 'encoding-gbk',
      offset: 0,
      message: `文件是 GBK 编码：${engine} 会启动，但其中的中文变成乱码；升级到 23.0 及以上后 dockerd 会拒绝它。`,
      fix: { text: '另存为 UTF-8' },
    });
    return;
  }
  report.add({
    code: 'encoding-bom',
    severity: 'info',
    offset: 0,
    message:
      source.encoding === 'utf-8-bom'
        ? '文件开头有 BOM：23.0 及以上的 dockerd 认得，更早的版本和很多别的工具会拒绝。'
        : '文件是 UTF-16 编码（PowerShell 5 的「>」就这样写）：23.0 及以上的 dockerd 认得，更早的版本和很多别的工具会拒绝。',
    fix: { text: '另存为不带 BOM 的 UTF-8' },
  });
}

/** Before 23.0 only the first value of the file was read. */
function noteLeftOver(text: string, root: JsonNode, source: Source, report: Reporter): void {
  const rest = text.slice(root.end).search(/[^ \t\r\n]/);
  if (rest < 0) return;
  report.add({
    code: 'rest-ignored',
    offset: source.toShown(root.end + rest),
    message: '第一个 { } 结束之后的内容，这个版本不看也不报错；23.0 起 dockerd 会因此拒绝启动。',
    fix: { text: '把后面的内容并进前面的 { } 里' },
  });
}

interface RootOptions {
  engine: string;
  schema: Schema;
  wording: Wording;
  report: Reporter;
  flags: readonly string[];
}

function checkRoot(root: JsonNode, options: RootOptions): void {
  const { engine, schema, wording, report } = options;
  if (root.kind === 'null') {
    report.add({
      code: 'empty-file',
      severity: 'info',
      node: root,
      message: '文件里只有 null：dockerd 会启动，一切都用默认值。',
    });
    return;
  }
  if (root.kind !== 'object') {
    report.add({
      code: 'not-an-object',
      refused: true,
      node: root,
      message: '整个文件应是一个 { … } 对象。',
      original: wording.json(
        `json: cannot unmarshal ${root.kind} into Go value of type map[string]interface {}`,
      ),
    });
    return;
  }
  const flat = flatten(root, schema);
  const flags = parseFlags(options.flags, schema);
  checkNumbers(root, wording, report);
  checkUnknownKeys(root, flat, { engine, schema, wording, report });
  checkConflicts(flat, flags, { engine, schema, wording, report });
  const { config, errors, ignored } = unmarshal(root, schema, engine, wording.go);
  reportDecodeErrors(errors, { wording, report });
  const context = { engine, schema, wording, report, config, flags, flat };
  validate(context);
  checkStart(context);
  advise(context, root, ignored);
}

/** Any number that a float64 can't hold is refused, wherever it stands. */
function checkNumbers(root: JsonNode, wording: Wording, report: Reporter): void {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'object') for (const { value } of node.members) stack.push(value);
    else if (node.kind === 'array') for (const item of node.items) stack.push(item);
    else if (node.kind === 'number' && !Number.isFinite(Number(node.raw))) {
      report.add({
        code: 'number-range',
        refused: true,
        node,
        message: `数字 ${node.raw.slice(0, 40)} 太大。`,
        original: wording.json(
          `json: cannot unmarshal number ${node.raw.slice(0, 200)} into Go value of type float64`,
        ),
      });
    }
  }
}
