import type { Finding } from '#core/diagnose/index.ts';
import { codec } from '../noproxy/state.ts';

const PROXY_CATEGORIES = ['proxy-denied', 'proxy-unreachable', 'proxy-protocol', 'proxy-auth'];

/**
 * The NO_PROXY tester's link for a finding about a proxy: its proxy, the address that was asked
 * for and, where the proxy refused it, its host as the entry to try.
 *
 * @returns the hash without `#`; `undefined` where the tester can't help
 */
export function noProxyHash(finding: Finding): string | undefined {
  if (!PROXY_CATEGORIES.includes(finding.category)) return undefined;
  const { facts } = finding;
  const url = facts.url !== undefined && URL.canParse(facts.url) ? new URL(facts.url) : undefined;
  const proxy =
    facts.proxy === undefined || /^https?$|^$/.test(facts.proxy)
      ? undefined
      : facts.proxy.includes('://')
        ? facts.proxy
        : `http://${facts.proxy}`;
  const direct = ['localhost', '127.0.0.1'];
  if (finding.category === 'proxy-denied' && url?.hostname) direct.push(url.hostname);
  return codec.encode({
    noProxy: direct.join(','),
    ...(proxy === undefined ? {} : { httpProxy: proxy, httpsProxy: proxy }),
    ...(url === undefined ? {} : { targets: `${url.protocol}//${url.host}${url.pathname}` }),
  });
}
