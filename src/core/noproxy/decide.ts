import { models } from './models.ts';
import { refused } from './shared/decision.ts';
import type { ClientId, Decide, DecideOptions, Decision, ProxyEnv } from './types.ts';

/**
 * Reads an environment once, as the client does when it starts, and answers for any number of
 * URLs. Use it for many targets under one environment.
 *
 * @param client - id of a recorded client.
 * @param env - the whole environment; letter case and key order count.
 * @returns a function from URL to Decision that never throws.
 */
export function compile(client: ClientId, env: ProxyEnv, options: DecideOptions = {}): Decide {
  const model = models[client];
  const decideUrl = model(texts(env), options);
  return (url) => {
    try {
      return decideUrl(url);
    } catch (error) {
      return refused('url-refused', error instanceof Error ? error.message : String(error));
    }
  };
}

/** Leaves out what is no text, so that no caller's slip throws. */
function texts(env: ProxyEnv): ProxyEnv {
  const values = Object.entries(env);
  if (values.every(([, value]) => typeof value === 'string')) return env;
  return Object.fromEntries(values.filter(([, value]) => typeof value === 'string'));
}

interface Remembered {
  env: ProxyEnv;
  options: DecideOptions;
  decide: Decide;
}

const lastCompiled = new Map<ClientId, Remembered>();

/**
 * What one client does with one URL under an environment: through a proxy, direct, or an error.
 *
 * @param client - id of a recorded client.
 * @param env - the whole environment; letter case and key order count. For `java` the value of
 *   `-Dhttp.nonProxyHosts` stands under `http.nonProxyHosts`.
 * @param url - the URL as the client is given it.
 * @param options.resolve - name to address; Ruby alone matches the resolved address.
 * @param options.namesResolve - every name has some address.
 * @returns the route, the proxy and the variable that it came from, the entry that decided.
 */
export function decide(
  client: ClientId,
  env: ProxyEnv,
  url: string,
  options: DecideOptions = {},
): Decision {
  const known = lastCompiled.get(client);
  if (known && sameOptions(known.options, options) && sameEnv(known.env, env)) {
    return known.decide(url);
  }
  const copy = { ...env };
  const made = { env: copy, options, decide: compile(client, copy, options) };
  lastCompiled.set(client, made);
  return made.decide(url);
}

function sameOptions(a: DecideOptions, b: DecideOptions): boolean {
  return a.resolve === b.resolve && a.namesResolve === b.namesResolve;
}

/** Same names and values in the same order. */
function sameEnv(a: ProxyEnv, b: ProxyEnv): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  const others = Object.keys(b);
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    if (name !== others[i] || a[name] !== b[name]) return false;
  }
  return true;
}
