import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { categoryIds, diagnose, rules } from '../../../src/core/diagnose/index.ts';
import { CJK_WINDOW, WINDOW } from '../../../src/core/diagnose/scan.ts';
import { ruleFixtures } from './fixtures.ts';

const fixtures = ruleFixtures();
const found = (log: string): string[] => diagnose(log).findings.map(({ rule }) => rule);

describe.each(fixtures)('$id', ({ id, fires, misses, also }) => {
  it.each(fires)('finds it, and nothing undeclared, in %j', (log) => {
    const ids = found(log);
    expect(ids).toContain(id);
    expect(ids.filter((other) => other !== id && !also.includes(other))).toEqual([]);
  });

  it.each(misses)('is not taken in by %j', (log) => {
    expect(found(log)).not.toContain(id);
  });
});

describe('the rules', () => {
  it('have each a positive and a near-miss text', () => {
    const tested = fixtures
      .filter(({ fires, misses }) => fires.length > 0 && misses.length > 0)
      .map(({ id }) => id);
    expect([...tested].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('have ids of their own and refer to rules that exist', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of rules) {
      for (const other of [...(rule.implies ?? []), ...(rule.becomes ?? [])]) {
        expect(ids, `${rule.id} refers to ${other}`).toContain(other);
      }
    }
  });

  it('belong to categories that have a page, and each category has a rule', () => {
    const pages = new URL('../../../content/docs/errors/', import.meta.url);
    for (const id of categoryIds) {
      expect(
        rules.some(({ category }) => category === id),
        id,
      ).toBe(true);
      expect(existsSync(fileURLToPath(new URL(`${id}.mdx`, pages))), id).toBe(true);
    }
  });

  it('have literals long enough for the search, but for the few that are searched as written', () => {
    const short = rules.flatMap(({ patterns }) =>
      patterns
        .flatMap(([literal]) => literal)
        .filter(
          (literal) => literal.length < (/[\u2e80-\uffee]/.test(literal) ? CJK_WINDOW : WINDOW),
        ),
    );
    expect([...new Set(short)]).toEqual([': eof']);
  });
});
