import { matchLine, scanner, strength } from './match.ts';
import { type Clean, cleanText, originalOffset } from './normalise.ts';
import { rules } from './rules/index.ts';
import type { Match } from './types.ts';

/** Which end of the paste is cut. */
type Side = 'start' | 'end';

/** How much of the first and of the last line is looked at. */
const EDGE = 600;
/** Shortest part of a message's fixed words that may stand at the cut, and what share of them. */
const LEAST: Readonly<Record<Side, number>> = { end: 8, start: 18 };
const LEAST_OF_PIECE = 0.4;
/** Length of the index's keys. */
const KEY = 8;
/** Words that messages of every cause share: where no other is left, the cause was in the rest (`t`: of `can't`). */
const COMMON: readonly string[] =
  `a an and application are as attempt authentication be been by cannot certificate code complete connect
  connectex connection container could couldn't curl daemon denied desc did dial do does docker engine error
  failed fetch for from get got handshake has have http https image in invalid is it like load lookup look made
  match no not of on or package peer permission proxyconnect pull read record registry request required
  resolve response rpc server service ssl start status successfully t tcp that the this timeout tls to try
  unable unexpected unknown unpack urlopen verification verify verifying version was were with`.split(
    /\s+/,
  );
/** Shorter stretches of fixed words don't tell which message they belong to. */
const SHORTEST_PIECE = 10;
/** How much of the completed message the paste itself must hold. */
const LEAST_SEEN = 12;
const LEAST_SHARE = 0.5;

/** Fixed words of messages by their first and by their last characters. */
interface Pieces {
  readonly byStart: ReadonlyMap<string, readonly string[]>;
  readonly byEnd: ReadonlyMap<string, readonly string[]>;
  readonly longest: number;
}
let known: Pieces | undefined;

/**
 * The fixed words of all messages: the literals, and what an expression spells out between its
 * variable parts. Made on first use, most logs never need them.
 */
function pieces(): Pieces {
  if (known) return known;
  const found = new Set<string>();
  const add = (piece: string): void => {
    const text = piece.toLowerCase().trimEnd();
    if (text.trim().length >= SHORTEST_PIECE) found.add(text);
  };
  for (const rule of rules) {
    for (const [alternatives, expression] of rule.patterns) {
      for (const literal of typeof alternatives === 'string' ? [alternatives] : alternatives)
        add(literal);
      for (const run of fixedRuns(expression.source)) add(run);
    }
  }
  known = {
    byStart: groupBy(found, (piece) => piece.slice(0, KEY)),
    byEnd: groupBy(found, (piece) => piece.slice(-KEY)),
    longest: Math.max(...[...found].map((piece) => piece.length)),
  };
  return known;
}

function groupBy(
  texts: Iterable<string>,
  keyOf: (text: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const group = groups.get(keyOf(text));
    if (group) group.push(text);
    else groups.set(keyOf(text), [text]);
  }
  return groups;
}

/** The pieces that the text ends (or starts) in the middle of, each with how much of it is there. */
function cutPieces(text: string, side: Side): Map<string, number> {
  const { byStart, byEnd, longest } = pieces();
  const found = new Map<string, number>();
  for (let length = Math.min(longest, text.length); length >= LEAST[side]; length--) {
    const part = side === 'end' ? text.slice(-length) : text.slice(0, length);
    const candidates =
      side === 'end' ? byStart.get(part.slice(0, KEY)) : byEnd.get(part.slice(-KEY));
    if (!candidates) continue;
    const beyond = (side === 'end' ? text[text.length - length - 1] : text[length]) ?? ' ';
    const edge = (side === 'end' ? part[0] : part.at(-1)) ?? ' ';
    if (/\w/.test(beyond) && /\w/.test(edge)) continue;
    for (const piece of candidates) {
      const fits = side === 'end' ? piece.startsWith(part) : piece.endsWith(part);
      if (!fits || length >= piece.length || length < piece.length * LEAST_OF_PIECE) continue;
      if (!found.has(piece) && says(part, side)) found.set(piece, length);
    }
  }
  return found;
}

