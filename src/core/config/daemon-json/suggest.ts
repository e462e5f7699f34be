import { ALL_KEYS } from './schema.ts';

/** Names from elsewhere (config.json, Compose, containerd, old posts) and what they are called in daemon.json. */
const ALIASES: { [name: string]: string } = {
  mirror: 'registry-mirrors',
  mirrors: 'registry-mirrors',
  'registry-mirror': 'registry-mirrors',
  'registries-mirrors': 'registry-mirrors',
  'docker-mirrors': 'registry-mirrors',
  'insecure-registry': 'insecure-registries',
  'insecure-registrys': 'insecure-registries',
  graph: 'data-root',
  'data-dir': 'data-root',
  'exec-opt': 'exec-opts',
  'storage-opt': 'storage-opts',
  'log-opt': 'log-opts',
  label: 'labels',
  host: 'hosts',
  'dns-opt': 'dns-opts',
  runtime: 'runtimes',
  ulimits: 'default-ulimits',
  'default-ulimit': 'default-ulimits',
  'shm-size': 'default-shm-size',
  'default-address-pool': 'default-address-pools',
  'address-pools': 'default-address-pools',
  feature: 'features',
  proxy: 'proxies',
};

/** Keys of ~/.docker/config.json and environment variables that are a proxy's. */
const PROXY_ALIASES: { [name: string]: string } = {
  httpproxy: 'http-proxy',
  httpsproxy: 'https-proxy',
  noproxy: 'no-proxy',
  ftpproxy: 'http-proxy',
  allproxy: 'https-proxy',
};

function normalise(name: string): string {
  return name
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[\s_]+/g, '-')
    .toLowerCase();
}

/** The key of `proxies` that a name stands for (`HTTP_PROXY`, `httpProxy`). */
export function suggestProxyKey(name: string): string | undefined {
  const plain = name.replace(/[-_\s]/g, '').toLowerCase();
  return Object.hasOwn(PROXY_ALIASES, plain) ? PROXY_ALIASES[plain] : undefined;
}

/** The key that a misspelt name was most likely meant to be. */
export function suggestKey(name: string, keys: readonly string[] = ALL_KEYS): string | undefined {
  if (name.length > 60) return undefined;
  const normal = normalise(name);
  const alias = Object.hasOwn(ALIASES, normal) ? ALIASES[normal] : undefined;
  if (alias !== undefined && keys.includes(alias)) return alias;
  const same = keys.find((key) => normalise(key) === normal);
  if (same !== undefined) return same;
  const limit = normal.length < 6 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const key of keys) {
    const distance = editDistance(normal, normalise(key), bestDistance);
    if (distance < bestDistance) {
      best = key;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance with swaps of neighbours; anything from `limit` on is `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return Math.min(limit, previous[b.length] ?? limit);
}
