/**
 * The values that each log driver refuses, in the order it looks at them.
 * Source followed: moby `daemon/logger/*` (`ValidateLogOpt`, `parseAddress`, `parseConfig`) of the tags from v20.10 on.
 */
import { atLeast } from '../version.ts';
import { shown } from './context.ts';
import { goQuote } from './go-json.ts';
import { type GoUrl, parseGoUrl } from './go-url.ts';
import {
  durationMs,
  parseBool,
  parseInteger,
  ramInBytes,
  ramInBytesOld,
  splitHostPort,
} from './go-values.ts';

export interface LogOptions {
  engine: string;
  /** Is the option written, and one of this version's? */
  has(key: string): boolean;
  /** Its value, '' where it isn't. */
  value(key: string): string;
  /** Reports a refusal: dockerd's words and ours. */
  add(key: string, words: string, message: string): void;
}

/** By driver; one that looks at no value is left out. */
export const LOG_VALUES: { [driver: string]: (options: LogOptions) => void } = {
  awslogs,
  fluentd,
  gelf,
  logentries,
  syslog,
};

const badBool = (value: string): string =>
  `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`;

/** The prefixes that marked an address as a URL before 23.0. */
const TRANSPORT = /^(?:tcp|tcp\+tls|udp|unix|unixgram):\/\//;

function urlOf(text: string): GoUrl | string {
  const url = parseGoUrl(text, { strictBrackets: false });
  return url.ok ? url.value : url.message;
}

function awslogs({ has, value, add }: LogOptions): void {
  if (value('awslogs-group') === '') {
    add(
      'awslogs-group',
      "must specify a value for log opt 'awslogs-group'",
      'awslogs 驱动必须写 awslogs-group。',
    );
  }
  for (const key of ['awslogs-create-group', 'awslogs-create-stream']) {
    if (value(key) === '' || parseBool(value(key)) !== undefined) continue;
    const words = `must specify valid value for log opt '${key}': ${badBool(value(key))}`;
    add(key, words, `${key} 只能是 "true" 或 "false"。`);
  }
  for (const key of ['awslogs-force-flush-interval-seconds', 'awslogs-max-buffered-events']) {
    if (value(key) === '' || (parseInteger(value(key)) ?? 0) > 0) continue;
    const words = `must specify a positive integer for log opt '${key}': ${value(key)}`;
    add(key, words, `${key} 要写正整数。`);
  }
  const [format, date, lines] = [
    'awslogs-format',
    'awslogs-datetime-format',
    'awslogs-multiline-pattern',
  ] as const;
  if (has(date) && has(lines)) {
    const words = `you cannot configure log opt '${date}' and '${lines}' at the same time`;
    add(lines, words, `${date} 和 ${lines} 不能同时写。`);
  }
  if (value(format) === '') return;
  if (value(format) !== 'json/emf') {
    add(format, `unsupported log format '${value(format)}'`, `${format} 只能是 json/emf。`);
  } else if (has(date) || has(lines)) {
    const words = `you cannot configure log opt '${date}' or '${lines}' when log opt '${format}' is set to 'json/emf'`;
    add(format, words, `${format} 不能和 ${date}、${lines} 同时写。`);
  }
}

function gelf({ engine, has, value, add }: LogOptions): void {
  const url = gelfAddress(value('gelf-address'), engine);
  if (typeof url === 'string') {
    add('gelf-address', url, 'gelf 驱动必须写 gelf-address，形式是 udp://主机:端口。');
    return;
  }
  for (const key of ['gelf-compression-level', 'gelf-compression-type']) {
    if (!has(key)) continue;
    const level = parseInteger(value(key)) ?? 99;
    const good = key.endsWith('level')
      ? level >= -1 && level <= 9
      : ['gzip', 'zlib', 'none'].includes(value(key));
    if (url.scheme !== 'udp') {
      add(key, 'compression is only supported on UDP', `${key} 只能和 udp:// 的地址一起用。`);
    } else if (!good) {
      add(
        key,
        `unknown value ${goQuote(value(key))} for log opt ${goQuote(key)} for gelf log driver`,
        `${key} 只能是${key.endsWith('level') ? ' -1 到 9 的整数' : ' gzip、zlib 或 none'}。`,
      );
    }
  }
  for (const key of ['gelf-tcp-max-reconnect', 'gelf-tcp-reconnect-delay']) {
    if (!has(key)) continue;
    if (url.scheme !== 'tcp') {
      add(key, `${goQuote(key)} is only valid for TCP`, `${key} 只能和 tcp:// 的地址一起用。`);
    } else if ((parseInteger(value(key)) ?? -1) < 0) {
      add(key, `${goQuote(key)} must be a positive integer`, `${key} 要写不小于 0 的整数。`);
    }
  }
}

