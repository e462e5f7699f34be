import { isDesktop, type Target } from './settings.ts';

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

/** The folder whose sub-folders are named after registries: CAs, client certificates, hosts.toml. */
export function certsFolder(target: Target): string {
  if (isDesktop(target)) return '~/.docker/certs.d';
  switch (target) {
    case 'rootless':
      return '~/.config/docker/certs.d';
    case 'snap':
      return '/var/snap/docker/common/etc/certs.d';
    case 'containerd':
      return '/etc/containerd/certs.d';
    case 'podman':
      return '/etc/containers/certs.d';
    case 'k3s':
      return '/etc/rancher/k3s/certs';
    case 'rke2':
      return '/etc/rancher/rke2/certs';
    case 'buildx':
      return '/etc/buildkit/certs';
    default:
      return '/etc/docker/certs.d';
  }
}

/** Where the CA for a registry lies on a target. */
export function caPath(target: Target, registry: string): string {
  const folder = certsFolder(target);
  if (target === 'k3s' || target === 'rke2' || target === 'buildx') {
    return `${folder}/${registry.replace(/[[\]:]/g, '_')}.crt`;
  }
  return `${folder}/${registry}/ca.crt`;
}

/** Whether a file lies in the reader's home directory and needs no root. */
export function isHomePath(path: string): boolean {
  return path.startsWith('~/') || path.startsWith('%');
}
