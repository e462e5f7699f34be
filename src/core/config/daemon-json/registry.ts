/**
 * registry-mirrors and insecure-registries as dockerd takes them.
 * Source followed: moby `registry/config.go` of the tags from v20.10 on.
 */
import { checkMirror } from '../fields/mirror.ts';
import { atLeast } from '../version.ts';
import { type Context, type Item, list, shown } from './context.ts';
import { goQuote } from './go-json.ts';
import { formatGoUrl, type GoUrl, parseGoUrl } from './go-url.ts';
import { isIp, parseCidr, parseInteger, splitHostPort } from './go-values.ts';
import type { Fix } from './problem.ts';

interface Refusal {
  code: string;
  message: string;
  words: string;
  fix?: string;
}

/** What is right about a pasted address, where that can be told. */
function tidyMirror(value: string): string | undefined {
  let fixed: string | undefined;
  const mirror = checkMirror(value, { key: 'registry-mirrors' }, (_severity, _code, _why, fix) => {
    fixed ??= fix;
  });
  return mirror?.url ?? fixed;
}

/** Why dockerd refuses a mirror's address; undefined when it takes it. */
function mirrorRefusal(value: string, engine: string): Refusal | undefined {
  const modern = atLeast(engine, '28.3');
  const paths = atLeast(engine, '24.0.8');
  const hint = modern ? ": must use either 'https://' or 'http://'" : '';
  const schemeEnd = value.indexOf('://');
  if (modern && schemeEnd <= 0) {
    return {
      code: 'mirror-no-scheme',
      message: `镜像源「${shown(value)}」缺少 https:// 或 http://。`,
      words: `invalid mirror: no scheme specified for ${goQuote(value)}${hint}`,
    };
  }
  const parsed = parseGoUrl(value, { strictBrackets: atLeast(engine, '28.5.1') });
  if (!parsed.ok) {
    const tail = modern || atLeast(engine, '24.0') ? `: ${parsed.message}` : '';
    return {
      code: 'mirror-invalid-url',
      message: explainUrl(value, parsed.message),
      words: `invalid mirror: ${goQuote(value)} is not a valid URI${tail}`,
    };
  }
  const url = parsed.value;
  if (url.scheme !== 'http' && url.scheme !== 'https') {
    return {
      code: schemeEnd > 0 ? 'mirror-scheme' : 'mirror-no-scheme',
      message:
        schemeEnd > 0
          ? `镜像源只能用 https:// 或 http://，「${shown(value)}」用的是 ${url.scheme}://。`
          : `镜像源「${shown(value)}」缺少 https:// 或 http://。`,
      words: `invalid mirror: unsupported scheme ${goQuote(url.scheme)} in ${goQuote(formatGoUrl(url))}${hint}`,
    };
  }
  const path = !paths && url.path !== '' && url.path !== '/';
  if (path || url.query !== '' || url.fragment !== '') {
    return {
      code: path ? 'mirror-path' : 'mirror-query',
      message: path
        ? `${engine} 不接受带路径的镜像源「${shown(value)}」（25.0 和 24.0.8 起才行）。`
        : `镜像源「${shown(value)}」后面不能带 ?… 或 #…。`,
      words: paths
        ? `invalid mirror: query or fragment at end of the URI ${goQuote(formatGoUrl(url))}`
        : `invalid mirror: path, query, or fragment at end of the URI ${goQuote(formatGoUrl(url))}`,
    };
  }
  if (url.user !== undefined) {
    const masked = { ...url, user: { name: url.user.name, password: 'xxxxx' } };
    return {
      code: 'mirror-userinfo',
      message: '镜像源地址里不能写用户名和密码，dockerd 也不会向镜像源登录。',
      words: `invalid mirror: username/password not allowed in URI ${goQuote(formatGoUrl(masked))}`,
    };
  }
  return undefined;
}

function explainUrl(value: string, words: string): string {
  const mirror = `镜像源「${shown(value)}」`;
  if (/\s/.test(value)) return `${mirror}里有空格或换行。`;
  if (words.includes('invalid port')) return `${mirror}的端口不是数字。`;
  if (words.includes('invalid URL escape')) return `${mirror}里有不成对的 % 号。`;
  if (words.includes('host')) return `${mirror}的主机名里有不允许的字符。`;
  return `${mirror}不是一个网址。`;
}

/** Refuses the mirrors that dockerd refuses; one bad entry refuses the whole file. */
export function validateMirrors(context: Context, stage: (words: string) => string): void {
  for (const item of list(context, 'registry-mirrors')) {
    const refusal = mirrorRefusal(item.value, context.engine);
    if (refusal === undefined) continue;
    const { code, message, words } = refusal;
    const { node, path } = item;
    const fix = mirrorFix(item, context.engine);
    const original = stage(words);
    context.report.add({ code, refused: true, node, path, message, original, ...(fix && { fix }) });
  }
}

export function mirrorFix({ value, node }: Item, engine: string): Fix | undefined {
  const tidy = tidyMirror(value);
  if (tidy === undefined || tidy === value || node.kind !== 'string') return undefined;
  if (mirrorRefusal(tidy, engine) !== undefined) return undefined;
  return {
    text: `写成 ${tidy}`,
    edits: [{ start: node.start, end: node.end, text: JSON.stringify(tidy) }],
  };
}

