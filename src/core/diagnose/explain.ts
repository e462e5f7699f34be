import { lookup, statusLabels } from '../mirrors/index.ts';
import type { Group } from './collect.ts';
import type { AddressKind, Certainty, Facts, Finding } from './types.ts';

/** Chinese words for what an address is; `public` says nothing. */
const ADDRESS_WORDS: Readonly<Record<AddressKind, string>> = {
  loopback: '本机地址',
  private: '内网地址',
  shared: '运营商内网地址',
  'link-local': '链路本地地址',
  poisoned: '不属于 Docker 的地址',
  docker: 'Docker 的地址',
  fake: '代理软件的 fake-ip',
  public: '',
};

/** Makes a finding out of a group: the sentence with its facts, how sure it is, where to read on. */
export function explain(group: Group, tier: number): Finding {
  const { rule, refined, layer } = group;
  const { host } = refined;
  const facts = complete(refined.facts);
  const certainty = certaintyOf(group, tier);
  const surer = surerText(certainty, group);
  const storeNote = storeText(group);
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
    ...(surer === undefined ? {} : { surer }),
    ...(storeNote === undefined ? {} : { storeNote }),
    guide: rule.guide ?? `/errors/${rule.category}/`,
  };
}

/** Adds what the catalogue says of a mirror. */
function complete(facts: Facts): Facts {
  const { mirror } = facts;
  if (mirror?.status === undefined) return facts;
  const entry = lookup(mirror.host);
  if (entry?.kind !== 'mirror') return facts;
  return {
    ...facts,
    mirror: {
      ...mirror,
      label: `${statusLabels[entry.status]}（${entry.end?.date ?? entry.lastEvidence}）`,
    },
  };
}

function certaintyOf(group: Group, tier: number): Certainty {
  if (group.cut) return tier >= 5 ? 'likely' : 'guess';
  if (tier >= 5)
    return group.refined.host === undefined && group.rule.tool === 'registry' ? 'likely' : 'sure';
  return tier >= 3 ? 'likely' : 'guess';
}

/** Categories that are about a host; the disk, dockerd's file and what is no network matter are not. */
const HOSTED = /^(?!none$|disk$|daemon-)/;

function surerText(certainty: Certainty, group: Group): string | undefined {
  if (certainty === 'sure') return undefined;
  if (group.cut) return '这句话没有贴全，是按剩下的部分推断的：把完整的一行贴上来。';
  if (group.rule.role === 'vague')
    return '这句话没有写原因：把它前后几行也贴上来，尤其是最里面的那一句。';
  if (group.rule.role === 'consequence')
    return '它多半是更早一个错误的后果：把前面的日志也贴上来。';
  if (group.lastHard < 0) return '日志里只有重试的警告：把最后的结果也贴上来。';
  return group.refined.host === undefined && HOSTED.test(group.rule.category)
    ? '没有看到是哪个主机：贴上带地址的那一行会更确定。'
    : undefined;
}

function storeText(group: Group): string | undefined {
  const { rule, refined, layer } = group;
  if (layer !== 'daemon' && layer !== 'build') return undefined;
  const hub = /docker\.(?:io|com)(?::\d+)?$/.test(refined.host ?? '');
  if (refined.facts.mirror) {
    return '看到的是镜像源的错误：containerd 镜像存储在几个地址都失败时优先显示有 HTTP 状态的那个，Docker Hub 自己的错误可能被它盖住。';
  }
  if (
    hub &&
    (rule.category === 'timeout' ||
      rule.category === 'refused' ||
      rule.category === 'interrupted' ||
      rule.category === 'dns')
  ) {
    return '配了镜像源还看到 Docker Hub 的错误：经典存储（overlay2）只显示最后一个地址的错误，镜像源为什么失败要看 dockerd 的日志（Attempting next endpoint）。';
  }
  return undefined;
}

function fill(text: string, host: string | undefined, facts: Facts): string {
  const address = facts.ip === undefined ? '' : `${facts.ip}${words(facts)}`;
  return text
    .replaceAll('{host}', host ?? '对方')
    .replaceAll('{proxy}', facts.proxy ?? host ?? '')
    .replaceAll('{image}', facts.image ?? '这个镜像')
    .replaceAll('{ip}', address)
    .replaceAll('{owner}', facts.ipOwner ?? '别的公司')
    .replaceAll('{status}', facts.status ?? '错误')
    .replaceAll('{platform}', facts.platform ?? '本机平台')
    .replaceAll('{dns}', facts.dnsServer === undefined ? '' : ` ${facts.dnsServer} `)
    .replaceAll('{names}', facts.certNames ? `（${facts.certNames.join('、')}）` : '')
    .replaceAll('{skew}', facts.skew === undefined ? '' : `（${skewText(facts.skew)}）`)
    .replaceAll('{path}', facts.path ?? '文件')
    .replaceAll('{detail}', facts.key ?? '原因见日志')
    .replaceAll('{socket}', facts.key ?? '默认的地址')
    .replaceAll('{helper}', facts.key ?? '')
    .replaceAll('{key}', facts.key ?? '有一项')
    .replace(/ {2,}/g, ' ');
}

function words(facts: Facts): string {
  const text = facts.ipKind === undefined ? '' : ADDRESS_WORDS[facts.ipKind];
  return text === '' || facts.ipKind === 'poisoned' || facts.ipKind === 'loopback'
    ? ''
    : `（${text}）`;
}

/** `快 3 天` in Chinese: how far the clock is past the end, or before the start. */
function skewText(seconds: number): string {
  const size = Math.abs(seconds);
  const days = Math.floor(size / 86400);
  const hours = Math.floor((size % 86400) / 3600);
  const minutes = Math.floor((size % 3600) / 60);
  const span =
    days > 0
      ? `${days} 天${hours > 0 ? ` ${hours} 小时` : ''}`
      : hours > 0
        ? `${hours} 小时${minutes > 0 ? ` ${minutes} 分` : ''}`
        : `${Math.max(1, minutes)} 分`;
  return seconds > 0 ? `已过期 ${span}` : `本机时钟比生效时间早 ${span}`;
}
