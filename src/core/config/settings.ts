import { atLeast } from './version.ts';

/** Where the images are pulled: each reads other files. */
export const TARGETS = [
  'linux',
  'rootless',
  'snap',
  'desktop-windows',
  'desktop-mac',
  'desktop-linux',
  'wsl2',
  'containerd',
  'k3s',
  'rke2',
  'podman',
  'buildx',
] as const;

export type Target = (typeof TARGETS)[number];

/** What pulls, and so needs the proxy: dockerd; new containers by config.json; RUN steps; one container. */
export type ProxyScope = 'daemon' | 'cli' | 'build' | 'run';

/** A CA certificate to trust. */
export interface CaSetting {
  /** `host[:port]` of the registry as images name it; `''` = company-wide, for every connection. */
  host: string;
  /** The certificate(s), PEM. */
  pem: string;
}

/** The generator's whole input. */
export interface Settings {
  /** Where Docker (or its kin) runs. Default `linux`. */
  target: Target;
  /** Docker Engine version, `major.minor[.patch]`. Default: the newest. */
  engine: string;
  /** Where images are kept. Default: `containerd` since 29.0 and on Desktop, `overlay2` before. */
  imageStore: 'containerd' | 'overlay2';
  /** containerd's major version, for the form of its config.toml. Default `2`. */
  containerdVersion: '1' | '2';
  /** Docker Hub mirrors in the order they are asked, URLs. */
  mirrors: string[];
  /** Mirrors of other registries (`ghcr.io`), URLs in order. */
  registryMirrors: { registry: string; mirrors: string[] }[];
  /** Proxy URLs as text, credentials URL-encoded; `noProxy` one host, domain or CIDR each. */
  proxy: { http?: string; https?: string; all?: string; noProxy?: string[] };
  /** The layers that get the proxy. Default `['daemon']`. */
  proxyScope: ProxyScope[];
  /** Which file tells dockerd its proxy. Default `drop-in`, which every version reads; `daemon.json` on snap. */
  proxyFile: 'drop-in' | 'daemon.json';
  /** CA certificates to trust. */
  ca: CaSetting[];
  /** Registries without (valid) TLS: `host[:port]` or CIDR. */
  insecureRegistries: string[];
  /** Layers downloaded at once; dockerd's default is 3. */
  maxConcurrentDownloads?: number;
  /** Layers uploaded at once; dockerd's default is 5. */
  maxConcurrentUploads?: number;
  /** Tries per layer; dockerd's default is 5. */
  maxDownloadAttempts?: number;
  /** DNS servers of containers, IP addresses. */
  dns: string[];
  /** Build cache limits, sizes as `20GB`. `maxUsedSpace` and `minFreeSpace` since 28.0. */
  builderGc?: {
    enabled: boolean;
    keepStorage?: string;
    maxUsedSpace?: string;
    minFreeSpace?: string;
  };
  /** dockerd's experimental features. Undefined: not written. */
  experimental?: boolean;
  /** Keep containers running while dockerd restarts. Undefined: not written. */
  liveRestore?: boolean;
  /** Debug log. Undefined: not written. */
  debug?: boolean;
  /** How long to wait for a mirror's connection, Go duration (`3s`); written to hosts.toml. */
  dialTimeout?: string;
  /** Windows' `.wslconfig`. */
  wsl: {
    networkingMode?: 'nat' | 'mirrored';
    autoProxy?: boolean;
    dnsTunneling?: boolean;
    firewall?: boolean;
  };
  /** Files pasted by the reader, to merge into. */
  existing: { daemonJson?: string; dropIn?: string; configJson?: string };
}

/** The newest Docker Engine these rules were checked against. */
export const NEWEST_ENGINE = '29.10';

/** Whether a target is Docker Desktop, whose dockerd lives in a VM. */
export function isDesktop(target: Target): boolean {
  return target === 'desktop-windows' || target === 'desktop-mac' || target === 'desktop-linux';
}

/** Whether a target's images are pulled by dockerd. */
export function hasDockerd(target: Target): boolean {
  return (
    isDesktop(target) ||
    target === 'linux' ||
    target === 'rootless' ||
    target === 'snap' ||
    target === 'wsl2'
  );
}

/**
 * Fills in the defaults.
 *
 * @param partial what the reader chose; absent and `undefined` fields get their default, some of
 *   which follow from others (`imageStore` from `engine` and `target`).
 */
export function withDefaults(partial: Partial<Settings>): Settings {
  const target = partial.target ?? 'linux';
  const engine = partial.engine ?? NEWEST_ENGINE;
  return {
    ...partial,
    target,
    engine,
    imageStore:
      partial.imageStore ??
      (isDesktop(target) || atLeast(engine, '29.0') ? 'containerd' : 'overlay2'),
    containerdVersion: partial.containerdVersion ?? '2',
    mirrors: partial.mirrors ?? [],
    registryMirrors: partial.registryMirrors ?? [],
    proxy: partial.proxy ?? {},
    proxyScope: partial.proxyScope ?? ['daemon'],
    proxyFile: partial.proxyFile ?? (target === 'snap' ? 'daemon.json' : 'drop-in'),
    ca: partial.ca ?? [],
    insecureRegistries: partial.insecureRegistries ?? [],
    dns: partial.dns ?? [],
    wsl: partial.wsl ?? {},
    existing: partial.existing ?? {},
  };
}
