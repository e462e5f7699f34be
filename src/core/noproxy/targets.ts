import { parseReference, pullHosts, referenceProblem } from '../reference/index.ts';
import { mixesScripts } from './shared/text.ts';

/** One URL to judge, and where it came from. */
export interface Target {
  /** The line it was typed on, from 0. */
  readonly line: number;
  /** What was typed. */
  readonly text: string;
  /** What every client is asked. */
  readonly url: string;
  /** Short form for a row's title: scheme left out where it is https. */
  readonly label: string;
  /** Chinese: what this host is for, or how the line was read. */
  readonly note: string;
}

/** A line that is no target. */
export interface TargetProblem {
  readonly line: number;
  readonly text: string;
  /** Chinese: what is wrong and what to write. */
  readonly message: string;
}

export interface Targets {
  readonly targets: readonly Target[];
  readonly problems: readonly TargetProblem[];
}

export interface TargetOptions {
  /** Registry mirrors of the daemon; they stand before Docker Hub in a pull. */
  mirrors?: readonly string[];
  insecure?: readonly string[];
}

/**
 * Reads targets, one a line: a URL, a host with or without a port, an address, or an image
 * reference, which stands for all hosts that its pull contacts.
 */
export function parseTargets(text: string, options: TargetOptions = {}): Targets {
  const targets: Target[] = [];
  const problems: TargetProblem[] = [];
  for (const [line, raw] of text.split(/\r?\n/).entries()) {
    const typed = raw.trim();
    if (typed === '' || typed.startsWith('#')) continue;
    if (targets.length + problems.length >= MAX_ROWS) {
      const message = `目标太多，只看前 ${MAX_ROWS} 个，从这一行起没有列出。`;
      problems.push({ line, text: shorten(typed), message });
      break;
    }
    const read = readLine(typed, options);
    if (typeof read === 'string') {
      problems.push({ line, text: shorten(typed), message: read });
      continue;
    }
    if (read.some(({ url }) => mixesScripts(labelOf(url)))) {
      problems.push({
        line,
        text: shorten(typed),
        message:
          '主机名里混着拉丁字母和西里尔或希腊字母，看起来一样，其实是另一个域名；重新手打一遍。',
      });
    }
    for (const { url, note } of read) {
      targets.push({ line, text: typed, url, label: labelOf(url), note });
    }
  }
  return { targets, problems };
}

/** More rows than anyone reads, and few enough for the table to be drawn at once. */
const MAX_ROWS = 500;

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

type Read = { url: string; note: string }[];

function readLine(typed: string, options: TargetOptions): Read | string {
  const pulled = /^(?:docker(?:\s+image)?\s+(?:pull|run)\s+|FROM\s+)([^\s]+)/i.exec(typed);
  if (pulled) return readImage(pulled[1] ?? '', options);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return readUrl(typed);
  if (/\s/.test(typed)) return '一行只写一个目标：URL、主机名或镜像名，里面不能有空格。';
  if (/^\[.*\](?::\d*)?(?:\/.*)?$/.test(typed) || isBareIPv6(typed)) {
    return readUrl(`https://${isBareIPv6(typed) ? `[${typed}]` : typed}`);
  }
  if (typed.includes('/')) {
    const parsed = parseReference(typed, { algorithms: ['sha256', 'sha384', 'sha512'] });
    if (parsed.error === undefined) return readImage(typed, options);
    const image = /@\w+:/.test(typed);
    return /^[^/]+\.[^/]+\//.test(typed) && !image
      ? readUrl(`https://${typed}`)
      : referenceProblem(parsed);
  }
  const [name = '', tag] = typed.split(':');
  if (isHost(name, tag)) {
    if (tag !== undefined && !(Number(tag) <= 65535)) return '端口号要在 0 到 65535 之间。';
    return readUrl(`${tag === '80' ? 'http' : 'https'}://${typed}`);
  }
  return readImage(typed, options);
}

/** A name with a dot, an address, localhost, or a port that looks like one. */
function isHost(name: string, tag: string | undefined): boolean {
  if (name === 'localhost' || name.startsWith('*')) return true;
  if (tag === undefined) return name.includes('.') || /[^a-z0-9_-]/.test(name);
  if (!/^\d+$/.test(tag)) return false;
  return name.includes('.') || tag === '80' || tag === '443' || Number(tag) >= 1000;
}

function isBareIPv6(text: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text);
}

function readUrl(url: string): Read | string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') {
    return `只看 http 和 https 的 URL，「${scheme}://」不经过这些代理变量。`;
  }
  return [{ url: /^[a-z]+:\/\/[^/?#]+$/i.test(url) ? `${url}/` : url, note: '' }];
}

function readImage(ref: string, options: TargetOptions): Read | string {
  const hosts = pullHosts(ref, options);
  if (!Array.isArray(hosts)) return referenceProblem(hosts);
  return hosts.map(({ url, purpose, certain }) => ({
    url,
    note: certain ? purpose : `${purpose}；几个地址之一`,
  }));
}

function labelOf(url: string): string {
  const match = /^(https?):\/\/([^/?#]*)/i.exec(url);
  if (!match) return url;
  const host = (match[2] ?? '').replace(/^[^@]*@/, '');
  if (host === '') return url;
  return match[1]?.toLowerCase() === 'http' ? `http://${host}` : host;
}
