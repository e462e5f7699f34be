/** One measured request. */
export interface Sample {
  /** Milliseconds from asking to the answer (or to the failure). */
  readonly ms: number;
  /** Whether an answer came. */
  readonly ok: boolean;
  /** The run's first request to the host: it pays for DNS, TCP and TLS and is kept apart. */
  readonly first?: boolean;
}

export interface Summary {
  /** Milliseconds of the first connection; absent if it failed or wasn't made. */
  readonly first?: number;
  /** Median of the answered samples in milliseconds, first connection left out. */
  readonly median?: number;
  /** Lower and upper quartile of the same, in milliseconds (linear interpolation). */
  readonly quartiles?: readonly [number, number];
  /** Upper minus lower quartile. */
  readonly iqr?: number;
  /** k: samples answered, first connection left out. */
  readonly answered: number;
  /** n: samples made, first connection left out. */
  readonly total: number;
}

/** Fewer answered samples than this can't be ranked. */
export const MIN_ANSWERED = 4;

/** Medians nearer than the greater of these two are noise. */
const NOISE_MS = 30;
const NOISE_RATIO = 0.2;

/**
 * Describes one host's samples: first connection, median, interquartile range and k/n. No mean and no
 * best value: one slow or one lucky request says nothing. An answer without a usable time (not a
 * number, infinite or negative) counts as none.
 */
export function summarize(samples: readonly Sample[]): Summary {
  const first = samples.find((sample) => sample.first === true && isAnswer(sample));
  const rest = samples.filter((sample) => sample.first !== true);
  const times = rest
    .filter(isAnswer)
    .map((sample) => sample.ms)
    .sort((a, b) => a - b);
  const base = {
    ...(first === undefined ? {} : { first: first.ms }),
    answered: times.length,
    total: rest.length,
  };
  if (times.length === 0) return base;
  const lower = quantile(times, 0.25);
  const upper = quantile(times, 0.75);
  return { ...base, median: quantile(times, 0.5), quartiles: [lower, upper], iqr: upper - lower };
}

function isAnswer({ ok, ms }: Sample): boolean {
  return ok && Number.isFinite(ms) && ms >= 0;
}

/** @param sorted ascending, not empty */
function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

/** Whether two medians (milliseconds) can't be told apart. */
export function isTie(a: number, b: number): boolean {
  return Math.abs(a - b) < Math.max(NOISE_MS, NOISE_RATIO * Math.min(a, b));
}

/** A place among others: `from`–`to`, equal when nothing ties. */
export interface Rank {
  readonly from: number;
  readonly to: number;
}

/**
 * Ranks hosts only as far as the noise allows. A host's place lies between one more than the number of
 * hosts that are faster beyond noise, and what the slower ones leave; hosts with fewer than
 * {@link MIN_ANSWERED} answers have none.
 *
 * @returns one rank per summary, in the order given; `undefined` = not ranked
 */
export function rank(summaries: readonly Summary[]): (Rank | undefined)[] {
  const medians = summaries.map((summary) =>
    summary.answered >= MIN_ANSWERED ? summary.median : undefined,
  );
  return rankValues(medians, isTie);
}

/**
 * Places by value (smaller is better), with a test for what can't be told apart.
 *
 * @param values `undefined` = takes no part
 */
export function rankValues(
  values: readonly (number | undefined)[],
  tie: (a: number, b: number) => boolean,
): (Rank | undefined)[] {
  const known = values.filter((value) => value !== undefined);
  return values.map((own) => {
    if (own === undefined) return undefined;
    const faster = known.filter((other) => other < own && !tie(other, own)).length;
    const slower = known.filter((other) => other > own && !tie(other, own)).length;
    return { from: faster + 1, to: known.length - slower };
  });
}

/** A rank in Chinese: 第 2, or 并列 1–3; 不排名 when there is none. */
export function rankText(place: Rank | undefined): string {
  if (place === undefined) return '不排名';
  return place.from === place.to ? `第 ${place.from}` : `并列 ${place.from}–${place.to}`;
}
