import { parseTolerant } from '../config/daemon-json/tolerant.ts';
import { parseDropIn } from '../config/existing/drop-in.ts';
import { isRecord, parseJson } from '../json.ts';

/** Where a pasted text came from. */
export type PasteSource =
  | 'env'
  | 'docker-info'
  | 'systemctl'
  | 'drop-in'
  | 'daemon.json'
  | 'config.json'
  | 'inspect'
  | 'dockerfile'
  | 'compose';

export interface Extracted {
  readonly source: PasteSource;
  /** Chinese: the name of the source. */
  readonly label: string;
  /** The variables found, letter case and order as they take effect. */
  readonly variables: Readonly<Record<string, string>>;
  /** Chinese: what the reader should know about this source. */
  readonly notes: readonly string[];
}

const LABELS: Readonly<Record<PasteSource, string>> = {
  env: '环境变量',
  'docker-info': 'docker info',
  systemctl: 'systemctl show',
  'drop-in': 'systemd drop-in',
  'daemon.json': 'daemon.json',
  'config.json': '~/.docker/config.json',
  inspect: 'docker inspect',
  dockerfile: 'Dockerfile',
  compose: 'Compose 文件',
};

const NAME = /^(?:https?|all|no|ftp)_proxy$/i;
const WANTED = /(?:https?|all|no|ftp)_proxy/i;

/**
 * Picks the proxy variables out of what `env`, `docker info`, `systemctl show`, a drop-in,
 * daemon.json, config.json, `docker inspect`, a Dockerfile or a Compose file prints.
 *
 * @param text - as pasted; nothing in it is executed or kept.
 * @returns what was found, or `undefined` where there is no proxy variable in the text.
 */
export function extractVariables(text: string): Extracted | undefined {
  const found = fromJson(text) ?? fromDockerInfo(text) ?? fromSystemd(text) ?? fromLines(text);
  if (!found || Object.keys(found.variables).length === 0) return undefined;
  return { ...found, label: LABELS[found.source] };
}

type Found = Omit<Extracted, 'label'>;

