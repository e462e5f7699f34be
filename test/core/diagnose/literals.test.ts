import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/diagnose/index.ts';
import { CJK_WINDOW, WINDOW } from '../../../src/core/diagnose/scan.ts';
import { examples } from './expand.ts';

const patterns = rules.flatMap(({ id, patterns }) =>
  patterns.map(([literal, expression]) => ({
    id,
    expression,
    literals: typeof literal === 'string' ? [literal] : literal,
  })),
);
type Pattern = (typeof patterns)[number];

/** Whether the search would try the pattern on this text. */
function tried({ literals }: Pattern, text: string): boolean {
  return literals.some((literal) => {
    const short = literal.length < (/[\u2e80-\uffee]/.test(literal) ? CJK_WINDOW : WINDOW);
    return short
      ? text.includes(literal.toUpperCase())
      : text.toLowerCase().includes(literal.toLowerCase());
  });
}

/** As many as it takes to meet each alternative a few times. */
function runs({ source }: RegExp): number {
  return Math.min(1200, 60 + 40 * (source.match(/[|?]/g)?.length ?? 0));
}

describe('each alternative of an expression', () => {
  it('is tried: it contains one of the literals that the search looks for', () => {
    const untried: string[] = [];
    let texts = 0;
    for (const pattern of patterns) {
      const found = examples(pattern.expression, runs(pattern.expression));
      texts += found.length;
      const missed = found.filter((text) => !tried(pattern, text));
      const [shortest] = missed.sort((a, b) => a.length - b.length);
      if (shortest !== undefined) {
        untried.push(`${pattern.id} ${JSON.stringify(pattern.literals)}: ${shortest}`);
      }
    }
    expect(texts).toBeGreaterThan(5000);
    expect(untried).toEqual([]);
  });

  it('can be made up for nearly every expression, so that the check above says something', () => {
    const without = patterns.filter(
      ({ expression }) => examples(expression, runs(expression)).length === 0,
    );
    expect(without.map(({ id, expression }) => `${id} ${expression.source}`)).toEqual([]);
  });
});
