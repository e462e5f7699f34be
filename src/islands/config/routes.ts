import type { Settings } from '#core/config/index.ts';
import { withDefaults } from '#core/config/settings.ts';
import { go } from '#core/noproxy/clients/go.ts';

/** Where one of the form's hosts goes. */
export interface Route {
  host: string;
  direct: boolean;
  /** The entry of the bypass list that says so. */
  entry?: string;
}

/**
 * Which of the form's own hosts, and Docker Hub's, dockerd reaches through the proxy. Empty while no
 * proxy is set.
 */
export function routes(partial: Partial<Settings>): Route[] {
  const { proxy, mirrors, registryMirrors, ca, insecureRegistries } = withDefaults(partial);
  if (!proxy.http && !proxy.https) return [];
  const environment = {
    ...(proxy.http && { HTTP_PROXY: proxy.http }),
    ...(proxy.https && { HTTPS_PROXY: proxy.https }),
    NO_PROXY: (proxy.noProxy ?? []).join(','),
  };
  const decide = go(environment, {});
  const urls = [
    'https://registry-1.docker.io',
    ...mirrors.filter((url) => /^https?:\/\/[^/\s]/.test(url)),
    ...registryMirrors.flatMap((entry) => [`https://${entry.registry}`, ...entry.mirrors]),
    ...ca.map(({ host }) => `https://${host}`),
    ...insecureRegistries
      .filter((entry) => !entry.includes('/'))
      .map((entry) => `https://${entry}`),
  ];
  return [...new Set(urls)].flatMap((url) => {
    const host = url
      .replace(/^https?:\/\//, '')
      .replace(/\/.*$/, '')
      .trim();
    if (host === '') return [];
    const decision = decide(`${url.replace(/\/$/, '')}/v2/`);
    if (decision.route === 'error') return [];
    return [
      {
        host,
        direct: decision.route === 'direct',
        ...(decision.entry !== undefined && { entry: decision.entry }),
      },
    ];
  });
}
