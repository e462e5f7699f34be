import type { Problem } from '../daemon-json/problem.ts';
import { environmentLine } from '../escape/systemd.ts';
import { readWords, resolveSpecifiers, type Word } from './systemd-words.ts';

export { environmentLine } from '../escape/systemd.ts';

/** One `Key=value` of a unit file, after continuation lines are joined. */
export interface UnitSetting {
  section: string;
  key: string;
  /** Right-hand side as written (specifiers and quotes not resolved). */
  raw: string;
  /** 1-based first line. */
  line: number;
}

export interface DropIn {
  settings: UnitSetting[];
  /** `Environment=` of [Service] as systemd would set it: quotes, escapes and `%%` resolved, resets obeyed, in order. */
  environment: { name: string; value: string; line: number }[];
  /** `EnvironmentFile=` of [Service]; `-` in front means a missing file is fine. */
  environmentFiles: { path: string; optional: boolean; line: number }[];
  /** `ExecStart=` lines of [Service]; an empty string is a reset. */
  execStart: { value: string; line: number }[];
  problems: Problem[];
}

/** A setting with the physical lines it takes, 0-based and inclusive. */
interface Placed extends UnitSetting {
  from: number;
  to: number;
}

interface Lines {
  /** Physical lines without their ends. */
  lines: string[];
  /** How each line ends; the last may end with nothing. */
  ends: string[];
  eol: '\n' | '\r\n';
  settings: Placed[];
  problems: Problem[];
}

function warn(
  code: string,
  line: number,
  message: string,
  fix?: string,
  severity: Problem['severity'] = 'warning',
): Problem {
  return { code, severity, line, message, refused: false, ...(fix && { fix: { text: fix } }) };
}

/**
 * Splits a unit file into settings: sections, comments, continuation lines. systemd ends a line at LF, CR,
 * or both in either order (read_line_full in src/basic/fileio.c).
 */
function readLines(text: string): Lines {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const pieces = text.replace(/^\ufeff/, '').split(/(\r\n|\n\r|\n|\r)/);
  const lines = pieces.filter((_, at) => at % 2 === 0);
  const ends = lines.map((_, at) => pieces[2 * at + 1] ?? '');
  const settings: Placed[] = [];
  const problems: Problem[] = [];
  let section = '';
  for (let at = 0; at < lines.length; at++) {
    const from = at;
    const first = (lines[at] ?? '').trim();
    if (first === '' || first.startsWith('#') || first.startsWith(';')) continue;
    const header = /^\[([^\]]*)\]$/.exec(first);
    if (header?.[1] !== undefined) {
      section = header[1];
      continue;
    }
    let joined = (lines[at] ?? '').trimStart();
    while (joined.endsWith('\\') && at + 1 < lines.length) {
      joined = `${joined.slice(0, -1)} `;
      at++;
      // Comments within a continued line don't end it.
      while (at < lines.length - 1 && /^\s*[#;]/.test(lines[at] ?? '')) at++;
      joined += lines[at] ?? '';
    }
    const equals = joined.indexOf('=');
    if (equals < 1) {
      problems.push(
        warn(
          'unit-line',
          from + 1,
          `这一行不是「键=值」，systemd 会忽略它。`,
          '写成 Environment="名字=值"。',
        ),
      );
      continue;
    }
    if (section === '') {
      problems.push(
        warn(
          'unit-section',
          from + 1,
          '这一行在任何 [小节] 之外，systemd 会忽略它。',
          '在文件开头加上 [Service]。',
        ),
      );
    }
    settings.push({
      section,
      key: joined.slice(0, equals).trim(),
      raw: joined.slice(equals + 1).trim(),
      line: from + 1,
      from,
      to: at,
    });
  }
  return { lines, ends, eol, settings, problems };
}

/** Reads a systemd unit file or drop-in by systemd.syntax(7) and systemd.exec(5). Never throws. */
export function parseDropIn(text: string): DropIn {
  const { settings, problems } = readLines(text);
  const result: DropIn = {
    settings: settings.map(({ section, key, raw, line }) => ({ section, key, raw, line })),
    environment: [],
    environmentFiles: [],
    execStart: [],
    problems,
  };
  for (const { section, key, raw, line } of settings) {
    if (section !== 'Service') continue;
    if (key === 'Environment') readEnvironment(result, raw, line);
    else if (key === 'EnvironmentFile') {
      if (raw === '') result.environmentFiles = [];
      else {
        const optional = raw.startsWith('-');
        result.environmentFiles.push({ path: raw.replace(/^-/, ''), optional, line });
      }
    } else if (key === 'ExecStart') result.execStart.push({ value: raw, line });
    else if (/^env[a-z]*$/i.test(key)) {
      problems.push(
        warn(
          'unit-key',
          line,
          `systemd 不认识「${key}」，会忽略这一行。`,
          '正确的写法是 Environment，大小写也要一样。',
        ),
      );
    }
  }
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return result;
}

function readEnvironment(result: DropIn, raw: string, line: number): void {
  if (raw === '') {
    result.environment = [];
    return;
  }
  const { words, fault } = readWords(raw);
  if (fault !== undefined) {
    result.problems.push(
      warn(
        'unit-syntax',
        line,
        `${fault}，systemd 会丢掉这一行里它和后面的内容。`,
        '整段用双引号包住，里面的 \\ 写成 \\\\，" 写成 \\"。',
      ),
    );
  }
  for (const word of words) {
    const equals = word.text.indexOf('=');
    const name = word.text.slice(0, Math.max(equals, 0));
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      result.problems.push(
        warn(
          'unit-assignment',
          line,
          `「${word.text.slice(0, 40)}」不是「名字=值」，systemd 会忽略它。`,
          '有空格的值要整段用双引号包住。',
        ),
      );
      continue;
    }
    const resolved = resolveSpecifiers(word.text.slice(equals + 1));
    if (resolved.invalid !== undefined) {
      result.problems.push(
        warn(
          'unit-percent',
          line,
          `${name} 里有单独的 %（${resolved.invalid}），systemd 会丢掉整个变量。`,
          'URL 里的 % 在 drop-in 里要写成 %%。',
          'error',
        ),
      );
      continue;
    }
    if (resolved.replaced !== undefined) {
      result.problems.push(
        warn(
          'unit-specifier',
          line,
          `${name} 里的 ${resolved.replaced} 会被 systemd 悄悄换成别的文字，没有任何警告。`,
          'URL 里的 % 在 drop-in 里要写成 %%。',
          'error',
        ),
      );
    }
    result.environment = result.environment.filter((one) => one.name !== name);
    result.environment.push({ name, value: resolved.text, line });
  }
}

