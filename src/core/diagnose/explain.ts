import type { Group } from './collect.ts';
import { classifyAddress } from './addresses.ts';
import type { Certainty, Facts, Finding } from './types.ts';

/** Makes a finding out of a group: the sentence with its facts, how sure it is, where to read on. */
export function explain(group: Group, tier: number): Finding {
  const { rule, refined, layer } = group;
  const { facts, host } = refined;
  const certainty = certaintyOf(group, tier);
  return {
    category: rule.category,
    layer,
    rule: rule.id,
    ...(host === undefined ? {} : { host }),
    role: rule.role ?? 'cause',
    name: rule.name,
    why: fill(rule.why, host, facts),
    evidence: group.evidence,
    count: group.count,
    facts,
    certainty,
    guide: rule.guide ?? `/errors/${rule.category}/`,
  };
}

function certaintyOf(group: Group, tier: number): Certainty {
  if (tier >= 5) return group.refined.host === undefined && group.rule.tool === 'registry' ? 'likely' : 'sure';
  return tier >= 3 ? 'likely' : 'guess';
}

function fill(text: string, host: string | undefined, facts: Facts): string {
  void classifyAddress;
  return text
    .replace('{host}', host ?? '目标主机')
    .replace('{proxy}', facts.proxy ?? '')
    .replace('{image}', facts.image ?? '这个镜像')
    .replace('{ip}', facts.ip ?? '')
    .replace('{owner}', facts.ipOwner ?? '')
    .replace('{status}', facts.status ?? '错误')
    .replace('{platform}', facts.platform ?? '本机平台')
    .replace('{dns}', facts.dnsServer === undefined ? '' : ` ${facts.dnsServer} `)
    .replace('{names}', facts.certNames ? `（${facts.certNames.join('、')}）` : '')
    .replace('{skew}', '')
    .replace('{path}', facts.path ?? '文件')
    .replace('{key}', facts.key ?? '有一项')
    .replace('{detail}', facts.key ?? '见日志')
    .replace('{socket}', facts.key ?? '默认的地址')
    .replace('{helper}', facts.key ?? '');
}
