import type { Artifact, FieldValue } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { jsonFile, jsonLines } from '../escape/json.ts';
import { formatProxy, type ProxyUrl } from '../fields/proxy-url.ts';
import { fileArtifact } from '../file-artifact.ts';
import { isDesktop, type Target } from '../settings.ts';
import { daemonJsonKeys } from './daemon-json.ts';

const SECTION = 'Settings → Resources → Proxies';

/** What Desktop's own settings hold of the proxy: no login, which it asks for and keeps itself. */
interface DesktopProxy {
  http: string;
  https: string;
  exclude: string[];
}

function desktopProxy(checked: Checked): DesktopProxy | undefined {
  const { http, https, noProxy } = checked.proxy;
  if (!isDesktop(checked.settings.target) || !checked.settings.proxyScope.includes('daemon')) {
    return undefined;
  }
  if (http === undefined && https === undefined) return undefined;
  const text = (proxy: ProxyUrl | undefined) =>
    proxy === undefined ? '' : formatProxy({ ...proxy, user: undefined, password: undefined });
  return { http: text(http), https: text(https), exclude: noProxy };
}

/** Docker Desktop's settings window, value by value. */
export function desktop(checked: Checked): Artifact[] {
  const proxy = desktopProxy(checked);
  if (proxy === undefined) return [];
  const { http, https } = checked.proxy;
  const login = (value: ProxyUrl | undefined) =>
    value?.user === undefined
      ? {}
      : { note: '用户名和密码不写在这里：Desktop 会弹窗询问并存进系统的凭据库。' };
  const values: FieldValue[] = [
    {
      section: SECTION,
      label: 'Docker Desktop proxy',
      value: 'Manual configuration',
      note: '较旧的版本是一个开关：Manual proxy configuration。',
    },
    { section: SECTION, label: 'Web Server (HTTP)', value: proxy.http, ...login(http) },
    { section: SECTION, label: 'Secure Web Server (HTTPS)', value: proxy.https, ...login(https) },
    {
      section: SECTION,
      label: 'Bypass proxy settings for these hosts & domains',
      value: proxy.exclude.join(','),
    },
    {
      section: SECTION,
      label: 'Containers proxy',
      value: 'Same as host proxy',
      note: '较旧的版本没有这一项。设了它以后，docker pull 走的是这一个代理。',
    },
  ];
  const shown = values.filter(({ value }) => value !== '');
  const content = `${shown.map(({ label, value }) => `${label}: ${value}`).join('\n')}\n`;
  const settings = ['', 'proxy.http', 'proxy.https', 'proxy.noProxy', ''];
  return [
    {
      id: 'desktop',
      path: SECTION,
      why: 'Docker Desktop 的代理只认它自己的设置窗口：逐项复制，最后点 Apply & restart。',
      language: 'text',
      content,
      values: shown,
      lines: shown.flatMap((value, index) => {
        const setting = settings[values.indexOf(value)];
        return setting ? [{ line: index + 1, setting, why: fieldWhy(value.label) }] : [];
      }),
      apply: { note: '点 Apply & restart。虚拟机会重启，所有容器都会停。' },
      fileName: 'docker-desktop.txt',
    },
  ];
}

function fieldWhy(label: string): string {
  if (label.startsWith('Web')) return '访问 http:// 地址时用的代理。';
  if (label.startsWith('Secure')) return '访问 https:// 地址时用的代理，拉取镜像几乎都走这一个。';
  return '这些地址直连，不走代理。';
}

/** The same in Desktop's own file, for those who set up many machines. */
export function desktopSettingsStore(checked: Checked): Artifact[] {
  const proxy = desktopProxy(checked);
  if (proxy === undefined) return [];
  const { target } = checked.settings;
  const content = jsonFile({
    OverrideProxyExclude: proxy.exclude.join(','),
    OverrideProxyHTTP: proxy.http,
    OverrideProxyHTTPS: proxy.https,
    ProxyHTTPMode: 'manual',
  });
  const places = jsonLines(content);
  return [
    {
      ...fileArtifact(target, {
        id: 'desktop-settings-store',
        path: settingsStorePath(target),
        why: 'Docker Desktop 4.35 起保存设置的文件。先退出 Desktop 再改：它退出时会写回。',
        language: 'json',
        content,
        fileName: 'settings-store.json',
        kind: 'json',
        needs: 'restart',
        lines: (
          [
            ['OverrideProxyExclude', 'proxy.noProxy', '这些地址直连。'],
            ['OverrideProxyHTTP', 'proxy.http', '访问 http:// 地址时用的代理。'],
            ['OverrideProxyHTTPS', 'proxy.https', '访问 https:// 地址时用的代理。'],
          ] as const
        ).map(([key, setting, why]) => ({ line: places.get(key) ?? 1, setting, why })),
      }),
      apply: { note: '先退出 Docker Desktop，写好以后再打开。虚拟机会重启，所有容器都会停。' },
    },
  ];
}

function settingsStorePath(target: Target): string {
  switch (target) {
    case 'desktop-windows':
      return '%APPDATA%\\Docker\\settings-store.json';
    case 'desktop-mac':
      return '~/Library/Group Containers/group.com.docker/settings-store.json';
    default:
      return '~/.docker/desktop/settings-store.json';
  }
}

/** The administrator's file of Docker Business, which fixes settings for every user. */
export function desktopAdminSettings(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  if (!isDesktop(target)) return [];
  const proxy = desktopProxy(checked);
  const { keys } = daemonJsonKeys(checked);
  const engine = Object.keys(keys).length > 0 ? JSON.stringify(keys) : undefined;
  if (proxy === undefined && engine === undefined) return [];
  const entry = proxy && {
    locked: false,
    mode: 'manual',
    http: proxy.http,
    https: proxy.https,
    exclude: proxy.exclude,
  };
  const content = jsonFile({
    configurationFileVersion: 2,
    ...(entry && { proxy: entry, containersProxy: entry }),
    ...(engine !== undefined && {
      linuxVM: { dockerDaemonOptions: { locked: false, value: engine } },
    }),
  });
  return [
    {
      ...fileArtifact(target, {
        id: 'desktop-admin-settings',
        path: adminSettingsPath(target),
        why: '只有 Docker Business 订阅才读：管理员给整台机器设代理和 daemon.json。文件要是不带 BOM 的 UTF-8。',
        language: 'json',
        content,
        fileName: 'admin-settings.json',
        kind: 'json',
        needs: 'restart',
      }),
      apply: { note: '退出 Docker Desktop 再打开才生效。虚拟机会重启，所有容器都会停。' },
    },
  ];
}

function adminSettingsPath(target: Target): string {
  switch (target) {
    case 'desktop-windows':
      return 'C:\\ProgramData\\DockerDesktop\\admin-settings.json';
    case 'desktop-mac':
      return '/Library/Application Support/com.docker.docker/admin-settings.json';
    default:
      return '/usr/share/docker-desktop/admin-settings.json';
  }
}
