import type { MirrorUrl } from './fields/mirror.ts';
import type { ProxyUrl } from './fields/proxy-url.ts';
import type { RegistryHost } from './fields/registry.ts';
import type { Certificate } from './pem/index.ts';
import type { Problem } from './problem.ts';
import type { Settings } from './settings.ts';

/** A mirror that can be written, and the field it comes from. */
export interface CheckedMirror extends MirrorUrl {
  field: string;
}

/** A CA that can be written. */
export interface CheckedCa {
  field: string;
  /** undefined: company-wide. */
  registry: RegistryHost | undefined;
  /** Clean PEM, ends in a line break. */
  pem: string;
  certificates: Certificate[];
}

/** One layer's proxy values, as text ready to be escaped. */
export interface ProxyValues {
  http: string | undefined;
  https: string | undefined;
  all: string | undefined;
  /** Comma-separated; empty when there is none. */
  noProxy: string;
}

/**
 * The settings after all checks: what is here can be written as it is, and the real programs take
 * it. What could not is in `problems`.
 */
export interface Checked {
  /** With defaults filled in; lists and proxies as typed. */
  settings: Settings;
  /** Whether the reader gave this setting at all. */
  given: (key: keyof Settings) => boolean;
  mirrors: CheckedMirror[];
  registryMirrors: { registry: RegistryHost; mirrors: CheckedMirror[] }[];
  proxy: {
    http: ProxyUrl | undefined;
    https: ProxyUrl | undefined;
    all: ProxyUrl | undefined;
    noProxy: string[];
  };
  ca: CheckedCa[];
  insecure: string[];
  dns: string[];
  downloads: number | undefined;
  uploads: number | undefined;
  attempts: number | undefined;
  gc:
    | {
        enabled: boolean;
        keepStorage: string | undefined;
        maxUsedSpace: string | undefined;
        minFreeSpace: string | undefined;
      }
    | undefined;
  dialTimeout: string | undefined;
  problems: Problem[];
}

/** The mirrors that a reader takes whose files can't name an IPv6 address. */
export function withoutIPv6(mirrors: readonly CheckedMirror[]): CheckedMirror[] {
  return mirrors.filter(({ host }) => host.kind !== 'ipv6');
}