/** The address, or what is wrong with it. */
function gelfAddress(address: string, engine: string): GoUrl | string {
  if (address === '') return 'gelf-address is a required parameter';
  if (!atLeast(engine, '23.0') && !TRANSPORT.test(address)) {
    return `gelf-address should be in form proto://address, got ${address}`;
  }
  const url = urlOf(address);
  if (typeof url === 'string') return url;
  if (url.scheme !== 'udp' && url.scheme !== 'tcp') return 'gelf: endpoint needs to be TCP or UDP';
  return splitHostPort(url.host).ok
    ? url
    : 'gelf: please provide gelf-address as proto://host:port';
}

function fluentd(options: LogOptions): void {
  const { engine, has, value, add } = options;
  const address = value('fluentd-address');
  const wrong =
    address === ''
      ? undefined
      : atLeast(engine, '23.0')
        ? fluentdAddress(address)
        : oldFluentdAddress(address);
  if (wrong !== undefined) {
    add(
      'fluentd-address',
      atLeast(engine, '23.0')
        ? `invalid fluentd-address (${address}): ${wrong}`
        : `invalid fluentd-address ${address}: ${wrong}`,
      'fluentd-address 的形式是 主机:端口、tcp://主机:端口 或 unix:///路径。',
    );
  }
  const limit = value('fluentd-buffer-limit');
  const size = atLeast(engine, '23.0') ? ramInBytes(limit) : ramInBytesOld(limit);
  if (limit !== '' && !size.ok) {
    add(
      'fluentd-buffer-limit',
      size.message,
      `fluentd-buffer-limit 的大小「${shown(limit)}」读不懂。`,
    );
  }
  checkDuration(options, 'fluentd-retry-wait', (words) => words);
  checkRetries(options);
  if (has('fluentd-async') && has('fluentd-async-connect')) {
    add(
      'fluentd-async-connect',
      "conflicting options: cannot specify both 'fluentd-async' and 'fluentd-async-connect",
      'fluentd-async-connect 是 fluentd-async 的旧名，不能都写。',
    );
  }
  const interval = 'fluentd-async-reconnect-interval';
  const wait = checkDuration(
    options,
    interval,
    (words) => `invalid value for ${interval}: ${words}`,
  );
  if (wait !== undefined && wait !== 0 && (wait < 100 || wait > 10_000)) {
    add(
      interval,
      `invalid value for ${interval}: value (${goQuote(value(interval))}) must be between 100ms and 10s`,
      `${interval} 应在 100ms 到 10s 之间。`,
    );
  }
  for (const key of [
    'fluentd-async',
    'fluentd-async-connect',
    'fluentd-sub-second-precision',
    'fluentd-request-ack',
  ]) {
    if (value(key) === '' || parseBool(value(key)) !== undefined) continue;
    add(key, badBool(value(key)), `${key} 只能是 "true" 或 "false"。`);
  }
  for (const key of ['fluentd-write-timeout', 'fluentd-read-timeout']) {
    const timeout = checkDuration(
      options,
      key,
      (words) => `invalid value for ${key}: value must be a duration: ${words}`,
    );
    if (timeout !== undefined && timeout < 0) {
      const words = `invalid value for ${key}: value must be a duration that is non-negative`;
      add(key, words, `${key} 不能是负数。`);
    }
  }
}

/** Milliseconds of a duration option; undefined when it is empty or, having been reported, none. */
function checkDuration(
  { value, add }: LogOptions,
  key: string,
  wording: (words: string) => string,
): number | undefined {
  if (value(key) === '') return undefined;
  const duration = durationMs(value(key));
  if (duration.ok) return duration.value;
  add(key, wording(duration.message), `${key} 要写带单位的时长，如 1s、500ms。`);
  return undefined;
}

