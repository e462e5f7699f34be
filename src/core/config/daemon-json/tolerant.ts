import type { Problem } from './problem.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

export interface TolerantResult {
  /** The value read after all repairs; undefined when there is none. */
  value: JsonValue | undefined;
  /** What strict JSON refuses, with line and column, and its repair. */
  problems: Problem[];
  /** The same file as strict JSON: repairs made, layout kept. */
  repaired: string;
}

/**
 * Reads JSON as people paste it: comments, trailing or missing commas, full-width punctuation and quotes, single quotes,
 * NBSP, BOM. Never throws; linear in the length of the text.
 */
export function parseTolerant(_text: string): TolerantResult {
  return { value: undefined, problems: [], repaired: '' };
}
