import {
  type Host,
  hostFaultText,
  isCidr,
  parseHost,
  parsePort,
  splitPort,
  urlHost,
} from './host.ts';
import { shown } from './mirror.ts';
import type { Report } from './report.ts';
import { tidy } from './tidy.ts';

/** A registry as an image name begins with it. */
export interface RegistryHost {
  host: Host;
  port: number | undefined;
  /** `host[:port]`, lower case, IPv6 in brackets. */
  name: string;
}

/**
 * Reads `host[:port]` of a registry. A scheme, a path or an image name behind it are reported with
 * what would be right.
 *
 * @param what the field's name in messages, e.g. `insecure-registries`
 * @returns undefined when it can't be written; the reason was reported
 */
export function checkRegistry(
  pasted: string,
  what: string,
  report: Report,
): RegistryHost | undefined {
  const { text, changes } = tidy(pasted);
  const refuse = (code: string, reason: string, fix?: string) => {
    report('error', code, `「${shown(pasted)}」不会被接受：${reason}。没有写进文件。`, fix);
    return undefined;
  };
  const bare = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const address = bare.replace(/[/?#].*$/s, '');
  if (bare !== text) {
    return refuse('registry-scheme', `${what}写 host[:port]，前面不带 https://`, address);
  }
  if (address !== bare) {
    return refuse('registry-path', `${what}只写 host[:port]，后面不带路径`, address);
  }
  if (address.includes('@')) {
    return refuse('registry-login', `${what}里不能有用户名和密码，登录用 docker login`);
  }
  const split = splitPort(address);
  const host = parseHost(split.host);
  if ('fault' in host) {
    const port = split.port ? `:${split.port}` : '';
    return refuse(
      `registry-host-${host.fault}`,
      hostFaultText(host),
      host.fault === 'idn' && host.ascii ? `${host.ascii}${port}` : undefined,
    );
  }
  const port = split.port === undefined ? undefined : parsePort(split.port);
  if (split.port !== undefined && port === undefined) {
    return refuse('registry-port', `端口「${shown(split.port)}」不是 1 到 65535 的数字`);
  }
  const name = `${urlHost(host)}${port === undefined ? '' : `:${port}`}`;
  if (changes.length > 0) {
    report('note', 'tidied', `去掉了${changes.join('、')}，写进文件的是 ${name}`, name);
  }
  return { host, port, name };
}

/**
 * Checks an entry of insecure-registries as dockerd does when it starts (`--validate` never looks).
 * Source: moby `daemon/pkg/registry/config.go` loadInsecureRegistries, validateHostPort.
 *
 * @returns the entry to write; undefined when dockerd would refuse to start
 */
export function checkInsecure(pasted: string, report: Report): string | undefined {
  const { text } = tidy(pasted);
  if (text.includes('/') && isCidr(text)) return text;
  if (/^[\da-f.:]+\/\d+$/i.test(text)) {
    report(
      'error',
      'insecure-cidr',
      `「${shown(pasted)}」不会被接受：网段的地址或掩码长度不对，dockerd 会拒绝启动。没有写进文件。`,
    );
    return undefined;
  }
  const wild = /^(\*\.)/.exec(text);
  if (wild) {
    report(
      'error',
      'insecure-wildcard',
      `「${shown(pasted)}」不会被接受：insecure-registries 没有通配符，dockerd 会拒绝启动。逐个写主机名，或写网段（如 10.0.0.0/8）。`,
    );
    return undefined;
  }
  const registry = checkRegistry(pasted, 'insecure-registries ', report);
  if (registry === undefined) return undefined;
  if (registry.host.kind === 'name' && registry.name.includes('_')) {
    report(
      'error',
      'insecure-underscore',
      `「${shown(pasted)}」不会被接受：主机名里有下划线，dockerd 会拒绝启动。没有写进文件。`,
    );
    return undefined;
  }
  if (registry.name === 'docker.io' || registry.name === 'index.docker.io') {
    report(
      'warning',
      'insecure-docker-io',
      'dockerd 不会把 Docker Hub 当作不安全仓库，这一项没有作用。',
    );
    return undefined;
  }
  return registry.host.kind === 'ipv6' && registry.port === undefined
    ? registry.host.name
    : registry.name;
}
