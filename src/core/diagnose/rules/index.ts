import type { Rule } from '../types.ts';
import { connectRules } from './connect.ts';
import { curlRules } from './curl.ts';
import { daemonRules } from './daemon.ts';
import { dnsRules } from './dns.ts';
import { otherRules } from './other.ts';
import { packageRules } from './packages.ts';
import { proxyRules } from './proxy.ts';
import { registryRules } from './registry.ts';
import { tlsRules } from './tls.ts';

/** Every rule. The order doesn't matter; see {@link ../rank.ts} for what wins. */
export const rules: readonly Rule[] = [
  ...daemonRules,
  ...dnsRules,
  ...connectRules,
  ...curlRules,
  ...proxyRules,
  ...tlsRules,
  ...registryRules,
  ...packageRules,
  ...otherRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule with that id, or `undefined`. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
