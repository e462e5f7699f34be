import { type Rank, rankValues, summarize } from '../statistics.ts';
import type { ScriptOutput, ScriptResult } from './output.ts';

/** Throughputs nearer than this share are noise. */
const SPEED_NOISE = 0.2;

export interface RankedResult {
  readonly result: ScriptResult;
  /** Median time to the first byte of `/v2/`, milliseconds. */
  readonly ttfb?: number;
  /** Bytes per second of the first layer, waiting included. */
  readonly speed?: number;
  /** Place among those that passed; `undefined` for the others. */
  readonly rank: Rank | undefined;
  /** Other mirrors gave another digest for the same tag, and no trusted one decides. */
  readonly oddDigest: boolean;
}

/**
 * Orders a run: what passed first, quicker download first (throughput within 20 % is a tie), then
 * quicker first byte; failures last, in the order of the list.
 */
export function rankResults({ results, trustedDigest }: ScriptOutput): RankedResult[] {
  const measured = results.map((result) => ({
    result,
    ttfb: summarize(result.pings.map(({ ttfb }) => ({ ms: ttfb, ok: true }))).median,
    speed: speedOf(result),
  }));
  const common = commonDigest(results);
  // Time per byte: smaller is better, as ranks want it.
  const costs = measured.map(({ result, speed }) =>
    result.passed && speed !== undefined ? 1 / speed : undefined,
  );
  const ranks = rankValues(costs, sameSpeed);
  return measured
    .map((entry, index) => ({
      ...entry,
      rank: ranks[index],
      oddDigest:
        trustedDigest === undefined &&
        entry.result.digest !== undefined &&
        entry.result.digest !== common,
    }))
    .map((entry, index) => ({ entry, index }))
    .sort(
      (a, b) =>
        Number(b.entry.result.passed) - Number(a.entry.result.passed) ||
        compareCost(costs[a.index], costs[b.index]) ||
        a.index - b.index,
    )
    .map(({ entry }) => entry);
}

/** Milliseconds per MiB would do as well; only the ratio counts. */
function sameSpeed(a: number, b: number): boolean {
  return Math.abs(a - b) < SPEED_NOISE * Math.min(a, b);
}

function compareCost(a: number | undefined, b: number | undefined): number {
  return (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE);
}

function speedOf({ blob, passed }: ScriptResult): number | undefined {
  if (!passed || blob === undefined || blob.ms <= 0 || blob.bytes <= 0) return undefined;
  return (blob.bytes * 1000) / blob.ms;
}

/** The digest that most mirrors gave; `undefined` when no digest has a majority. */
function commonDigest(results: readonly ScriptResult[]): string | undefined {
  const votes = new Map<string, number>();
  for (const { digest } of results) {
    if (digest !== undefined) votes.set(digest, (votes.get(digest) ?? 0) + 1);
  }
  const given = [...votes.values()].reduce((sum, count) => sum + count, 0);
  return [...votes].find(([, count]) => count * 2 > given)?.[0];
}

/**
 * The first `count` mirrors worth configuring: passed, and with the trusted digest or, without one,
 * not at odds with the majority.
 */
export function pickBest(ranked: readonly RankedResult[], count: number): string[] {
  return ranked
    .filter(({ result, oddDigest }) => result.passed && !oddDigest)
    .slice(0, count)
    .map(({ result }) => result.url);
}
