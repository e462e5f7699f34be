/**
 * Derives src/core/mirrors/catalogue.json, the slim form that core and browsers import, from
 * content/mirrors, and the test scripts' JSON form: `npm run catalogue` after an edit of either.
 * `--check` only says whether something is stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mirrorSchema, notMirrorsSchema } from '../collections/mirror-schema.ts';
import { lastEvidence, lastTest } from '../core/mirrors/evidence.ts';
import type { Mirror, NotMirror } from '../core/mirrors/types.ts';
import { areTemplatesCurrent, writeTemplates } from './mirror-scripts.ts';

const root = new URL('../../', import.meta.url);
const cataloguePath = new URL('src/core/mirrors/catalogue.json', root);

const STATUS_ORDER = ['restricted', 'works', 'account-only', 'cloud-only', 'unknown', 'stopped'];

function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

function parse<T>(
  schema: {
    safeParse(data: unknown): { success: true; data: T } | { success: false; error: Error };
  },
  url: URL,
): T {
  const result = schema.safeParse(readJson(url));
  if (result.success) return result.data;
  throw new Error(`${fileURLToPath(url)}: ${result.error.message}`);
}

function readMirrors(): Omit<Mirror, 'kind'>[] {
  const folder = new URL('content/mirrors/', root);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const slim = files.map((file) => {
    const mirror = parse(mirrorSchema, new URL(file, folder));
    const tested = lastTest(mirror.evidence);
    return {
      id: file.slice(0, -'.json'.length),
      name: mirror.name,
      url: mirror.url,
      match: mirror.match,
      form: mirror.form,
      status: mirror.status,
      confidence: mirror.confidence,
      ...(mirror.status === 'stopped'
        ? {}
        : { scope: mirror.scope, ...(mirror.notes === undefined ? {} : { notes: mirror.notes }) }),
      lastEvidence: lastEvidence(mirror.evidence),
      ...(tested === undefined ? {} : { lastTest: tested }),
      ...(mirror.end === undefined ? {} : { end: mirror.end }),
      ...(mirror.alsoRegistry === undefined ? {} : { alsoRegistry: true }),
    };
  });
  return slim.sort(
    (a, b) =>
      STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) || (a.id < b.id ? -1 : 1),
  );
}

function readNotMirrors(): Omit<NotMirror, 'kind'>[] {
  const entries = parse(notMirrorsSchema, new URL('content/mirrors-meta/not-mirrors.json', root));
  return entries.map(({ evidence, ...entry }) => ({
    ...entry,
    lastEvidence: lastEvidence([evidence]),
  }));
}

/** Refuses a host that two entries claim: a look-up must have one answer. */
function checkUnique(entries: readonly { id: string; match: readonly string[] }[]): void {
  const owner = new Map<string, string>();
  for (const { id, match } of entries) {
    for (const pattern of match) {
      const other = owner.get(pattern);
      if (other !== undefined) throw new Error(`${pattern} is in both ${other} and ${id}`);
      owner.set(pattern, id);
    }
  }
}

/** The text that src/core/mirrors/catalogue.json must have. */
export function deriveCatalogue(): string {
  const mirrors = readMirrors();
  const notMirrors = readNotMirrors();
  checkUnique([...mirrors, ...notMirrors]);
  const lines = (items: readonly object[]) =>
    items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  return `{\n  "mirrors": [\n${lines(mirrors)}\n  ],\n  "notMirrors": [\n${lines(notMirrors)}\n  ]\n}\n`;
}

/** Whether the committed catalogue.json is what content/mirrors says. */
export function isCatalogueCurrent(): boolean {
  return readFileSync(cataloguePath, 'utf8') === deriveCatalogue();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    if (!isCatalogueCurrent() || !areTemplatesCurrent()) {
      console.error('What is derived under src/core/mirrors is stale: run `npm run catalogue`');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(cataloguePath, deriveCatalogue());
    writeTemplates();
  }
}
