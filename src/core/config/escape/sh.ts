/**
 * One word for bash, dash, zsh or ksh, in single quotes where needed. Nothing is special inside them,
 * not even `!` of an interactive shell, but the quote itself.
 *
 * @param word any text without NUL
 */
export function shWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path as a shell word in which a leading `~/` still means the home directory. */
export function shPath(path: string): string {
  if (path.startsWith('~/')) return `"$HOME"/${shWord(path.slice(2))}`;
  return shWord(path);
}

/**
 * A here-document that passes `text` on unchanged.
 *
 * @param text ends in a line break, or gets one
 * @returns the operator with its delimiter, and the lines that follow the command's own line
 */
export function hereDocument(text: string): { operator: string; body: string } {
  const lines = new Set(text.split('\n'));
  let delimiter = 'EOF';
  for (let n = 2; lines.has(delimiter); n++) delimiter = `EOF_${n}`;
  const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { operator: `<<'${delimiter}'`, body: `${body}${delimiter}` };
}
