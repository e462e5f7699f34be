const NON_ASCII = /[^\0-\x7f]/;

export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

/** True where one label of a name holds letters of Latin and of a script with twins of them. */
export function mixesScripts(name: string): boolean {
  return (
    NON_ASCII.test(name) &&
    name
      .split('.')
      .some(
        (label) =>
          /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label),
      )
  );
}

/** Lower-cases A to Z and nothing else, as `tolower` does in the C locale. */
export function asciiLower(text: string): string {
  return NON_ASCII.test(text)
    ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : text.toLowerCase();
}

/** True for the digits 0 to 9 alone, at least one of them. */
export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/**
 * C's `strtol(text, …, 10)` and `atoi`: leading blanks, a sign, then digits, the rest passed over.
 * 0 where there is no number.
 */
export function leadingInteger(text: string): number {
  const match = /^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(text);
  return match ? Number(match[1]) : 0;
}
