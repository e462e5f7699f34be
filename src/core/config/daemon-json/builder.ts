import { atLeast } from '../version.ts';
import { asRecord, type Context, memberNode, shown } from './context.ts';
import { goQuote, type JsonNode } from './go-json.ts';
import { durationMs, type Parsed, ramInBytes, ramInBytesOld } from './go-values.ts';
import type { Decoded } from './unmarshal.ts';

const SPACES = ['ReservedSpace', 'MaxUsedSpace', 'MinFreeSpace'] as const;
/** Filters that a policy may hold only once. */
const SINGLE = ['id', 'parent', 'type', 'description', 'inuse', 'shared', 'private'];

/** The sizes and filters of the build cache's garbage collection, read while the builder starts. */
export function checkBuilder(context: Context): void {
  const { engine } = context;
  const entry = context.config.get('builder');
  const gc = asRecord(asRecord(entry?.value).GC);
  const modern = atLeast(engine, '28.0');
  const enabled = modern ? gc.Enabled !== false : gc.Enabled === true;
  if (entry === undefined || !enabled) return;
  const gcNode = foldedMember(entry.node, 'gc');
  const read = atLeast(engine, '23.0') ? ramInBytes : ramInBytesOld;
  const size = (value: Decoded | undefined): Parsed<number> | undefined =>
    typeof value === 'string' && value !== '' ? read(value) : undefined;
  const stage = atLeast(engine, '27.0')
    ? 'error initializing buildkit: error creating buildkit instance: '
    : '';
  const add = (node: JsonNode, path: string, words: string, message: string): void =>
    context.report.add({
      code: 'gc-value',
      refused: true,
      node,
      path,
      message,
      original: `${stage}could not get builder GC policy: ${words}`,
    });
  const badSize = (value: Decoded | undefined): string =>
    `的大小「${shown(String(value))}」读不懂：写成 "20GB" 这样，不能用百分比。`;

  const defaults = modern ? [...SPACES.map((name) => `Default${name}`)] : [];
  defaults.push('DefaultKeepStorage');
  const policies = Array.isArray(gc.Policy) ? gc.Policy : undefined;
  for (const field of defaults) {
    if (modern && policies !== undefined) break;
    // The old name counts only where the new one is missing.
    if (
      modern &&
      field === 'DefaultKeepStorage' &&
      typeof gc.DefaultReservedSpace === 'string' &&
      gc.DefaultReservedSpace !== ''
    )
      continue;
    const result = size(gc[field]);
    if (result === undefined || result.ok) continue;
    const key = field[0]?.toLowerCase() + field.slice(1);
    const name = field === 'DefaultKeepStorage' ? 'DefaultReservedSpace' : field;
    const words = modern
      ? `failed to parse default${name.slice(7).toUpperCase()}: ${result.message}`
      : `could not parse '${gc[field]}' as Builder.GC.DefaultKeepStorage config: ${result.message}`;
    add(
      foldedMember(gcNode, key),
      `builder.gc.${key}`,
      words,
      `builder.gc.${key} ${badSize(gc[field])}`,
    );
  }
  const policyNode = foldedMember(gcNode, 'policy');
  policies?.forEach((value, i) => {
    const policy = asRecord(value);
    const node = (policyNode.kind === 'array' ? policyNode.items[i] : undefined) ?? policyNode;
    const path = `builder.gc.policy[${i}]`;
    const fields = modern ? [...SPACES, 'KeepStorage'] : ['KeepStorage'];
    for (const field of fields) {
      if (
        modern &&
        field === 'KeepStorage' &&
        typeof policy.ReservedSpace === 'string' &&
        policy.ReservedSpace !== ''
      )
        continue;
      const result = size(policy[field]);
      const key = field[0]?.toLowerCase() + field.slice(1);
      if (result !== undefined && !result.ok) {
        const name = field === 'KeepStorage' ? 'reservedSpace' : key;
        const words = modern ? `failed to parse ${name}: ${result.message}` : result.message;
        add(
          memberNode(node, key),
          `${path}.${key}`,
          words,
          `${path}.${key} ${badSize(policy[field])}`,
        );
      }
    }
    // An empty size was no size before 27.5.
    if (!atLeast(engine, '27.5') && (policy.KeepStorage ?? '') === '') {
      add(
        node,
        path,
        "invalid size: ''",
        `${path} 缺 keepStorage：${engine} 要求每一条策略都写它，否则 dockerd 不会启动。`,
      );
    }
    checkFilter(context, asRecord(policy.Filter), node, path, add);
  });
}

function checkFilter(
  context: Context,
  filter: { [key: string]: Decoded },
  policy: JsonNode,
  path: string,
  add: (node: JsonNode, path: string, words: string, message: string) => void,
): void {
  const node = foldedMember(policy, 'filter');
  const values = (key: string): string[] => {
    const found = Object.hasOwn(filter, key) ? filter[key] : [];
    return Array.isArray(found) ? found.map(String) : [];
  };
  const until = values('until');
  const unused = values('unused-for');
  const at = `${path}.filter`;
  if (until.length > 0 && unused.length > 0) {
    add(
      node,
      at,
      'conflicting filters: "until" and "unused-for"',
      `${at} 里 until 和 unused-for 只能写一个。`,
    );
    return;
  }
  const ages = [...until, ...unused];
  const [age] = ages;
  if (ages.length > 1 || SINGLE.some((key) => values(key).length > 1)) {
    add(node, at, 'filters expect only one value', `${at} 里同一个条件只能写一次。`);
    return;
  }
  if (age === undefined) return;
  const dates = atLeast(context.engine, '24.0');
  const duration = durationMs(age);
  if (duration.ok || (dates && /^\d{4}-\d\d-\d\d|^\d+(?:\.\d+)?$/.test(age))) return;
  const key = unused.length > 0 ? 'unused-for' : 'until';
  add(
    node,
    at,
    `"${key}" filter expects a duration (e.g., '24h')${dates ? ` or a timestamp: failed to parse value as time or duration: ${goQuote(age)}` : `: ${duration.message}`}`,
    `${at} 的 ${key} 要写时长，如 "${key}=48h"，「${shown(age)}」读不懂。`,
  );
}

/** Keys inside `builder` match without regard to letter case. */
function foldedMember(node: JsonNode, key: string): JsonNode {
  if (node.kind !== 'object') return node;
  const wanted = key.toLowerCase();
  return node.members.findLast((member) => member.key.toLowerCase() === wanted)?.value ?? node;
}
