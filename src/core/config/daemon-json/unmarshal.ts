/**
 * Decodes a scanned daemon.json into the Go types of a version, as `encoding/json` does: which values it takes, what it
 * makes of them, and in which words it refuses the others.
 */
import { atLeast } from '../version.ts';
import type { JsonNode } from './go-json.ts';
import { goQuote } from './go-json.ts';
import { isAddr, isDuration, isIp, parsePrefix, ramInBytes, ramInBytesOld } from './go-values.ts';
import type { ConfigKey, GoField, GoType, Schema } from './schema.ts';

export interface DecodeError {
  node: JsonNode;
  /** Path in the file: `builder.gc.enabled`, `dns[0]`. */
  path: string;
  /** dockerd's words, without any prefix. */
  message: string;
  /** A value of the wrong JSON type, as against one whose text doesn't parse. */
  wrongType: boolean;
  /** What was expected, for the reader. */
  type: GoType;
}

/** A member that a struct has no field for: Go reads past it. */
export interface IgnoredField {
  node: JsonNode;
  path: string;
  key: string;
  keyStart: number;
  keyEnd: number;
  /** The fields there are. */
  known: readonly string[];
}

export type Decoded = string | number | boolean | null | Decoded[] | { [key: string]: Decoded };

export interface Unmarshalled {
  /** The values by key; a key that holds null is absent. */
  config: Map<string, { value: Decoded; node: JsonNode }>;
  errors: DecodeError[];
  ignored: IgnoredField[];
}

/** How Go words a type error: 1.19 to 1.23, 1.24 to 1.26, or 1.27. */
export type GoWording = 'plain' | 'embedded' | 'pointer';

interface Place {
  path: string;
  /** The innermost struct's name, as the error shows it. */
  struct: string;
  /** Field names down to here; without array indexes and map keys. */
  fields: readonly string[];
  /** All steps down to here, for Go 1.27. */
  steps: readonly string[];
}

class Unmarshaller {
  readonly errors: DecodeError[] = [];
  readonly ignored: IgnoredField[] = [];
  readonly #engine: string;
  readonly #wording: GoWording;

  constructor(engine: string, wording: GoWording) {
    this.#engine = engine;
    this.#wording = wording;
  }

  key(key: ConfigKey, node: JsonNode): Decoded | undefined {
    const embedded = key.embedded === '' ? [] : key.embedded.split('.');
    return this.value(key.type, node, {
      path: key.key,
      struct: 'Config',
      fields: this.#wording === 'embedded' ? [...embedded, key.key] : [key.key],
      steps: [key.key],
    });
  }

  /** undefined: nothing is set (null, or an error). */
  value(type: GoType, node: JsonNode, place: Place): Decoded | undefined {
    if (type.kind === 'custom') return this.#custom(type, node, place);
    if (node.kind === 'null') return undefined;
    switch (type.kind) {
      case 'any':
        return toPlain(node);
      case 'string':
        if (node.kind !== 'string') return this.#wrongType(type, node, place);
        return node.value;
      case 'bool':
        if (node.kind !== 'bool') return this.#wrongType(type, node, place);
        return node.value;
      case 'int':
        if (node.kind !== 'number' || !fits(node.raw, type))
          return this.#wrongType(type, node, place);
        return Number(node.raw);
      case 'text':
        if (node.kind !== 'string') return this.#wrongType(type, node, place);
        return this.#text(type, node, place);
      case 'list':
        if (node.kind !== 'array') return this.#wrongType(type, node, place);
        return node.items.map((item, i) =>
          type.of.kind === 'string' && item.kind === 'string'
            ? item.value
            : (this.value(type.of, item, atIndex(place, i)) ?? zero(type.of)),
        );
      case 'map': {
        if (node.kind !== 'object') return this.#wrongType(type, node, place);
        const map: { [key: string]: Decoded } = {};
        for (const member of node.members) {
          const value = this.value(type.of, member.value, atKey(place, member.key));
          Object.defineProperty(map, member.key, {
            value: value ?? zero(type.of),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        }
        return map;
      }
      case 'struct':
        return this.#struct(type, node, place);
    }
  }

  #struct(type: GoType & { kind: 'struct' }, node: JsonNode, place: Place): Decoded | undefined {
    if (node.kind !== 'object') return this.#wrongType(type, node, place);
    const fields: { [key: string]: Decoded } = {};
    for (const member of node.members) {
      const field = matchField(type.fields, member.key);
      const path = `${place.path}.${member.key}`;
      if (field === undefined) {
        if (type.own === 'strict') {
          this.#report(
            type,
            member.value,
            path,
            `json: unknown field ${goQuote(member.key)}`,
            false,
          );
        } else {
          const { value, ...keys } = member;
          const known = type.fields.map(({ key }) => key);
          this.ignored.push({ node: value, path, ...keys, known });
        }
        continue;
      }
      const own = type.own !== undefined && this.#wording !== 'pointer';
      const value = this.value(field.type, member.value, {
        path,
        struct: own && this.#wording === 'embedded' ? place.struct : type.name || place.struct,
        fields: [...place.fields, field.key],
        steps: [...place.steps, field.key],
      });
      if (value !== undefined) {
        fields[field.key] = mergeDuplicates(field.type, fields[field.key], value);
      }
    }
    return fields;
  }

