/** A host as it stands in a URL or an image name. */
export interface Host {
  kind: 'name' | 'ipv4' | 'ipv6';
  /** ASCII, lower case; IPv6 without brackets. */
  name: string;
}

/** Why a text is no host. */
export type HostFault =
  | { fault: 'empty' }
  | { fault: 'characters'; found: string }
  | { fault: 'hyphen' }
  | { fault: 'ipv4' }
  | { fault: 'ipv6' }
  | { fault: 'idn'; ascii: string | undefined };

/**
 * Reads a host: a DNS name, an IPv4 or an IPv6 address (in brackets, or bare when it has two colons).
 * Names with letters outside ASCII are a fault, with their punycode form.
 */
export function parseHost(text: string): Host | HostFault {
  if (text === '') return { fault: 'empty' };
  if (text.startsWith('[') || text.split(':').length > 2) {
    const inner = text.replace(/^\[(.*)\]$/, '$1');
    return isIPv6(inner) ? { kind: 'ipv6', name: inner.toLowerCase() } : { fault: 'ipv6' };
  }
  if (/[^\u0000-\u007f]/.test(text)) return { fault: 'idn', ascii: toAscii(text) };
  const strange = /[^a-z0-9._-]/i.exec(text)?.[0];
  if (strange !== undefined) return { fault: 'characters', found: strange };
  if (/^[\d.]+$/.test(text)) {
    return isIPv4(text) ? { kind: 'ipv4', name: text } : { fault: 'ipv4' };
  }
  const name = text.toLowerCase();
  const labels = name.replace(/\.$/, '').split('.');
  if (labels.some((label) => label === '' || label.length > 63)) {
    return { fault: 'characters', found: '..' };
  }
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) {
    return { fault: 'hyphen' };
  }
  return { kind: 'name', name };
}

/** What a fault means, Chinese, to follow 「…」. */
export function hostFaultText(fault: HostFault): string {
  switch (fault.fault) {
    case 'empty':
      return '没有主机名';
    case 'characters':
      return fault.found === '..'
        ? '主机名里有空段或超过 63 个字符的段'
        : `主机名里不能有「${fault.found}」`;
    case 'hyphen':
      return '主机名的各段不能以连字符开头或结尾';
    case 'ipv4':
      return '不是合法的 IPv4 地址（四段，每段 0 到 255）';
    case 'ipv6':
      return '不是合法的 IPv6 地址';
    case 'idn':
      return '主机名含有非 ASCII 字符，要写成 punycode（xn-- 形式）';
  }
}

export function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256)
  );
}

/** Whether an authority that passed its check (`host`, `host:port`) names an IPv6 address, in brackets or bare. */
export function hasIPv6Host(authority: string): boolean {
  return /^\[|:.*:/.test(authority);
}

export function isIPv6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return false;
  try {
    new URL(`http://[${text}]/`);
    return true;
  } catch {
    return false;
  }
}

/** `10.0.0.0/8`, `fd00::/8`: an address and a prefix length. */
export function isCidr(text: string): boolean {
  const match = /^(.+)\/(\d{1,3})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return false;
  const bits = Number(match[2]);
  return (isIPv4(match[1]) && bits <= 32) || (isIPv6(match[1]) && bits <= 128);
}

/** Whether a host (as `Host.name`) is this machine itself. */
export function isLoopback(name: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(name) || name === 'localhost' || name === '::1';
}

/** A host as a URL writes it: IPv6 in brackets. */
export function urlHost(host: Host): string {
  return host.kind === 'ipv6' ? `[${host.name}]` : host.name;
}

/** Splits `host[:port]`; `[v6]:port` too. A bare IPv6 address has no port. */
export function splitPort(text: string): { host: string; port: string | undefined } {
  const bracket = /^(\[[^\]]*\])(?::(.*))?$/.exec(text);
  if (bracket?.[1] !== undefined) return { host: bracket[1], port: bracket[2] };
  const colon = text.lastIndexOf(':');
  if (colon < 0 || text.indexOf(':') !== colon) return { host: text, port: undefined };
  return { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** A port number, or undefined. */
export function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}

function toAscii(name: string): string | undefined {
  try {
    return new URL(`http://${name}/`).hostname;
  } catch {
    return undefined;
  }
}
