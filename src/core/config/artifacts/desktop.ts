import type { Artifact, FieldValue } from '../artifact.ts';
import type { Context } from '../context.ts';
import { isDesktop } from '../settings.ts';

/** Docker Desktop's settings window, value by value. */
export function desktop({ settings }: Context): Artifact[] {
  if (!isDesktop(settings.target)) return [];
  const { http, https, noProxy = [] } = settings.proxy;
  if (!settings.proxyScope.includes('daemon') || !(http || https)) return [];
  const section = 'Settings → Resources → Proxies';
  const values: FieldValue[] = [
    { section, label: 'Manual proxy configuration', value: '开启' },
    { section, label: 'Web Server (HTTP)', value: http ?? '' },
    { section, label: 'Secure Web Server (HTTPS)', value: https ?? '' },
    {
      section,
      label: 'Bypass proxy settings for these hosts & domains',
      value: noProxy.join(','),
    },
  ];
  return [
    {
      id: 'desktop',
      path: section,
      why: 'Docker Desktop 的代理只能在它自己的设置里填：逐项复制，最后点 Apply & restart。',
      language: 'text',
      content: `${values.map(({ label, value }) => `${label}: ${value}`).join('\n')}\n`,
      values,
      fileName: 'docker-desktop.txt',
    },
  ];
}
