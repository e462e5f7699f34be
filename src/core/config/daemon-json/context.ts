import type { FlagValues } from './flags.ts';
import { formatGo } from './flags.ts';
import type { JsonNode } from './go-json.ts';
import { parseBool } from './go-values.ts';
import type { Reporter } from './report.ts';
import type { Schema } from './schema.ts';
import type { Decoded, Unmarshalled } from './unmarshal.ts';
import type { Wording } from './wording.ts';

/** What a check of the decoded configuration may look at. */
export interface Context {
  engine: string;
  schema: Schema;
  wording: Wording;
  report: Reporter;
  config: Unmarshalled['config'];
  flags: FlagValues;
  /** The file's keys with one level of objects flattened, as dockerd compares them with its flags. */
  flat: ReadonlyMap<string, FlatValue>;
}

export interface FlatValue {
  node: JsonNode;
  keyStart: number;
  keyEnd: number;
  /** The object it stands in, when it isn't at the top. */
  parent?: string;
}

/** The string under a key, '' where there is none. */
export function text(context: Context, key: string): string {
  const value = context.config.get(key)?.value;
  return typeof value === 'string' ? value : '';
}

/** The number under a key, 0 where there is none. */
export function number(context: Context, key: string): number {
  const value = context.config.get(key)?.value;
  return typeof value === 'number' ? value : 0;
}

export interface Item {
  value: string;
  node: JsonNode;
  path: string;
}

/** The strings of a list, each with its place. */
export function list(context: Context, key: string): Item[] {
  const entry = context.config.get(key);
  if (entry === undefined || !Array.isArray(entry.value)) return [];
  const { value, node } = entry;
  return value.map((item, i) => ({
    value: typeof item === 'string' ? item : '',
    node: (node.kind === 'array' ? node.items[i] : undefined) ?? node,
    path: `${key}[${i}]`,
  }));
}

/** The object under a key; `{}` where there is none. */
export function record(context: Context, key: string): { [key: string]: Decoded } {
  return asRecord(context.config.get(key)?.value);
}

export function asRecord(value: Decoded | undefined): { [key: string]: Decoded } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The node of a member, for the place of a problem; the object itself where there is none. */
export function memberNode(node: JsonNode, key: string): JsonNode {
  if (node.kind !== 'object') return node;
  return node.members.findLast((member) => member.key === key)?.value ?? node;
}

/**
 * A boolean option as dockerd ends up with it. The file's keys also set the flags of their name, nested ones included,
 * and a value that isn't true falls back to the flag's.
 */
export function isOn(context: Context, key: string): boolean {
  if (context.config.get(key)?.value === true) return true;
  const flag = context.schema.flags.get(key);
  if (flag?.bool === undefined) return false;
  const fromFile = context.flat.get(key);
  const set = fromFile && parseBool(formatGo(fromFile.node));
  if (set !== undefined) return set;
  const given = parseBool(context.flags.values.get(key)?.at(-1) ?? '');
  return given ?? flag.bool.default;
}

/** Is the key in the file, whatever its value? */
export function isSet(context: Context, key: string): boolean {
  return context.flat.has(key);
}

/** Shortens a value for a message. */
export function shown(value: string): string {
  return value.length > 80 ? `${value.slice(0, 77)}…` : value;
}
