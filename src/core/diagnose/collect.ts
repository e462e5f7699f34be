import { imageOf, layerOf, registryOf, saidLayer } from './context.ts';
import { strength } from './match.ts';
import { isMasked } from './normalise.ts';
import { type Refined, refine } from './refine.ts';
import {
  type Evidence,
  type Layer,
  MAX_EVIDENCE,
  type Match,
  type Rule,
  type Surroundings,
} from './types.ts';

/** Everything seen of one finding so far. */
export interface Group {
  readonly rule: Rule;
  readonly refined: Refined;
  layer: Layer;
  /** Whether a line of it named the layer outright. */
  said: boolean;
  readonly evidence: Evidence[];
  /** Whether the paste holds only a part of the message. */
  readonly cut: boolean;
  count: number;
  /** Original offset of the last place. */
  last: number;
  /** Original offset of the last place that was no mere warning; -1 none. */
  lastHard: number;
}

/** Lines that announce another try, or a step that failed on the way. */
const SOFT =
  /retrying|\bretry\(|\(retry|tries remaining|attempt \d+ of \d+ failed|trying next (?:host|mirror)|attempting next endpoint|npm warn|warning: spurious|will (?:be )?retr|trying again|trying other mirror|level=warn|not continuing with pull|mirrors also failed/i;

/** Most findings kept apart; more of the same rule are counted together. */
const MAX_GROUPS = 400;
const EXCERPT_LINE = 400;

/** Gathers matches into findings. */
export class Collector {
  readonly groups = new Map<string, Group>();
  /** Original offset of the last success. */
  lastSuccess = -1;
  overflow = false;

  /**
   * Takes one match.
   *
   * @param source original text that holds the match and its neighbourhood
   * @param offset offset of `source` in the whole original text
   * @param line 1-based number of a line, computed on demand
   * @param cut whether the paste holds only a part of the message
   */
  add(
    match: Match,
    around: Surroundings,
    source: string,
    offset: number,
    line: (at: number) => number,
    cut = false,
  ): Group | undefined {
    if (match.rule.role === 'success') {
      this.lastSuccess = Math.max(this.lastSuccess, match.start);
      return undefined;
    }
    const refined = refine(match, around);
    const { rule } = refined;
    let key = `${rule.id}\0${refined.host ?? ''}`;
    let group = this.groups.get(key);
    if (!group && this.groups.size >= MAX_GROUPS) {
      this.overflow = true;
      key = `${rule.id}\0*`;
      group = this.groups.get(key);
    }
    const soft = rule.role === 'retry' || isSoft(match);
    if (!group) {
      const image = imageOf(match, around);
      group = {
        rule,
        refined:
          image === undefined || isMasked(image)
            ? refined
            : { ...refined, facts: { ...refined.facts, image, registry: registryOf(image) } },
        layer: rule.layer ?? layerOf(match, around, rule.tool ?? match.rule.tool),
        said: rule.layer !== undefined || saidLayer(match) !== undefined,
        evidence: [],
        cut,
        count: 0,
        last: match.start,
        lastHard: -1,
      };
      this.groups.set(key, group);
    } else if (!group.said && group.count < MAX_EVIDENCE) {
      // A heading may quote the message that a later line tells in full.
      const said = saidLayer(match);
      if (said !== undefined) {
        group.layer = said;
        group.said = true;
      } else if (group.layer === 'unknown') {
        group.layer = layerOf(match, around, rule.tool ?? match.rule.tool);
      }
    }
    group.count++;
    group.last = Math.max(group.last, match.start);
    if (!soft) group.lastHard = Math.max(group.lastHard, match.start);
    if (group.evidence.length < MAX_EVIDENCE)
      group.evidence.push(evidence(match, source, offset, line));
    return group;
  }

  /** Takes a repeat of a line that was already evaluated. */
  repeat(groups: readonly { group: Group; soft: boolean; at: number }[], lineStart: number): void {
    for (const { group, soft, at } of groups) {
      group.count++;
      group.last = Math.max(group.last, lineStart + at);
      if (!soft) group.lastHard = Math.max(group.lastHard, lineStart + at);
    }
  }
}

/** Whether a match stands in a line that announces another try. */
export function isSoft(match: Match): boolean {
  const start = Math.max(match.text.lastIndexOf('\n', match.from) + 1, match.from - 1200);
  const end = match.text.indexOf('\n', match.to);
  return SOFT.test(
    match.text.slice(start, Math.min(end < 0 ? match.text.length : end, match.to + 200)),
  );
}

function evidence(
  match: Match,
  source: string,
  offset: number,
  line: (at: number) => number,
): Evidence {
  const start = match.start - offset;
  const end = match.end - offset;
  let from = source.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  let to = source.indexOf('\n', end);
  if (to < 0) to = source.length;
  if (start - from > EXCERPT_LINE) from = start - EXCERPT_LINE;
  if (to - end > EXCERPT_LINE) to = end + EXCERPT_LINE;
  return {
    start: match.start,
    end: match.end,
    line: line(match.start),
    // A copy: a slice would keep the whole chunk alive.
    excerpt: copy(source.slice(from, to)),
    excerptStart: offset + from,
  };
}

function copy(text: string): string {
  return text === '' ? '' : ` ${text}`.slice(1);
}

export { strength };
