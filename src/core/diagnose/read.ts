import { Collector, type Group, isSoft } from './collect.ts';
import { conclude } from './conclude.ts';
import { matchCut } from './cut.ts';
import { dropContained, matchLine, scanner } from './match.ts';
import { type Clean, cleanText, joinLines } from './normalise.ts';
import { inProgram } from './source.ts';
import type { Diagnosis, Match, Note, Surroundings } from './types.ts';

/** Longer lines are read in pieces of this length … */
const PIECE = 8192;
/** … which overlap, so that no message is cut. */
const OVERLAP = 1024;
/** The end of the text is also read with its line wraps undone. */
const JOIN_WINDOW = 64 * 1024;
/** How much of the text before and after a line its layer and host are looked for in. */
const BEFORE = 2400;
const AFTER = 1600;
/** Lines worth a remark because they were read in pieces. */
const LONG_LINE = 100_000;
const MAX_CACHE = 20_000;

interface Cached {
  readonly hits: readonly { group: Group; soft: boolean; at: number }[];
  readonly successes: readonly number[];
}

/**
 * Reads a log in chunks and finds what went wrong. The worker uses it for large files; `diagnose()`
 * for everything else.
 *
 * @example
 * const reader = new LogReader();
 * for await (const chunk of chunks) reader.push(chunk);
 * const diagnosis = reader.finish();
 */
export class LogReader {
  readonly #collector = new Collector();
  readonly #cache = new Map<number, Cached>();
  /** Text not read yet, after {@link #context} characters of text already read. */
  #pending = '';
  #context = 0;
  /** Original offset of `#pending`. */
  #offset = 0;
  /** Line number at `#pending`'s start. */
  #line = 1;
  #length = 0;
  #head = '';
  #longLines = 0;
  #controls = 0;
  #cancelled = false;

  /** UTF-16 code units taken so far. */
  get length(): number {
    return this.#length;
  }

