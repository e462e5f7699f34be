/** The file's keys against dockerd's flags: unknown ones, and those given on both sides. */
import { atLeast } from '../version.ts';
import type { FlatValue } from './context.ts';
import { type FlagValues, formatFlag, formatGo } from './flags.ts';
import type { JsonMember, JsonNode } from './go-json.ts';
import { formatGoUrl, parseGoUrl } from './go-url.ts';
import { parseBool } from './go-values.ts';
import type { Fix } from './problem.ts';
import type { Reporter } from './report.ts';
import { type Flag, lifetimeOf, type Schema } from './schema.ts';
import { suggestKey, suggestProxyKey } from './suggest.ts';
import type { Wording } from './wording.ts';

interface Options {
  engine: string;
  schema: Schema;
  wording: Wording;
  report: Reporter;
}

type ObjectNode = JsonNode & { kind: 'object' };

/** Objects give their own keys in place of themselves, one level deep, except where dockerd keeps them whole. */
export function flatten(root: ObjectNode, schema: Schema): Map<string, FlatValue> {
  const last = new Map<string, JsonMember>();
  for (const member of root.members) last.set(member.key, member);
  const flat = new Map<string, FlatValue>();
  for (const { key, value, keyStart, keyEnd } of last.values()) {
    if (value.kind === 'object' && !schema.flat.has(key)) {
      for (const inner of value.members) {
        const { value: node, keyStart: start, keyEnd: end } = inner;
        flat.set(inner.key, { node, keyStart: start, keyEnd: end, parent: key });
      }
    } else {
      flat.set(key, { node: value, keyStart, keyEnd });
    }
  }
  return flat;
}

function isKnown(key: string, schema: Schema): boolean {
  return schema.flags.has(key) || schema.namedKeys.has(key) || schema.flagless.has(key);
}

/** So many unknown keys are explained; a file with more is no daemon.json at all. */
const MAX_UNKNOWN = 50;

export function checkUnknownKeys(
  root: ObjectNode,
  flat: ReadonlyMap<string, FlatValue>,
  options: Options,
): void {
  const { schema, wording, report } = options;
  const unknown = [...flat].filter(([key]) => !isKnown(key, schema));
  const names = unknown
    .slice(0, MAX_UNKNOWN)
    .map(([key]) => key.slice(0, 200))
    .join(', ');
  const original = wording.file(
    `the following directives don't match any configuration option: ${names}`,
  );
  for (const [key, value] of unknown.slice(0, MAX_UNKNOWN)) {
    const path = value.parent === undefined ? key : `${value.parent}.${key}`;
    report.add({
      refused: true,
      offset: value.keyStart,
      path,
      original,
      ...explainUnknown(key, value, root, options),
    });
  }
  if (schema.flags.has('validate')) noteShutdown(flat, report);
}

function explainUnknown(
  key: string,
  value: FlatValue,
  root: ObjectNode,
  { engine, schema }: Options,
): { code: string; message: string; fix?: Fix } {
  const rename = (name: string): Fix => ({
    text: `改成 "${name}"`,
    edits: [{ start: value.keyStart, end: value.keyEnd, text: JSON.stringify(name) }],
  });
  if (value.parent === 'proxies') {
    if (!schema.keys.has('proxies')) {
      return {
        code: 'proxies-unsupported',
        message: `daemon.json 的 proxies 从 Docker Engine 23.0 起才有，${engine} 会拒绝启动（它报出的是里面的键名 ${key}）。`,
        fix: { text: '删掉 proxies，改用 systemd 的 drop-in 给 dockerd 设代理环境变量' },
      };
    }
    const proxyKey = suggestProxyKey(key);
    if (proxyKey !== undefined) {
      return {
        code: 'proxies-key',
        message: `proxies 里没有「${key}」：daemon.json 的写法是 http-proxy、https-proxy、no-proxy。`,
        fix: rename(proxyKey),
      };
    }
    if (key === 'default' || value.node.kind === 'object') {
      return {
        code: 'config-json-form',
        message: `「${key}」这一层是 ~/.docker/config.json 的写法。daemon.json 里 proxies 下面直接写 http-proxy、https-proxy、no-proxy，没有 default。`,
        fix: { text: '写成 "proxies": { "http-proxy": "…", "https-proxy": "…", "no-proxy": "…" }' },
      };
    }
  }
  if (key === 'proxies') {
    return {
      code: 'proxies-not-object',
      message:
        'proxies 的值应是一个对象：{ "http-proxy": "…", "https-proxy": "…", "no-proxy": "…" }。',
    };
  }
  const lifetime = lifetimeOf(key);
  if (lifetime?.until !== undefined && atLeast(engine, lifetime.until)) {
    return {
      code: 'key-removed',
      message: `「${key}」在 Docker Engine ${lifetime.until} 已被移除，写着它 dockerd 不会启动。`,
      fix: key === 'graph' ? rename('data-root') : { text: '删掉这个键' },
    };
  }
  if (lifetime?.since !== undefined && !atLeast(engine, lifetime.since)) {
    return {
      code: 'key-too-new',
      message: `「${key}」从 Docker Engine ${lifetime.since} 起才有，${engine} 会拒绝启动。`,
      fix: { text: '删掉这个键，或升级 Docker Engine' },
    };
  }
  if (lifetime !== undefined) {
    return {
      code: 'key-without-flag',
      message: `「${key}」只存在于 dockerd 的内部，写进文件会被当作未知配置项拒绝。`,
      fix: { text: '删掉这个键' },
    };
  }
  const proxyKey = value.parent === undefined ? suggestProxyKey(key) : undefined;
  if (proxyKey !== undefined) {
    return {
      code: 'unknown-key',
      message: `「${key}」不是 daemon.json 的配置项，dockerd 会拒绝启动。代理要写在 proxies 里。`,
      fix: { text: `写成 "proxies": { "${proxyKey}": "…" }` },
    };
  }
  const suggestion = suggestKey(key, [...schema.keys.keys()]);
  const taken = suggestion !== undefined && root.members.some((m) => m.key === suggestion);
  return {
    code: 'unknown-key',
    message: `「${key.slice(0, 60)}」不是 dockerd 的配置项，dockerd 会拒绝启动${value.parent === undefined ? '' : `（它在「${value.parent}」里）`}。${taken ? `文件里已经有「${suggestion}」，把内容并过去。` : ''}`,
    ...(suggestion !== undefined && !taken && value.parent === undefined
      ? { fix: rename(suggestion) }
      : { fix: { text: '删掉这个键，或核对它的拼写' } }),
  };
}

