import { atLeast } from '../version.ts';
import { asRecord, type Context, memberNode, shown, text } from './context.ts';
import { goQuote } from './go-json.ts';
import { parseBool, ramInBytes, ramInBytesOld } from './go-values.ts';
import { LOG_VALUES } from './log-values.ts';

const COMMON = ['labels', 'labels-regex', 'env', 'env-regex', 'tag'];

/** Options of each log driver, as its `ValidateLogOpt` lists them. */
const OPTIONS: { [driver: string]: readonly string[] } = {
  'json-file': [...COMMON, 'max-file', 'max-size', 'compress'],
  local: ['max-file', 'max-size', 'compress', ...COMMON],
  journald: COMMON,
  syslog: [
    ...COMMON,
    'syslog-address',
    'syslog-facility',
    'syslog-tls-ca-cert',
    'syslog-tls-cert',
    'syslog-tls-key',
    'syslog-tls-skip-verify',
    'syslog-format',
  ],
  gelf: [
    ...COMMON,
    'gelf-address',
    'gelf-compression-level',
    'gelf-compression-type',
    'gelf-tcp-max-reconnect',
    'gelf-tcp-reconnect-delay',
  ],
  fluentd: [
    ...COMMON,
    'fluentd-address',
    'fluentd-async',
    'fluentd-async-connect',
    'fluentd-async-reconnect-interval',
    'fluentd-buffer-limit',
    'fluentd-max-retries',
    'fluentd-read-timeout',
    'fluentd-request-ack',
    'fluentd-retry-wait',
    'fluentd-sub-second-precision',
    'fluentd-write-timeout',
  ],
  awslogs: [
    'awslogs-group',
    'awslogs-stream',
    'awslogs-create-group',
    'awslogs-region',
    'awslogs-endpoint',
    'awslogs-datetime-format',
    'awslogs-multiline-pattern',
    'awslogs-credentials-endpoint',
    'awslogs-force-flush-interval-seconds',
    'awslogs-max-buffered-events',
    'awslogs-format',
    'awslogs-create-stream',
    'tag',
  ],
  splunk: [
    ...COMMON,
    'splunk-url',
    'splunk-token',
    'splunk-source',
    'splunk-sourcetype',
    'splunk-index',
    'splunk-capath',
    'splunk-caname',
    'splunk-insecureskipverify',
    'splunk-format',
    'splunk-verify-connection',
    'splunk-gzip',
    'splunk-gzip-level',
    'splunk-index-acknowledgment',
  ],
  logentries: [],
  gcplogs: [
    'gcp-project',
    'gcp-log-cmd',
    'gcp-meta-zone',
    'gcp-meta-name',
    'gcp-meta-id',
    'labels',
    'labels-regex',
    'env',
    'env-regex',
  ],
};

interface Lifetime {
  since?: string;
  until?: string;
}

/** Options that came or went, as `driver option`. */
const LIFETIMES: { [option: string]: Lifetime } = {
  ...Object.fromEntries(COMMON.map((option) => [`local ${option}`, { since: '29.5' }])),
  'awslogs awslogs-create-stream': { since: '23.0' },
  'awslogs awslogs-format': { since: '23.0' },
  'fluentd fluentd-async-connect': { until: '28.0' },
  'fluentd fluentd-async-reconnect-interval': { since: '23.0' },
  'fluentd fluentd-read-timeout': { since: '29.0' },
  'fluentd fluentd-write-timeout': { since: '28.2' },
};

/** Options of the cache that `docker logs` reads, beside those of any driver. */
const CACHE = ['cache-disabled', 'cache-max-file', 'cache-max-size', 'cache-compress'];

function isKnown(driver: string, option: string, engine: string): boolean {
  // That driver never looked at the names.
  if (driver === 'logentries') return true;
  if (!OPTIONS[driver]?.includes(option)) return false;
  const { since = '0', until } = LIFETIMES[`${driver} ${option}`] ?? {};
  return atLeast(engine, since) && !(until !== undefined && atLeast(engine, until));
}

/** How a driver words that it doesn't know an option. */
function unknownOption(driver: string, option: string): string {
  switch (driver) {
    case 'local':
      return `unknown log opt '${option}' for log driver local`;
    case 'gelf':
      return `unknown log opt ${goQuote(option)} for gelf log driver`;
    case 'gcplogs':
      return `${goQuote(option)} is not a valid option for the gcplogs driver`;
    default:
      return `unknown log opt '${option}' for ${driver} log driver`;
  }
}

