import type { Collector, Group } from './collect.ts';
import { strength } from './match.ts';
import { MAX_EVIDENCE } from './types.ts';

/** A group with its place in the ranking. */
export interface Ranked {
  readonly group: Group;
  /** Higher is better; see {@link tierOf}. */
  readonly tier: number;
}

/** What a later success or another error makes of a warning. */
const SETTLED = 0.5;
const NOT_COVERED = 2;
const IMPLIED = 1.6;

/**
 * Orders the findings: a named cause before a vague one, an error before a warning that was retried,
 * both before what merely follows; among equals the one that came last, since it ended the attempt
 * (and, in one line, the innermost cause).
 */
export function rank(collector: Collector): Ranked[] {
  const groups = merged([...collector.groups.values()]);
  const implied = new Set<string>();
  for (const group of groups) for (const id of group.rule.implies ?? []) implied.add(id);
  const lastNone = groups.reduce(
    (last, group) =>
      group.rule.category === 'none' && group.rule.role === undefined
        ? Math.max(last, group.lastHard)
        : last,
    -1,
  );
  const ranked = groups.map((group) => ({
    group,
    tier: implied.has(group.rule.id)
      ? Math.min(IMPLIED, tierOf(group, collector.lastSuccess, lastNone))
      : tierOf(group, collector.lastSuccess, lastNone),
  }));
  return ranked.sort((a, b) => b.tier - a.tier || place(b.group) - place(a.group));
}

/** A message without a host joins the same message with one. */
function merged(groups: readonly Group[]): Group[] {
  const kept: Group[] = [];
  for (const group of groups) {
    if (group.refined.host !== undefined) {
      kept.push(group);
      continue;
    }
    const hosted = groups.filter(
      (other) => other.rule.id === group.rule.id && other.refined.host !== undefined,
    );
    const [target] = hosted;
    if (target === undefined || hosted.length > 1) kept.push(group);
    else {
      target.count += group.count;
      target.last = Math.max(target.last, group.last);
      target.lastHard = Math.max(target.lastHard, group.lastHard);
      target.evidence.push(...group.evidence);
      target.evidence.sort((a, b) => a.start - b.start).splice(MAX_EVIDENCE);
    }
  }
  return kept;
}

function place(group: Group): number {
  return group.lastHard >= 0 ? group.lastHard : group.last;
}

function tierOf(group: Group, lastSuccess: number, lastNone: number): number {
  const { rule } = group;
  const power = strength(rule);
  if (rule.category === 'none') return rule.role === 'consequence' ? 1 : NOT_COVERED;
  const soft = group.lastHard < 0;
  if (soft && lastSuccess > group.last) return SETTLED;
  if (soft && lastNone > group.last) return SETTLED;
  if (power >= 4) return soft ? 4 : 5;
  if (power === 3) return soft ? 2.6 : 3;
  return rule.role === 'consequence' ? 2.2 : 2.4;
}
