import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../fixtures/diagnose/', import.meta.url));

export interface RuleFixture {
  readonly id: string;
  readonly fires: readonly string[];
  readonly misses: readonly string[];
  /** Rules that may fire as well. */
  readonly also: readonly string[];
}

/** Positive and near-miss texts per rule. */
export function ruleFixtures(): RuleFixture[] {
  const text = readFileSync(`${folder}rules.txt`, 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((block) => {
      const [id = '', ...lines] = block.split('\n');
      const of = (mark: string): string[] =>
        lines
          .filter((line) => line.startsWith(`${mark} `))
          .map((line) => line.slice(2).replaceAll('⏎', '\n'));
      return {
        id: id.trim(),
        fires: of('+'),
        misses: of('-'),
        also: of('~').flatMap((line) => line.split(' ')),
      };
    });
}

export interface LogFixture {
  readonly name: string;
  readonly categories: readonly string[];
  readonly layer: string;
  readonly host: string;
  readonly log: string;
}

/** Written sample logs with what must be found: `=== category,… | layer | host`. */
export function logFixtures(): LogFixture[] {
  return readdirSync(`${folder}logs`)
    .sort()
    .flatMap((file) =>
      readFileSync(`${folder}logs/${file}`, 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map((block, index) => {
          const end = block.indexOf('\n');
          const [categories = '', layer = '', host = ''] = block
            .slice(0, end)
            .split('|')
            .map((part) => part.trim());
          return {
            name: `${file} #${index + 1}: ${categories}`,
            categories: categories.split(','),
            layer,
            host,
            log: block.slice(end + 1).trimEnd(),
          };
        }),
    );
}

export interface CorpusLog {
  readonly id: string;
  readonly log: string;
  readonly category: string;
  readonly accept: readonly string[];
  readonly layer: string;
  readonly host: string | null;
}

/** The labelled logs beside the repository; `undefined` where they aren't. */
export function corpus(): CorpusLog[] | undefined {
  const path = fileURLToPath(new URL('../../../../shared/corpus/dev.jsonl', import.meta.url));
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CorpusLog);
}

export interface InventoryRow {
  readonly program: string;
  readonly kind: string;
  /** Any of these is right. */
  readonly categories: readonly string[];
  readonly text: string;
}

/** The messages programs print, one by one. */
export function inventory(): InventoryRow[] {
  return readFileSync(`${folder}inventory.txt`, 'utf8')
    .split(/^## /m)
    .slice(1)
    .flatMap((block) => {
      const [head = '', ...lines] = block.split('\n');
      const [program = '', kind = ''] = head.split('|').map((part) => part.trim());
      return lines
        .filter((line) => line !== '')
        .map((line) => {
          const tab = line.indexOf('\t');
          return {
            program,
            kind,
            categories: line.slice(0, tab).split(','),
            text: line.slice(tab + 1).replaceAll('⏎', '\n'),
          };
        });
    });
}