  #text(
    type: GoType & { kind: 'text' },
    node: JsonNode & { kind: 'string' },
    place: Place,
  ): Decoded | undefined {
    const text = node.value;
    if (text === '') return '';
    const refuse = (message: string): undefined =>
      this.#report(type, node, place.path, message, false);
    if (type.parse === 'net.IP') {
      return isIp(text) ? text : refuse(`invalid IP address: ${text}`);
    }
    if (type.parse === 'netip.Addr') {
      return isAddr(text) ? text : refuse(`ParseAddr(${goQuote(text)}): unable to parse IP`);
    }
    if (type.parse === 'netip.Prefix') {
      const prefix = parsePrefix(text);
      return prefix.ok ? text : refuse(`netip.ParsePrefix(${goQuote(text)}): ${prefix.message}`);
    }
    const stripped = /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
    if (stripped === '' || /^[+-]?\d+$/.test(stripped) || isDuration(stripped)) {
      return text;
    }
    return refuse(`invalid duration ${stripped}`);
  }

  #custom(type: GoType & { kind: 'custom' }, node: JsonNode, place: Place): Decoded | undefined {
    if (type.parse === 'memBytes') {
      if (node.kind !== 'string' || node.value === '') {
        const message = `invalid size: ${goQuote(rawText(node))}`;
        return this.#report(type, node, place.path, message, node.kind !== 'string');
      }
      const read = atLeast(this.#engine, '23.0') ? ramInBytes : ramInBytesOld;
      const bytes = read(node.value);
      if (bytes.ok) return bytes.value;
      return this.#report(type, node, place.path, bytes.message, false);
    }
    return this.#gcFilter(type, node, place);
  }

  /** A list of `key=value`, or the older `{"key": {"value": true}}`. */
  #gcFilter(type: GoType & { kind: 'custom' }, node: JsonNode, place: Place): Decoded | undefined {
    const filter: { [key: string]: string[] } = {};
    const add = (key: string, value: string): void => {
      const values = Object.hasOwn(filter, key) ? (filter[key] ?? []) : [];
      if (!values.includes(value)) values.push(value);
      Object.defineProperty(filter, key, { value: values, enumerable: true, configurable: true });
    };
    if (node.kind === 'null') return filter;
    if (
      node.kind === 'array' &&
      node.items.every(({ kind }) => kind === 'string' || kind === 'null')
    ) {
      for (const [i, item] of node.items.entries()) {
        const text = item.kind === 'string' ? item.value : '';
        const equals = text.indexOf('=');
        if (equals < 0 && !atLeast(this.#engine, '23.0')) {
          const message = 'runtime error: index out of range [1] with length 1';
          return this.#report(type, item, `${place.path}[${i}]`, message, false);
        }
        const key = equals < 0 ? text : text.slice(0, equals);
        add(key.trim().toLowerCase(), equals < 0 ? '' : text.slice(equals + 1).trim());
      }
      return filter;
    }
    if (node.kind !== 'object') {
      const message = `json: cannot unmarshal ${kindOf(node)} into Go value of type map[string]map[string]bool`;
      return this.#report(type, node, place.path, message, true);
    }
    for (const { key, value } of node.members) {
      if (value.kind !== 'object') {
        if (value.kind === 'null') continue;
        const message = `json: cannot unmarshal ${kindOf(value)} into Go value of type map[string]bool`;
        return this.#report(type, value, place.path, message, true);
      }
      for (const inner of value.members) {
        if (inner.value.kind !== 'bool' && inner.value.kind !== 'null') {
          const message = `json: cannot unmarshal ${kindOf(inner.value)} into Go value of type bool`;
          return this.#report(type, inner.value, place.path, message, true);
        }
        add(key, inner.key);
      }
    }
    return filter;
  }

  #wrongType(type: GoType, node: JsonNode, place: Place): undefined {
    const isNumber = node.kind === 'number' && type.kind === 'int';
    const what = isNumber ? `number ${node.raw}` : kindOf(node);
    const pointer = this.#wording === 'pointer';
    const steps = pointer ? place.steps : place.fields;
    const root = pointer ? 'Config' : place.struct;
    const into = pointer && /^\d+$/.test(place.steps.at(-1) ?? '') ? '' : 'Go struct field ';
    const message = `json: cannot unmarshal ${what} into ${into}${root}.${steps.join('.')} of type ${typeName(type, this.#engine)}`;
    return this.#report(type, node, place.path, message, true);
  }

  #report(
    type: GoType,
    node: JsonNode,
    path: string,
    message: string,
    wrongType: boolean,
  ): undefined {
    this.errors.push({ node, path, message, wrongType, type });
    return undefined;
  }
}

