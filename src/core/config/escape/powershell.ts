/**
 * A PowerShell string literal: single quotes, inside which only the quote is special. PowerShell
 * takes the typographic quotes U+2018 to U+201B for the same character.
 * Source: about_Quoting_Rules; PowerShell `CharExtensions.IsSingleQuote`.
 *
 * @param text any text, line breaks included
 */
export function powershellString(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * A here-string, for texts of many lines. Falls back to `powershellString` where a line would end it.
 *
 * @param text without its last line break, which a here-string doesn't include
 */
export function powershellHereString(text: string): string {
  if (/(^|\n)['\u2018-\u201b]@/.test(text)) return powershellString(text);
  return `@'\n${text}\n'@`;
}
