import data from './catalogue.json' with { type: 'json' };
import { ageInDays, FRESH_DAYS, freshness } from './freshness.ts';
import { HostMatcher, parseHost } from './match.ts';
import type { Confidence, Mirror, MirrorStatus, NotMirror } from './types.ts';

/** Every mirror service of the catalogue, by status, then id. */
export const mirrors: readonly Mirror[] = (data.mirrors as readonly Omit<Mirror, 'kind'>[]).map(
  (mirror) => ({ kind: 'mirror', ...mirror }),
);

/** Hosts that are not Docker Hub mirrors though people use them as such. */
export const notMirrors: readonly NotMirror[] = (
  data.notMirrors as readonly Omit<NotMirror, 'kind'>[]
).map((entry) => ({ kind: 'not-a-mirror', ...entry }));

/** Short Chinese label of each status. */
export const statusLabels: Readonly<Record<MirrorStatus, string>> = {
  works: '有可用证据',
  restricted: '有硬限制',
  'cloud-only': '仅限云内',
  'account-only': '需要账号',
  unknown: '证据不足',
  stopped: '已停止',
};

const matcher = new HostMatcher<Mirror | NotMirror>();
for (const entry of notMirrors) for (const pattern of entry.match) matcher.add(pattern, entry);
for (const mirror of mirrors) for (const pattern of mirror.match) matcher.add(pattern, mirror);

const exceptions = new Map<NotMirror, HostMatcher<true>>();
for (const entry of notMirrors) {
  const set = new HostMatcher<true>();
  for (const pattern of entry.except ?? []) set.add(pattern, true);
  exceptions.set(entry, set);
}

/**
 * What the catalogue knows of an address that stands where a mirror stands (`registry-mirrors`, a
 * `hosts.toml` mirror, the host of a request with `?ns=docker.io`).
 *
 * @param urlOrHost a URL, `host`, `host:port` or `host/path`; scheme, port, letter case and a
 *   trailing dot don't matter, a path only where the catalogue names one
 * @returns a mirror (look at `status` and `form`), a host that mirrors nothing (`not-a-mirror`), or
 *   `undefined` when the catalogue doesn't know it. Never throws. Entries with `alsoRegistry` are
 *   ordinary in an image's name: say something only when they are used as a mirror.
 */
export function lookup(urlOrHost: string): Mirror | NotMirror | undefined {
  const target = parseHost(urlOrHost);
  if (target === undefined) return undefined;
  const entry = matcher.find(target);
  if (entry?.kind === 'not-a-mirror' && exceptions.get(entry)?.find(target)) return undefined;
  return entry;
}

const CONFIDENCE_ORDER: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };

/** A service without a word for a year isn't suggested, whatever was said of it then. */
const SUGGEST_DAYS = 366;

/**
 * Mirrors worth trying in `registry-mirrors`, best founded first: fresh before unverified, then
 * confidence, then `works` before `restricted`, then the newest pull. Show each with
 * {@link freshness}: with old evidence the list says what to try first, not what works.
 */
export function recommended(now: Date): Mirror[] {
  return mirrors
    .filter(
      (mirror) =>
        (mirror.status === 'works' || mirror.status === 'restricted') &&
        mirror.form === 'docker.io-mirror' &&
        ageInDays(mirror.lastEvidence, now) <= SUGGEST_DAYS,
    )
    .sort(
      (a, b) =>
        staleRank(a, now) - staleRank(b, now) ||
        CONFIDENCE_ORDER[a.confidence] - CONFIDENCE_ORDER[b.confidence] ||
        statusRank(a) - statusRank(b) ||
        compareText(b.lastTest ?? '', a.lastTest ?? '') ||
        compareText(b.lastEvidence, a.lastEvidence) ||
        compareText(a.id, b.id),
    );
}

function staleRank(mirror: Mirror, now: Date): number {
  return freshness(mirror, now).state === 'fresh' ? 0 : 1;
}

function statusRank(mirror: Mirror): number {
  return mirror.status === 'works' ? 0 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many entries, stopped ones among them, have no evidence newer than {@link FRESH_DAYS} days. */
export function staleCount(now: Date): number {
  return mirrors.filter((mirror) => !(ageInDays(mirror.lastEvidence, now) <= FRESH_DAYS)).length;
}
