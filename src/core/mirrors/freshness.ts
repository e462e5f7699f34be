import type { Mirror, PartialDate } from './types.ts';

/** Evidence older than this many days no longer vouches for a mirror. */
export const FRESH_DAYS = 90;

const DAY_MS = 86_400_000;

export interface Freshness {
  readonly state: 'fresh' | 'unverified' | 'stopped';
  /** What to show in place of the status; '' while the evidence is fresh. */
  readonly label: string;
  /** The date that belongs to the label, as precise as its source; '' when there is none. */
  readonly date: PartialDate;
  /** Whole days since that date at its earliest; NaN when there is none. */
  readonly days: number;
  /** One line for a reader: the label and its date. */
  readonly text: string;
}

/**
 * The earliest moment a partial date may mean, UTC: `2026-08` counts from 1 August.
 *
 * @returns milliseconds since the epoch; NaN for anything else than `YYYY[-MM[-DD]]`
 */
export function earliest(date: PartialDate): number {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!match) return Number.NaN;
  const [, year, month = '01', day = '01'] = match;
  return Date.parse(`${year}-${month}-${day}T00:00:00Z`);
}

/** Whole days from a partial date's earliest moment to `now`; NaN for an unreadable date. */
export function ageInDays(date: PartialDate, now: Date): number {
  return Math.floor((now.getTime() - earliest(date)) / DAY_MS);
}

/**
 * What may be said of a mirror today. A stopped service stays stopped whatever its age; any other
 * whose newest evidence is older than {@link FRESH_DAYS} days, or undated, is unverified.
 */
export function freshness(
  entry: Pick<Mirror, 'status' | 'lastEvidence' | 'end'>,
  now: Date,
): Freshness {
  if (entry.status === 'stopped') {
    const date = entry.end?.date ?? entry.lastEvidence;
    return {
      state: 'stopped',
      label: '已停止',
      date,
      days: ageInDays(date, now),
      text: `已停止（${date}）`,
    };
  }
  const date = entry.lastEvidence;
  const days = ageInDays(date, now);
  // NaN fails this comparison too, as it must.
  if (days <= FRESH_DAYS) {
    return { state: 'fresh', label: '', date, days, text: `最近证据 ${date}` };
  }
  const text = date === '' ? '未验证（没有带日期的证据）' : `未验证（最近证据 ${date}）`;
  return { state: 'unverified', label: '未验证', date, days, text };
}
