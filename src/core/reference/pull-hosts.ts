import { type InvalidReference, parseReference } from './parse.ts';

/** What a host is for in a pull. */
export type PullRole = 'mirror' | 'registry' | 'token' | 'blob';

export interface PullHost {
  readonly role: PullRole;
  /** A URL of that host as the pull asks for it, to be judged by a client's proxy rules. */
  readonly url: string;
  readonly host: string;
  /** Chinese: what the host does in this pull. */
  readonly purpose: string;
  /** False where the name is one of several, or depends on region or plan. */
  readonly certain: boolean;
}

export interface PullOptions {
  /** Registry mirrors of the daemon, in order; they count for Docker Hub alone. */
  mirrors?: readonly string[];
  /** Entries of the daemon's `insecure-registries`: hosts or `host:port`. */
  insecure?: readonly string[];
}

interface Service {
  /** Registry host or a pattern for it. */
  registry: RegExp;
  /** Host that hands out tokens, where it is another one. */
  token?: string;
  blobs: { host: string; note: string; certain: boolean }[];
}

/** Where well-known registries redirect to. Seen 2026; a redirect can change any day. */
const SERVICES: readonly Service[] = [
  {
    registry: /^registry-1\.docker\.io$/,
    token: 'auth.docker.io',
    blobs: [
      { host: 'production.cloudflare.docker.com', note: 'Cloudflare CDN', certain: false },
      { host: 'production.cloudfront.docker.com', note: 'CloudFront CDN', certain: false },
      {
        host: 'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
        note: 'Cloudflare R2',
        certain: false,
      },
    ],
  },
  {
    registry: /^ghcr\.io$/,
    blobs: [{ host: 'pkg-containers.githubusercontent.com', note: 'GitHub 的存储', certain: true }],
  },
  {
    registry: /^quay\.io$/,
    blobs: [
      { host: 'cdn.quay.io', note: 'Quay 的 CDN', certain: false },
      { host: 'cdn01.quay.io', note: 'Quay 的 CDN', certain: false },
    ],
  },
  {
    registry: /^registry\.gitlab\.com$/,
    token: 'gitlab.com',
    blobs: [{ host: 'cdn.registry.gitlab-static.net', note: 'GitLab 的 CDN', certain: false }],
  },
];

/**
 * The hosts that a pull of an image contacts, in the order in which it may do so.
 *
 * The registry is known from the reference; token server and blob storage are named for
 * registries that are known to use others, since dockerd learns them only on the way.
 *
 * @param ref - image reference as typed after `docker pull`.
 * @returns the hosts, or the error of `parseReference`.
 */
export function pullHosts(ref: string, options: PullOptions = {}): PullHost[] | InvalidReference {
  const parsed = parseReference(ref, { algorithms: ['sha256', 'sha384', 'sha512'] });
  if (parsed.error !== undefined) return parsed;
  const hub = parsed.domain === 'docker.io';
  const registry = hub ? 'registry-1.docker.io' : parsed.domain;
  const target = parsed.digest ?? parsed.tag ?? 'latest';
  const hosts: PullHost[] = [];
  if (hub) {
    for (const mirror of options.mirrors ?? []) {
      const url = mirrorUrl(mirror);
      if (!url) continue;
      hosts.push({
        role: 'mirror',
        url: `${url.origin}/v2/${parsed.path}/manifests/${target}`,
        host: url.host,
        purpose: '镜像源：先问它，失败再问 Docker Hub',
        certain: true,
      });
    }
  }
  const path = `${registry}/v2/${parsed.path}/manifests/${target}`;
  hosts.push({
    role: 'registry',
    url: `https://${path}`,
    host: registry,
    purpose: hub ? 'Docker Hub 的 registry：查 manifest' : 'registry：查 manifest',
    certain: true,
  });
  if (isInsecure(registry, options.insecure ?? [])) {
    hosts.push({
      role: 'registry',
      url: `http://${path}`,
      host: registry,
      purpose: '不安全的 registry：https 不通时改用 http',
      certain: true,
    });
  }
  const service = SERVICES.find((known) => known.registry.test(registry));
  if (service?.token) {
    hosts.push({
      role: 'token',
      url: `https://${service.token}/token`,
      host: service.token,
      purpose: '认证服务：取令牌',
      certain: true,
    });
  }
  for (const blob of service?.blobs ?? []) {
    hosts.push({
      role: 'blob',
      url: `https://${blob.host}/`,
      host: blob.host,
      purpose: `镜像层的下载地址（${blob.note}），由 registry 重定向而来`,
      certain: blob.certain,
    });
  }
  return hosts;
}

function mirrorUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * True where dockerd falls back to http: the registry is named in `insecure-registries`, or it is
 * on loopback, which is insecure by default.
 */
function isInsecure(registry: string, insecure: readonly string[]): boolean {
  const name = registry.replace(/:[0-9]+$/, '');
  if (name === 'localhost' || name === '[::1]' || /^127\.[0-9]+\.[0-9]+\.[0-9]+$/.test(name)) {
    return true;
  }
  return insecure.some((entry) => entry === registry || entry === name);
}