export interface DropInMergeResult {
  text: string;
  /** Names of the variables that changed. */
  changed: string[];
  /** Chinese. */
  notes: { code: string; message: string; line?: number }[];
}

/** Variables that programs read in either letter case. */
const PROXY_NAMES = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'ALL_PROXY', 'NO_PROXY']);

/**
 * Sets (or with undefined removes) environment variables in an existing drop-in; every other line stays as it is.
 * Old assignments of those names, in either letter case for proxy variables, are taken out.
 */
export function mergeDropIn(
  existing: string,
  environment: { [name: string]: string | undefined },
): DropInMergeResult {
  const { lines, ends, eol, settings } = readLines(existing);
  const whole = lines.map((line, at) => line + ends[at]);
  const before = new Map(parseDropIn(existing).environment.map(({ name, value }) => [name, value]));
  const notes: DropInMergeResult['notes'] = [];
  const wanted = new Map(Object.entries(environment));
  const nameFor = (name: string) => {
    if (wanted.has(name)) return name;
    const upper = name.toUpperCase();
    return PROXY_NAMES.has(upper) && wanted.has(upper) ? upper : undefined;
  };

  const service = settings.filter(
    ({ section, key }) => section === 'Service' && key === 'Environment',
  );
  const lastReset = service.findLastIndex(({ raw }) => raw === '');
  /** Physical line → what stands there instead. */
  const replaced = new Map<number, string[]>();
  const placed = new Set<string>();
  service.forEach((setting, index) => {
    if (setting.raw === '') return;
    const { words, fault } = readWords(setting.raw);
    const named = words.map((word) => ({ word, target: nameFor(assigned(word)) }));
    if (fault !== undefined && !named.some(({ target }) => target)) return;
    if (!named.some(({ target }) => target !== undefined)) return;
    const rest = named.filter(({ target }) => target === undefined).map(({ word }) => word.raw);
    const here: string[] = rest.length > 0 ? [`Environment=${rest.join(' ')}${eol}`] : [];
    for (const { word, target } of named) {
      if (target === undefined) continue;
      const value = wanted.get(target);
      const name = assigned(word);
      if (name !== target) {
        notes.push({
          code: 'unit-case',
          message: `小写的 ${name} 去掉了，只留大写的 ${target}：dockerd 两种都认，两份不一致时容易弄错。`,
          line: setting.line,
        });
      }
      if (value === undefined || placed.has(target) || index < lastReset) continue;
      placed.add(target);
      const same = named.length === 1 && name === target && before.get(target) === value;
      here.push(
        same
          ? whole.slice(setting.from, setting.to + 1).join('')
          : environmentLine(target, value) + eol,
      );
    }
    replaced.set(setting.from, here);
    for (let at = setting.from + 1; at <= setting.to; at++) replaced.set(at, []);
  });

  const missing = [...wanted].flatMap(([name, value]) =>
    value === undefined || placed.has(name) ? [] : [environmentLine(name, value) + eol],
  );
  const out = whole.flatMap((line, at) => replaced.get(at) ?? [line]);
  if (missing.length > 0) insert(out, missing, lines, replaced, service.at(-1)?.to, eol);
  // A last line without an end gets one before anything follows it.
  const text = out
    .filter((line) => line !== '')
    .map((line) => (/[\r\n]$/.test(line) ? line : line + eol))
    .join('');
  const after = new Map(parseDropIn(text).environment.map(({ name, value }) => [name, value]));
  const names = new Set([...before.keys(), ...after.keys()]);
  return {
    text,
    changed: [...names].filter((name) => before.get(name) !== after.get(name)),
    notes,
  };
}

function assigned(word: Word): string {
  return word.text.slice(0, Math.max(word.text.indexOf('='), 0));
}

/** Puts new lines after the last `Environment=`, after `[Service]`, or in a section of their own. */
function insert(
  out: string[],
  added: readonly string[],
  lines: readonly string[],
  replaced: ReadonlyMap<number, readonly string[]>,
  lastEnvironment: number | undefined,
  eol: string,
): void {
  const header = lines.findIndex((line) => line.trim() === '[Service]');
  const after = lastEnvironment ?? (header < 0 ? undefined : header);
  if (after === undefined) {
    while (out.length > 0 && out.at(-1)?.trim() === '') out.pop();
    if (out.length > 0) out.push(eol);
    out.push(`[Service]${eol}`, ...added);
    return;
  }
  let at = 0;
  for (let line = 0; line <= after; line++) at += replaced.get(line)?.length ?? 1;
  out.splice(at, 0, ...added);
}
