import type { JsonNode } from '../daemon-json/go-json.ts';
import { type JsonPatch, type MergeResult, mergeDaemonJson } from '../daemon-json/merge.ts';
import type { Problem } from '../daemon-json/problem.ts';
import { Reporter } from '../daemon-json/report.ts';
import { readTolerant } from '../daemon-json/tolerant.ts';

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

/** Addresses that docker talks to when nothing else is said. */
const OWN_ADDRESS = /^(?:unix:\/\/\/var\/run\/docker\.sock|npipe:\/\/\/\/\.\/pipe\/\w+)$/;

/**
 * Reads `~/.docker/config.json`; `auths` and everything else stay untouched and out of problems. Never throws.
 * Source: docker/cli `cli/config/configfile/file.go` ParseProxyConfig.
 */
export function parseConfigJson(text: string): { proxies: CliProxies; problems: Problem[] } {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(bom).toWellFormed();
  const { root, findings } = readTolerant(body);
  const report = new Reporter(body, bom);
  const proxies: CliProxies = {};
  if (bom > 0) {
    report.add({
      code: 'cli-bom',
      offset: 0,
      message: '文件开头有 BOM：docker 命令会忽略整个文件，登录信息也在内。',
      fix: { text: '另存时选 UTF-8（不带 BOM）。' },
    });
  }
  // The CLI only warns of bad JSON, and then ignores the whole file, logins too.
  for (const finding of findings) {
    report.add({
      ...finding,
      severity: 'error',
      refused: false,
      message: `${finding.message}（docker 命令会忽略整个文件，登录信息也在内。）`,
    });
  }
  if (root === undefined) return { proxies, problems: report.sorted() };
  if (root.kind === 'object') {
    const section = root.members.findLast(({ key }) => key === 'proxies')?.value;
    if (section !== undefined) readProxies(section, proxies, report);
  } else report.add({ code: 'not-an-object', node: root, message: '最外层要是一个 {…} 对象。' });
  return { proxies, problems: report.sorted() };
}

function readProxies(section: JsonNode, proxies: CliProxies, report: Reporter): void {
  if (section.kind !== 'object') {
    report.add({
      code: 'cli-proxies-type',
      node: section,
      path: 'proxies',
      message: 'proxies 要是一个对象。',
      fix: { text: '写成 {"default": {…}}。' },
    });
    return;
  }
  for (const { key: target, keyStart, value: entry } of section.members) {
    const path = `proxies.${target}`;
    if (entry.kind !== 'object') {
      report.add({
        code: 'cli-proxies-level',
        offset: keyStart,
        path,
        message: `${path} 少了一层：docker 命令会忽略整个文件。`,
        fix: { text: '把这些值放进 proxies.default 里面。' },
      });
      continue;
    }
    if (target !== 'default') {
      const own = OWN_ADDRESS.test(target);
      report.add({
        code: 'cli-proxies-host',
        severity: own ? 'warning' : 'info',
        offset: keyStart,
        path,
        message: own
          ? `${target} 是 docker 平时连接的地址：有这一项，default 就整个不看。`
          : `连接 ${target} 时只看这一项，default 整个不看。`,
        ...(own && { fix: { text: '把它的值并进 default，再删掉这一项。' } }),
      });
    }
    proxies[target] = readEntry(entry, path, report);
  }
}

function readEntry(
  entry: JsonNode & { kind: 'object' },
  path: string,
  report: Reporter,
): CliProxies[string] {
  const values: CliProxies[string] = {};
  for (const { key: name, keyStart, value } of entry.members) {
    const known = NAMES.find((one) => one === name);
    if (known === undefined) {
      report.add({
        code: 'cli-proxies-name',
        offset: keyStart,
        path: `${path}.${name}`,
        message: `docker 命令不认识 ${name}，会悄悄忽略。`,
        fix: { text: `能用的名字是 ${NAMES.join('、')}。` },
      });
    } else if (value.kind === 'string') values[known] = value.value;
    else {
      report.add({
        code: 'cli-proxies-value',
        node: value,
        path: `${path}.${name}`,
        message: `${name} 的值要是字符串。`,
        fix: { text: '多个地址用逗号连成一个字符串。' },
      });
    }
  }
  return values;
}

/**
 * Sets `proxies.default` in an existing config.json (undefined removes a key); credentials and other keys stay.
 * Values that lack that level move into it: the CLI would ignore the whole file for them.
 */
export function mergeConfigJson(existing: string, proxies: CliProxies[string]): MergeResult {
  const values: ProxyValues = proxies;
  const named = NAMES.filter((name) => name in values);
  if (named.length === 0) return mergeDaemonJson(existing, {});
  const loose = looseValues(existing);
  const inner: JsonPatch = {};
  for (const name of NAMES) {
    const value = name in values ? values[name] : loose.get(name);
    if (name in values || value !== undefined) inner[name] = value;
  }
  const level = Object.fromEntries([...loose.keys()].map((name) => [name, undefined]));
  return mergeDaemonJson(existing, { proxies: { ...level, default: inner } });
}

/** What stands in `proxies` itself where an object should be. */
function looseValues(text: string): Map<string, string | undefined> {
  const { root } = readTolerant(text.replace(/^\ufeff/, '').toWellFormed());
  const section =
    root?.kind === 'object'
      ? root.members.findLast(({ key }) => key === 'proxies')?.value
      : undefined;
  const members = section?.kind === 'object' ? section.members : [];
  return new Map(
    members
      .filter(({ value }) => value.kind !== 'object')
      .map(({ key, value }) => [key, value.kind === 'string' ? value.value : undefined]),
  );
}
