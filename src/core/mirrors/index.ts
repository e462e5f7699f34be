export { lookup, mirrors, notMirrors, recommended, staleCount, statusLabels } from './catalogue.ts';
export { ageInDays, earliest, FRESH_DAYS, type Freshness, freshness } from './freshness.ts';
export type {
  Confidence,
  Mirror,
  MirrorForm,
  MirrorStatus,
  NotMirror,
  PartialDate,
} from './types.ts';
