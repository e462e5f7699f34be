/** Where the reader's Docker runs; fixes differ by it. */
export const platformIds = [
  'linux',
  'desktop-windows',
  'desktop-mac',
  'wsl2',
  'containerd',
  'podman',
] as const;
export type PlatformId = (typeof platformIds)[number];

/** Chinese names. */
export const platformNames: Readonly<Record<PlatformId, string>> = {
  linux: 'Linux（Docker Engine）',
  'desktop-windows': 'Docker Desktop（Windows）',
  'desktop-mac': 'Docker Desktop（Mac）',
  wsl2: 'WSL2 里的 Docker Engine',
  containerd: 'Kubernetes、k3s、containerd',
  podman: 'Podman',
};
