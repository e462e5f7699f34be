/** Pieces that many expressions share. Every repetition is bounded or can't overlap its neighbour. */

/** Builds a case-insensitive expression from a raw template with fragments filled in. */
export function rx(parts: TemplateStringsArray, ...fragments: readonly string[]): RegExp {
  return new RegExp(parts.raw.map((part, index) => part + (fragments[index] ?? '')).join(''), 'i');
}

/** A host name or address, captured. */
export const HOST = String.raw`(?<host>\[[0-9a-f:.%]{2,45}\]|[\w.-]{1,253})`;
/** An IP address in a Go or curl message, captured. */
export const IP = String.raw`(?<ip>\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.%\w]{2,60}\])`;
/** The same, not captured. */
export const ANY_IP = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.%\w]{2,60}\])`;
/** `host:port`, `:port` or an address with its port, not captured. */
export const ADDRESS = String.raw`(?:\[[0-9a-f:.%\w]{2,60}\]|[\w.-]{0,253}):\d{1,5}`;
/** A URL, captured. Quotes, blanks and brackets end it. */
export const URL_ = String.raw`(?<url>https?://[^\s"'<>]{1,2000})`;
/** The same, not captured. */
export const ANY_URL = String.raw`https?://[^\s"'<>]{1,2000}`;
/** A Go client's request: `Get "https://…": ` with or without quotes. */
export const GO_REQUEST = String.raw`(?:Get|Head|Post|Put|Patch|Delete) "?(?<url>https?://[^\s"'<>]{1,2000}?)"?: {1,2}`;
/** Go's dial, with or without a local address. */
export const GO_DIAL = String.raw`dial tcp[46]? (?:${ADDRESS}->)?(?:(?<ip>\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.%\w]{2,60}\])|(?<host>[\w.-]{0,253})):(?<port>\d{1,5})`;
/** An image reference, captured. */
export const IMAGE = String.raw`(?<image>[\w.-]{1,253}(?::\d{1,5}(?=/))?(?:/[\w.-]{1,128}){0,8}(?::[\w.-]{1,128})?(?:@sha256:[0-9a-f]{1,64})?)`;
