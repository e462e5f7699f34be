/** What pasting brings in unseen: zero-width marks, direction marks, soft hyphens, byte order marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const QUOTES = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
  ['<', '>'],
] as const;

export interface Tidied {
  text: string;
  /** What was taken away or changed, Chinese nouns; empty when nothing was. */
  changes: string[];
}

/**
 * Takes off a pasted value what can't be meant: white space and invisible marks around it, quotes, a
 * trailing comma or semicolon, full-width letters and punctuation.
 *
 * @param options.keepWidth leave full-width characters alone (a password may hold some)
 */
export function tidy(pasted: string, options: { keepWidth?: boolean } = {}): Tidied {
  const changes: string[] = [];
  let text = pasted;
  const step = (next: string, change: string) => {
    if (next === text) return;
    text = next;
    if (!changes.includes(change)) changes.push(change);
  };
  step(text.replace(INVISIBLE, ''), '看不见的字符');
  step(text.trim(), '首尾空白');
  step(text.replace(/[,;，；、]+$/, '').trimEnd(), '末尾的逗号或分号');
  for (const [open, close] of QUOTES) {
    if (text.length > 1 && text.startsWith(open) && text.endsWith(close)) {
      step(text.slice(1, -1).trim(), '引号');
    }
  }
  step(text.replace(/[,;，；、]+$/, '').trimEnd(), '末尾的逗号或分号');
  if (!options.keepWidth) step(halfWidth(text), '全角字符');
  return { text, changes };
}

/** Full-width forms and the ideographic full stop to ASCII. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3002', '.')
    .replaceAll('\u3000', ' ');
}
