import { clients } from './clients.ts';
import { compile } from './decide.ts';
import type { Lint } from './lint.ts';
import type { ProxyEnv } from './types.ts';

const PROBES = ['http://probe.example/', 'https://probe.example/'];

/**
 * Checks the proxy values of an environment by asking every usual client what it makes of each.
 *
 * @param env - the environment; a value that several variables share is judged once.
 * @returns one finding for each value that some client refuses or passes over.
 */
export function lintProxies(env: ProxyEnv): Lint[] {
  const lints: Lint[] = [];
  const seen = new Set<string>();
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy']) {
    for (const spelling of [name, name.toUpperCase()]) {
      const value = env[spelling];
      if (!value || seen.has(value)) continue;
      seen.add(value);
      const { refused, ignored } = judge(value);
      if (refused.length === 0 && ignored.length === 0) continue;
      const parts = [
        refused.length > 0 ? `${refused.join('、')} 会报错` : '',
        ignored.length > 0 ? `${ignored.join('、')} 不报错、悄悄直连` : '',
      ].filter(Boolean);
      lints.push({
        code: 'proxy-value',
        severity: refused.length + ignored.length > 6 ? 'error' : 'warning',
        index: -1,
        entry: '',
        message: `${spelling.toUpperCase()} ${fault(value)}。${parts.join('；')}。`,
      });
    }
  }
  return lints;
}

/** The usual clients that fail on a proxy value, and those that go direct without a word. */
function judge(value: string): { refused: string[]; ignored: string[] } {
  const env: Record<string, string> = {};
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy']) {
    env[name] = value;
    env[name.toUpperCase()] = value;
  }
  const refused: string[] = [];
  const ignored: string[] = [];
  for (const client of clients) {
    if (!client.common || client.id === 'java') continue;
    const decide = compile(client.id, env, { namesResolve: true });
    const codes = PROBES.map((url) => decide(url).reason.code);
    if (codes.includes('proxy-value-refused')) refused.push(client.name);
    else if (codes.includes('proxy-value-ignored')) ignored.push(client.name);
  }
  return { refused, ignored };
}

/** Chinese: what is unusual about the value, and what to write. */
function fault(value: string): string {
  if (/^\s|\s$/.test(value)) return '前后有空白，去掉它';
  if (/^["'“‘`]|["'”’`]$/.test(value)) return '带着引号，引号成了值的一部分';
  if (/[：／．。]/.test(value)) return '里有全角的冒号或斜线';
  if (/\s/.test(value)) return '中间有空白';
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined) return '没有写协议，前面补上 http://';
  const rest = value.slice(scheme.length + 3);
  const login = rest.slice(0, Math.max(0, rest.lastIndexOf('@')));
  if (/[@/?#[\]\\]|%(?![0-9a-f]{2})/i.test(login)) {
    return '的用户名或密码里有特殊字符，要写成 %40、%23 这样的形式';
  }
  const port = /:([^:\]]*)$/.exec(rest.replace(/[/?#][\s\S]*$/, ''))?.[1];
  if (port !== undefined && port !== '' && !(/^\d+$/.test(port) && Number(port) <= 65535)) {
    return '里的端口不是 0 到 65535 的数字';
  }
  if (scheme.startsWith('socks')) return '是 SOCKS 代理，认的客户端不多，能用 http:// 就用 http://';
  if (scheme === 'https')
    return '写了 https://，意思是连代理本身也用 TLS；一般的代理端口要写 http://';
  if (scheme !== 'http') return `用了协议 ${scheme}://，代理地址一般以 http:// 开头`;
  return '有客户端不接受';
}