/** Struct names carry their package where Go prints a type. */
const PACKAGES: { [name: string]: string } = {
  Proxies: 'config.Proxies',
  BuilderConfig: 'config.BuilderConfig',
  BuilderGCConfig: 'config.BuilderGCConfig',
  BuilderGCRule: 'config.BuilderGCRule',
  BuilderEntitlements: 'config.BuilderEntitlements',
  BuilderHistoryConfig: 'config.BuilderHistoryConfig',
  NetworkToSplit: 'ipamutils.NetworkToSplit',
  Runtime: 'system.Runtime',
  Ulimit: 'units.Ulimit',
  NRIOpts: 'opts.NRIOpts',
};

function typeName(type: GoType, engine: string): string {
  if (type.kind !== 'struct') return type.name;
  if (type.name === 'Runtime' && !atLeast(engine, '25.0')) return 'types.Runtime';
  return PACKAGES[type.name] ?? type.name;
}

function atIndex(place: Place, index: number): Place {
  return {
    ...place,
    path: `${place.path}[${index}]`,
    steps: [...place.steps, String(index)],
  };
}

function atKey(place: Place, key: string): Place {
  return { ...place, path: `${place.path}.${key}`, steps: [...place.steps, key] };
}

/** `json` matches a field by its exact name first, else without regard to letter case. */
function matchField(fields: readonly GoField[], key: string): GoField | undefined {
  return (
    fields.find((field) => field.key === key) ??
    fields.find((field) => fold(field.key) === fold(key))
  );
}

/** Simple case folding; K (Kelvin) and ſ fold to k and s as in Go. */
export function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** A value as the file writes it, apart from white space. */
function rawText(node: JsonNode): string {
  return node.kind === 'number' ? node.raw : JSON.stringify(toPlain(node));
}

/** What Go calls a JSON value's kind in an error. */
export function kindOf(node: JsonNode): string {
  return node.kind;
}

function fits(raw: string, type: GoType & { kind: 'int' }): boolean {
  if (!/^-?\d+$/.test(raw)) return false;
  const value = BigInt(raw);
  const bits = BigInt(type.bits);
  if (type.unsigned) return !raw.startsWith('-') && value < 1n << bits;
  return value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n);
}

/** The zero value that a null in a list or map becomes. */
function zero(type: GoType): Decoded {
  switch (type.kind) {
    case 'string':
    case 'text':
      return '';
    case 'bool':
      return false;
    case 'int':
      return 0;
    case 'list':
      return [];
    case 'map':
    case 'struct':
      return {};
    default:
      return null;
  }
}

function toPlain(node: JsonNode): Decoded {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, toPlain(value)]));
    case 'array':
      return node.items.map(toPlain);
    case 'number':
      return Number(node.raw);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** Decodes the file's members, all occurrences of a key in turn; a later one replaces an earlier one. */
export function unmarshal(
  root: JsonNode & { kind: 'object' },
  schema: Schema,
  engine: string,
  wording: GoWording,
): Unmarshalled {
  const unmarshaller = new Unmarshaller(engine, wording);
  const folded = new Map([...schema.keys.values()].map((key) => [fold(key.key), key]));
  const config: Unmarshalled['config'] = new Map();
  for (const { key, value: node } of root.members) {
    const known = schema.keys.get(key) ?? folded.get(fold(key));
    if (known === undefined) continue;
    const value = unmarshaller.key(known, node);
    if (value === undefined) continue;
    const earlier = config.get(known.key);
    const merged = mergeDuplicates(known.type, earlier?.value, value);
    config.set(known.key, { value: merged, node });
  }
  return { config, errors: unmarshaller.errors, ignored: unmarshaller.ignored };
}

/** Go decodes a second occurrence over the first: maps and structs keep what only the first had. */
function mergeDuplicates(type: GoType, earlier: Decoded | undefined, later: Decoded): Decoded {
  if (!isRecord(earlier) || !isRecord(later)) return later;
  if (type.kind === 'map') return { ...earlier, ...later };
  // One with an UnmarshalJSON of its own starts anew.
  if (type.kind !== 'struct' || type.own !== undefined) return later;
  const merged = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    const field = type.fields.find((one) => one.key === key);
    merged[key] = field ? mergeDuplicates(field.type, earlier[key], value) : value;
  }
  return merged;
}

function isRecord(value: Decoded | undefined): value is { [key: string]: Decoded } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
