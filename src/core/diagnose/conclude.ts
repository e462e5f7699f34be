import { categories } from './categories.ts';
import type { Collector } from './collect.ts';
import { explain } from './explain.ts';
import { rank } from './rank.ts';
import { recognise } from './recognise.ts';
import { ruleById } from './rules/index.ts';
import type { Diagnosis, Finding, Note } from './types.ts';

/** Most findings reported. */
const MAX_FINDINGS = 12;

/** Turns what was collected into the answer. */
export function conclude(
  collector: Collector,
  head: string,
  end: string,
  length: number,
  notes: readonly Note[],
): Diagnosis {
  const ranked = rank(collector).filter(({ group }) => group.rule.role !== 'success');
  const findings: Finding[] = ranked
    .slice(0, MAX_FINDINGS)
    .map(({ group, tier }) => explain(group, tier));
  // A warning that settled itself is no error: say so first.
  if (ranked[0] && ranked[0].tier < 1) {
    const rule = ruleById('success');
    if (rule) {
      const [first] = findings;
      findings.unshift({
        category: 'none',
        layer: first?.layer ?? 'unknown',
        rule: rule.id,
        role: 'success',
        name: rule.name,
        why: rule.why,
        evidence: [],
        count: 1,
        facts: {},
        certainty: 'likely',
        guide: `/errors/${categories.none.id}/`,
      });
    }
  }
  const all = [...notes];
  if (length === 0) all.push({ id: 'empty', text: '还没有内容：把报错粘贴到上面的框里。' });
  if (ranked.length > MAX_FINDINGS || collector.overflow) {
    all.push({
      id: 'truncated-findings',
      text: `还有 ${Math.max(1, ranked.length - MAX_FINDINGS)} 个次要的发现没有列出。`,
    });
  }
  return { findings, recognised: recognise(`${head}\n${end.slice(-65536)}`), notes: all, length };
}
