import { mendWord } from './mend-word.ts';

/**
 * Splits a query as the index was split: at punctuation, and each run of Chinese into the longest words that the
 * index has. A slip in a Latin word of the field is mended.
 *
 * @param query what the reader typed; a query in double quotes stays an exact one
 * @param words the index's Chinese words
 * @returns the words with a space between them; what the index can't have is left out, unless it is all there is
 */
export function splitQuery(query: string, words: ReadonlySet<string>): string {
  const exact = /^\s*"(.+)"\s*$/.exec(query)?.[1];
  const split = (exact ?? query.replace(/[A-Za-z]+/g, mendWord))
    .replace(/\p{P}+/gu, ' ')
    .replace(/\p{Script=Han}+/gu, (run) => ` ${pieces(run, words).join(' ') || run} `)
    .replace(/\s+/g, ' ')
    .trim();
  return exact === undefined ? split : `"${split}"`;
}

/** No Chinese word of an index is longer; longer entries are whole titles. */
export const LONGEST_WORD = 4;

function pieces(run: string, words: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let start = 0; start < run.length; ) {
    let length = Math.min(LONGEST_WORD, run.length - start);
    while (length > 0 && !words.has(run.slice(start, start + length))) length -= 1;
    const rest = run.slice(start);
    // 下载卡住 may stand in the index as one word of a title; most pages have 下载 and 卡住.
    if (length === 4 && words.has(rest.slice(0, 2)) && words.has(rest.slice(2, 4))) length = 2;
    // The last word may be half typed: Pagefind finds it by its beginning.
    if (!words.has(rest) && [...words].some((word) => word.startsWith(rest))) length = rest.length;
    if (length > 0) found.push(run.slice(start, start + length));
    start += Math.max(length, 1);
  }
  return found;
}
