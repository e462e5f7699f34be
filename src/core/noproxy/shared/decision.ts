import type { Decision, ReasonCode } from '../types.ts';

/** A variable of the environment, found. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** The client fails: on the URL or on the proxy value. */
export function refused(code: ReasonCode, detail: string, variable?: string): Decision {
  return { route: 'error', variable, reason: { code, detail } };
}

/** The client goes direct for a reason other than an entry. */
export function direct(code: ReasonCode, more?: { variable?: string; host?: string }): Decision {
  return {
    route: 'direct',
    variable: more?.variable,
    reason: { code, host: more?.host },
  };
}

/** The client goes direct since an entry of the list covers the host. */
export function bypassed(entry: string, list: Variable | undefined, host: string): Decision {
  return {
    route: 'direct',
    entry,
    reason: { code: 'entry', listVariable: list?.name, host },
  };
}

/** The client uses the proxy. */
export function proxied(proxy: Variable, list: Variable | undefined, host: string): Decision {
  return {
    route: 'proxy',
    proxy: proxy.value,
    variable: proxy.name,
    reason: { code: 'no-match', listVariable: list?.name, host },
  };
}
