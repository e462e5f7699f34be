import { memoize } from './memo.ts';

/**
 * The value cut at its commas, empty parts and white space kept. One array for all clients that
 * cut so: what they look entries up by is then the same strings, hashed once. Do not change it.
 */
export const splitCommas: (value: string) => readonly string[] = memoize((value) =>
  value.split(','),
);

/** The same without the empty parts. */
export const splitFilled: (value: string) => readonly string[] = memoize((value) =>
  splitCommas(value).filter(Boolean),
);
