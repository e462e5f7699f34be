/**
 * Percent-encodes a user name or password for a URL: every byte outside RFC 3986 `unreserved`.
 * Stricter than `encodeURIComponent`, whose `!'()*` some shells and clients stumble over.
 *
 * @param text any text; unpaired surrogates become U+FFFD
 */
export function encodeUserInfo(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undoes percent-encoding; text that isn't valid UTF-8 once decoded stays as it is. */
export function decodeUserInfo(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
