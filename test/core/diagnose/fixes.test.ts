import { describe, expect, it } from 'vitest';
import { settingsHash } from '../../../src/core/config/state.ts';
import { diagnose, fixPreset, fixSteps, platformIds } from '../../../src/core/diagnose/index.ts';

const now = new Date('2026-11-25T00:00:00Z');
const hub = 'Error response from daemon: Get "https://registry-1.docker.io/v2/": ';
const harbor = 'Error response from daemon: Get "https://harbor.corp.cn/v2/": ';

function hashOf(log: string): string | undefined {
  const [finding] = diagnose(log).findings;
  if (finding === undefined) throw new Error('no finding');
  const preset = fixPreset(finding, 'linux', now);
  return preset && decodeURIComponent(settingsHash(preset));
}

describe('fixPreset', () => {
  it.each([
    [
      'a dead proxy',
      `${hub}proxyconnect tcp: dial tcp 127.0.0.1:10808: connect: connection refused`,
      'v=1&http=http://127.0.0.1:10808&https=http://127.0.0.1:10808&no=localhost\n127.0.0.1',
    ],
    [
      'a dead proxy before a private registry',
      `${harbor}proxyconnect tcp: dial tcp 10.1.1.1:3128: connect: no route to host`,
      'v=1&http=http://10.1.1.1:3128&https=http://10.1.1.1:3128&no=localhost\n127.0.0.1\nharbor.corp.cn',
    ],
    [
      'the host’s loopback from a build step',
      '#8 3.2 curl: (7) Failed to connect to 127.0.0.1 port 7890 after 0 ms: Connection refused',
      'v=1&http=http://host.docker.internal:7890&https=http://host.docker.internal:7890&no=localhost\n127.0.0.1&scope=build',
    ],
    [
      'a proxy URL with the wrong scheme',
      `HTTPS_PROXY=https://alice:pw@127.0.0.1:7890\n${hub}proxyconnect tcp: tls: first record does not look like a TLS handshake`,
      'v=1&http=http://127.0.0.1:7890&https=http://127.0.0.1:7890&no=localhost\n127.0.0.1',
    ],
    [
      'a proxy that wants a login',
      `${hub}Proxy Authentication Required\n HTTP Proxy: http://proxy.corp.cn:8080`,
      'v=1&http=http://proxy.corp.cn:8080&https=http://proxy.corp.cn:8080&no=localhost\n127.0.0.1',
    ],
    [
      'a private host behind a proxy that refuses',
      `${harbor}proxyconnect tcp: Forbidden`,
      'v=1&no=localhost\n127.0.0.1\nharbor.corp.cn',
    ],
    [
      'a registry without TLS',
      `Get "https://10.1.2.3:5000/v2/": http: server gave HTTP response to HTTPS client`,
      'v=1&insecure=10.1.2.3:5000',
    ],
    ['a full disk', 'write /var/lib/docker/x: no space left on device', 'v=1&gc=1&keep=10GB'],
    ['a broken download', 'unexpected EOF', 'v=1&downloads=1&attempts=10'],
  ])('%s', (_name, log, hash) => {
    expect(hashOf(log)).toBe(hash);
  });

  it('replaces a dead mirror, never by itself', () => {
    const hash = hashOf(
      'Error response from daemon: Get "https://docker.m.daocloud.io/v2/": dial tcp: lookup docker.m.daocloud.io on 1.1.1.1:53: no such host',
    );
    expect(hash).toMatch(/^v=1&mirror=https:\/\//);
    expect(hash).not.toContain('daocloud');
  });

  it('asks for the CA of a private registry, of no public one', () => {
    const fault =
      'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    expect(hashOf(harbor + fault)).toContain('ca=harbor.corp.cn');
    expect(hashOf(hub + fault)).not.toContain('docker.io');
  });

  it.each([
    'pull access denied for foo/bar, repository does not exist or may require docker login',
    'manifest for foo:bar not found: manifest unknown',
    'exec /docker-entrypoint.sh: exec format error',
  ])('offers nothing that would not help: %s', (log) => {
    expect(hashOf(log)).toBeUndefined();
  });
});

it('has steps for every platform', () => {
  const [finding] = diagnose(`${hub}EOF`).findings;
  if (finding === undefined) throw new Error('no finding');
  for (const platform of platformIds) {
    expect(fixSteps(finding, platform).length).toBeGreaterThan(0);
  }
});
