import type { JsonNode } from './go-json.ts';
import type { Fix } from './problem.ts';
import type { Reporter } from './report.ts';
import type { GoType } from './schema.ts';
import type { DecodeError } from './unmarshal.ts';
import type { Wording } from './wording.ts';

const KINDS: { [kind in JsonNode['kind']]: string } = {
  object: '对象 { }',
  array: '列表 [ ]',
  string: '字符串',
  number: '数字',
  bool: 'true / false',
  null: 'null',
};

/** Says what a value should have been, for values that don't decode into dockerd's types. */
export function reportDecodeErrors(
  errors: readonly DecodeError[],
  { wording, report }: { wording: Wording; report: Reporter },
): void {
  for (const { node, path, message, wrongType, type } of errors) {
    const fix = repair(node, type);
    report.add({
      code: wrongType ? 'wrong-type' : codeOf(type),
      refused: true,
      node,
      path,
      message: wrongType
        ? `「${path}」应是${wanted(type)}，${given(node, type)}。`
        : invalid(path, node, type),
      original: wording.json(message),
      ...(fix && { fix }),
    });
  }
}

function codeOf(type: GoType): string {
  if (type.kind === 'struct') return 'unknown-key';
  if (type.kind === 'custom') return type.parse === 'memBytes' ? 'invalid-size' : 'gc-value';
  return type.kind === 'text' && type.parse === 'duration' ? 'invalid-duration' : 'invalid-ip';
}

function invalid(path: string, node: JsonNode, type: GoType): string {
  if (type.kind === 'custom' && type.parse === 'gcFilter') {
    return `「${path}」没有等号：这个版本的 dockerd 会因此崩溃，不会启动。`;
  }
  const value = node.kind === 'string' ? node.value.slice(0, 80) : '';
  if (type.kind === 'struct') return `「${path}」不是 dockerd 认识的键。`;
  if (type.kind === 'custom') {
    return `「${path}」的大小「${value}」读不懂：写成 64M、1g 这样，单位只能是 b、k、m、g、t、p。`;
  }
  if (type.kind === 'text' && type.parse === 'duration') {
    return `「${path}」的时长「${value}」读不懂：写成 48h、30m 这样。`;
  }
  if (type.kind === 'text' && type.parse === 'netip.Prefix') {
    return `「${path}」的网段「${value}」读不懂：写成 10.10.0.0/16 这样。`;
  }
  const port = /^\d+(?:\.\d+){3}:\d+$/.test(value) ? '（这里不能带端口）' : '';
  return `「${path}」只能写 IP 地址，「${value}」不是${port}。`;
}

function given(node: JsonNode, type: GoType): string {
  if (type.kind !== 'int' || node.kind !== 'number') return `这里写的是${KINDS[node.kind]}`;
  if (!/^-?\d+$/.test(node.raw)) return '这里写的不是整数的写法';
  return `${node.raw.slice(0, 40)} 超出了它的范围`;
}

/** What a Go type takes, in the reader's words. */
function wanted(type: GoType): string {
  switch (type.kind) {
    case 'string':
    case 'text':
      return '字符串（放在双引号里）';
    case 'bool':
      return ' true 或 false（不加引号）';
    case 'int':
      return type.unsigned ? '不小于 0 的整数（不加引号）' : '整数（不加引号）';
    case 'list':
      return `列表 [ ]，每一项是${type.of.kind === 'struct' ? '对象 { }' : '字符串'}`;
    case 'custom':
      return type.parse === 'memBytes' ? '放在双引号里的大小，如 "64M"' : '列表 [ ]';
    default:
      return '对象 { }';
  }
}

const isUint32 = (text: string): boolean => Number(text) >= 0 && Number(text) < 2 ** 32;
const isInt32 = (text: string): boolean => Math.abs(Number(text)) < 2 ** 31;

/** The obvious repair: quotes off or on, one value into a list. */
function repair(node: JsonNode, type: GoType): Fix | undefined {
  const edit = (text: string, why: string): Fix => ({
    text: why,
    edits: [{ start: node.start, end: node.end, text }],
  });
  if (node.kind === 'string') {
    const value = node.value.trim();
    if (type.kind === 'bool' && /^(?:true|false)$/i.test(value)) {
      return edit(value.toLowerCase(), `去掉引号，写成 ${value.toLowerCase()}`);
    }
    if (type.kind === 'int' && /^-?(?:0|[1-9]\d{0,14})$/.test(value)) {
      return edit(value, `去掉引号，写成 ${value}`);
    }
    if (type.kind === 'list' && (type.of.kind === 'string' || type.of.kind === 'text')) {
      const items = value.split(/[\s,，、]+/).filter((item) => item !== '');
      const json = JSON.stringify(items).replaceAll('","', '", "');
      return edit(json, `放进列表：${json.slice(0, 120)}`);
    }
    if (type.kind === 'text' && type.parse !== 'duration' && value !== node.value) {
      return edit(JSON.stringify(value), '去掉两端的空格');
    }
  }
  if (type.kind === 'string' && (node.kind === 'number' || node.kind === 'bool')) {
    const value = node.kind === 'number' ? node.raw : String(node.value);
    return edit(JSON.stringify(value), `加上双引号，写成 "${value}"`);
  }
  if (type.kind === 'string' && node.kind === 'array') {
    const items = node.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
    if (items.length === node.items.length) {
      const json = JSON.stringify(items.join(','));
      return edit(json, `写成一个字符串，各项用逗号隔开：${json.slice(0, 120)}`);
    }
  }
  if (type.kind === 'int' && node.kind === 'number' && Number.isSafeInteger(Number(node.raw))) {
    const value = String(Number(node.raw));
    const fits = type.bits === 64 || (type.unsigned ? isUint32(value) : isInt32(value));
    if (fits && value !== node.raw) return edit(value, `写成 ${value}`);
  }
  return undefined;
}
