/**
 * A YAML double-quoted scalar, which every YAML 1.1 and 1.2 reader takes for a string.
 *
 * @param text any text; unpaired surrogates become U+FFFD
 */
export function yamlString(text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(/["\\]/g, '\\$&')
    // What YAML doesn't count as printable, and the line breaks that it would fold.
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => {
      const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
      return short ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  return `"${escaped}"`;
}