/** `validate` is a flag; in the file it makes dockerd check itself and go. */
function noteShutdown(flat: ReadonlyMap<string, FlatValue>, report: Reporter): void {
  const value = flat.get('validate');
  if (value === undefined || parseBool(formatGo(value.node)) !== true) return;
  report.add({
    code: 'validate-in-file',
    refused: true,
    offset: value.keyStart,
    path: 'validate',
    message: '「validate」会让 dockerd 只检查配置就退出，不会启动。',
    original: 'configuration OK',
    fix: { text: '删掉这个键' },
  });
}

/** Options given both as a flag and in the file; equal values count too. */
export function checkConflicts(
  flat: ReadonlyMap<string, FlatValue>,
  flags: FlagValues,
  { engine, schema, wording, report }: Options,
): void {
  const conflicts: { flag: Flag; key: string; value: FlatValue; words: string }[] = [];
  for (const name of [...flags.values.keys()].sort()) {
    const flag = schema.flags.get(name);
    const key = flag?.key ?? name;
    const value = flat.get(key);
    if (flag === undefined || value === undefined || key === 'runtimes') continue;
    const fromFlag = mask(key, formatFlag(flag, flags.values.get(name) ?? []), engine);
    const fromFile = mask(key, formatGo(value.node), engine);
    const words = `${key}: (from flag: ${fromFlag}, from file: ${fromFile})`;
    conflicts.push({ flag, key, value, words });
  }
  const original = wording.file(
    `the following directives are specified both as a flag and in the configuration file: ${conflicts.map(({ words }) => words).join(', ')}`,
  );
  for (const { flag, key, value } of conflicts) {
    report.add({
      code: 'flag-conflict',
      refused: true,
      offset: value.keyStart,
      path: value.parent === undefined ? key : `${value.parent}.${key}`,
      message: `「${key}」在启动参数里（--${flag.flag}）和文件里都写了，dockerd 会拒绝启动，值相同也不行。`,
      original,
      fix: {
        text:
          key === 'hosts'
            ? '从文件里删掉 hosts；要改监听地址，用 drop-in 把 ExecStart 清空后重写，去掉 -H'
            : `只留一处：从文件里删掉「${key}」，或从启动参数里删掉 --${flag.flag}`,
      },
    });
  }
  const both = flat.get('host-gateway-ips');
  if (both && flat.has('host-gateway-ip') && atLeast(engine, '28.0')) {
    report.add({
      code: 'both-names',
      refused: true,
      offset: both.keyStart,
      path: 'host-gateway-ips',
      message: 'host-gateway-ip 和 host-gateway-ips 是同一项的旧名和新名，不能都写。',
      original: wording.file(
        'host-gateway-ip and host-gateway-ips must not both be specified in the config file',
      ),
      fix: { text: '只留 host-gateway-ips' },
    });
  }
}

/** dockerd hides the login of a proxy address. */
function mask(key: string, value: string, engine: string): string {
  if (key !== 'http-proxy' && key !== 'https-proxy') return value;
  const url = parseGoUrl(value, { strictBrackets: atLeast(engine, '28.5.1') });
  if (!url.ok || url.value.user === undefined) return value;
  return formatGoUrl({ ...url.value, user: { name: 'xxxxx', password: 'xxxxx' } });
}
