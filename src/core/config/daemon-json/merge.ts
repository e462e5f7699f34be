import type { JsonValue } from './tolerant.ts';

/** Keys to set, replace (`value`) or remove (`undefined`). Objects merge key by key, arrays and scalars are replaced. */
export type JsonPatch = { [key: string]: JsonValue | JsonPatch | undefined };

export interface MergeNote {
  /** `comments-dropped`, `repaired`, `unreadable`, `duplicate-key`, `not-an-object`. */
  code: string;
  /** Chinese. */
  message: string;
  line?: number;
  column?: number;
}

export interface MergeResult {
  /** The merged file: valid JSON, other keys, their order and the indentation kept. */
  text: string;
  /** The keys that changed, as paths (`builder.gc.enabled`). */
  changed: string[];
  notes: MergeNote[];
  /** false: the existing text could not be read as an object; `text` then holds the patch alone. */
  ok: boolean;
}

/**
 * Edits an existing daemon.json (or any JSON object file): sets the patch's keys and leaves all else as it stands.
 * Idempotent: merging the same patch into the result changes nothing. Never throws.
 */
export function mergeDaemonJson(_existing: string, _patch: JsonPatch): MergeResult {
  return { text: '', changed: [], notes: [], ok: false };
}
