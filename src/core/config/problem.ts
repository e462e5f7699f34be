/** How much a problem weighs: an error keeps the value out of the output. */
export type Severity = 'error' | 'warning' | 'note';

/** Something a reader must know about one value of the form or of a pasted file. */
export interface Problem {
  /**
   * The place in `Settings`, dotted: `mirrors.0`, `proxy.http`, `ca.1.pem`, `existing.daemonJson`.
   * For a checked file: the path of the key in that file, `''` for the file as a whole.
   */
  field: string;
  /** Stable id for tests, links and translations: `mirror-scheme`. */
  code: string;
  severity: Severity;
  /** What is wrong, why it matters and what to do: Chinese, plain text. */
  message: string;
  /** The text that would be right in that field, when one is obvious. */
  fix?: string;
  /** 1-based place in a pasted file. */
  line?: number;
  column?: number;
}
