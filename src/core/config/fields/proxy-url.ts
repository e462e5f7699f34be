import { decodeUserInfo, encodeUserInfo } from '../escape/url.ts';
import { type Host, hostFaultText, parseHost, parsePort, splitPort, urlHost } from './host.ts';
import { shown } from './mirror.ts';
import type { Report } from './report.ts';
import { halfWidth, tidy } from './tidy.ts';

/** A proxy's address, taken apart. */
export interface ProxyUrl {
  scheme: 'http' | 'https' | 'socks5' | 'socks5h';
  /** Percent-encoded, or undefined. */
  user: string | undefined;
  /** Percent-encoded, or undefined. */
  password: string | undefined;
  host: Host;
  port: number | undefined;
}

/** A proxy as text, in the form that every program reads: encoded, without a path. */
export function formatProxy(proxy: ProxyUrl): string {
  const login =
    proxy.user === undefined
      ? ''
      : `${proxy.user}${proxy.password === undefined ? '' : `:${proxy.password}`}@`;
  const port = proxy.port === undefined ? '' : `:${proxy.port}`;
  return `${proxy.scheme}://${login}${urlHost(proxy.host)}${port}`;
}

/**
 * Builds a proxy URL from separate inputs, encoding user and password.
 *
 * @param parts as typed; an empty user means no login
 */
export function joinProxy(parts: {
  scheme?: string;
  host: string;
  port?: string;
  user?: string;
  password?: string;
}): string {
  const { scheme = 'http', host, port = '', user = '', password = '' } = parts;
  const login =
    user === '' ? '' : `${encodeUserInfo(user)}${password && `:${encodeUserInfo(password)}`}@`;
  return host === '' ? '' : `${scheme}://${login}${host}${port && `:${port}`}`;
}

/** A proxy's address as typed, with a login put in. */
export function addLogin(address: string, user: string, password: string): string {
  const { scheme = 'http', rest } = splitScheme(address);
  return `${scheme}://${encodeUserInfo(user)}${password && `:${encodeUserInfo(password)}`}@${rest.trim()}`;
}

