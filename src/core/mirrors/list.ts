import { isRecord, parseJson } from '../json.ts';
import { lookup } from './catalogue.ts';
import { freshness } from './freshness.ts';
import type { Mirror, NotMirror } from './types.ts';

export interface MirrorList {
  /** Addresses as written, without duplicates, in order. */
  readonly urls: readonly string[];
  /** What the text was taken for. */
  readonly source: 'daemon.json' | 'fragment' | 'lines' | 'empty';
  /** What couldn't be read (Chinese). */
  readonly problems: readonly string[];
}

/** What comes along with a copy unseen. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const MAX_PASTE = 200_000;
const MAX_URLS = 40;
const MAX_LINE = 300;

/**
 * Reads mirror addresses out of a paste: a daemon.json, the `registry-mirrors` part of one (also with
 * comments or a trailing comma), `docker info` output, or one address a line. Nothing else of the
 * text is kept. Never throws.
 */
export function readMirrorList(text: string): MirrorList {
  const trimmed = text.replace(INVISIBLE, '').trim();
  if (trimmed === '') return { urls: [], source: 'empty', problems: [] };
  if (trimmed.length > MAX_PASTE) {
    return { urls: [], source: 'empty', problems: ['内容太长，不像是 daemon.json 或镜像源列表。'] };
  }
  if (trimmed.startsWith('{')) {
    const parsed = parseJson(trimmed);
    if (parsed !== undefined) return fromDaemonJson(parsed);
  }
  const fragment = /["']?registry-mirrors["']?\s*[:=]\s*\[([^\]]*)/.exec(trimmed);
  if (fragment) {
    const strings = [...(fragment[1] ?? '').matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    const problems = trimmed.startsWith('{')
      ? [
          '这份 daemon.json 不是有效的 JSON，dockerd 会拒绝启动；这里只取出了其中的 registry-mirrors。',
        ]
      : [];
    return finish(strings, 'fragment', problems);
  }
  if (trimmed.startsWith('{')) {
    return {
      urls: [],
      source: 'daemon.json',
      problems: ['不是有效的 JSON，也没有找到 registry-mirrors。'],
    };
  }
  // What follows in `docker info` (Insecure Registries, versions) holds addresses too.
  const info =
    /^[ \t]*Registry Mirrors:[ \t]*\r?\n((?:[ \t]*https?:\/\/\S+[ \t]*(?:\r?\n|$))+)/im.exec(
      trimmed,
    );
  return fromLines(info?.[1] ?? trimmed);
}

function fromDaemonJson(value: unknown): MirrorList {
  const list = isRecord(value) ? value['registry-mirrors'] : undefined;
  if (list === undefined) {
    return {
      urls: [],
      source: 'daemon.json',
      problems: ['这份 daemon.json 里没有 registry-mirrors。'],
    };
  }
  if (!Array.isArray(list)) {
    return {
      urls: [],
      source: 'daemon.json',
      problems: ['registry-mirrors 应该是一个数组，例如 ["https://主机名"]。'],
    };
  }
  const strings = list.filter((item): item is string => typeof item === 'string');
  const problems =
    strings.length < list.length ? ['registry-mirrors 里有不是字符串的项，已跳过。'] : [];
  return finish(strings, 'daemon.json', problems);
}

/** One address a line; bullets, quotes, commas and `Registry Mirrors:` headings are taken off. */
function fromLines(text: string): MirrorList {
  const urls: string[] = [];
  const skipped: string[] = [];
  for (const line of text.split(/[\r\n,，;；]+/)) {
    const item = bareItem(line);
    if (item === '' || item.startsWith('#') || /^registry mirrors:?$/i.test(item)) continue;
    if (item.length > MAX_LINE) {
      skipped.push(item);
      continue;
    }
    const host = /^(?:https?:\/\/)?[^\s/]*[^\s/.]\.[^\s/]+(?:\/\S*)?$/i.test(item);
    const local = /^(?:https?:\/\/\S+|(?:localhost|\[[0-9a-f:]+\]|[a-z0-9-]+:\d+)\S*)$/i.test(item);
    if (host || local) urls.push(item);
    else skipped.push(item);
  }
  const problems =
    skipped.length > 0
      ? [`有 ${skipped.length} 行不像地址，已跳过，例如「${(skipped[0] ?? '').slice(0, 40)}」。`]
      : [];
  return finish(urls, 'lines', problems);
}

/** Without bullets, quotes and the brackets of an array; those of an IPv6 address stay. */
function bareItem(line: string): string {
  const item = line
    .trim()
    .replace(/^(?:[\s"'`“‘「<\]\-*•·]|\[(?![0-9a-f]*:[0-9a-f:]*\]))+/i, '')
    .replace(/["'`”’」>\s]+$/, '');
  return item.includes('[') ? item : item.replace(/["'`”’」>\s\]]+$/, '');
}

function finish(
  strings: readonly string[],
  source: MirrorList['source'],
  problems: readonly string[],
): MirrorList {
  const seen = new Set<string>();
  const urls = strings
    .map((text) => text.trim())
    .filter((text) => {
      const key = text.replace(/\/+$/, '').toLowerCase();
      if (text === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  const tooMany = urls.length > MAX_URLS ? [`地址太多，只取前 ${MAX_URLS} 个。`] : [];
  return { urls: urls.slice(0, MAX_URLS), source, problems: [...problems, ...tooMany] };
}

/** Something in a list that shouldn't be there, or wants care. */
export interface ListAdvice {
  readonly url: string;
  readonly entry: Mirror | NotMirror;
  /**
   * - `remove`: it has ended, mirrors nothing, or can't stand in `registry-mirrors`
   * - `care`: cloud-only, account-only or no evidence
   */
  readonly severity: 'remove' | 'care';
  /** When and why, in Chinese. */
  readonly text: string;
}

/** What the catalogue says against the addresses of a list, in its order. */
export function adviseList(urls: readonly string[], now: Date): ListAdvice[] {
  return urls.flatMap((url): ListAdvice[] => {
    const entry = lookup(url);
    if (entry === undefined) return [];
    if (entry.kind === 'not-a-mirror') {
      return [{ url, entry, severity: 'remove', text: `不是 Docker Hub 的镜像源：${entry.why}。` }];
    }
    if (entry.status === 'stopped') {
      return [
        {
          url,
          entry,
          severity: 'remove',
          text: `${freshness(entry, now).text}：${entry.end?.why ?? entry.name}。`,
        },
      ];
    }
    if (entry.form !== 'docker.io-mirror') {
      return [
        {
          url,
          entry,
          severity: 'remove',
          text: `不能写进 registry-mirrors：${entry.scope ?? entry.name}`,
        },
      ];
    }
    const care: Partial<Record<Mirror['status'], string>> = {
      'cloud-only': '只在指定的云里能用',
      'account-only': '需要登录或付费',
      unknown: '证据不足或互相矛盾，不推荐',
    };
    const reason = care[entry.status];
    if (reason === undefined) return [];
    return [
      {
        url,
        entry,
        severity: 'care',
        text: `${reason}（最近证据 ${entry.lastEvidence}）。${entry.notes ?? entry.scope ?? ''}`,
      },
    ];
  });
}

/** The list without what should be removed. */
export function withoutRemoved(urls: readonly string[], advice: readonly ListAdvice[]): string[] {
  const removed = new Set(
    advice.filter((item) => item.severity === 'remove').map((item) => item.url),
  );
  return urls.filter((url) => !removed.has(url));
}
