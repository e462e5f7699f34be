import { LogReader } from './read.ts';
import type { Diagnosis } from './types.ts';

export {
  type Category,
  type CategoryGroup,
  type CategoryId,
  categories,
  categoryGroups,
  categoryIds,
  categoryList,
  isCategoryId,
} from './categories.ts';
export {
  fixPreset,
  fixSteps,
  nextCommands,
  type PlatformId,
  platformIds,
  platformNames,
  type Step,
} from './fixes.ts';
export { type LinkState, linkCodec } from './link.ts';
export { LogReader } from './read.ts';
export { type Masked, type Redaction, redact } from './redact.ts';
export { type MaskKind, maskNames } from './redact-kinds.ts';
export { buildReport, certaintyNames, layerNames, type Report } from './report.ts';
export { ruleById, rules } from './rules/index.ts';
export type * from './types.ts';

/**
 * Finds the cause in a pasted log.
 *
 * @param log any text: a line, a terminal's output, a journal; binary rubbish is harmless, too
 * @returns findings, best first; offsets count UTF-16 code units of `log`. Never throws.
 */
export function diagnose(log: string): Diagnosis {
  const reader = new LogReader();
  reader.push(log);
  return reader.finish();
}
