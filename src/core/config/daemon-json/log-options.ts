import { atLeast } from '../version.ts';
import { asRecord, type Context, memberNode, shown, text } from './context.ts';
import { parseGoUrl } from './go-url.ts';
import { parseBool, parseInteger, ramInBytes, ramInBytesOld } from './go-values.ts';

const COMMON = ['labels', 'labels-regex', 'env', 'env-regex', 'tag'];

/** Options of each log driver, as its `ValidateLogOpt` lists them. */
const OPTIONS: { [driver: string]: readonly string[] } = {
  'json-file': [...COMMON, 'max-file', 'max-size', 'compress'],
  local: ['max-file', 'max-size', 'compress', 'tag', 'labels', 'labels-regex', 'env', 'env-regex'],
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
  const known = Object.hasOwn(OPTIONS, driver) ? OPTIONS[driver] : undefined;
  if (known === undefined) {
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
      known.includes(key) ||
      key.startsWith('cache-')
    ) {
      continue;
    }
    add(
      key,
      `unknown log opt '${key}' for ${driver} log driver`,
      `日志驱动 ${driver} 没有「${shown(key)}」这个选项。`,
    );
  }
  if (value('cache-disabled') !== '' && parseBool(value('cache-disabled')) === undefined) {
    add(
      'cache-disabled',
      `invalid value for option cache-disabled: ${value('cache-disabled')}`,
      'log-opts 的 cache-disabled 只能是 "true" 或 "false"。',
    );
  }
  checkValues(driver, value, add);
}

const FACILITIES = [
  ...[
    'kern',
    'user',
    'mail',
    'daemon',
    'auth',
    'syslog',
    'lpr',
    'news',
    'uucp',
    'cron',
    'authpriv',
    'ftp',
  ],
  ...Array.from({ length: 8 }, (_, i) => `local${i}`),
];

function checkValues(
  driver: string,
  value: (key: string) => string,
  add: (key: string, words: string, message: string) => void,
): void {
  if (driver === 'awslogs' && value('awslogs-group') === '') {
    add(
      'awslogs-group',
      "must specify a value for log opt 'awslogs-group'",
      'awslogs 驱动必须写 awslogs-group。',
    );
  }
  if (driver === 'gelf') {
    const address = value('gelf-address');
    const url = parseGoUrl(address, { strictBrackets: false });
    const scheme = url.ok ? url.value.scheme : '';
    const good = (scheme === 'udp' || scheme === 'tcp') && url.ok && /:\d*$/.test(url.value.host);
    if (!good) {
      add(
        'gelf-address',
        address === ''
          ? 'gelf-address is a required parameter'
          : 'gelf: please provide gelf-address as proto://host:port',
        'gelf 驱动必须写 gelf-address，形式是 udp://主机:端口。',
      );
    }
  }
  if (driver === 'fluentd' && value('fluentd-address') !== '') {
    const given = value('fluentd-address');
    const url = parseGoUrl(given.includes('://') ? given : `tcp://${given}`, {
      strictBrackets: false,
    });
    const good = url.ok && ['tcp', 'tls', 'udp', 'unix', 'unixgram'].includes(url.value.scheme);
    if (!good) {
      add(
        'fluentd-address',
        `invalid fluentd-address (${given}): ${url.ok ? `unsupported scheme: '${url.value.scheme}'` : url.message}`,
        'fluentd-address 的形式是 主机:端口、tcp://主机:端口 或 unix:///路径。',
      );
    }
  }
  if (driver === 'syslog') {
    const address = value('syslog-address');
    const url = parseGoUrl(address, { strictBrackets: false });
    const schemes = ['unix', 'unixgram', 'udp', 'tcp', 'tcp+tls'];
    if (address !== '' && !(url.ok && schemes.includes(url.value.scheme))) {
      add(
        'syslog-address',
        `unsupported scheme: '${url.ok ? url.value.scheme : ''}'`,
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
}
