import { compile } from './decide.ts';
import { probeEnvironment } from './explain.ts';
import { parseEntry } from './parse-list.ts';
import { formatIPv4, parseIPv4 } from './shared/ip.ts';
import type { ClientId } from './types.ts';

/** A URL that shows what an entry reaches. */
export interface Probe {
  readonly url: string;
  /** Chinese: what this URL is to the entry. */
  readonly label: string;
}

export interface Coverage {
  readonly probe: Probe;
  /** One answer for each client, in the order asked. */
  readonly covered: readonly boolean[];
}

/** URLs around an entry: the host itself, what is below, a look-alike, another port. */
export function probesFor(raw: string): Probe[] {
  const { kind, host, port, bits } = parseEntry(raw);
  const suffix = port === undefined ? '' : `:${port}`;
  const at = (name: string, label: string, tail = suffix) => ({
    url: `https://${name}${tail}/`,
    label,
  });
  switch (kind) {
    case 'name':
    case 'dot-name':
    case 'star-name':
      return [
        at(host, '域名本身'),
        at(`git.${host}`, '子域名'),
        at(`not${host}`, '只是结尾相同'),
        ...(port === undefined ? [] : [at(host, '不写端口', '')]),
      ];
    case 'ipv4':
      return [at(host, '这个地址'), at(`1${host}`, '只是结尾相同')].filter(
        ({ url }) => parseIPv4(new URL(url).hostname) >= 0,
      );
    case 'cidr4': {
      const base = parseIPv4(host);
      const size = 2 ** (32 - Math.min(bits ?? 32, 32));
      const start = base - (base % size);
      return [
        at(formatIPv4(start + Math.min(1, size - 1)), '网段里的地址'),
        ...(bits === 0 ? [] : [at(formatIPv4((start + size) % 2 ** 32), '网段外的地址')]),
        { url: 'https://name.example/', label: '解析到网段里的域名' },
      ];
    }
    case 'ipv6':
      return [at(`[${host}]`, '这个地址')];
    case 'cidr6':
      return [at(`[${host.replace(/::$/, '::1')}]`, '网段里的地址')];
    case 'all':
      return [at('registry.example', '任意域名'), at('192.0.2.1', '任意地址')];
    default:
      return [];
  }
}

/** Which of an entry's probes each client lets go direct, the entry alone in the list. */
export function coverageOf(raw: string, clients: readonly ClientId[]): Coverage[] {
  const compiled = clients.map((client) => compile(client, probeEnvironment(client, raw)));
  return probesFor(raw).map((probe) => ({
    probe,
    covered: compiled.map((decide) => decide(probe.url).route === 'direct'),
  }));
}
