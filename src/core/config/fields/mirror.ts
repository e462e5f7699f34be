import { atLeast } from '../version.ts';
import { type Host, hostFaultText, parseHost, parsePort, splitPort, urlHost } from './host.ts';
import type { Report } from './report.ts';
import { tidy } from './tidy.ts';

/** A mirror's URL, taken apart. */
export interface MirrorUrl {
  /** As written into files: scheme in lower case, no trailing slash. */
  url: string;
  scheme: 'http' | 'https';
  host: Host;
  /** `host[:port]`, IPv6 in brackets. */
  authority: string;
  port: number | undefined;
  /** Starts with `/`, or empty. */
  path: string;
}

export interface MirrorRules {
  /** Engine version, for what it takes; undefined when something other than dockerd reads the URL. */
  engine?: string;
  /** The key named in messages. */
  key: string;
}

/**
 * Checks a mirror's URL as dockerd does, and for what dockerd takes although it can't work.
 * Source: moby `daemon/pkg/registry/config.go` ValidateMirror; a path is taken since 24.0.8.
 *
 * @returns undefined when it can't be written; the reason was reported
 */
export function checkMirror(
  pasted: string,
  rules: MirrorRules,
  report: Report,
): MirrorUrl | undefined {
  const { text, changes } = tidy(pasted);
  const refuse = (code: string, reason: string, fix?: string) => {
    report('error', code, `「${shown(pasted)}」不会被接受：${reason}。没有写进文件。`, fix);
    return undefined;
  };
  const schemeMatch = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
  if (schemeMatch?.[1] === undefined || schemeMatch[2] === undefined) {
    const rest = text.replace(/^https?[:/]*\/+/i, '').replace(/^\/+/, '');
    return refuse(
      'mirror-scheme',
      `${rules.key} 的每一项都要以 https:// 或 http:// 开头，dockerd 遇到别的写法会拒绝启动`,
      looksLikeHost(rest) ? `https://${rest}` : undefined,
    );
  }
  const scheme = schemeMatch[1].toLowerCase();
  const rest = schemeMatch[2];
  if (scheme !== 'http' && scheme !== 'https') {
    return refuse(
      'mirror-scheme',
      `不认识的协议 ${scheme}://，只能是 https:// 或 http://`,
      looksLikeHost(rest) ? `https://${rest}` : undefined,
    );
  }
  if (/[\s\u0000-\u001f\u007f]/.test(rest)) {
    const joined = `${scheme}://${rest.replace(/\s+/g, '')}`;
    return refuse('mirror-characters', '地址中间有空白或控制字符', joined);
  }
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd < 0 ? rest : rest.slice(0, authorityEnd);
  let path = authorityEnd < 0 ? '' : rest.slice(authorityEnd);
  if (authority.includes('@')) {
    const bare = authority.slice(authority.lastIndexOf('@') + 1);
    return refuse(
      'mirror-credentials',
      '镜像源的地址里不能有用户名和密码，dockerd 会拒绝启动',
      `${scheme}://${bare}${path}`,
    );
  }
  if (/[?#]/.test(path)) {
    return refuse(
      'mirror-query',
      '地址里不能有 ? 或 # 和它们后面的部分',
      `${scheme}://${authority}${path.replace(/[?#].*$/s, '').replace(/\/+$/, '')}`,
    );
  }
  const split = splitPort(authority);
  const host = parseHost(split.host);
  if ('fault' in host) {
    const port = split.port ? `:${split.port}` : '';
    return refuse(
      `mirror-host-${host.fault}`,
      hostFaultText(host),
      host.fault === 'idn' && host.ascii ? `${scheme}://${host.ascii}${port}${path}` : undefined,
    );
  }
  const port = split.port === undefined ? undefined : parsePort(split.port);
  if (split.port !== undefined && port === undefined) {
    return refuse(
      'mirror-port',
      `端口「${shown(split.port)}」不是 1 到 65535 的数字`,
      split.port === '' ? `${scheme}://${urlHost(host)}${path}` : undefined,
    );
  }
  const base = `${scheme}://${urlHost(host)}${port === undefined ? '' : `:${port}`}`;
  path = path.replace(/\/$/, '');
  if (path.includes('//') || path.endsWith('/')) {
    return refuse('mirror-path', '路径里有连续的斜杠', `${base}${collapse(path)}`);
  }
  if (/%(?![0-9a-f]{2})/i.test(path) || /[^\w.~!$&'()*+,;=:@%/-]/.test(path)) {
    return refuse('mirror-path', '路径里有 URL 不允许的字符');
  }
  if (/\/v2$/i.test(path)) {
    return refuse(
      'mirror-v2',
      '末尾的 /v2 由 dockerd 自己加上，写了它会请求 /v2/v2/',
      `${base}${path.replace(/\/v2$/i, '')}`,
    );
  }
  if (path !== '' && rules.engine !== undefined && !atLeast(rules.engine, '24.0.8')) {
    return refuse(
      'mirror-path',
      `Docker Engine 24.0.8 和 25.0 起才允许镜像源地址带路径，${rules.engine} 会拒绝启动`,
      base,
    );
  }
  if (changes.length > 0) {
    report(
      'note',
      'tidied',
      `去掉了${changes.join('、')}，写进文件的是 ${base}${path}`,
      base + path,
    );
  }
  return {
    url: `${base}${path}`,
    scheme,
    host,
    authority: base.slice(scheme.length + 3),
    port,
    path,
  };
}

/** A value for a message: short, on one line. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function looksLikeHost(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+(:\d+)?([/].*)?$/i.test(text);
}

function collapse(path: string): string {
  return path.replace(/\/+/g, '/').replace(/\/$/, '');
}
