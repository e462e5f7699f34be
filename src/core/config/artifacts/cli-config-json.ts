import type { Artifact } from '../artifact.ts';
import type { Context } from '../context.ts';

/** The CLI's config.json: proxy variables for new containers and builds. */
export function cliConfigJson({ settings }: Context): Artifact[] {
  if (!settings.proxyScope.includes('cli')) return [];
  const { http, https, all, noProxy = [] } = settings.proxy;
  if (!(http || https || all)) return [];
  const proxy = {
    ...(http && { httpProxy: http }),
    ...(https && { httpsProxy: https }),
    ...(all && { allProxy: all }),
    ...(noProxy.length > 0 && { noProxy: noProxy.join(',') }),
  };
  return [
    {
      id: 'cli-config.json',
      path:
        settings.target === 'desktop-windows'
          ? '%USERPROFILE%\\.docker\\config.json'
          : '~/.docker/config.json',
      why: 'docker 命令把这些代理变量交给新建的容器和构建；拉取镜像不用它。',
      language: 'json',
      content: `${JSON.stringify({ proxies: { default: proxy } }, null, 2)}\n`,
      fileName: 'config.json',
    },
  ];
}
