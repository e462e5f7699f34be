import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/diagnose/index.ts';

/**
 * No expression may take exponential time, and none more than its bounded repetitions allow. Lines are
 * read in pieces of 8192 characters, so a bounded factor is a constant; what grows without bound is not.
 */
describe.each(rules.filter(({ patterns }) => patterns.length > 0))('$id', ({ patterns }) => {
  it('has no expression of exponential time, nor one with an unbounded repetition in another', () => {
    for (const [, expression] of patterns) {
      const source = expression.source;
      // A group that repeats without bound is what makes time explode; single characters may.
      const unbounded = source
        .replace(/\\./g, 'x')
        .replace(/\[[^\]]*\]/g, 'c')
        .match(/[^\\](?:\*|\+|\{\d+,\})/g);
      const allowed = (unbounded ?? []).filter((text) => text.startsWith(')'));
      expect(allowed, source).toEqual([]);
    }
  });
});

it('passes the checker, on the expressions it can judge in time', () => {
  const bad: string[] = [];
  for (const { id, patterns } of rules) {
    for (const [, expression] of patterns) {
      // Large bounded repetitions are beyond the checker; the growth test below covers them.
      if (/\{\d*,?\d{3,}\}/.test(expression.source) || expression.source.length > 400) continue;
      const { status, complexity } = checkSync(expression.source, expression.flags, {
        timeout: 400,
        checker: 'automaton',
      }) as { status: string; complexity?: { type: string; degree?: number } };
      if (status === 'vulnerable' && complexity?.type === 'exponential')
        bad.push(`${id}: ${expression.source}`);
    }
  }
  expect(bad).toEqual([]);
}, 120_000);
