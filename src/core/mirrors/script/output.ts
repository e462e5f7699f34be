/** Where a mirror's test ended. */
export type Stage =
  | 'ping'
  | 'auth'
  | 'token'
  | 'manifest'
  | 'self'
  | 'trusted'
  | 'platform'
  | 'layer'
  | 'blob'
  | 'sum';

/** Times of one request to `/v2/`, milliseconds; `ttfb` counts from the start. */
export interface Ping {
  readonly status: number;
  readonly dns: number;
  readonly tcp: number;
  readonly tls: number;
  readonly ttfb: number;
  readonly ip: string;
}

export interface BlobRead {
  readonly status: number;
  readonly bytes: number;
  /** Milliseconds from the first request, redirects included. */
  readonly ms: number;
  readonly ttfb?: number;
  /** `ok`, `bad`, `partial` (cut at the byte limit) or `unknown`. */
  readonly sum: string;
  readonly host: string;
}

/** One mirror's part of a script's output. */
export interface ScriptResult {
  readonly url: string;
  readonly passed: boolean;
  readonly pings: readonly Ping[];
  readonly auth?: string;
  readonly digest?: string;
  readonly trusted?: 'match' | 'differ';
  readonly blob?: BlobRead;
  /** Where and how it failed; `curl` is curl's exit status. */
  readonly failure?: { readonly stage: Stage; readonly curl?: number; readonly http?: number };
  /** What the server said, as one line of plain text. */
  readonly says?: string;
  /** Whether the output ends before this mirror's result. */
  readonly unfinished: boolean;
}

export interface ScriptOutput {
  readonly image?: string;
  readonly arch?: string;
  readonly route?: 'direct' | 'proxy';
  readonly trustedDigest?: string;
  /** dockerd has a proxy, while the script went without. */
  readonly daemonProxy: boolean;
  readonly results: readonly ScriptResult[];
  /** Whether the script's last line is there. */
  readonly complete: boolean;
  /** What couldn't be understood (Chinese). */
  readonly problems: readonly string[];
}

/** Longest paste that is read, in characters. */
export const MAX_OUTPUT = 500_000;

type Draft = { -readonly [K in keyof ScriptResult]: ScriptResult[K] } & { pings: Ping[] };

/**
 * Reads a pasted run of the test script: the lines that start with `@`, wherever they are; prompts,
 * colours and the human lines between them don't matter. Never throws.
 */
export function parseScriptOutput(pasted: string): ScriptOutput {
  const problems: string[] = [];
  if (pasted.length > MAX_OUTPUT) problems.push('内容太长，只读了前面一部分。');
  const drafts = new Map<number, Draft>();
  const run: {
    -readonly [K in 'image' | 'arch' | 'route' | 'trustedDigest']?: ScriptOutput[K];
  } = {};
  let daemonProxy = false;
  let complete = false;
  let version: string | undefined;

  for (const [number, verb, rest] of markedLines(pasted.slice(0, MAX_OUTPUT))) {
    const fields = readFields(rest);
    if (number === 0) {
      if (verb === 'begin') {
        // A second run pasted after the first replaces it.
        drafts.clear();
        complete = false;
        version = fields.get('v');
        run.image = fields.get('image');
        run.arch = fields.get('arch');
        run.route = fields.get('route') === 'proxy' ? 'proxy' : 'direct';
      } else if (verb === 'trusted') run.trustedDigest = readDigest(rest);
      else if (verb === 'note' && rest.startsWith('daemon-proxy')) daemonProxy = true;
      else if (verb === 'end') complete = true;
      continue;
    }
    if (verb === 'url') {
      const url = rest.trim();
      if (/^https?:\/\/[^\s"'<>]+$/.test(url)) {
        drafts.set(number, { url, passed: false, pings: [], unfinished: true });
      }
      continue;
    }
    const draft = drafts.get(number);
    if (draft !== undefined) readLine(draft, verb, rest, fields);
  }

  if (drafts.size === 0) {
    problems.push('没有找到脚本的结果行（以 @ 开头）。请把脚本的全部输出粘贴进来。');
  } else if (!complete) {
    problems.push('输出不完整：没有看到结尾行，可能没跑完，也可能没复制全。下面只列出已有的结果。');
  }
  if (version !== undefined && version !== '1') {
    problems.push('这份输出来自另一个版本的脚本，可能读不全。请在本页重新生成脚本。');
  }
  return { ...run, daemonProxy, results: [...drafts.values()], complete, problems };
}

function readLine(
  draft: Draft,
  verb: string,
  rest: string,
  fields: ReadonlyMap<string, string>,
): void {
  const number = (key: string) => {
    const value = fields.get(key);
    return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
  };
  switch (verb) {
    case 'ping':
      draft.pings.push({
        status: number('http') ?? 0,
        dns: number('dns') ?? 0,
        tcp: number('tcp') ?? 0,
        tls: number('tls') ?? 0,
        ttfb: number('ttfb') ?? 0,
        ip: fields.get('ip') ?? '',
      });
      break;
    case 'auth':
      draft.auth = rest.trim();
      break;
    case 'digest':
      draft.digest = readDigest(rest);
      break;
    case 'trusted':
      draft.trusted = rest.startsWith('match') ? 'match' : 'differ';
      break;
    case 'blob':
      draft.blob = {
        status: number('http') ?? 0,
        bytes: number('bytes') ?? 0,
        ms: number('ms') ?? 0,
        ...(number('ttfb') === undefined ? {} : { ttfb: number('ttfb') }),
        sum: fields.get('sum') ?? 'unknown',
        host: fields.get('host') ?? '',
      };
      break;
    case 'fail': {
      const stage = STAGES.find((name) => name === fields.get('stage')) ?? 'ping';
      draft.failure = { stage, curl: number('curl'), http: number('http') };
      draft.unfinished = false;
      break;
    }
    case 'says':
      draft.says = rest.trim().slice(0, 300);
      break;
    case 'pass':
      draft.passed = true;
      draft.unfinished = false;
      break;
  }
}

const STAGES: readonly Stage[] = [
  'ping',
  'auth',
  'token',
  'manifest',
  'self',
  'trusted',
  'platform',
  'layer',
  'blob',
  'sum',
];

/** The marked lines; a digest that a narrow terminal broke in two is put together again. */
function* markedLines(text: string): Generator<[number: number, verb: string, rest: string]> {
  const lines = text
    // biome-ignore lint/complexity/useRegexLiterals: the control character is easier to read as an escape
    .replace(new RegExp('\\u001b\\[[0-9;?]*[A-Za-z]', 'g'), '')
    .split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length; i += 1) {
    const match = /^[\s>|│]*@(\d{1,4}) ([a-z]+)(?: (.*))?$/.exec(lines[i] ?? '');
    if (!match) continue;
    let rest = match[3] ?? '';
    const next = lines[i + 1] ?? '';
    if (/sha256:[0-9a-f]{0,63}$/.test(rest) && /^[0-9a-f]{1,63}\s*$/.test(next)) {
      rest += next.trim();
    }
    yield [Number(match[1]), match[2] ?? '', rest];
  }
}

function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const token of text.split(/\s+/)) {
    const equals = token.indexOf('=');
    if (equals > 0) fields.set(token.slice(0, equals), token.slice(equals + 1));
  }
  return fields;
}

function readDigest(text: string): string | undefined {
  return /^sha256:[0-9a-f]{64}/.exec(text.trim())?.[0];
}
