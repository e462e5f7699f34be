import { LogReader } from './read.ts';
import type { Diagnosis } from './types.ts';

export { type Category, type CategoryGroup, type CategoryId, categories, categoryGroups, categoryIds, categoryList, isCategoryId } from './categories.ts';
export { LogReader } from './read.ts';
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
