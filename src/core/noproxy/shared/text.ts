const NON_ASCII = /[^\0-\x7f]/;

export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
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
