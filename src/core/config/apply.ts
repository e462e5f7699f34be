import type { Apply, FileRules } from './artifact.ts';
import type { Target } from './settings.ts';

const STOPS = '重启会停掉正在运行的容器（开了 live-restore 的除外），请挑不忙的时候。';

/** The command that restarts what pulls images on a target. */
export function restartCommand(target: Target): string | undefined {
  switch (target) {
    case 'linux':
    case 'wsl2':
      return 'sudo systemctl restart docker';
    case 'rootless':
      return 'systemctl --user restart docker';
    case 'snap':
      return 'sudo snap restart docker.dockerd';
    case 'containerd':
      return 'sudo systemctl restart containerd';
    case 'k3s':
      return 'sudo systemctl restart k3s   # agent 节点：k3s-agent';
    case 'rke2':
      return 'sudo systemctl restart rke2-server   # agent 节点：rke2-agent';
    default:
      return undefined;
  }
}

/** How a changed file takes effect on a target. */
export function applyFor(target: Target, needs: FileRules['needs']): Apply {
  if (needs === 'nothing') return { note: '下一次拉取就会读到，不用重启。' };
  switch (target) {
    case 'desktop-windows':
    case 'desktop-mac':
    case 'desktop-linux':
      return {
        note: '在 Docker Desktop 里点 Apply & restart（或退出后重新打开）。虚拟机会重启，所有容器都会停。',
      };
    case 'podman':
      return { note: 'Podman 没有守护进程，下一条命令就会读到。' };
    case 'buildx':
      return {
        command: 'docker buildx rm mirror',
        note: '构建器只在创建时读配置：先删除旧的，再运行 buildx create。构建缓存会一起删除。',
      };
    case 'containerd':
      return {
        command: `${needs === 'unit' ? 'sudo systemctl daemon-reload && ' : ''}sudo systemctl restart containerd`,
        note: '重启 containerd 不会停掉运行中的容器和 Pod，但期间不能拉取和新建。',
      };
    case 'k3s':
    case 'rke2':
      return {
        command: restartCommand(target) ?? '',
        note: '重启会让控制面短暂不可用，运行中的 Pod 不停。每个节点都要做。',
      };
    case 'snap':
      return { command: 'sudo snap restart docker.dockerd', note: STOPS };
    default: {
      const control = target === 'rootless' ? 'systemctl --user' : 'sudo systemctl';
      if (needs === 'reload') {
        return {
          command: `${control} reload docker`,
          note: '重新加载即可，不停容器。文件有错时命令也显示成功，请用 docker info 确认。',
        };
      }
      return {
        command: `${needs === 'unit' ? `${control} daemon-reload && ` : ''}${control} restart docker`,
        note: STOPS,
      };
    }
  }
}
