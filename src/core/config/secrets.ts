/** A password inside a proxy URL, whatever the text around it is escaped for. */
const PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/'"<>]*:)([^\s@'"<>]+)(?=@)/gi;

/** Where the passwords of proxy URLs stand in a text: offsets in UTF-16 code units. */
export function findPasswords(text: string): { start: number; end: number }[] {
  return [...text.matchAll(PASSWORD)].map((match) => {
    const start = match.index + (match[1]?.length ?? 0);
    return { start, end: start + (match[2]?.length ?? 0) };
  });
}

/** The text with every password of a proxy URL as `••••••`. */
export function maskPasswords(text: string): string {
  return text.replace(PASSWORD, '$1••••••');
}

/** A proxy URL without its login, for links. */
export function withoutLogin(url: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0] ?? '';
  return scheme + url.slice(Math.max(scheme.length, url.lastIndexOf('@') + 1));
}

/**
 * Might the text hold a login? Wherever an address was pasted into, and even while it is being typed
 * (`http://user:pass`): none of the form's texts needs an `@`, nor a port that is no number.
 */
export function mayHoldLogin(text: string): boolean {
  return /[@＠]/.test(text) || /:?\/\/(?!\[)[^/?#]*?[:：](?!\d*(?:[/?#\s,]|$))/.test(text);
}
