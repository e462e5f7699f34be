/**
 * A TOML basic string (TOML 1.0): quotes, backslashes and control characters escaped.
 *
 * @param text any text; unpaired surrogates, which TOML can't hold, become U+FFFD
 */
export function tomlString(text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(/["\\]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, (char) => {
      const short = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }[char];
      return short ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  return `"${escaped}"`;
}

/** A TOML array of strings on one line. */
export function tomlStrings(texts: readonly string[]): string {
  return `[${texts.map(tomlString).join(', ')}]`;
}
