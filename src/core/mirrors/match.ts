/** A host, and the path after it (no query), in lower case and ASCII. */
export interface HostPath {
  readonly host: string;
  readonly path: string;
}

/** What an address is wrapped in when it's cut out of a file or a sentence. */
const WRAPPING = /^[\s"'`“‘「（(,;]+|[\s"'`”’」）),;，；。]+$/g;

/**
 * Reads the host out of whatever a reader pastes: a URL, `host`, `host:port`, `host/path`, also with
 * user info, a trailing dot, quotes or a comma around it, an internationalised name or a placeholder
 * (`<ID>`, `<你的ID>`, `[前缀]`, `${ID}`) as its first label.
 *
 * @returns `undefined` when there is no host to see. Never throws.
 */
export function parseHost(text: string): HostPath | undefined {
  const trimmed = text
    .replace(WRAPPING, '')
    .replace(/^([a-z][a-z0-9+.-]*)(?::\/|：\/\/?|:(?=\/\/))(?!\/)/i, '$1://');
  if (trimmed === '') return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed.replace(/^[a-z][a-z0-9+.-]*:/i, 'https:')
    : `https://${trimmed.replace(/^\/\//, '')}`;
  if (URL.canParse(withScheme)) {
    const url = new URL(withScheme);
    return { host: withoutDot(url.hostname), path: url.pathname };
  }
  // `<ID>.mirror.aliyuncs.com` is no valid host, yet it's what guides print.
  const rest = withScheme.slice('https://'.length);
  const cut = rest.search(/[/?#]/);
  const authority = cut < 0 ? rest : rest.slice(0, cut);
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase();
  if (
    !/^(?:<[^<>.]+>|\[[^[\].:]+\]|\$?\{[^{}.]+\}|[a-z0-9<>_-]+)(?:\.[a-z0-9<>_-]+)+\.?$/.test(host)
  ) {
    return undefined;
  }
  const path = cut < 0 ? '/' : (rest.slice(cut).split(/[?#]/)[0] ?? '/');
  return { host: withoutDot(host), path: path === '' ? '/' : path };
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

interface Pattern<T> {
  readonly value: T;
  readonly regex: RegExp;
  readonly pathPrefix: string;
  /** Literal characters: the more, the more specific. */
  readonly weight: number;
}

/**
 * Finds the most specific pattern for a host. Patterns are host globs: a leading `*.` stands for one
 * or more labels, any other `*` for part of one label; a path (`host/path`) must be a prefix, at a
 * segment's end. An exact host beats a glob, more literal characters beat fewer. Ports don't count.
 */
export class HostMatcher<T> {
  readonly #exact = new Map<string, T>();
  readonly #patterns: Pattern<T>[] = [];

  add(pattern: string, value: T): void {
    const slash = pattern.indexOf('/');
    const host = slash < 0 ? pattern : pattern.slice(0, slash);
    if (slash < 0 && !host.includes('*')) {
      this.#exact.set(host, value);
      return;
    }
    const source = host
      .split('*')
      .map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
      .join('[^.]+')
      .replace(/^\[\^\.\]\+\\\./, '(?:[^.]+\\.)+');
    this.#patterns.push({
      value,
      regex: new RegExp(`^${source}$`),
      pathPrefix: slash < 0 ? '' : pattern.slice(slash),
      weight: pattern.replaceAll('*', '').length,
    });
    this.#patterns.sort((a, b) => b.weight - a.weight);
  }

  find({ host, path }: HostPath): T | undefined {
    for (const { value, regex, pathPrefix } of this.#patterns) {
      if (pathPrefix !== '' && isUnder(path, pathPrefix) && regex.test(host)) return value;
    }
    const exact = this.#exact.get(host);
    if (exact !== undefined) return exact;
    return this.#patterns.find((p) => p.pathPrefix === '' && p.regex.test(host))?.value;
  }
}

function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}
