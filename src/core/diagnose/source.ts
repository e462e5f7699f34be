import type { Match, Surroundings } from './types.ts';

/**
 * Pastes hold program text, too: tests, tables of messages, scripts that print them. A message that
 * stands in a program's literal is no evidence that it was printed.
 */

/** A program that looks for the message in a text: `strings.Contains(msg, "…")`, `grep -q '…'`, `'…' in text`. */
const SOUGHT =
  /\b(?:contains?|includes|indexof|hasprefix|hassuffix|starts_?with|ends_?with|tocontain|tomatch)\(["'`]?[^()"'`\n]{0,60}["'`][^"'`\n]{0,120}$|\bgrep (?:-\w{1,8} ){0,4}["'][^"'\n]{0,120}$|\bcase ["'`][^"'`\n]{0,120}$|\b(?:import|except|rescue) \(?[\w.:, ]{0,120}$/i;
const QUOTED = /["'`][^"'`\n]{0,120}$/;
const IN = /^[^"'`\n]{1,160}["'`] (?:not )?in [a-z_][\w.]{0,40}(?:\(|:|\)|,|\s|$)/i;
/** … or that lists the messages it knows: a literal of its own between two others. */
const LISTED = /(?:^|[[{,])\s{0,40}["'`]$/;
const LISTED_END = /^[^"'`\n]{1,160}["'`],(?:\s|$)/;
/** The last of such a list. */
const LAST = /["'`],\s{1,4}["'`]$/;
const LAST_END = /^[^"'`\n]{1,160}["'`]\s{0,2}\}/;
/** A field of a composite literal, which no JSON has: `{"…", kind}`. */
const FIELD = /\{\s{0,2}["'`][^"'`\n]{0,120}$/;
/** A row of a table of tests, alone in its line: `("…", Kind),`. */
const ROW = /^\s{0,40}\(["'`][^"'`\n]{0,120}$/;
const ROW_END = /^[^"'`\n]{1,160}["'`], ?[\w.[\]"' ]{1,60}\),\s{0,4}$/;
const NAMED = /^\s*#define /i;
/** … or that passes the message on: `put(ENOSPC, "…");`. */
const PASSED = /[(,]\s{0,4}["'`][^"'`\n]{0,120}$/;
const PASSED_END = /^[^"'`\n]{1,200}["'`]\){1,3};/;
/** One of an expression's alternatives: `(ECONNRESET|ETIMEDOUT|EPIPE)`. */
const FIRST = /\($/;
const FIRST_END = /^[A-Z_]{4,30}\|[A-Z]/;
const NEXT = /\((?:\w{4,30}\|){1,12}$/;
const NEXT_END = /^[A-Z_]{4,30}[|)]/;
/** A remark behind a statement. */
const REMARK = /[;,{})]\s{1,8}\/\/ [^\n"]{0,120}$/;

// What stands before a literal:
/** … a program that writes it itself: `logger.info(f"…")`, `print "…`, `echo "…`. */
const WRITTEN =
  /(?:\b(?:log(?:ger|ging)?(?:\(\))?\.(?:debug|info|warn(?:ing)?|error|exception)|get_?logger\(\)\.\w{4,9}|print|console\.(?:log|warn|error))\( ?|^\s*(?:print|puts) )[frbu]{0,2}$|^\s{0,40}(?:(?:\|\||&&) )?(?:echo(?:_\w{1,20})?|printf|(?:print|log)_\w{1,20}|write-(?:host|error|warning|output)|die) (?:(?:-\w{1,2}|"?\$\{?\w{1,20}\}?"?) ){0,3}$/i;
/** … that makes an error or an expectation of it: `errors.New("…`, `throw new Error("…`, `assert.equal(x, "…`. */
const MADE =
  /(?:\berrors\.New|\bfmt\.\w{4,8}|\w*Errorf|\b(?:new|raise|throw) [\w.: ]{1,60}|\b(?:anyhow|bail|panic|e?println|format|assert(?:_\w{1,10})?)!|\b[aA]ssert(?:\.\w{2,20}|\w{1,30})?|\bexpect|\.to(?:Be|Equal|StrictEqual|Throw|ThrowError|Match)|\.mock\w{4,30}|\.write\w{0,8}|\breject|\bt\.(?:Fatal|Error|Log|Skip)f?)\([^\n"'`]{0,60}[frbu]{0,2}$/;
/** … that gives it back or keeps it: `return "…`, `const NET_ERROR = "…`, `stderr = '…`. */
const KEPT =
  /^\s{0,40}(?:return [^\n]{0,100}|(?:(?:export|static|public|private|protected|readonly|final|pub) ){0,4}(?:(?:const|let|var|val|auto|string|char) [^=\n"'`]{1,80}|[a-z_][\w.]{0,60}) ?:?= (?:[a-z_][\w.]{0,60})?\(?[frbu]{0,2})$/i;

/**
 * Whether a message is part of a program's text, as its own line shows it.
 *
 * @param line the line (or stretch) up to the message
 * @param on the message and what follows
 */
export function inSource(line: string, on: string): boolean {
  const before = line.slice(-240);
  if (
    SOUGHT.test(before) ||
    REMARK.test(before) ||
    NAMED.test(before) ||
    (QUOTED.test(before) && IN.test(on)) ||
    ((LISTED.test(before) || FIELD.test(before)) && LISTED_END.test(on)) ||
    (LAST.test(before) && LAST_END.test(on)) ||
    (ROW.test(before) && ROW_END.test(on)) ||
    (FIRST.test(before) && FIRST_END.test(on)) ||
    (NEXT.test(before) && NEXT_END.test(on)) ||
    (PASSED.test(before) && PASSED_END.test(on))
  )
    return true;
  const opened = literalAt(line);
  if (opened < 0) return false;
  const head = line.slice(0, opened);
  return WRITTEN.test(head) || MADE.test(head) || KEPT.test(head);
}

/** Where the outermost literal that is still open at the end of a line's text begins; -1 none. */
function literalAt(text: string): number {
  let quote = '';
  let at = -1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\') i++;
    else if (quote === '') {
      // An apostrophe within a word opens nothing.
      if (
        char === '"' ||
        char === '`' ||
        (char === "'" && /(?:^|\W)[frbu]{0,2}$/i.test(text.slice(Math.max(0, i - 3), i)))
      ) {
        quote = char;
        at = i;
      }
    } else if (char === quote) quote = '';
  }
  return quote === '' ? -1 : at;
}

// --- the lines around ------------------------------------------------------------------------

/** Lines, their literals emptied, that only programs have. */
const STATEMENT = new RegExp(
  [
    String.raw`;;?\s*(?:\/\/.*)?$`,
    // Only marks, a closing one among them: `})`, `);`, `*""*)`.
    String.raw`^\s*[\]})"'*|,.[({\s]*\)[\]})"'*|,.;\s]*$`,
    String.raw`^\s*[\w.]+(?:\(\))?\)+[,;:]?$`,
    String.raw`^\s*\}?\s*(?:else\b|catch\b|finally\b|except\b.*:$|try\b\s*[:{])`,
    String.raw`^\s*(?:if|elif|while|for|with|switch|case)\b.*(?:[()=<>!\[\]]| in [\w.]+).*[:{]$`,
    String.raw`^\s*(?:def|func|fn|function|class|struct|enum|interface|impl|describe|it|test)\b.*[({:]$`,
    String.raw`^\s*(?:(?:export|async|public|private|protected|static|final) )*(?:const|let|var|val) [\w{[]`,
    String.raw`^\s*(?:from [\w.]+ )?import [\w{*.]+[^:]*$`,
    String.raw`^\s*(?:return|raise|throw|await|assert|yield)\b(?: [\w"'({[!-].*)?[\w)\]}"';,({]$`,
    String.raw`^\s*(?:esac|fi|done|then|end)$`,
    String.raw`^\s*@\w[\w.]*(?:\(.*)?$`,
    // An assignment or a call.
    String.raw`^\s*[\w.$\[\]]+ (?::=|\+?=) \S`,
    String.raw`^\s*(?:[a-z_$]\w*(?:\.\w+)*|[A-Z]\w*(?:\.\w+)+)!?\(.*[(),;{:\[]$`,
    String.raw`["'\])] if .+ else `,
  ].join('|'),
);
/** Lines that may stand anywhere: blank ones, marks, literals of their own, fields, remarks. */
const NEUTRAL =
  /^[\s\])}[({,"'`]*$|^\s*["'`]?[\w.-]{1,40}["'`]? ?[:=] ?[frbu]{0,2}["'`]{2},?$|^\s*(?:\/\/|\/\*|\*)/;
const TRACE =
  /^\s*(?:\S{1,20} ){0,3}File "|Traceback \(most|^\s*(?:\S{1,20} ){0,3}at \S.*[(:]|During handling of|^\s*\|?\s*>>> |^\s*\^+\s*$/m;
const LITERAL = /"(?:[^"\\\n]|\\.){0,400}"|'(?:[^'\\\n]|\\.){0,400}'|`(?:[^`\\\n]|\\.){0,400}`/g;
/** How many lines on each side are looked at. */
const NEIGHBOURS = 4;

/** Whether a message stands in a literal or a remark of a program, as the lines around show it. */
export function inProgram(match: Match, around: Surroundings): boolean {
  if (match.view !== 'line') return false;
  const start = Math.max(match.text.lastIndexOf('\n', match.from - 1) + 1, match.from - 400);
  const head = match.text.slice(start, match.from);
  if (literalAt(head) < 0 && !/(?:^|\s)\/\/ /.test(head)) return false;
  // Stack traces show statements of the program that failed, and the message with them.
  if (TRACE.test(`${around.before.slice(-400)}\n${around.after.slice(0, 400)}`)) return false;
  const end = match.text.indexOf('\n', match.to);
  const own = match.text.slice(start, Math.min(end < 0 ? match.text.length : end, match.to + 300));
  const lines = [
    ...telling(around.before.slice(-900)).slice(-NEIGHBOURS),
    ...telling(own),
    ...telling(around.after.slice(0, 900)).slice(0, NEIGHBOURS),
  ];
  const statements = lines.filter((line) => STATEMENT.test(line)).length;
  return statements >= 2 && statements * 2 >= lines.length;
}

/** The lines that say what kind of text it is, their literals emptied. */
function telling(text: string): string[] {
  return (
    text
      .split('\n')
      // No program has such long lines, their literals left out.
      .map((line) => line.trimEnd().replace(LITERAL, '""').slice(0, 200))
      .filter((line) => line !== '' && (STATEMENT.test(line) || !NEUTRAL.test(line)))
  );
}
