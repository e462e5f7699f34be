import type { Artifact } from '../artifact.ts';
import type { Context } from '../context.ts';
import { environmentLine } from '../escape/systemd.ts';

/** The drop-in that gives a systemd service its proxy variables. */
export function systemdDropIn({ settings }: Context): Artifact[] {
  const { target, proxy, proxyScope, proxyFile } = settings;
  const served = target === 'linux' || target === 'rootless' || target === 'wsl2';
  if (!served || !proxyScope.includes('daemon') || proxyFile !== 'drop-in') return [];
  const lines: string[] = [];
  if (proxy.http) lines.push(environmentLine('HTTP_PROXY', proxy.http));
  if (proxy.https) lines.push(environmentLine('HTTPS_PROXY', proxy.https));
  if (proxy.noProxy && proxy.noProxy.length > 0 && lines.length > 0) {
    lines.push(environmentLine('NO_PROXY', proxy.noProxy.join(',')));
  }
  if (lines.length === 0) return [];
  return [
    {
      id: 'systemd-drop-in',
      path:
        target === 'rootless'
          ? '~/.config/systemd/user/docker.service.d/http-proxy.conf'
          : '/etc/systemd/system/docker.service.d/http-proxy.conf',
      why: '让 dockerd 拉取镜像时走代理：由 systemd 在启动 dockerd 时设置环境变量。',
      language: 'ini',
      content: `[Service]\n${lines.join('\n')}\n`,
      fileName: 'http-proxy.conf',
    },
  ];
}
