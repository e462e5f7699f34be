import type { ProxyEnv } from '../types.ts';
import type { Variable } from './decision.ts';

/** Value of one variable, `undefined` where it is not set (own properties only). */
export function get(env: ProxyEnv, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** The first of the names that is set at all, even to nothing (`getenv(a) ?? getenv(b)`). */
export function firstSet(env: ProxyEnv, ...names: string[]): Variable | undefined {
  for (const name of names) {
    const value = get(env, name);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** The first of the names that is set to something (`getenv(a) || getenv(b)`). */
export function firstFilled(env: ProxyEnv, ...names: string[]): Variable | undefined {
  for (const name of names) {
    const value = get(env, name);
    if (value) return { name, value };
  }
  return undefined;
}
