import { type JsonPatch, type MergeResult, mergeDaemonJson } from '../daemon-json/merge.ts';
import type { Problem } from '../daemon-json/problem.ts';
import { type JsonValue, parseTolerant } from '../daemon-json/tolerant.ts';

const NAMES = ['httpProxy', 'httpsProxy', 'noProxy', 'ftpProxy', 'allProxy'] as const;

type ProxyValues = { [Name in (typeof NAMES)[number]]?: string | undefined };

/** What `~/.docker/config.json` says about proxies. */
export interface CliProxies {
  /** `default` or a daemon's address such as `tcp://host:2376`. */
  [target: string]: {
    httpProxy?: string;
    httpsProxy?: string;
    noProxy?: string;
    ftpProxy?: string;
    allProxy?: string;
  };
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Reads `~/.docker/config.json`; `auths` and everything else stay untouched and out of problems. Never throws.
 * Source: docker/cli `cli/config/configfile/file.go` ParseProxyConfig.
 */
export function parseConfigJson(text: string): { proxies: CliProxies; problems: Problem[] } {
  const { value, problems: syntax } = parseTolerant(text);
  // The CLI only warns of bad JSON, and then ignores the whole file, logins too.
  const problems: Problem[] = syntax.map((problem) => ({
    ...problem,
    refused: false,
    message: `${problem.message}（docker 命令会忽略整个文件，登录信息也在内。）`,
  }));
  const proxies: CliProxies = {};
  const found = (code: string, path: string, message: string, fix: string) =>
    problems.push({
      code,
      severity: 'warning',
      key: 'proxies',
      path,
      message,
      fix: { text: fix },
      refused: false,
    });
  if (text.startsWith('\ufeff')) {
    found(
      'cli-bom',
      '',
      '文件开头有 BOM：docker 命令会忽略整个文件，登录信息也在内。',
      '结果里已经去掉了它；另存时选 UTF-8（不带 BOM）。',
    );
  }
  if (value !== undefined && !isObject(value)) {
    found('not-an-object', '', '最外层要是一个 {…} 对象。', '');
    return { proxies, problems };
  }
  const section = value?.proxies;
  if (section === undefined) return { proxies, problems };
  if (!isObject(section)) {
    found('cli-proxies-type', 'proxies', 'proxies 要是一个对象。', '写成 {"default": {…}}。');
    return { proxies, problems };
  }
  for (const [target, entry] of Object.entries(section)) {
    if (!isObject(entry)) {
      found(
        'cli-proxies-level',
        `proxies.${target}`,
        `proxies.${target} 少了一层：docker 命令会忽略整个文件。`,
        '把这些值放进 proxies.default 里面。',
      );
      continue;
    }
    const values: CliProxies[string] = {};
    for (const [name, setting] of Object.entries(entry)) {
      const known = NAMES.find((one) => one === name);
      if (known === undefined) {
        found(
          'cli-proxies-name',
          `proxies.${target}.${name}`,
          `docker 命令不认识 ${name}，会悄悄忽略。`,
          `能用的名字是 ${NAMES.join('、')}。`,
        );
      } else if (typeof setting === 'string') values[known] = setting;
      else {
        found(
          'cli-proxies-value',
          `proxies.${target}.${name}`,
          `${name} 的值要是字符串。`,
          '多个地址用逗号连成一个字符串。',
        );
      }
    }
    proxies[target] = values;
  }
  return { proxies, problems };
}

/** Sets `proxies.default` in an existing config.json (undefined removes a key); credentials and other keys stay. */
export function mergeConfigJson(
  existing: string,
  proxies: {
    httpProxy?: string;
    httpsProxy?: string;
    noProxy?: string;
    ftpProxy?: string;
    allProxy?: string;
  },
): MergeResult {
  const values: ProxyValues = proxies;
  const named = NAMES.filter((name) => name in values);
  if (named.length === 0) return mergeDaemonJson(existing, {});
  const patch: JsonPatch = {
    proxies: { default: Object.fromEntries(named.map((name) => [name, values[name]])) },
  };
  return mergeDaemonJson(existing, patch);
}
