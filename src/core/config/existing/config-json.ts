import type { MergeResult } from '../daemon-json/merge.ts';
import type { Problem } from '../daemon-json/problem.ts';

/** What `~/.docker/config.json` says about proxies. */
export interface CliProxies {
  /** `default` or a daemon's address such as `tcp://host:2376`. */
  [target: string]: {
    httpProxy?: string;
    httpsProxy?: string;
    noProxy?: string;
    ftpProxy?: string;
    allProxy?: string;
  };
}

/** Reads `~/.docker/config.json`; `auths` and everything else stay untouched and out of problems. Never throws. */
export function parseConfigJson(_text: string): { proxies: CliProxies; problems: Problem[] } {
  return { proxies: {}, problems: [] };
}

/** Sets `proxies.default` in an existing config.json (undefined removes a key); credentials and other keys stay. */
export function mergeConfigJson(
  _existing: string,
  _proxies: {
    httpProxy?: string;
    httpsProxy?: string;
    noProxy?: string;
    ftpProxy?: string;
    allProxy?: string;
  },
): MergeResult {
  return { text: '', changed: [], notes: [], ok: false };
}