function checkRetries({ engine, value, add }: LogOptions): void {
  const key = 'fluentd-max-retries';
  const text = value(key);
  if (text === '') return;
  const capped = atLeast(engine, '28.3');
  const message = `${key} 要写不小于 0 的整数${capped ? '，最大 2147483647' : ''}。`;
  const parsing = `strconv.ParseUint: parsing ${goQuote(text)}: `;
  if (!/^\d+$/.test(text)) add(key, `${parsing}invalid syntax`, message);
  else if (BigInt(text) >= 1n << (capped ? 32n : 64n)) {
    add(key, `${parsing}value out of range`, message);
  } else if (capped && BigInt(text) > 2_147_483_647n) {
    add(key, 'invalid fluentd-max-retries: value out of range', message);
  }
}

function fluentdAddress(address: string): string | undefined {
  const url = urlOf(address.includes('://') ? address : `tcp://${address}`);
  if (typeof url === 'string') return url;
  if (url.scheme === 'unix') {
    return url.path.replace(/^\/+/, '') === '' ? 'path is empty' : undefined;
  }
  if (url.scheme !== 'tcp' && url.scheme !== 'tls') return `unsupported scheme: '${url.scheme}'`;
  if (url.path !== '') return 'should not contain a path element';
  const port = /:(\d*)$/.exec(url.host.replace(/^\[.*\]/, ''))?.[1] ?? '';
  return port !== '' && Number(port) > 65535
    ? `invalid port: strconv.ParseUint: parsing ${goQuote(port)}: value out of range`
    : undefined;
}

function oldFluentdAddress(address: string): string | undefined {
  let authority = address;
  if (TRANSPORT.test(address)) {
    const url = urlOf(address);
    if (typeof url === 'string') return url;
    if (url.scheme.startsWith('unix')) return undefined;
    authority = url.host;
  }
  const split = splitHostPort(authority);
  if (!split.ok) return split.message.includes('missing port') ? undefined : split.message;
  return parseInteger(split.value.port) === undefined
    ? `strconv.Atoi: parsing ${goQuote(split.value.port)}: invalid syntax`
    : undefined;
}

function logentries({ value, add }: LogOptions): void {
  const key = 'logentries-token';
  if (value(key) === '') add(key, 'Missing logentries token', `logentries 驱动必须写 ${key}。`);
}

const FACILITIES = [
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron'],
  ...['authpriv', 'ftp'],
  ...Array.from({ length: 8 }, (_, i) => `local${i}`),
];

function syslog({ engine, value, add }: LogOptions): void {
  const address = value('syslog-address');
  const wrong = address === '' ? undefined : syslogAddress(address, engine);
  if (wrong !== undefined) {
    add(
      'syslog-address',
      wrong,
      'syslog-address 的形式是 udp://主机:端口、tcp://主机:端口 或 unix:///路径。',
    );
  }
  const facility = value('syslog-facility');
  const code = parseInteger(facility) ?? -1;
  if (facility !== '' && !FACILITIES.includes(facility) && !(code >= 0 && code <= 23)) {
    add(
      'syslog-facility',
      'invalid syslog facility',
      `没有「${shown(facility)}」这个 syslog-facility。`,
    );
  }
  const format = value('syslog-format');
  if (!['', 'rfc3164', 'rfc5424', 'rfc5424micro'].includes(format)) {
    add(
      'syslog-format',
      'Invalid syslog format',
      'syslog-format 只能是 rfc3164、rfc5424 或 rfc5424micro。',
    );
  }
}

function syslogAddress(address: string, engine: string): string | undefined {
  if (!atLeast(engine, '23.0') && !TRANSPORT.test(address)) {
    return `syslog-address should be in form proto://address, got ${address}`;
  }
  const url = urlOf(address);
  if (typeof url === 'string') return url;
  // Whether the socket is there is the machine's matter.
  if (url.scheme === 'unix' || url.scheme === 'unixgram') return undefined;
  if (!['udp', 'tcp', 'tcp+tls'].includes(url.scheme)) {
    return `unsupported scheme: '${url.scheme}'`;
  }
  const split = splitHostPort(url.host);
  return split.ok || split.message.includes('missing port') ? undefined : split.message;
}