/** log-opts are looked at only when there are some; then an unknown driver shows itself as well. */
export function checkLogOptions(context: Context): void {
  const entry = context.config.get('log-opts');
  const options = asRecord(entry?.value);
  const keys = Object.keys(options);
  const driver = text(context, 'log-driver') || 'json-file';
  if (entry === undefined || keys.length === 0 || driver === 'none') return;
  const once = 'failed to set log opts: ';
  const stage = atLeast(context.engine, '25.0') ? once + once : once;
  const value = (key: string): string => {
    const option = Object.hasOwn(options, key) ? options[key] : '';
    return typeof option === 'string' ? option : '';
  };
  const add = (key: string, words: string, message: string): void =>
    context.report.add({
      code: 'log-opt',
      refused: true,
      node: memberNode(entry.node, key),
      path: `log-opts.${key}`,
      message,
      original: context.wording.start(stage + words),
    });

  const mode = value('mode');
  if (!['', 'blocking', 'non-blocking'].includes(mode)) {
    add(
      'mode',
      `logger: logging mode not supported: ${mode}`,
      `log-opts 的 mode 只能是 blocking 或 non-blocking，不是「${shown(mode)}」。`,
    );
  }
  if (Object.hasOwn(options, 'max-buffer-size')) {
    const size = value('max-buffer-size');
    const read = atLeast(context.engine, '23.0') ? ramInBytes(size) : ramInBytesOld(size);
    if (mode !== 'non-blocking') {
      add(
        'max-buffer-size',
        "logger: max-buffer-size option is only supported with 'mode=non-blocking'",
        'max-buffer-size 要和 "mode": "non-blocking" 一起用。',
      );
    } else if (!read.ok) {
      add(
        'max-buffer-size',
        `error parsing option max-buffer-size: ${read.message}`,
        `max-buffer-size 的大小「${shown(size)}」读不懂。`,
      );
    }
  }
  const gone = driver === 'logentries' && atLeast(context.engine, '25.0');
  if (gone || !Object.hasOwn(OPTIONS, driver)) {
    // Any other name may be a plugin's.
    const node = context.config.get('log-driver')?.node ?? entry.node;
    context.report.add({
      code: 'log-driver',
      refused: true,
      node,
      path: 'log-driver',
      message: `没有「${shown(driver)}」这种日志驱动（除非装了同名插件）。`,
      original: context.wording.start(
        `${stage}logger: no log driver named '${driver}' is registered`,
      ),
      fix: { text: '改成 json-file、local 或 journald' },
    });
    return;
  }
  for (const key of keys) {
    if (
      ['mode', 'max-buffer-size'].includes(key) ||
      isKnown(driver, key, context.engine) ||
      CACHE.includes(key) ||
      (key.startsWith('cache-') && isKnown('local', key.slice('cache-'.length), context.engine))
    ) {
      continue;
    }
    const { since, until } = LIFETIMES[`${driver} ${key}`] ?? {};
    add(
      key,
      unknownOption(driver, key),
      since !== undefined && !atLeast(context.engine, since)
        ? `日志驱动 ${driver} 的「${key}」从 Docker Engine ${since} 起才有，${context.engine} 会拒绝启动。`
        : until !== undefined
          ? `日志驱动 ${driver} 的「${key}」在 Docker Engine ${until} 已被移除，写着它 dockerd 不会启动。`
          : `日志驱动 ${driver} 没有「${shown(key)}」这个选项。`,
    );
  }
  if (value('cache-disabled') !== '' && parseBool(value('cache-disabled')) === undefined) {
    add(
      'cache-disabled',
      `invalid value for option cache-disabled: ${value('cache-disabled')}`,
      'log-opts 的 cache-disabled 只能是 "true" 或 "false"。',
    );
  }
  const has = (key: string): boolean =>
    Object.hasOwn(options, key) && isKnown(driver, key, context.engine);
  LOG_VALUES[driver]?.({
    engine: context.engine,
    has,
    value: (key) => (has(key) ? value(key) : ''),
    add,
  });
}
