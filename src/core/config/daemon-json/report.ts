import type { JsonNode } from './go-json.ts';
import { Positions } from './position.ts';
import type { Fix, Problem } from './problem.ts';

/** A problem as a check states it: a node or an offset instead of line and column. */
export interface Finding {
  code: string;
  severity?: Problem['severity'];
  /** dockerd doesn't start because of it; then the severity is `error`. */
  refused?: boolean;
  node?: Pick<JsonNode, 'start'>;
  offset?: number;
  path?: string;
  message: string;
  original?: string;
  fix?: Fix;
}

/** More of one kind than a reader would look at aren't kept. */
const MAX_OF_A_KIND = 200;

/** Collects problems and gives them their place in the reader's text. */
export class Reporter {
  readonly problems: { problem: Problem; offset: number }[] = [];
  readonly #positions: Positions;
  readonly #shift: number;
  readonly #counts = new Map<string, number>();

  /**
   * @param text what the reader sees; offsets of findings count in it
   * @param shift what the edits' offsets must be moved by (a BOM in front of a string)
   */
  constructor(text: string, shift = 0) {
    this.#positions = new Positions(text);
    this.#shift = shift;
  }

  add(finding: Finding): void {
    const { code, path, message, original, fix } = finding;
    const refused = finding.refused ?? false;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > MAX_OF_A_KIND) return;
    const offset = finding.offset ?? finding.node?.start;
    const problem: Problem = {
      code,
      severity: refused ? 'error' : (finding.severity ?? 'warning'),
      ...(path !== undefined && { key: /^[^.[]*/.exec(path)?.[0] ?? '', path }),
      ...(offset !== undefined && this.#positions.at(offset)),
      message,
      ...(original !== undefined && { original }),
      ...(fix !== undefined && { fix: this.#moved(fix) }),
      refused,
    };
    this.problems.push({ problem, offset: offset ?? -1 });
  }

  get refused(): boolean {
    return this.problems.some(({ problem }) => problem.refused);
  }

  /** Does something at this path keep dockerd from starting? */
  refuses(path: string): boolean {
    return this.problems.some(({ problem }) => problem.refused && problem.path === path);
  }

  /** In the order of the file; what concerns the file as a whole comes first. */
  sorted(): Problem[] {
    return this.problems
      .map((entry, index) => ({ ...entry, index }))
      .sort((a, b) => a.offset - b.offset || a.index - b.index)
      .map(({ problem }) => problem);
  }

  #moved(fix: Fix): Fix {
    if (this.#shift === 0 || fix.edits === undefined) return fix;
    const edits = fix.edits.map(({ start, end, text }) => ({
      start: start + this.#shift,
      end: end + this.#shift,
      text,
    }));
    return { ...fix, edits };
  }
}
