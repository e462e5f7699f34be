/** Makes up texts that an expression matches: every alternative, with and without what is optional. */

/** Picks one of `count` possibilities. */
type Choose = (count: number) => number;
type Node = (choose: Choose) => string;

const ESCAPES: Readonly<Record<string, string>> = { d: '1', w: 'x', s: ' ', n: '\n', t: '\t' };
/** Tried in turn for a class of characters. */
const SAMPLES = 'xa1 .-/:["\'(_A,;|*\\\n';

class Parser {
  #at = 0;
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }

  alternatives(): Node {
    const branches = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence());
    }
    return (choose) =>
      (branches[branches.length > 1 ? choose(branches.length) : 0] as Node)(choose);
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] as string)) {
      parts.push(this.#quantified(this.#atom()));
    }
    return (choose) => parts.map((part) => part(choose)).join('');
  }

  #quantified(node: Node): Node {
    const rest = this.#source.slice(this.#at);
    const match = /^(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/.exec(rest);
    if (!match) return node;
    this.#at += match[0].length;
    const least = match[1] === undefined ? Number(match[2]) : match[1] === '+' ? 1 : 0;
    const only = match[1] === undefined && match[3] === '';
    return (choose) => {
      const times = only || least > 0 ? least : choose(2);
      return Array.from({ length: times }, () => node(choose)).join('');
    };
  }

  #atom(): Node {
    const character = this.#source[this.#at++] as string;
    if (character === '(') return this.#group();
    if (character === '[') return this.#class();
    if (character === '^' || character === '$') return () => '';
    if (character === '.') return () => 'x';
    if (character !== '\\') return () => character;
    const escaped = this.#source[this.#at++] as string;
    if (escaped === 'b' || escaped === 'B') return () => '';
    if (escaped === 'k') {
      this.#at = this.#source.indexOf('>', this.#at) + 1;
      return () => 'x';
    }
    if (escaped === 'x' || escaped === 'u') {
      const digits = escaped === 'x' ? 2 : 4;
      const code = Number.parseInt(this.#source.slice(this.#at, this.#at + digits), 16);
      this.#at += digits;
      return () => String.fromCharCode(code);
    }
    if ('SDW'.includes(escaped)) return () => (escaped === 'W' ? ' ' : 'x');
    return () => ESCAPES[escaped] ?? escaped;
  }

  #group(): Node {
    const head = /^(?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += head.length;
    const inner = this.alternatives();
    this.#at++;
    // What must not follow, or stands before, is left to the check that the expression matches.
    return head === '?!' || head.startsWith('?<!') || head.startsWith('?<=') ? () => '' : inner;
  }

  #class(): Node {
    const from = this.#at - 1;
    while (this.#source[this.#at] !== ']') this.#at += this.#source[this.#at] === '\\' ? 2 : 1;
    const expression = new RegExp(this.#source.slice(from, ++this.#at));
    const written = this.#source.slice(from + 1, this.#at - 1);
    // Two or three characters side by side are variants of a spelling: `self[- ]signed`.
    const variants =
      /^[^\\^-]{2,3}$/.test(written) || /^[^\\^]-?[^\\^-]?$/.test(written)
        ? [...written].filter((one) => expression.test(one))
        : [];
    // A filler both ends and continues a word.
    if (written.startsWith('^')) variants.push(...['x', ' '].filter((one) => expression.test(one)));
    const sample = [...SAMPLES].find((one) => expression.test(one)) ?? written[0] ?? 'x';
    return variants.length > 1
      ? (choose) => variants[choose(variants.length)] as string
      : () => sample;
  }
}

/**
 * Texts that the expression matches.
 *
 * @param runs how many are made up; equal ones and those that a look-around refuses are left out
 */
export function examples(expression: RegExp, runs: number): string[] {
  const node = new Parser(expression.source).alternatives();
  const texts = new Set<string>();
  let seed = 1;
  for (let run = 0; run < runs; run++) {
    // The first three take the first, the last and the second possibility everywhere.
    const text = node((count) => {
      if (run === 0) return 0;
      if (run === 1) return count - 1;
      if (run === 2) return Math.min(1, count - 1);
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * count);
    });
    texts.add(text);
  }
  return [...texts].filter((text) => new RegExp(expression.source, expression.flags).test(text));
}