/** Whether the words left of a message are more than what messages of every cause share. */
function says(part: string, side: Side): boolean {
  const words = part.match(/[\w']+/g) ?? [];
  if (words.length < 2) return false;
  return !words.every((word, index) => {
    if (side === 'end' && index === words.length - 1)
      return COMMON.some((common) => common.startsWith(word));
    if (side === 'start' && index === 0) return COMMON.some((common) => common.endsWith(word));
    return COMMON.includes(word) || /^\d+$/.test(word);
  });
}

/** What an expression spells out letter by letter; an optional last letter ends a run. */
function fixedRuns(source: string): string[] {
  return source
    .replace(/\[(?:\\.|[^\]\\])*\]/g, '\0')
    .replace(/\\([^\w\s])/g, (_, character: string) =>
      '?*+{|()'.includes(character) ? (PLAIN[character] ?? '\0') : character,
    )
    .replace(/\\./g, '\0')
    .replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '\0')
    .replace(/[^\0][?*{]/g, '\0')
    .split(/[\0()|^$+.}]/)
    .map((run) => run.replaceAll('\u0001', '(').replaceAll('\u0002', ')'));
}
const PLAIN: Readonly<Record<string, string>> = { '(': '\u0001', ')': '\u0002' };

/** A message found by completing it, and the text it then stands in. */
interface Completed {
  readonly match: Match;
  readonly known: number;
}

/**
 * Finds the message that a paste begins or ends in the middle of. Tried only where nothing else was
 * found; silent when the words left can be completed to messages with different causes.
 *
 * @param text original text that holds the edge
 * @param offset its offset in the whole original text
 * @param side which end of the text is the paste's own
 */
export function matchCut(text: string, offset: number, side: Side): Match | undefined {
  const line = side === 'end' ? lastLine(text, offset) : firstLine(text, offset);
  if (!line || line.text.length < LEAST_SEEN) return undefined;
  const folded = line.text.toLowerCase();
  const completed: Completed[] = [];
  for (const [piece, known] of cutPieces(folded, side)) {
    const match = complete(line, piece, known, side);
    if (match) completed.push({ match, known });
  }
  const [first, ...others] = completed.sort(
    (a, b) => seen(b.match, line, side) - seen(a.match, line, side) || b.known - a.known,
  );
  if (!first || first.match.rule.category === 'none') return undefined;
  const agreed = others.every(({ match }) => match.rule.category === first.match.rule.category);
  return agreed ? first.match : undefined;
}

/** The strongest message across the cut once the piece is whole. */
function complete(line: Clean, piece: string, known: number, side: Side): Match | undefined {
  const missing = side === 'end' ? piece.slice(known) : piece.slice(0, -known);
  // A number can't be guessed: `failed: 4` may be 403 or 407.
  if (/\d/.test(missing)) return undefined;
  const { length } = line.text;
  const text = side === 'end' ? line.text + missing : missing + line.text;
  const map = new Int32Array(text.length + 1);
  for (let i = 0; i <= text.length; i++) {
    const at = Math.min(length, Math.max(0, side === 'end' ? i : i - missing.length));
    map[i] = originalOffset(line, at) - line.origin;
  }
  let best: Match | undefined;
  scanner.visit(text, 0, text.length, (start, end, ids) => {
    if (start > 0 || end < text.length) return;
    for (const match of matchLine({ text, origin: line.origin, map }, ids, 'line')) {
      const cut = side === 'end' ? length : missing.length;
      if (match.from >= cut || match.to <= cut) continue;
      const part = seen(match, line, side);
      if (part < LEAST_SEEN || part < (match.to - match.from) * LEAST_SHARE) continue;
      if (!best || strength(match.rule) > strength(best.rule)) best = match;
    }
  });
  return best;
}

/** How many characters of a completed message the paste holds. */
function seen(match: Match, line: Clean, side: Side): number {
  return side === 'end'
    ? line.text.length - match.from
    : match.to - (match.text.length - line.text.length);
}

function lastLine(text: string, offset: number): Clean | undefined {
  const trimmed = text
    .slice(-4 * EDGE)
    .trimEnd()
    .replace(/(?:\.{2,6}|…{1,3})["'`)\]}]{0,3}$/, '')
    .trimEnd();
  const from = Math.max(trimmed.lastIndexOf('\n') + 1, trimmed.length - EDGE);
  const skipped = Math.max(0, text.length - 4 * EDGE);
  return sameLine(cleanText(trimmed.slice(from), offset + skipped + from));
}

function firstLine(text: string, offset: number): Clean | undefined {
  const head = text.slice(0, 2 * EDGE);
  const lead = /^\s{0,200}(?:\.{2,6}|…{1,3})?[ \t]{0,20}/.exec(head)?.[0].length ?? 0;
  const newline = head.indexOf('\n', lead);
  const to = Math.min(newline < 0 ? head.length : newline, lead + EDGE);
  return sameLine(cleanText(head.slice(lead, to), offset + lead));
}

/** A line that holds an escaped line end is none: its edge isn't the paste's. */
function sameLine(clean: Clean): Clean | undefined {
  return clean.text.includes('\n') ? undefined : clean;
}
