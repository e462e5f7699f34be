import { readFileSync } from 'node:fs';
import type { ProxyEnv } from '../../../src/core/noproxy/types.ts';

/** What the real clients did, one case a line. The form is told in the file itself. */
export interface Case {
  id: string;
  group: string;
  no_proxy: string | null;
  http_proxy: string | null;
  https_proxy: string | null;
  url: string;
  env?: ProxyEnv;
  resolve?: Record<string, string>;
  expect: Record<string, string>;
  via?: Record<string, string>;
}

/** The cases of a file in test/fixtures/noproxy. */
export function read<T = Case>(name: string): T[] {
  const file = new URL(`../../fixtures/noproxy/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).cases;
}

/** Each value that is given is set in both letter cases, unless the case brings its environment. */
export function environmentOf(recorded: Case): ProxyEnv {
  if (recorded.env) return recorded.env;
  const env: Record<string, string> = {};
  for (const name of ['no_proxy', 'http_proxy', 'https_proxy'] as const) {
    const value = recorded[name];
    if (value !== null) {
      env[name] = value;
      env[name.toUpperCase()] = value;
    }
  }
  return env;
}
