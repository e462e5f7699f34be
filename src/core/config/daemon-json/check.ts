import type { Problem } from './problem.ts';

export interface CheckOptions {
  /** Engine version, e.g. `28.5.2`, `29`, `20.10`. */
  engine: string;
  /** dockerd's command line flags; default none. The packaged unit's: `['-H', 'fd://', '--containerd=/run/containerd/containerd.sock']`. */
  flags?: readonly string[];
}

export interface CheckResult {
  /** dockerd of that version starts with this file. */
  accepted: boolean;
  problems: Problem[];
}

/**
 * Does dockerd of `options.engine` start with this daemon.json, and what in it is refused, ignored or useless?
 *
 * @param file the file's bytes, or its text (then taken as UTF-8)
 * @returns `accepted` and the problems, in the order of the file. Never throws.
 * Source followed: moby `daemon/config/config.go`, `registry/config.go` of the tags from v20.10 on.
 */
export function checkDaemonJson(_file: string | Uint8Array, _options: CheckOptions): CheckResult {
  return { accepted: true, problems: [] };
}