  /** Takes the next stretch of text; it may end anywhere. */
  push(chunk: string): void {
    if (chunk === '') return;
    this.#length += chunk.length;
    if (this.#head.length < 4096) this.#head += chunk.slice(0, 4096 - this.#head.length);
    this.#pending = this.#pending === '' ? chunk : this.#pending + chunk;
    const limit = this.#pending.length - JOIN_WINDOW;
    if (limit <= this.#context + JOIN_WINDOW) return;
    const newline = this.#pending.lastIndexOf('\n', limit);
    // A line without an end is read in pieces, too.
    const to = newline > this.#context ? newline + 1 : limit;
    this.#readLines(this.#pending, this.#context, to);
    const keep = Math.max(0, to - BEFORE);
    this.#line += countLines(this.#pending, 0, keep);
    this.#pending = this.#pending.slice(keep);
    this.#context = to - keep;
    this.#offset += keep;
  }

  /** Marks the reading as stopped by the reader of the page; the result says so. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** Reads what is left and concludes. Call it once. */
  finish(): Diagnosis {
    this.#readEnd();
    if (!this.#cancelled) this.#readCut();
    const notes: Note[] = [];
    if (this.#cancelled) {
      notes.push({
        id: 'cancelled',
        text: `已停止：只读了前 ${this.#length.toLocaleString('en-US')} 个字符，结果只针对这一部分。`,
      });
    }
    if (this.#longLines > 0) {
      notes.push({
        id: 'long-lines',
        text: `有 ${this.#longLines} 行特别长（超过 ${LONG_LINE.toLocaleString('en-US')} 个字符），已分段来读；跨段的内容可能漏掉。`,
      });
    }
    if (this.#controls > 0) {
      notes.push({
        id: 'binary',
        text: '内容里有二进制数据，不像文本日志；只读了其中能当文本看的部分。压缩文件请先解压。',
      });
    }
    return conclude(this.#collector, this.#head, this.#pending, this.#length, notes);
  }

  #readLines(source: string, from: number, to: number): void {
    const lineOf = this.#lineCounter(source);
    this.#lookForBinary(source, from, to);
    scanner.visit(source, from, to, (start, end, ids) => {
      if (end - start > PIECE) {
        const line: Clean = { text: source, origin: this.#offset };
        this.#readPieces(line, start, end, (matches, pieceStart, pieceEnd) => {
          const around = surroundings(source, pieceStart, pieceEnd);
          for (const match of matches) {
            if (inProgram(match, around)) continue;
            this.#collector.add(match, around, source, this.#offset, lineOf);
          }
        });
        return;
      }
      const key = signature(source, start, end);
      const cached = this.#cache.get(key);
      if (cached) {
        this.#collector.repeat(cached.hits, this.#offset + start);
        for (const at of cached.successes) {
          this.#collector.lastSuccess = Math.max(
            this.#collector.lastSuccess,
            this.#offset + start + at,
          );
        }
        return;
      }
      const matches = matchLine(
        cleanText(source.slice(start, end), this.#offset + start),
        ids,
        'line',
      );
      const around = surroundings(source, start, end);
      const hits: { group: Group; soft: boolean; at: number }[] = [];
      const successes: number[] = [];
      let full = true;
      for (const match of matches) {
        if (inProgram(match, around)) {
          full = false;
          continue;
        }
        const group = this.#collector.add(match, around, source, this.#offset, lineOf);
        const at = match.start - this.#offset - start;
        if (group) {
          hits.push({ group, soft: isSoft(match), at });
          if (group.count < 5) full = false;
        } else successes.push(at);
      }
      if (full) {
        if (this.#cache.size >= MAX_CACHE) this.#cache.clear();
        this.#cache.set(key, { hits, successes });
      }
    });
  }

  /** Reads a long line piece by piece. */
  #readPieces(
    text: Clean,
    start: number,
    end: number,
    take: (matches: readonly Match[], from: number, to: number) => void,
  ): void {
    if (end - start > LONG_LINE) this.#longLines++;
    let seen = new Set<string>();
    for (let from = start; from < end; from += PIECE - OVERLAP) {
      const to = Math.min(from + PIECE, end);
      const previous = seen;
      seen = new Set();
      scanner.visit(text.text, from, to, (pieceStart, pieceEnd, ids) => {
        const piece = text.map
          ? slice(text, pieceStart, pieceEnd)
          : cleanText(text.text.slice(pieceStart, pieceEnd), text.origin + pieceStart);
        const matches = matchLine(piece, ids, 'line').filter((match) => {
          const key = `${match.rule.id}@${match.start}`;
          seen.add(key);
          return !previous.has(key);
        });
        if (matches.length > 0) take(matches, pieceStart, pieceEnd);
      });
      if (to === end) break;
    }
  }

  /** The last stretch is read line by line and with its wraps undone. */
  #readEnd(): void {
    const source = this.#pending;
    const from = this.#context;
    const to = source.length;
    if (from >= to) return;
    const split = Math.max(from, to - JOIN_WINDOW);
    let start = split > from ? source.lastIndexOf('\n', split) + 1 : from;
    if (start <= from) start = split - from > JOIN_WINDOW ? split : from;
    if (start > from) this.#readLines(source, from, start);
    this.#lookForBinary(source, start, to);

    // Cleaned as a whole: escapes may hide line ends, and the lines around are needed anyway.
    const whole = cleanText(source.slice(start, to), this.#offset + start);
    const before = cleanText(source.slice(Math.max(0, start - BEFORE), start), 0).text;
    const matches: Match[] = [];
    const arounds = new Map<Match, Surroundings>();
    const take = (found: readonly Match[], around: Surroundings): void => {
      for (const match of found) {
        matches.push(match);
        arounds.set(match, around);
      }
    };
    const { text } = whole;
    scanner.visit(text, 0, text.length, (lineStart, lineEnd, ids) => {
      if (lineEnd - lineStart > PIECE) {
        this.#readPieces(whole, lineStart, lineEnd, (found, pieceStart, pieceEnd) =>
          take(found, surroundings(text, pieceStart, pieceEnd, before)),
        );
      } else {
        const found = matchLine(slice(whole, lineStart, lineEnd), ids, 'line');
        if (found.length > 0) take(found, surroundings(text, lineStart, lineEnd, before));
      }
    });
    if (to - start <= JOIN_WINDOW * 2) this.#readJoined(whole, source, before, matches, arounds);

    const lineOf = this.#lineCounter(source);
    for (const match of dropContained(matches)) {
      const around = arounds.get(match) ?? { before: '', after: '' };
      if (inProgram(match, around)) continue;
      this.#collector.add(match, around, source, this.#offset, lineOf);
    }
  }

  /** Reads the same text once more with its line wraps undone; keeps what spans a line's end. */
  #readJoined(
    whole: Clean,
    source: string,
    before: string,
    matches: Match[],
    arounds: Map<Match, Surroundings>,
  ): void {
    const { text } = whole;
    const doubled = SPACED_OUT.test(text);
    if (!text.includes('\n') && !doubled) return;
    const known = new Set(matches.map((match) => `${match.rule.id}@${match.start}`));
    for (const glue of [' ', ''] as const) {
      if (glue === '' && !hasLongLines(text)) continue;
      const joined = joinLines(whole, glue);
      const view = glue === ' ' ? 'spaced' : 'glued';
      for (let at = 0; at < joined.text.length; at += PIECE - OVERLAP) {
        const end = Math.min(at + PIECE, joined.text.length);
        scanner.visit(joined.text, at, end, (start, stop, ids) => {
          for (const match of matchLine(slice(joined, start, stop), ids, view)) {
            const key = `${match.rule.id}@${match.start}`;
            if (known.has(key)) continue;
            const from = match.start - this.#offset;
            const stretch = source.slice(from, match.end - this.#offset);
            if (!/[\n\r]|\\n/.test(stretch) && !(doubled && SPACED_OUT.test(stretch))) continue;
            known.add(key);
            matches.push(match);
            // The lines as they stand: their stamps and step numbers tell the layer.
            arounds.set(
              match,
              surroundings(
                text,
                cleanOffset(whole, match.start),
                cleanOffset(whole, match.end),
                before,
              ),
            );
          }
        });
        if (end === joined.text.length) break;
      }
    }
  }

  /** Where nothing was found, the paste may begin or end within the message. */
  #readCut(): void {
    if (this.#collector.groups.size > 0 || this.#collector.lastSuccess >= 0) return;
    const sides = [
      ['end', this.#pending, this.#offset],
      ['start', this.#head, 0],
    ] as const;
    for (const [side, source, offset] of sides) {
      const match = matchCut(source, offset, side);
      if (!match) continue;
      const around = surroundings(source, match.start - offset, match.end - offset);
      if (inProgram(match, around)) continue;
      const first = side === 'end' ? this.#line : 1;
      const line = (at: number): number => first + countLines(source, 0, at - offset);
      this.#collector.add(match, around, source, offset, line, true);
      return;
    }
  }

  #lookForBinary(source: string, from: number, to: number): void {
    const sample = source.slice(from, Math.min(to, from + 4096));
    let controls = 0;
    for (let i = 0; i < sample.length; i++) {
      const code = sample.charCodeAt(i);
      if (
        (code < 32 &&
          code !== 9 &&
          code !== 10 &&
          code !== 13 &&
          code !== 27 &&
          code !== 8 &&
          code !== 12) ||
        code === 0xfffd
      )
        controls++;
    }
    if (controls > Math.max(8, sample.length / 20)) this.#controls++;
  }

  #lineCounter(source: string): (at: number) => number {
    let position = 0;
    let line = this.#line;
    return (at) => {
      const to = at - this.#offset;
      if (to < position) {
        position = 0;
        line = this.#line;
      }
      line += countLines(source, position, to);
      position = to;
      return line;
    };
  }
}

/** Words of a sentence with more than one blank between them. */
const SPACED_OUT = /[a-z\d:,"] {2,3}[a-z"(]/;

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
    count++;
  return count;
}

/** Wrapped terminals give many lines that end at the same column. */
function hasLongLines(text: string): boolean {
  return text.split('\n', 4000).some((line) => line.trimEnd().length >= 58);
}

/** A part of a cleaned text. */
function slice(clean: Clean, from: number, to: number): Clean {
  const text = clean.text.slice(from, to);
  return clean.map
    ? { text, origin: clean.origin, map: clean.map.subarray(from, to + 1) }
    : { text, origin: clean.origin + from };
}

/** Where a cleaned text has the character of an original offset. */
function cleanOffset(clean: Clean, original: number): number {
  const { map } = clean;
  const target = original - clean.origin;
  if (!map) return target;
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle] as number) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The text around a stretch, cut on first use; `earlier` precedes the source. */
function surroundings(source: string, start: number, end: number, earlier = ''): Surroundings {
  let before: string | undefined;
  let after: string | undefined;
  return {
    get before(): string {
      if (before === undefined) {
        const raw = source.slice(Math.max(0, start - BEFORE), Math.max(0, start));
        before = start < BEFORE && earlier !== '' ? earlier.slice(start - BEFORE) + raw : raw;
      }
      return before;
    },
    get after(): string {
      after ??= source.slice(end, end + AFTER);
      return after;
    },
  };
}

/** A number that is equal for lines that differ in digits and long hexadecimal words only. */
function signature(text: string, from: number, to: number): number {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  let digits = false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const digit = code >= 48 && code <= 57;
    if (
      digit ||
      (digits && ((code >= 97 && code <= 102) || code === 46 || code === 58 || code === 45))
    ) {
      digits = true;
      continue;
    }
    digits = false;
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b << 13) | (b >>> 19), 5) ^ code;
  }
  return (a >>> 0) * 0x200000 + (b & 0x1fffff);
}
