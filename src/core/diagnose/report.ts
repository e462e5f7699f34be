import { categories } from './categories.ts';
import { type PlatformId, platformNames } from './platforms.ts';
import { type Masked, redact } from './redact.ts';
import type { Certainty, Diagnosis, Layer } from './types.ts';

/** Chinese names of the layers. */
export const layerNames: Readonly<Record<Layer, string>> = {
  daemon: '守护进程（dockerd）',
  build: '构建步骤',
  container: '容器里',
  client: '本机命令',
  unknown: '看不出来',
};

/** Chinese names of the certainties. */
export const certaintyNames: Readonly<Record<Certainty, string>> = {
  sure: '确定',
  likely: '很可能',
  guess: '可能',
};

export interface Report {
  /** Markdown. */
  readonly markdown: string;
  readonly masked: readonly Masked[];
}

/** Most characters of evidence a report quotes per place. */
const QUOTE = 600;

/**
 * A diagnosis as Markdown for a colleague or an issue, with everything private masked.
 *
 * @param diagnosis what was found
 * @param platform where the reader's Docker runs
 * @param log the log itself, quoted if it's short; leave it out for large ones
 */
export function buildReport(diagnosis: Diagnosis, platform: PlatformId, log?: string): Report {
  const lines: string[] = ['## Docker 网络报错诊断', ''];
  lines.push(`- 环境：${platformNames[platform]}`);
  if (diagnosis.recognised.length > 0) lines.push(`- 日志来自：${diagnosis.recognised.join('、')}`);
  lines.push('');
  if (diagnosis.findings.length === 0) lines.push('没有认出网络、代理、证书或镜像源的问题。', '');
  diagnosis.findings.slice(0, 6).forEach((finding, index) => {
    lines.push(`### ${index + 1}. ${finding.name}（${categories[finding.category].name}）`, '');
    lines.push(
      `- 规则：\`${finding.rule}\`，${certaintyNames[finding.certainty]}，出现 ${finding.count} 次`,
    );
    lines.push(`- 层：${layerNames[finding.layer]}`);
    if (finding.host !== undefined) lines.push(`- 主机：\`${finding.host}\``);
    if (finding.facts.proxy !== undefined) lines.push(`- 代理：\`${finding.facts.proxy}\``);
    if (finding.facts.image !== undefined) lines.push(`- 镜像：\`${finding.facts.image}\``);
    if (finding.facts.ip !== undefined) lines.push(`- 地址：\`${finding.facts.ip}\``);
    const [first] = finding.evidence;
    if (first) lines.push('', fenced(first.excerpt.slice(0, QUOTE)));
    lines.push('');
  });
  if (log !== undefined && log.trim() !== '')
    lines.push('<details><summary>日志（已脱敏）</summary>', '', fenced(log), '', '</details>', '');
  const { text, masked } = redact(lines.join('\n'));
  return { markdown: text, masked };
}

/** A code block that its content can't end early. */
function fenced(content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`{3,}/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${content.replace(/\s+$/, '')}\n${fence}`;
}
