export type InvalidReferenceCode =
  | 'empty'
  | 'hex-id'
  | 'uppercase'
  | 'format'
  | 'too-long'
  | 'digest-algorithm'
  | 'digest-length'
  | 'digest-format';

export interface Reference {
  /** Registry host with its port, `docker.io` for Docker Hub. */
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly error?: undefined;
}

export interface InvalidReference {
  readonly error: string;
  readonly code: InvalidReferenceCode;
}

export interface ParseOptions {
  /**
   * Digest algorithms that the program has registered. The reference package alone knows none
   * but what its caller imports; `sha256` is what it was recorded with.
   */
  algorithms?: readonly string[];
}

const NAME_MAX = 255;
const HUB = 'docker.io';
const OLD_HUB = 'index.docker.io';

const DOMAIN_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = `(?:(${HOST}(?::[0-9]+)?)/)?(${COMPONENT}(?:/${COMPONENT})*)`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^${NAME}(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const HEX_ID = /^[a-f0-9]{64}$/;

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * What an image reference means to Docker: registry, repository, tag, digest.
 *
 * Source: `github.com/distribution/reference` `ParseNormalizedNamed`, v0.6.0, and
 * `github.com/opencontainers/go-digest` for digests.
 *
 * @param ref - as typed after `docker pull`.
 * @returns the parts (no tag is filled in), or the package's own error text and a code for it.
 */
export function parseReference(
  ref: string,
  options: ParseOptions = {},
): Reference | InvalidReference {
  if (HEX_ID.test(ref)) {
    return {
      code: 'hex-id',
      error: `invalid repository name (${ref}), cannot specify 64-byte hexadecimal strings`,
    };
  }
  const [domain, remainder] = splitDomain(ref);
  const colon = remainder.indexOf(':');
  const repository = colon < 0 ? remainder : remainder.slice(0, colon);
  if (repository.toLowerCase() !== repository) {
    return {
      code: 'uppercase',
      error: `invalid reference format: repository name (${repository}) must be lowercase`,
    };
  }
  const full = `${domain}/${remainder}`;
  const match = REFERENCE.exec(full);
  if (!match) {
    return REFERENCE.test(full.toLowerCase())
      ? { code: 'uppercase', error: 'repository name must be lowercase' }
      : { code: ref === '' ? 'empty' : 'format', error: 'invalid reference format' };
  }
  const [, registry, path = '', tag, digest] = match;
  if (path.length > NAME_MAX) {
    return {
      code: 'too-long',
      error: `repository name must not be more than ${NAME_MAX} characters`,
    };
  }
  if (digest !== undefined) {
    const problem = checkDigest(digest, options.algorithms ?? ['sha256']);
    if (problem) return problem;
  }
  const parts: { domain: string; path: string; tag?: string; digest?: string } = {
    domain: registry ?? '',
    path,
  };
  if (tag !== undefined) parts.tag = tag;
  if (digest !== undefined) parts.digest = digest;
  return parts;
}

/** `splitDockerDomain`: a first part is a registry only if it looks like one. */
function splitDomain(ref: string): [string, string] {
  const slash = ref.indexOf('/');
  if (slash < 0) return [HUB, `library/${ref}`];
  const first = ref.slice(0, slash);
  let domain = HUB;
  let remainder = ref;
  if (first === OLD_HUB) {
    remainder = ref.slice(slash + 1);
  } else if (first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first) {
    domain = first;
    remainder = ref.slice(slash + 1);
  }
  if (domain === HUB && !remainder.includes('/')) remainder = `library/${remainder}`;
  return [domain, remainder];
}

/** `digest.Parse`. */
function checkDigest(digest: string, algorithms: readonly string[]): InvalidReference | undefined {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon);
  const encoded = digest.slice(colon + 1);
  const length = algorithms.includes(algorithm) ? DIGEST_LENGTHS[algorithm] : undefined;
  if (length === undefined) {
    return /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/.test(digest)
      ? { code: 'digest-algorithm', error: 'unsupported digest algorithm' }
      : { code: 'digest-format', error: 'invalid checksum digest format' };
  }
  if (encoded.length !== length) {
    return { code: 'digest-length', error: 'invalid checksum digest length' };
  }
  return /^[a-f0-9]+$/.test(encoded)
    ? undefined
    : { code: 'digest-format', error: 'invalid checksum digest format' };
}