function fromJson(text: string): Found | undefined {
  const start = text.search(/[{[]/);
  if (start < 0) return undefined;
  // A prompt or a log line may stand before and behind.
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  const body = text.slice(start, end);
  const strict = parseJson(body);
  if (strict !== undefined) return fromValue(strict);
  // With a comment or a comma too many it's still plain what was meant.
  if (!/prox(?:y|ies)["'”]?\s*[:：]/i.test(body)) return undefined;
  const found = fromValue(parseTolerant(body).value);
  return (
    found && {
      ...found,
      notes: [
        `这段 JSON 有语法错误，${found.source === 'daemon.json' ? 'dockerd 遇到它不会启动' : 'docker 命令会忽略整个文件'}；这里按改好以后的样子读。`,
        ...found.notes,
      ],
    }
  );
}

function fromValue(json: unknown): Found | undefined {
  const inspected = Array.isArray(json) ? fromInspect(json) : undefined;
  if (inspected) return inspected;
  if (!isRecord(json)) return undefined;
  if (isRecord(json.Config)) return fromInspect([json]);
  // Only the inner part may have been copied.
  const proxies = isRecord(json.proxies) ? json.proxies : json;
  if (['http-proxy', 'https-proxy', 'no-proxy'].some((key) => typeof proxies[key] === 'string')) {
    return {
      source: 'daemon.json',
      // dockerd sets both letter cases from daemon.json.
      variables: bothCases({
        http_proxy: proxies['http-proxy'],
        https_proxy: proxies['https-proxy'],
        no_proxy: proxies['no-proxy'],
      }),
      notes: [
        'dockerd 会把这些值同时设成大写和小写，并盖过 systemd 里的同名变量；Docker Desktop 忽略它们。',
      ],
    };
  }
  const hosts = Object.keys(proxies).filter((key) => isRecord(proxies[key]));
  const chosen = proxies.default ?? proxies[hosts[0] ?? ''];
  if (!isRecord(chosen)) return undefined;
  const variables = bothCases({
    http_proxy: chosen.httpProxy,
    https_proxy: chosen.httpsProxy,
    no_proxy: chosen.noProxy,
    ftp_proxy: chosen.ftpProxy,
    all_proxy: chosen.allProxy,
  });
  if (Object.keys(variables).length === 0) return undefined;
  const notes = ['docker CLI 把它们以大小写两种名字传给容器和构建，不影响 docker pull。'];
  if (hosts.length > 1) {
    notes.push(
      `proxies 下有 ${hosts.length} 组（${hosts.join('、')}），这里用的是 ${proxies.default ? 'default' : hosts[0]}。`,
    );
  }
  return {
    source: 'config.json',
    variables,
    notes,
  };
}

function fromInspect(json: readonly unknown[]): Found | undefined {
  const lines = json.every((item) => typeof item === 'string')
    ? json
    : json.flatMap((item) => {
        const config = isRecord(item) ? item.Config : undefined;
        return isRecord(config) && Array.isArray(config.Env) ? config.Env : [];
      });
  const variables: Record<string, string> = {};
  for (const line of lines) if (typeof line === 'string') assign(variables, line);
  return { source: 'inspect', variables, notes: [] };
}

function fromDockerInfo(text: string): Found | undefined {
  const rows = [...text.matchAll(/^[ \t]*(HTTP Proxy|HTTPS Proxy|No Proxy):[ \t]*(.*?)[ \t]*$/gim)];
  if (rows.length === 0) return undefined;
  const values: Record<string, string> = {};
  for (const [, title = '', value = ''] of rows) {
    values[title.toLowerCase().replace(' ', '_')] = value;
  }
  const notes = [
    'docker info 显示的是守护进程的设置，密码显示成 xxxxx；大小写两种名字按同值处理。',
  ];
  if (/http\.docker\.internal:3128/.test(text)) {
    notes.push('这是 Docker Desktop 的内部代理，真正的代理和绕过列表在 Desktop 的设置里。');
  }
  return { source: 'docker-info', variables: bothCases(values), notes };
}

/** What makes systemd drop a variable, or change it. */
const LOSES = new Set(['unit-assignment', 'unit-percent', 'unit-specifier', 'unit-syntax']);

function fromSystemd(text: string): Found | undefined {
  if (!/^\s*Environment=/m.test(text)) return undefined;
  const dropIn = /^\s*\[\w+\]\s*$/m.test(text);
  const notes = /^\s*EnvironmentFile=/m.test(text)
    ? ['另有 EnvironmentFile=，那个文件里的变量看不到。']
    : [];
  if (dropIn) {
    const { environment, problems } = parseDropIn(text);
    const variables: Record<string, string> = {};
    for (const { name, value } of environment) assign(variables, `${name}=${value}`);
    const lost = problems.filter(({ code }) => LOSES.has(code)).map(({ message }) => message);
    return { source: 'drop-in', variables, notes: [...new Set(lost)].slice(0, 3).concat(notes) };
  }
  const variables: Record<string, string> = {};
  // A backslash at the end of a line joins it to the next; ";" and "#" start comments.
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  for (const line of lines) {
    const match = /^\s*Environment=(.*)$/.exec(line);
    if (!match) continue;
    const value = match[1] ?? '';
    if (value.trim() === '') {
      for (const name of Object.keys(variables)) delete variables[name];
      continue;
    }
    for (const word of systemdWords(value)) assign(variables, word);
  }
  return { source: 'systemctl', variables, notes };
}

/** Words of a systemd assignment: blanks separate, quotes keep together, a backslash escapes. */
function systemdWords(text: string): string[] {
  const words: string[] = [];
  const word = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')+/g;
  for (const [raw] of text.matchAll(word)) {
    words.push(
      raw.replace(/"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|\\([\s\S])/g, (_, a, b, c) =>
        String(a ?? b ?? c).replace(/\\([\s\S])/g, '$1'),
      ),
    );
  }
  return words;
}

function fromLines(text: string): Found | undefined {
  const variables: Record<string, string> = {};
  let source: PasteSource = 'env';
  for (const raw of text.split(/\r?\n/)) {
    if (!WANTED.test(raw)) continue;
    const line = raw.trim().replace(/^(?:[$#>]|PS [^>]*>)\s+/, '');
    const yaml = /^-?\s*["']?([A-Za-z_]+)["']?\s*:\s*(.*)$/.exec(line);
    if (/^(?:ENV|ARG)\s/i.test(line)) {
      source = 'dockerfile';
      const body = line.replace(/^(?:ENV|ARG)\s+/i, '');
      if (body.includes('=')) for (const word of systemdWords(body)) assign(variables, word);
      else assign(variables, body.replace(/\s+/, '='));
    } else if (yaml && NAME.test(yaml[1] ?? '') && !/^[A-Za-z_]+\s*=/.test(line)) {
      source = 'compose';
      assign(variables, `${yaml[1]}=${unquote(yaml[2] ?? '')}`);
    } else {
      for (const word of shellWords(line)) assign(variables, word);
    }
  }
  // `https_proxy=$http_proxy` means what stands there.
  for (const [name, value] of Object.entries(variables)) {
    const [, from] = /^\$\{?(\w+)\}?$/.exec(value) ?? [];
    if (from !== undefined && Object.hasOwn(variables, from)) {
      variables[name] = variables[from] ?? '';
    }
  }
  return { source, variables, notes: [] };
}

/** Assignments in a line of shell or of `env`: a lone NAME=value keeps its blanks. */
function shellWords(line: string): string[] {
  const powerShell = /^\$env:(\w+)\s*=\s*(.*)$/i.exec(line);
  if (powerShell) return [`${powerShell[1]}=${unquote(powerShell[2] ?? '')}`];
  const quoted = /^(["'])([A-Za-z_]+=.*)\1,?$/.exec(line);
  if (quoted) return [quoted[2] ?? ''];
  const setx = /^setx\s+([A-Za-z_]+)\s+(.*?)(?:\s+\/m)?$/i.exec(line);
  if (setx) return [`${setx[1]}=${unquote(setx[2] ?? '')}`];
  const plain = line.replace(/^-\s+/, '').replace(/^(?:export|set|declare -x|typeset -x)\s+/i, '');
  const whole = /^["']?([A-Za-z_]+)\s?=\s?([\s\S]*)$/.exec(plain);
  if (whole && NAME.test(whole[1] ?? '')) {
    const value = (whole[2] ?? '').trim();
    // `A=x B=y command` and `export A=x B=y` hold several assignments.
    const several =
      /\s[A-Za-z_]+_proxy=/i.test(value) || /^["']/.test(value) || /\s--?\w/.test(value);
    if (!several)
      return [
        `${whole[1]}=${unquote(value.replace(/["']$/, (q) => (plain.startsWith(q) ? '' : q)))}`,
      ];
  }
  return systemdWords(plain).map((word) =>
    word.replace(/^(?:-e|--env|--build-arg|--env-add)=/, '').replace(/;$/, ''),
  );
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1;?$/, '$2');
}

function assign(variables: Record<string, string>, assignment: string): void {
  const at = assignment.indexOf('=');
  const name = assignment.slice(0, at);
  if (at < 0 || !NAME.test(name)) return;
  // A later assignment replaces the value where the name stood first.
  variables[name] = assignment.slice(at + 1);
}

function bothCases(values: Record<string, unknown>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || value === '') continue;
    variables[name.toUpperCase()] = value;
    variables[name] = value;
  }
  return variables;
}
