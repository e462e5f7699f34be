import { classifyAddress } from '#core/diagnose/addresses.ts';
import type { Finding } from '#core/diagnose/index.ts';
import { freshness, lookup, statusLabels } from '#core/mirrors/index.ts';

/** One captured fact, ready to show. */
export interface FactRow {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  readonly code?: boolean;
}

const ADDRESS_NOTES: Readonly<Record<string, string>> = {
  loopback: '本机',
  private: '内网',
  shared: '运营商内网（100.64/10）',
  'link-local': '链路本地',
  fake: '代理软件的 fake-ip',
};

/** What the catalogue says of a mirror today: its status and the date that belongs to it. */
function mirrorNote(host: string, now: Date): string {
  const entry = lookup(host);
  if (entry === undefined) return '目录里没有它的记录';
  if (entry.kind === 'not-a-mirror') return '它不是 Docker Hub 的镜像源';
  const { state, text } = freshness(entry, now);
  return state === 'stopped' ? text : `${statusLabels[entry.status]}，${text}`;
}

/** The facts of a finding as rows, Chinese. */
export function factRows(finding: Finding, now: Date): FactRow[] {
  const { facts, host } = finding;
  const rows: FactRow[] = [];
  const add = (name: string, value: string | undefined, note?: string, code = true): void => {
    if (value !== undefined && value !== '')
      rows.push({ name, value, code, ...(note === undefined ? {} : { note }) });
  };
  if (finding.category !== 'none') {
    if (finding.category === 'proxy-unreachable') add('代理', facts.proxy ?? host);
    else {
      add('主机', host);
      add('代理', facts.proxy);
    }
    if (facts.mirror) {
      add(
        '镜像源',
        facts.mirror.name ?? facts.mirror.host,
        mirrorNote(facts.mirror.host, now),
        false,
      );
    }
    add('镜像', facts.image);
    if (facts.ip !== undefined && facts.ip !== host) {
      const kind = facts.ipKind ?? classifyAddress(facts.ip)?.kind;
      add(
        '地址',
        facts.ip,
        facts.ipOwner ?? (kind === undefined ? undefined : ADDRESS_NOTES[kind]),
      );
    }
    add('DNS 服务器', facts.dnsServer);
    add('状态', facts.status, undefined, false);
    add('证书属于', facts.certNames?.join('、'));
    add('签发者', facts.certIssuer);
    add('平台', facts.platform);
  }
  return rows;
}
