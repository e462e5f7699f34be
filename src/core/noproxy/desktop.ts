import { parseEntry, splitGenerously } from './parse-list.ts';
import { parseIPv4, samePrefix4 } from './shared/ip.ts';

// Docker Desktop's bypass list. Today's matcher is closed source; the last public one is
// moby/vpnkit src/hostnet/hostnet_http.ml, module Match, and that is what is followed here.

export interface Converted {
  readonly value: string;
  /** Chinese: what was changed or got lost, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Whether an entry of Docker Desktop's bypass list covers a host, by the last public matcher:
 * labels from the right, `*` or nothing stands for any one label, a shorter entry covers what is
 * below; letter case matters; IPv4 and IPv4 CIDR; no ports, no IPv6.
 */
export function desktopEntryCovers(entry: string, host: string): boolean {
  const address = parseIPv4(host);
  const slash = entry.indexOf('/');
  const network = parseIPv4(slash < 0 ? entry : entry.slice(0, slash));
  if (network >= 0) {
    const bits = slash < 0 ? 32 : Number(entry.slice(slash + 1));
    return address >= 0 && bits >= 0 && bits <= 32 && samePrefix4(network, address, bits);
  }
  if (address >= 0) return false;
  const pattern = entry.split('.').reverse();
  const labels = host.split('.').reverse();
  if (pattern.length > labels.length) return false;
  return pattern.every((label, i) => label === '*' || label === '' || label === labels[i]);
}

/** The entries of a bypass list: cut at commas and white space. */
export function splitDesktop(value: string): string[] {
  return value.split(/[,\s]+/).filter(Boolean);
}

/** True where some entry of the list covers the host. */
export function desktopBypasses(value: string, host: string): boolean {
  return splitDesktop(value).some((entry) => desktopEntryCovers(entry, host));
}

/** A NO_PROXY value in the syntax of Docker Desktop's bypass list. */
export function toDesktop(value: string): Converted {
  const out = new Set<string>();
  const notes = new Set<string>();
  for (const raw of splitGenerously(value)) {
    const { kind, host, bits, port } = parseEntry(raw);
    if (port !== undefined) notes.add('Desktop 的列表不写端口，端口已去掉，所有端口都会直连。');
    switch (kind) {
      case 'name':
        out.add(host);
        break;
      case 'dot-name':
      case 'star-name':
        out.add(`*.${host}`);
        if (kind === 'dot-name') notes.add('以点开头的项写成 `*.`，这是 Desktop 文档里的写法。');
        break;
      case 'ipv4':
        out.add(host);
        break;
      case 'cidr4':
        out.add(`${host}/${bits}`);
        break;
      case 'ipv4-star': {
        const numbers = host.split('.').filter((part) => part !== '*');
        out.add(`${[...numbers, 0, 0, 0].slice(0, 4).join('.')}/${numbers.length * 8}`);
        notes.add('地址里的 `*` 改成网段。');
        break;
      }
      case 'all':
        out.add('*');
        notes.add('`*` 在 Desktop 里管所有域名，管不到写成 IP 的地址。');
        break;
      case 'ipv6':
      case 'cidr6':
        notes.add(`IPv6 不支持，「${raw}」已去掉。`);
        break;
      case 'empty':
        break;
      default:
        notes.add(`没有对应的写法，「${raw}」已去掉。`);
    }
  }
  if (/[A-Z]/.test(value)) notes.add('Desktop 的列表区分大小写，已统一成小写。');
  return { value: [...out].join(','), notes: [...notes] };
}

/** Docker Desktop's bypass list as a NO_PROXY value for the other clients. */
export function fromDesktop(value: string): Converted {
  const out = new Set<string>();
  const notes = new Set<string>();
  for (const raw of splitDesktop(value)) {
    const { kind, host, bits, text } = parseEntry(raw);
    switch (kind) {
      case 'name':
        out.add(host);
        if (host.includes('.')) out.add(`.${host}`);
        break;
      case 'dot-name':
      case 'star-name':
        out.add(`.${host}`);
        if (kind === 'star-name') notes.add('`*.` 改成以点开头，curl、apt、pip、npm 等才认。');
        break;
      case 'ipv4':
        out.add(host);
        break;
      case 'cidr4':
        out.add(`${host}/${bits}`);
        break;
      case 'all':
        out.add('*');
        notes.add('`*` 和别的项写在一起时，各客户端的理解不同。');
        break;
      default:
        if (/^[^*]+\.\*/.test(text) || /\*\./.test(text.slice(1))) {
          notes.add(`「${raw}」中间的 \`*\` 只有 Desktop 认，别的客户端没有对应写法，已去掉。`);
        } else {
          notes.add(`没有对应的写法，「${raw}」已去掉。`);
        }
    }
  }
  return { value: [...out].join(','), notes: [...notes] };
}
