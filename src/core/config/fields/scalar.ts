import { isIPv4, isIPv6 } from './host.ts';
import { shown } from './mirror.ts';
import type { Report } from './report.ts';
import { tidy } from './tidy.ts';

/**
 * A count such as max-concurrent-downloads: dockerd refuses negative numbers and takes 0 for its
 * default.
 */
export function checkCount(value: number, key: string, report: Report): number | undefined {
  if (!Number.isInteger(value) || value < 0 || value > 1_000_000) {
    report('error', 'count', `${key} 不会被接受：要填 1 以上的整数。没有写进文件。`);
    return undefined;
  }
  if (value === 0) report('note', 'count-zero', `${key} 为 0 时，经典存储用默认值。`);
  return value;
}

/**
 * A size such as `20GB`. dockerd starts with a bad one past `--validate`, then fails.
 * Source: docker/go-units `RAMInBytes`; BuildKit also takes percentages here.
 */
export function checkSize(pasted: string, key: string, report: Report): string | undefined {
  const { text } = tidy(pasted);
  if (text === '') return undefined;
  if (/^\d+(\.\d+)?\s?([kmgtp](i?b)?|b)?$/i.test(text)) return text;
  const compact = text.replace(/\s+/g, '').replace(/^(\d+)([gmtk])$/i, '$1$2B');
  report(
    'error',
    'size',
    `${key}「${shown(pasted)}」不会被接受：要写成 20GB、512MB 这样，否则 dockerd 起不来。没有写进文件。`,
    /^\d+(\.\d+)?([kmgtp](i?b)?)$/i.test(compact) ? compact : undefined,
  );
  return undefined;
}

/** A positive Go duration, as hosts.toml's `dial_timeout`: `3s`, `1m30s`. A bare number is taken as seconds. */
export function checkDuration(pasted: string, report: Report): string | undefined {
  const { text } = tidy(pasted);
  if (text === '') return undefined;
  if (/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text) && /[1-9]/.test(text)) return text;
  report(
    'error',
    'duration',
    `「${shown(pasted)}」不会被接受：时间要带单位，如 3s、500ms。没有写进文件。`,
    /^\d+$/.test(text) && /[1-9]/.test(text) ? `${text}s` : undefined,
  );
  return undefined;
}

/** A DNS server for daemon.json's `dns`: an IP address alone, no port. */
export function checkDns(pasted: string, report: Report): string | undefined {
  const { text } = tidy(pasted);
  if (text === '') return undefined;
  if (isIPv4(text) || isIPv6(text)) return text;
  const withoutPort = text.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  report(
    'error',
    'dns',
    `「${shown(pasted)}」不会被接受：dns 只能写 IP 地址，不能带端口，也不能写域名，否则 dockerd 拒绝启动。没有写进文件。`,
    isIPv4(withoutPort) || isIPv6(withoutPort) ? withoutPort : undefined,
  );
  return undefined;
}
