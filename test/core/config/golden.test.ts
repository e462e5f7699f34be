import { describe, expect, it } from 'vitest';
import { generate, type Settings, TARGETS } from '../../../src/core/config/index.ts';
import { PEM } from './arbitrary.ts';

/** One form with something of everything. */
const full: Partial<Settings> = {
  mirrors: ['https://docker.m.daocloud.io', 'http://mirror.corp.example:5000'],
  registryMirrors: [{ registry: 'ghcr.io', mirrors: ['https://ghcr.m.daocloud.io'] }],
  proxy: {
    http: 'http://dom%5Cuser:p%40ss%23%25@proxy.corp.example:8080',
    https: 'http://dom%5Cuser:p%40ss%23%25@proxy.corp.example:8080',
    noProxy: ['localhost', '127.0.0.1', '10.0.0.0/8', '.corp.example'],
  },
  proxyScope: ['daemon', 'cli', 'build', 'run'],
  ca: [
    { host: 'registry.corp.example:5000', pem: PEM },
    { host: '', pem: PEM },
  ],
  insecureRegistries: ['old.corp.example:5000'],
  maxConcurrentDownloads: 1,
  dns: ['223.5.5.5'],
  builderGc: { enabled: true, keepStorage: '20GB' },
  experimental: false,
  dialTimeout: '3s',
  wsl: { networkingMode: 'mirrored', dnsTunneling: true, autoProxy: true },
};

describe.each(TARGETS)('%s', (target) => {
  const { artifacts } = generate({ ...full, target });

  it.each(artifacts.map((artifact) => [artifact.id, artifact] as const))(
    '%s',
    async (id, artifact) => {
      const name = id.replace(/[:/[\]]/g, '_');
      const text = artifact.values
        ? `${JSON.stringify(artifact.values, null, 2)}\n`
        : artifact.content;
      await expect(text).toMatchFileSnapshot(`../../fixtures/config/${target}/${name}`);
      if (artifact.command !== undefined) {
        await expect(artifact.command).toMatchFileSnapshot(
          `../../fixtures/config/${target}/${name}.command`,
        );
      }
    },
  );
});
