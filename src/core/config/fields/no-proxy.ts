import { isCidr, parseHost, parsePort, splitPort, urlHost } from './host.ts';
import { shown } from './mirror.ts';
import type { Report } from './report.ts';
import { tidy } from './tidy.ts';

/**
 * Checks one entry of a bypass list (NO_PROXY) for Go's reading of it, which dockerd, containerd and
 * BuildKit share. Source: `golang.org/x/net/http/httpproxy` init, useProxy.
 *
 * @returns the entries to write: several when a whole list was pasted into one; none when the entry
 *   can't match anything
 */
export function checkNoProxyEntry(pasted: string, report: Report): string[] {
  const { text } = tidy(pasted);
  if (text === '') return [];
  const parts = text.split(/[\s,;|，；、]+/).filter((part) => part !== '');
  if (parts.length > 1) {
    report('note', 'noproxy-split', '一格里有几项，已经拆开；文件里用逗号分隔，中间不留空格。');
    return parts.flatMap((part) => checkNoProxyEntry(part, report));
  }
  if (/^[\d.]+\/\d+$/.test(text) && !isCidr(text)) {
    report(
      'error',
      'noproxy-cidr',
      `「${shown(text)}」不会被接受：网段的地址或掩码长度不对，什么也匹配不到。没有写进文件。`,
    );
    return [];
  }
  const bare = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const address = isCidr(bare) ? bare : bare.replace(/[/?#].*$/s, '');
  if (address !== text) {
    if (address === '') return [];
    report(
      'warning',
      'noproxy-url',
      `「${shown(text)}」带着协议或路径，这样写什么也匹配不到；已改成 ${address}。`,
      address,
    );
    return checkNoProxyEntry(address, () => {});
  }
  if (text === '*') {
    report('warning', 'noproxy-all', '单独的 * 表示所有地址都直连，等于没有设代理。');
    return [text];
  }
  if (isCidr(text)) return [text];
  const name = text.replace(/^\*?\./, '');
  if (name.includes('*')) {
    report(
      'error',
      'noproxy-wildcard',
      `「${shown(text)}」不会被接受：* 只能写在最前面（*.corp.example），写在别处什么也匹配不到。IP 段要写成 10.0.0.0/8 这样。`,
      cidrFor(text),
    );
    return [];
  }
  const split = splitPort(name);
  const host = parseHost(split.host);
  if ('fault' in host) {
    // Go turns the entry into punycode itself, other clients don't.
    if (host.fault === 'idn' && host.ascii) {
      report('note', 'noproxy-idn', `已写成 punycode：${host.ascii}。`, host.ascii);
      return checkNoProxyEntry(text.replace(split.host, host.ascii), () => {});
    }
    const prefix = cidrFor(text);
    report(
      'error',
      'noproxy-host',
      `「${shown(text)}」不会被接受：既不是主机名、IP，也不是网段，什么也匹配不到。没有写进文件。`,
      prefix,
    );
    return [];
  }
  if (split.port !== undefined && parsePort(split.port) === undefined) {
    report('error', 'noproxy-port', `「${shown(text)}」不会被接受：端口不是 1 到 65535 的数字。`);
    return [];
  }
  if (host.kind === 'ipv6') {
    // Go reads `[v6]:port` and a bare `v6`, but not `[v6]`.
    return [split.port === undefined ? host.name : `${urlHost(host)}:${split.port}`];
  }
  return [text];
}

/** `10.*` and `192.168.` as the CIDR that was meant. */
function cidrFor(text: string): string | undefined {
  const parts = /^((?:\d{1,3}\.){1,3})(?:\*(?:\.\*)*)?$/.exec(text)?.[1]?.split('.').slice(0, -1);
  if (parts === undefined) return undefined;
  const full = [...parts, '0', '0', '0'].slice(0, 4).join('.');
  const cidr = `${full}/${parts.length * 8}`;
  return isCidr(cidr) ? cidr : undefined;
}
