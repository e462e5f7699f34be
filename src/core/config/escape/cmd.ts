/**
 * One argument typed at a cmd.exe prompt. `%` stays itself there unless it encloses the name of a
 * variable; in a .bat file it must be written twice.
 *
 * @param word any text without line breaks
 * @param where `prompt` or `batch`
 */
export function cmdWord(word: string, where: 'prompt' | 'batch' = 'prompt'): string {
  const text = where === 'batch' ? word.replaceAll('%', '%%') : word;
  if (/^[\w@%+:./\\-]+$/.test(text)) return text;
  // The C runtime's rules for argv: backslashes count only before a quote.
  return `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}
