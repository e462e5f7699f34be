import { maskHosts } from './redact-hosts.ts';
import type { Mask, MaskKind } from './redact-kinds.ts';
import { maskPeople } from './redact-people.ts';
import { maskSecrets } from './redact-secrets.ts';

/** One thing that was masked. */
export interface Masked {
  readonly kind: MaskKind;
  readonly placeholder: string;
  readonly count: number;
  /** How long the masked text is, and its first character unless it's a secret: enough to recognise it. */
  readonly hint: string;
}

export interface Redaction {
  readonly text: string;
  readonly masked: readonly Masked[];
}

/** What `Mask` gave before, or something that only stands for a value. */
const NO_VALUE = /^(?:<[\w-]*>|\$\{?\w+\}?|%\w+%|\*+|x{3,}|\.{3}|…|)$/i;

/**
 * Masks what a stranger should not read: passwords, tokens and keys, user names, private hosts and
 * addresses. The same thing always gets the same placeholder, so the log stays readable, and what was
 * recognised in one place is masked wherever else it stands.
 *
 * @param text any text
 * @returns the masked text and what was masked; idempotent
 */
export function redact(text: string): Redaction {
  const seen = new Map<string, Masked & { count: number; value: string }>();
  const counters: Partial<Record<MaskKind, number>> = {};
  const mask: Mask = (kind, value) => {
    if (NO_VALUE.test(value)) return value;
    const key = `${kind}\0${value.toLowerCase()}`;
    let entry = seen.get(key);
    if (!entry) {
      const number = (counters[kind] ?? 0) + 1;
      counters[kind] = number;
      const size = `${value.length} 个字符`;
      entry = {
        kind,
        value,
        placeholder: `<${kind}-${number}>`,
        count: 0,
        hint: kind === 'secret' ? size : `${value[0] ?? ''}…（${size}）`,
      };
      seen.set(key, entry);
    }
    entry.count++;
    return entry.placeholder;
  };

  let out = text.toWellFormed();
  // Secrets first: a password may look like a host or an address.
  out = maskSecrets(out, mask);
  out = maskPeople(out, mask);
  out = maskHosts(out, mask);
  out = maskEchoes(out, [...seen.values()], mask);
  const masked = [...seen.values()].map(({ kind, placeholder, count, hint }) => ({
    kind,
    placeholder,
    count,
    hint,
  }));
  return { text: out, masked };
}

/** Names that say nothing of a person, yet stand in every log. */
const COMMON =
  /^(?:root|admin|administrator|user|users|test|guest|nobody|docker|dockerd|containerd|podman|registry|mirror|proxy|git|gitlab|jenkins|runner|node|app|www-data|ubuntu|debian|centos|alpine|library|anonymous|oauth2|token|x-access-token|robot|build|builder|server|client|host|master|worker|prod|dev|http|https|login|pass|password|secret|none|null|true|false)$/i;

/** Masks what was recognised elsewhere, where it stands as a word of its own. */
function maskEchoes(
  text: string,
  known: readonly { kind: MaskKind; value: string }[],
  mask: Mask,
): string {
  const kinds = new Map<string, MaskKind>();
  for (const { kind, value } of known) {
    const long = value.length >= (kind === 'secret' ? 6 : 3);
    // A host of one plain word may be any word of the log.
    const plain = kind === 'host' && !/[\d.-]/.test(value);
    if (
      long &&
      !plain &&
      !COMMON.test(value) &&
      /^[\w.@%+-]+$/.test(value) &&
      !/^\d{1,5}$/.test(value)
    )
      kinds.set(value.toLowerCase(), kind);
  }
  if (kinds.size === 0) return text;
  // Words, not an alternation of all values: the time must not grow with what was found.
  return text.replace(/<[\w-]+>|[\w.@%+-]+/g, (word) => {
    if (word.startsWith('<')) return word;
    const kind = kinds.get(word.toLowerCase());
    return kind === undefined ? word : mask(kind, word);
  });
}
