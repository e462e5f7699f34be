import { type Clean, originalOffset } from './normalise.ts';
import { rules } from './rules/index.ts';
import { LiteralScanner } from './scan.ts';
import { inSource } from './source.ts';
import type { Match, Role, Rule, View } from './types.ts';

interface Compiled {
  readonly rule: Rule;
  readonly expression: RegExp;
  /** For joined lines: without the tail that only serves to highlight the rest of the line. */
  readonly joined: RegExp;
}

const literals: string[] = [];
/** Patterns by literal id. */
const byLiteral: Compiled[][] = [];

const literalIds = new Map<string, number>();
for (const rule of rules) {
  for (const [alternatives, expression] of rule.patterns) {
    const flags = `${expression.flags.replace(/[gmy]/g, '')}gm`;
    const compiled: Compiled = {
      rule,
      expression: new RegExp(expression.source, flags),
      joined: new RegExp(withoutTail(expression.source), flags),
    };
    for (const literal of typeof alternatives === 'string' ? [alternatives] : alternatives) {
      const key = literal.toLowerCase();
      let id = literalIds.get(key);
      if (id === undefined) {
        id = literals.length;
        literalIds.set(key, id);
        literals.push(key);
        byLiteral.push([]);
      }
      byLiteral[id]?.push(compiled);
    }
  }
}

function withoutTail(source: string): string {
  return source
    .replace(/\(\?:: \[\^[^\]]{1,12}\]\{0,\d{2,3}\}\)\?$/, '')
    .replace(/\[\^[^\]]{1,12}\]\{0,\d{2,3}\}$/, '');
}

/** All literals, compiled once. */
export const scanner: LiteralScanner = new LiteralScanner(literals);

/** How much a match says about the cause; a weaker one never hides a stronger one. */
export function strength(rule: Rule): number {
  if (rule.category === 'none')
    return rule.role === 'success' || rule.role === 'consequence' ? 0 : 1;
  return STRENGTH[rule.role ?? 'cause'];
}
const STRENGTH: Readonly<Record<Role, number>> = {
  cause: 4,
  vague: 3,
  retry: 2,
  consequence: 2,
  success: 0,
};

/** Most matches of one expression in one line or stretch. */
const MAX_PER_LINE = 12;
/** A server's log about its own clients or backends: nobody's download failed. */
const SERVED =
  /\btls handshake error from (?![^\s]{1,80}: remote error: tls: (?:bad|unknown) cert)|while (?:connecting to|reading response header from|sending (?:request )?to|sslhandshaking to) (?:upstream|client)|error reading preface from client|client ssl certificate verify error/i;
/** The start of a kubelet's line about an application's health; behind it stands the application's fault. */
const PROBED = /(?:liveness|readiness|startup) probe (?:failed|errored): [^\n]{0,160}$/i;
/** How far around a match its rule's `unless` looks in a joined stretch. */
const UNLESS_WINDOW = 240;

/**
 * Runs the expressions whose literals a line contains.
 *
 * @param clean the cleaned line or stretch
 * @param ids literal ids found in it
 * @returns matches in order of their start; those inside a longer one at least as strong are dropped
 */
export function matchLine(clean: Clean, ids: ReadonlySet<number>, view: View): Match[] {
  const found: Match[] = [];
  const { text } = clean;
  const seen = new Set<RegExp>();
  for (const id of ids) {
    for (const compiled of byLiteral[id] ?? []) {
      const { rule } = compiled;
      const expression = view === 'line' ? compiled.expression : compiled.joined;
      if (seen.has(expression)) continue;
      seen.add(expression);
      expression.lastIndex = 0;
      for (let count = 0; count < MAX_PER_LINE; count++) {
        const match = expression.exec(text);
        if (!match) break;
        if (match[0] === '') {
          expression.lastIndex++;
          continue;
        }
        const from = match.index;
        const to = from + match[0].length;
        const near = text.slice(Math.max(0, from - UNLESS_WINDOW), to + UNLESS_WINDOW);
        if (rule.unless?.test(near)) continue;
        if (rule.category !== 'none') {
          if (SERVED.test(near)) continue;
          const before = text.slice(Math.max(0, from - UNLESS_WINDOW), from);
          // Only a probe that speaks the wrong protocol has a fault of the network's own.
          if (rule.category !== 'http-on-https' && PROBED.test(before)) continue;
          const line = text.slice(Math.max(text.lastIndexOf('\n', from - 1) + 1, from - 400), from);
          if (inSource(line, text.slice(from, from + UNLESS_WINDOW))) continue;
        }
        found.push({
          rule,
          start: originalOffset(clean, from),
          // Behind a joined line's last character comes the next line: don't reach into it.
          end: view === 'line' ? originalOffset(clean, to) : originalOffset(clean, to - 1) + 1,
          text,
          from,
          to,
          groups: match.groups ?? {},
          view,
        });
      }
    }
  }
  return found.length > 1 ? dropContained(found) : found;
}

/**
 * Drops matches that lie inside a longer match at least as strong, doubles, and vague ones around a match
 * that says more.
 */
export function dropContained(matches: readonly Match[]): Match[] {
  const order = [...matches].sort(
    (a, b) =>
      b.end - b.start - (a.end - a.start) ||
      strength(b.rule) - strength(a.rule) ||
      VIEW_ORDER[a.view] - VIEW_ORDER[b.view] ||
      captured(b) - captured(a),
  );
  const kept: Match[] = [];
  for (const match of order) {
    const inside = kept.some(
      (other) =>
        match.start >= other.start &&
        match.end <= other.end &&
        strength(other.rule) >= strength(match.rule),
    );
    if (!inside) kept.push(match);
  }
  return kept
    .filter(
      (match) =>
        match.rule.role !== 'vague' ||
        !kept.some(
          (other) =>
            other.start >= match.start &&
            other.end <= match.end &&
            strength(other.rule) > strength(match.rule),
        ),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

const VIEW_ORDER: Readonly<Record<View, number>> = { line: 0, spaced: 1, glued: 2 };

function captured(match: Match): number {
  return Object.values(match.groups).filter((value) => value !== undefined).length;
}
