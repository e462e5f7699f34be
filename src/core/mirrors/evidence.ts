import type { PartialDate } from './types.ts';

/** Kinds of evidence; their Chinese names are in `content/mirrors-meta/legend.json`. */
export const EVIDENCE_TYPES = [
  'test',
  'ci-test',
  'claimed-test',
  'notice',
  'report',
  'guide',
  'dead-list',
  'list',
  'related',
] as const;

export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** One dated statement about a service. */
export interface Evidence {
  readonly source: string;
  readonly date?: PartialDate;
  readonly type: EvidenceType;
  readonly vantage?: string;
  readonly says: string;
}

const PULLS: readonly EvidenceType[] = ['test', 'ci-test', 'claimed-test'];
// Being listed, or a sibling's state, says nothing about this service's own.
const SILENT: readonly EvidenceType[] = ['list', 'related'];

/** Date of the newest evidence about the service's state; '' when nothing is dated. */
export function lastEvidence(evidence: readonly Evidence[]): PartialDate {
  const telling = evidence.filter((item) => !SILENT.includes(item.type));
  return newest(telling) ?? newest(evidence) ?? '';
}

/** Date of the newest real pull, or pull that a list's owner claims. */
export function lastTest(evidence: readonly Evidence[]): PartialDate | undefined {
  return newest(evidence.filter((item) => PULLS.includes(item.type)));
}

function newest(evidence: readonly Evidence[]): PartialDate | undefined {
  const dates = evidence.flatMap((item) => (item.date === undefined ? [] : [item.date]));
  return dates.sort().at(-1);
}

/** A link to an evidence's source: URLs as they are, `github:owner/repo…` as far as it can be read. */
export function sourceUrl(source: string): string | undefined {
  const url = /https?:\/\/[^\s（）()；;]+/.exec(source)?.[0];
  if (source.startsWith('http') && url !== undefined) return url;
  const repo = /^github:([\w.-]+\/[\w.-]+)/.exec(source)?.[1];
  if (repo === undefined) return url;
  const base = `https://github.com/${repo}`;
  const rest = source.slice('github:'.length + repo.length);
  const issue = /^#(\d+)/.exec(rest)?.[1];
  if (issue !== undefined) return `${base}/issues/${issue}`;
  const commit = /^@([0-9a-f]{7,40})/.exec(rest)?.[1];
  if (commit !== undefined) return `${base}/commit/${commit}`;
  const file = /^ ([\w./-]+)@([0-9a-f]{7,40})/.exec(rest);
  if (file?.[1] !== undefined && file[2] !== undefined) {
    return /^(?:HEAD|README)$/.test(file[1])
      ? `${base}/tree/${file[2]}`
      : `${base}/blob/${file[2]}/${file[1]}`;
  }
  return base;
}
