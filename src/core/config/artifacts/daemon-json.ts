import type { Artifact } from '../artifact.ts';
import type { Context } from '../context.ts';
import { hasDockerd, isDesktop, type Settings, type Target } from '../settings.ts';
import { atLeast } from '../version.ts';

type Json = string | number | boolean | Json[] | { [key: string]: Json };

/** Where dockerd of each target reads daemon.json. */
export function daemonJsonPath(target: Target): string {
  switch (target) {
    case 'rootless':
      return '~/.config/docker/daemon.json';
    case 'snap':
      return '/var/snap/docker/current/config/daemon.json';
    case 'desktop-windows':
      return '%USERPROFILE%\\.docker\\daemon.json';
    case 'desktop-mac':
    case 'desktop-linux':
      return '~/.docker/daemon.json';
    default:
      return '/etc/docker/daemon.json';
  }
}

/** The keys of daemon.json that the settings ask for, in alphabetical order. */
export function daemonJsonKeys(settings: Settings): { [key: string]: Json } {
  const keys: { [key: string]: Json } = {};
  const { builderGc, engine } = settings;
  if (builderGc) {
    const newNames =
      atLeast(engine, '28.0') && (builderGc.maxUsedSpace ?? builderGc.minFreeSpace) !== undefined;
    const gc: { [key: string]: Json } = {};
    if (builderGc.keepStorage && !newNames) gc.defaultKeepStorage = builderGc.keepStorage;
    if (newNames) {
      if (builderGc.maxUsedSpace) gc.defaultMaxUsedSpace = builderGc.maxUsedSpace;
      if (builderGc.minFreeSpace) gc.defaultMinFreeSpace = builderGc.minFreeSpace;
      if (builderGc.keepStorage) gc.defaultReservedSpace = builderGc.keepStorage;
    }
    gc.enabled = builderGc.enabled;
    keys.builder = { gc };
  }
  if (settings.debug !== undefined) keys.debug = settings.debug;
  if (settings.dns.length > 0) keys.dns = settings.dns;
  if (settings.experimental !== undefined) keys.experimental = settings.experimental;
  if (settings.insecureRegistries.length > 0) {
    keys['insecure-registries'] = settings.insecureRegistries;
  }
  if (settings.liveRestore !== undefined) keys['live-restore'] = settings.liveRestore;
  if (settings.maxConcurrentDownloads !== undefined) {
    keys['max-concurrent-downloads'] = settings.maxConcurrentDownloads;
  }
  if (settings.maxConcurrentUploads !== undefined) {
    keys['max-concurrent-uploads'] = settings.maxConcurrentUploads;
  }
  if (settings.maxDownloadAttempts !== undefined) {
    keys['max-download-attempts'] = settings.maxDownloadAttempts;
  }
  const { http, https, noProxy = [] } = settings.proxy;
  if (
    settings.proxyScope.includes('daemon') &&
    settings.proxyFile === 'daemon.json' &&
    !isDesktop(settings.target) &&
    atLeast(engine, '23.0')
  ) {
    const proxies: { [key: string]: Json } = {};
    if (http) proxies['http-proxy'] = http;
    if (https) proxies['https-proxy'] = https;
    if (noProxy.length > 0) proxies['no-proxy'] = noProxy.join(',');
    if (Object.keys(proxies).length > 0) keys.proxies = proxies;
  }
  if (settings.mirrors.length > 0) keys['registry-mirrors'] = settings.mirrors;
  return keys;
}

/** daemon.json, dockerd's own file. */
export function daemonJson({ settings }: Context): Artifact[] {
  if (!hasDockerd(settings.target)) return [];
  const keys = daemonJsonKeys(settings);
  if (Object.keys(keys).length === 0) return [];
  return [
    {
      id: 'daemon.json',
      path: daemonJsonPath(settings.target),
      why: isDesktop(settings.target)
        ? 'Docker Desktop 里 dockerd 的设置：粘贴到 Settings → Docker Engine 的编辑框。'
        : 'dockerd 的设置文件：镜像源、下载并发等。',
      language: 'json',
      content: `${JSON.stringify(keys, null, 2)}\n`,
      fileName: 'daemon.json',
    },
  ];
}
