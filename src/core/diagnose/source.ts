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
/** … or that writes or names it itself: `logger.info(f"…")`, `print "…`, `echo "…`, `#define EAI_AGAIN`. */
const WRITTEN =
  /(?:\b(?:log(?:ger|ging)?(?:\(\))?\.(?:debug|info|warn(?:ing)?|error|exception)|get_?logger\(\)\.\w{4,9}|print|console\.(?:log|warn|error))\( ?|^\s*(?:print|puts) )[frbu]{0,2}["'`][^"'`\n]{0,120}$|^\s*#define |^\s{0,40}(?:(?:\|\||&&) )?(?:echo(?:_\w{1,20})?|printf|(?:print|log)_\w{1,20}|write-(?:host|error|warning|output)|die) (?:(?:-\w{1,2}|"?\$\{?\w{1,20}\}?"?) ){0,3}["'][^"'\n]{0,120}$/i;
/** … that makes an error or an expectation of it: `errors.New("…`, `throw new Error("…`, `assert.equal(x, "…`. */
const MADE =
  /(?:\berrors\.New|\bfmt\.\w{4,8}|\w*Errorf|\b(?:new|raise|throw) [\w.: ]{1,60}|\b(?:anyhow|bail|panic|e?println|format|assert(?:_\w{1,10})?)!|\b[aA]ssert(?:\.\w{2,20}|\w{1,30})?|\bexpect|\.to(?:Be|Equal|StrictEqual|Throw|ThrowError|Match)|\.mock\w{4,30}|\.write\w{0,8}|\breject|\bt\.(?:Fatal|Error|Log|Skip)f?)\([^\n"'`]{0,60}[frbu]{0,2}["'`][^"'`\n]{0,120}$/;
/** … that gives it back or keeps it: `return "…`, `const NET_ERROR = "…`, `stderr = '…`. */
const KEPT =
  /^\s{0,40}(?:return [^\n]{0,100}|(?:(?:export|static|public|private|protected|readonly|final|pub) ){0,4}(?:(?:const|let|var|val|auto|string|char) [^=\n"'`]{1,80}|[a-z_][\w.]{0,60}) ?:?= (?:[a-z_][\w.]{0,60})?\(?[frbu]{0,2})["'`][^"'`\n]{0,120}$/i;
/** … or that passes the message on: `put(ENOSPC, "…");`. */
const PASSED = /[(,]\s{0,4}["'`][^"'`\n]{0,120}$/;
const PASSED_END = /^[^"'`\n]{1,200}["'`]\){1,3};/;
/** A remark behind a statement. */
const REMARK = /[;,{})]\s{1,8}\/\/ [^\n"]{0,120}$/;

/**
 * Whether a message is part of a program's text.
 *
 * @param before the line (or stretch) up to the message
 * @param on the message and what follows
 */
export function inSource(before: string, on: string): boolean {
  return (
    SOUGHT.test(before) ||
    WRITTEN.test(before) ||
    MADE.test(before) ||
    KEPT.test(before) ||
    REMARK.test(before) ||
    (QUOTED.test(before) && IN.test(on)) ||
    ((LISTED.test(before) || FIELD.test(before)) && LISTED_END.test(on)) ||
    (LAST.test(before) && LAST_END.test(on)) ||
    (ROW.test(before) && ROW_END.test(on)) ||
    (PASSED.test(before) && PASSED_END.test(on))
  );
}
