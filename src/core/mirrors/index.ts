export { lookup, mirrors, notMirrors, recommended, staleCount, statusLabels } from './catalogue.ts';
export { ageInDays, earliest, FRESH_DAYS, type Freshness, freshness } from './freshness.ts';
export {
  isTie,
  MIN_ANSWERED,
  type Rank,
  rank,
  rankText,
  type Sample,
  type Summary,
  summarize,
} from './statistics.ts';
export type {
  Confidence,
  Mirror,
  MirrorForm,
  MirrorStatus,
  NotMirror,
  PartialDate,
} from './types.ts';
