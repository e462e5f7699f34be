/** The recorded files: a few `name: value` lines, `---`, and what the client printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CategoryId, isCategoryId } from '../../src/core/diagnose/categories.ts';
import type { Layer } from '../../src/core/diagnose/types.ts';

export const recordedFolder = join(import.meta.dirname, 'recorded');

/** One client's output in one scenario, and what the diagnosis must be. */
export interface Recording {
  readonly client: string;
  readonly version: string;
  readonly suite: string;
  readonly scenario: string;
  readonly command: string;
  /** Exit code. */
  readonly exit: string;
  readonly category: CategoryId;
  readonly accept: readonly CategoryId[];
  /** Only where the text tells. */
  readonly layer?: Layer;
  readonly host?: string;
  readonly output: string;
}

const order = [
  'client',
  'version',
  'suite',
  'scenario',
  'command',
  'exit',
  'category',
  'accept',
  'layer',
  'host',
] as const;
const SEPARATOR = '\n---\n';

/** Path below `recorded/`. */
export const pathOf = ({
  suite,
  client,
  scenario,
}: Pick<Recording, 'suite' | 'client' | 'scenario'>): string =>
  join(suite, client, `${scenario}.txt`);

export function format(recording: Recording): string {
  const lines = order.flatMap((name) => {
    const value = recording[name];
    const text = Array.isArray(value) ? value.join(' ') : value;
    return text ? [`${name}: ${text}`] : [];
  });
  return `${lines.join('\n')}${SEPARATOR}${recording.output}`;
}

/** @throws Error when the text isn't a recording */
export function parse(text: string, path: string): Recording {
  const end = text.indexOf(SEPARATOR);
  const head = new Map(
    text
      .slice(0, end)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const need = (name: string): string => {
    const value = head.get(name);
    if (end < 0 || value === undefined) throw new Error(`${path}: no "${name}:" line`);
    return value;
  };
  const category = (id: string): CategoryId => {
    if (!isCategoryId(id)) throw new Error(`${path}: unknown category "${id}"`);
    return id;
  };
  return {
    client: need('client'),
    version: need('version'),
    suite: need('suite'),
    scenario: need('scenario'),
    command: need('command'),
    exit: need('exit'),
    category: category(need('category')),
    accept: (head.get('accept') ?? '').split(' ').filter(Boolean).map(category),
    layer: head.get('layer') as Layer | undefined,
    host: head.get('host'),
    output: text.slice(end + SEPARATOR.length),
  };
}

/** Paths of the recordings below `recorded/`, in order. */
export const listRecordings = (): string[] =>
  readdirSync(recordedFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .sort();

/** Every recording, in the order of their paths. */
export const readRecordings = (): Recording[] =>
  listRecordings().map((path) => parse(readFileSync(join(recordedFolder, path), 'utf8'), path));