/** Takes a proxy URL apart for separate inputs; user and password decoded. Never fails. */
export function splitProxy(url: string): {
  scheme: string;
  host: string;
  port: string;
  user: string;
  password: string;
} {
  const { scheme, rest } = splitScheme(tidy(url, { keepWidth: true }).text);
  const at = rest.lastIndexOf('@');
  const login = at < 0 ? '' : rest.slice(0, at);
  const colon = login.indexOf(':');
  const tail = halfWidth(at < 0 ? rest : rest.slice(at + 1));
  const address = splitPort(tail.replace(/[/?#].*$/s, '').trim());
  return {
    scheme: scheme ?? 'http',
    host: address.host,
    port: address.port ?? '',
    user: decodeUserInfo(colon < 0 ? login : login.slice(0, colon)),
    password: decodeUserInfo(colon < 0 ? '' : login.slice(colon + 1)),
  };
}

/** Cuts the scheme off. A password may hold full-width characters; the head of a URL may not. */
function splitScheme(text: string): { head?: string; scheme?: string; rest: string } {
  const [head, scheme] = /^\s*([a-z][a-z0-9+.-]*)\s*[:：]\s*[/／]\s*[/／]/i.exec(text) ?? [];
  if (head !== undefined && scheme !== undefined) {
    return { head, scheme: scheme.toLowerCase(), rest: text.slice(head.length) };
  }
  return { rest: text.replace(/^(?:https?|socks5h?)[:/]+/i, '') };
}

const SCHEMES = ['http', 'https', 'socks5', 'socks5h'] as const;

/**
 * Reads a proxy's URL as people write it, and repairs what has one meaning: no scheme, a password
 * with raw special characters, a path. dockerd checks none of it: a URL that doesn't parse means
 * "no proxy" to it, without a word. Source: `golang.org/x/net/http/httpproxy` parseProxy.
 *
 * @returns undefined when it can't be used; the reason was reported
 */
export function checkProxy(pasted: string, report: Report): ProxyUrl | undefined {
  const { text, changes } = tidy(pasted, { keepWidth: true });
  const refuse = (code: string, reason: string, fix?: string) => {
    report('error', code, `代理地址不会被接受：${reason}。没有写进文件。`, fix);
    return undefined;
  };
  const { head, rest, scheme: written = 'http' } = splitScheme(text);
  if (head !== undefined && /[：／]/.test(head)) changes.push('全角字符');
  const scheme = written === 'socks' ? 'socks5' : written;
  const known = SCHEMES.find((name) => name === scheme);
  if (known === undefined) {
    return refuse(
      'proxy-scheme',
      `不支持 ${shown(scheme)}://，只能是 http://、https:// 或 socks5://`,
      `http://${rest}`,
    );
  }
  // A raw `/`, `?` or `#` in a password ends the authority for Go; the last `@` shows what was meant.
  const at = rest.lastIndexOf('@');
  const login = at < 0 ? undefined : rest.slice(0, at);
  const tail = halfWidth(at < 0 ? rest : rest.slice(at + 1));
  if (tail !== (at < 0 ? rest : rest.slice(at + 1))) changes.push('全角字符');
  const end = tail.search(/[/?#]/);
  const authority = end < 0 ? tail : tail.slice(0, end);
  const path = end < 0 ? '' : tail.slice(end);
  const split = splitPort(authority.trim());
  const host = parseHost(split.host);
  if ('fault' in host) {
    if (host.fault === 'idn' && host.ascii) {
      const port = split.port ? `:${split.port}` : '';
      return refuse('proxy-host', hostFaultText(host), `${scheme}://${host.ascii}${port}`);
    }
    return refuse('proxy-host', hostFaultText(host));
  }
  const port = split.port === undefined ? undefined : parsePort(split.port);
  if (split.port !== undefined && port === undefined) {
    return refuse('proxy-port', `端口「${shown(split.port)}」不是 1 到 65535 的数字`);
  }
  const colon = login?.indexOf(':') ?? -1;
  const rawUser = colon < 0 ? login : login?.slice(0, colon);
  const rawPassword = colon < 0 ? undefined : login?.slice(colon + 1);
  const proxy: ProxyUrl = {
    scheme: known,
    user: rawUser === undefined ? undefined : repairUserInfo(rawUser),
    password: rawPassword === undefined ? undefined : repairUserInfo(rawPassword),
    host,
    port,
  };
  const repaired = formatProxy(proxy);
  if (rawUser !== proxy.user || rawPassword !== proxy.password) {
    report(
      'warning',
      'proxy-encoding',
      '用户名或密码里有特殊字符，已按 URL 规则编码后写进文件。不编码的话，/、?、# 会让地址指到别处，单独的 % 会让 dockerd 悄悄改为直连。',
      repaired,
    );
  }
  if (head === undefined) {
    report(
      'warning',
      'proxy-scheme-missing',
      `没有写协议，按 http:// 写进文件。dockerd 两种都认，但容器里的 apt、npm 会报错，apk 会悄悄直连。`,
      repaired,
    );
  }
  if (path !== '' && path !== '/') {
    report('warning', 'proxy-path', `代理地址里的「${shown(path)}」没有用，已去掉。`, repaired);
  }
  if (port === undefined) {
    const standard = { http: 80, https: 443, socks5: 1080, socks5h: 1080 }[known];
    report(
      'warning',
      'proxy-port-missing',
      `没有写端口：dockerd 会用 ${standard}，旧版 curl 会用 1080。代理软件的端口通常是 7890、10808、3128 或 8080。`,
    );
  }
  if (known === 'https') {
    report(
      'warning',
      'proxy-https-scheme',
      'https:// 表示「连到代理这一段也用 TLS」，与访问 https 网站无关。绝大多数代理只说 http，填成 https:// 会报 first record does not look like a TLS handshake。',
      formatProxy({ ...proxy, scheme: 'http' }),
    );
  }
  if (changes.length > 0) {
    report('note', 'tidied', `去掉了粘贴时带进来的${changes.join('、')}。`, repaired);
  }
  return proxy;
}

/** Encodes what isn't encoded: a `%` that starts an escape stays, any other becomes `%25`. */
function repairUserInfo(text: string): string {
  const escapes = /%[0-9a-f]{2}/gi;
  if (/%(?![0-9a-f]{2})/i.test(text)) return encodeUserInfo(text);
  let out = '';
  let from = 0;
  for (const match of text.matchAll(escapes)) {
    out += encodeUserInfo(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + encodeUserInfo(text.slice(from));
}