/** A mirror's parts, for what dockerd takes; undefined for what it refuses. */
export function acceptedMirror(value: string, engine: string): GoUrl | undefined {
  if (mirrorRefusal(value, engine) !== undefined) return undefined;
  const parsed = parseGoUrl(value, { strictBrackets: atLeast(engine, '28.5.1') });
  return parsed.ok ? parsed.value : undefined;
}

const DOMAIN_COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN_NAME = `${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*`;
const DOMAIN = new RegExp(`^${DOMAIN_NAME}(?::[0-9]+)?$`);
const DOMAIN_OR_IPV6 = new RegExp(`^(?:${DOMAIN_NAME}|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?$`);

/** What dockerd makes of an entry of insecure-registries. */
export interface InsecureEntry {
  /** Without the scheme that dockerd cuts off. */
  host: string;
  cut: string;
  cidr: boolean;
}

function insecureRefusal(value: string, engine: string): Refusal | InsecureEntry {
  const name = value === 'index.docker.io' ? 'docker.io' : value;
  if (name.startsWith('-') || name.endsWith('-')) {
    return {
      code: 'insecure-invalid',
      message: `insecure-registries 的「${shown(value)}」不能以连字符开头或结尾。`,
      words: `invalid index name (${name}). Cannot begin or end with a hyphen`,
    };
  }
  const cut = /^https?:\/\//i.exec(value)?.[0] ?? '';
  const host = value.slice(cut.length);
  if (cut === '' && value.includes('://')) {
    return {
      code: 'insecure-scheme',
      message: `insecure-registries 只写 主机:端口 或网段，「${shown(value)}」不要带协议。`,
      words: `insecure registry ${value} should not contain '://'`,
    };
  }
  if (parseCidr(host) !== undefined) return { host, cut, cidr: true };
  const split = splitHostPort(host);
  const name2 = split.ok ? split.value.host : host;
  const port = split.ok ? split.value.port : '';
  const pattern = atLeast(engine, '23.0') ? DOMAIN_OR_IPV6 : DOMAIN;
  const invalid = (words: string, why: string): Refusal => ({
    code: 'insecure-invalid',
    message: `insecure-registries 的「${shown(value)}」${why}只能写 主机、主机:端口 或网段（如 10.0.0.0/8）。`,
    words: `insecure registry ${host} is not valid: ${words}`,
  });
  if (!(host.length < 2000 && pattern.test(host)) && !isIp(name2)) {
    const path = /[^/]\/./.test(host) || host.endsWith('/');
    return invalid(
      `invalid host ${goQuote(name2)}`,
      path ? '不能带路径或末尾的斜杠：' : '读不懂：',
    );
  }
  if (port !== '') {
    const number = parseInteger(port);
    if (number === undefined) {
      const range = /^[+-]?\d+$/.test(port);
      return invalid(
        `strconv.Atoi: parsing ${goQuote(port)}: ${range ? 'value out of range' : 'invalid syntax'}`,
        '的端口不对：',
      );
    }
    if (number < 0 || number > 65535) {
      return invalid(`invalid port ${goQuote(port)}`, '的端口超出了 65535：');
    }
  }
  return { host, cut, cidr: false };
}

/** The entries that dockerd takes. */
export function insecureEntries(context: Context): (InsecureEntry & { item: Item })[] {
  return list(context, 'insecure-registries').flatMap((item) => {
    const entry = insecureRefusal(item.value, context.engine);
    return 'words' in entry ? [] : [{ ...entry, item }];
  });
}

/** What the registry service refuses while the daemon starts; `dockerd --validate` never sees it. */
export function checkRegistries(context: Context): void {
  const { engine, wording, report } = context;
  if (!atLeast(engine, '28.3')) validateMirrors(context, wording.start);
  for (const item of list(context, 'insecure-registries')) {
    const entry = insecureRefusal(item.value, engine);
    if (!('words' in entry)) continue;
    const tidy = tidyRegistry(item.value, engine);
    const { node, path } = item;
    report.add({
      code: entry.code,
      refused: true,
      node,
      path,
      message: entry.message,
      original: wording.start(entry.words),
      ...(tidy !== undefined && {
        fix: {
          text: `写成 ${tidy}`,
          edits: [{ start: node.start, end: node.end, text: JSON.stringify(tidy) }],
        },
      }),
    });
  }
  if (atLeast(engine, '28.1')) return;
  for (const { value, node, path } of list(context, 'allow-nondistributable-artifacts')) {
    const entry = insecureRefusal(value, engine);
    const words =
      'words' in entry
        ? entry.words.replace(/^insecure registry/, 'allow-nondistributable-artifacts registry')
        : `allow-nondistributable-artifacts registry ${value} should not contain '://'`;
    if (!('words' in entry) && entry.cut === '') continue;
    report.add({
      code: 'insecure-invalid',
      refused: true,
      node,
      path,
      message: `allow-nondistributable-artifacts 的「${shown(value)}」只能写 主机、主机:端口 或网段。`,
      original: wording.start(words),
    });
  }
}

function tidyRegistry(value: string, engine: string): string | undefined {
  const tidy = value
    .trim()
    .replace(/：/g, ':')
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/\/.*$/s, '');
  const entry = insecureRefusal(tidy, engine);
  return tidy === '' || tidy === value || 'words' in entry ? undefined : tidy;
}
