import type { JsonNode } from './go-json.ts';
import type { Flag, Schema } from './schema.ts';

export interface FlagValues {
  /** By flag name, in the order given. */
  values: Map<string, string[]>;
  unknown: string[];
}

/** Reads dockerd's command line as pflag does: `--name=value`, `--name value`, `-H value`, `-Hvalue`, `-D`. */
export function parseFlags(args: readonly string[], schema: Schema): FlagValues {
  const byShorthand = new Map<string, Flag>();
  for (const flag of schema.flags.values()) {
    if (flag.shorthand !== undefined) byShorthand.set(flag.shorthand, flag);
  }
  const values = new Map<string, string[]>();
  const unknown: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') break;
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? /^-([^-=])=?(.*)$/s.exec(arg);
    if (!match) continue;
    const name = match[1] ?? '';
    const flag = arg.startsWith('--') ? schema.flags.get(name) : byShorthand.get(name);
    if (flag === undefined) {
      unknown.push(arg.startsWith('--') ? `--${name}` : `-${name}`);
      continue;
    }
    let value = match[2];
    if (value === '' && !arg.includes('=')) value = undefined;
    if (value === undefined) value = flag.bool ? 'true' : (args[++i] ?? '');
    const given = values.get(flag.flag) ?? [];
    given.push(value);
    values.set(flag.flag, given);
  }
  return { values, unknown };
}

/** A file's value as Go's `%v` prints what `encoding/json` made of it. */
export function formatGo(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return '<nil>';
    case 'bool':
      return String(node.value);
    case 'string':
      return node.value;
    case 'number':
      return formatFloat(Number(node.raw));
    case 'array':
      return `[${node.items.map(formatGo).join(' ')}]`;
    case 'object': {
      const members = new Map(node.members.map(({ key, value }) => [key, value]));
      const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
      return `map[${sorted.map(([key, value]) => `${key}:${formatGo(value)}`).join(' ')}]`;
    }
  }
}

function formatFloat(value: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(value);
  const sign = power < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** What a flag's String() gives for the conflict message. */
export function formatFlag(flag: Flag, values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  if (['log-opt', 'cluster-store-opt', 'feature'].includes(flag.flag)) {
    const pairs = values.map((value) => value.replace('=', ':')).sort();
    return `map[${pairs.join(' ')}]`;
  }
  if (flag.flag === 'registry-mirror') {
    return `[${values.map((value) => `${value.replace(/\/$/, '')}/`).join(' ')}]`;
  }
  if (flag.flag === 'default-address-pool') {
    return values.map((value) => value.replace(/\b(?:base|size)=/g, '').replace(',', ' ')).join();
  }
  if (flag.flag === 'dns') return `[${values.join(' ')}]`;
  return flag.key === undefined && flag.flag !== 'dns-search' ? last : `[${values.join(' ')}]`;
}
