import type { Goal } from './goals.ts';
import type { Settings } from './settings.ts';
import { settingsHash } from './state.ts';

/** A common case, ready to open in the generator. */
export interface Preset {
  /** Chinese, short enough for a button. */
  name: string;
  goal: Goal;
  settings: Partial<Settings>;
}

/**
 * Common cases that guide and error pages link to. Hosts under `example.com` are the reader's to
 * replace; the mirrors are the catalogue's best founded ones (a test holds them against it).
 */
export const presets = {
  slow: {
    name: '拉取慢：加镜像源',
    goal: 'slow',
    settings: { mirrors: ['https://docker.m.daocloud.io', 'https://docker.1ms.run'] },
  },
  'company-proxy': {
    name: '公司代理',
    goal: 'proxy',
    settings: {
      proxy: {
        http: 'http://proxy.example.com:8080',
        https: 'http://proxy.example.com:8080',
        noProxy: ['localhost', '127.0.0.1', '10.0.0.0/8', '.example.com'],
      },
      proxyScope: ['daemon', 'cli'],
    },
  },
  'private-registry': {
    name: '私有仓库自签证书',
    goal: 'ca',
    settings: { ca: [{ host: 'registry.example.com:5000', pem: '' }] },
  },
  'local-10808': {
    name: '本机代理 10808',
    goal: 'proxy',
    settings: {
      proxy: {
        http: 'http://127.0.0.1:10808',
        https: 'http://127.0.0.1:10808',
        noProxy: ['localhost', '127.0.0.1'],
      },
      proxyScope: ['daemon', 'run'],
    },
  },
  stuck: {
    name: '下载卡住：一次下载一层',
    goal: 'stuck',
    settings: { maxConcurrentDownloads: 1 },
  },
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof presets;

/** The hash (without `#`) that opens the generator with a preset, e.g. `/tools/config/#${…}`. */
export function presetHash(id: PresetId): string {
  const { settings, goal } = presets[id] as Preset;
  return settingsHash(settings, goal);
}
