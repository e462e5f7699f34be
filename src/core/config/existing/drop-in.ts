import type { Problem } from '../daemon-json/problem.ts';

/** One `Key=value` of a unit file, after continuation lines are joined. */
export interface UnitSetting {
  section: string;
  key: string;
  /** Right-hand side as written (specifiers and quotes not resolved). */
  raw: string;
  /** 1-based first line. */
  line: number;
}

export interface DropIn {
  settings: UnitSetting[];
  /** `Environment=` of [Service] as systemd would set it: quotes, escapes and `%%` resolved, resets obeyed, in order. */
  environment: { name: string; value: string; line: number }[];
  /** `EnvironmentFile=` of [Service]; `-` in front means a missing file is fine. */
  environmentFiles: { path: string; optional: boolean; line: number }[];
  /** `ExecStart=` lines of [Service]; an empty string is a reset. */
  execStart: { value: string; line: number }[];
  problems: Problem[];
}

/** Reads a systemd unit file or drop-in by systemd.syntax(7) and systemd.exec(5). Never throws. */
export function parseDropIn(_text: string): DropIn {
  return { settings: [], environment: [], environmentFiles: [], execStart: [], problems: [] };
}

export interface DropInMergeResult {
  text: string;
  /** Names of the variables that changed. */
  changed: string[];
  /** Chinese. */
  notes: { code: string; message: string; line?: number }[];
}

/**
 * Sets (or with undefined removes) environment variables in an existing drop-in; every other line stays as it is.
 * Old assignments of those names, in either letter case for proxy variables, are taken out.
 */
export function mergeDropIn(
  _existing: string,
  _environment: { [name: string]: string | undefined },
): DropInMergeResult {
  return { text: '', changed: [], notes: [] };
}

/** One `Environment=` line for systemd: quoted, with `%`, `\` and `"` escaped. The value must have no line break. */
export function environmentLine(_name: string, _value: string): string {
  return '';
}
