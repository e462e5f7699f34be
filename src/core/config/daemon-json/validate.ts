/**
 * dockerd's own check of the merged configuration (`config.Validate`), and what it looks at right after.
 * Source followed: moby `daemon/config/config.go`, `opts/opts.go`, `opts/hosts.go` of the tags from v20.10 on.
 */
import { atLeast } from '../version.ts';
import { type Context, isOn, isSet, list, number, record, shown, text } from './context.ts';
import { parseGoUrl } from './go-url.ts';
import { isIp, parseCidr, parseInteger, parsePrefix, splitHostPort } from './go-values.ts';
import { validateMirrors } from './registry.ts';
import type { Finding } from './report.ts';

export function validate(context: Context): void {
  logging(context);
  names(context);
  gateways(context);
  labels(context);
  numbers(context);
  genericResources(context);
  hosts(context);
  if (atLeast(context.engine, '28.3')) validateMirrors(context, context.wording.validation);
  removed(context);
  execOptions(context);
  bridge(context);
  modes(context);
  tls(context);
}

/** A refusal of `config.Validate`. */
function refuse(
  context: Context,
  path: string,
  finding: Omit<Finding, 'refused' | 'original'> & { words: string },
): void {
  const { words, ...rest } = finding;
  const key = /^[^.[]*/.exec(path)?.[0] ?? '';
  const node = context.config.get(key)?.node;
  context.report.add({
    ...(node && { node }),
    ...rest,
    path,
    refused: true,
    original: context.wording.validation(words),
  });
}

function logging(context: Context): void {
  const { engine } = context;
  const level = text(context, 'log-level');
  const levels = ['panic', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];
  if (!atLeast(engine, '25.0')) levels.push('warning');
  if (level !== '' && !levels.includes(level.toLowerCase())) {
    const old = !atLeast(engine, '23.0');
    const words = old
      ? `unable to parse logging level: ${level}`
      : `invalid logging level: ${level}`;
    const node = context.config.get('log-level')?.node;
    context.report.add({
      code: 'log-level',
      refused: true,
      ...(node && { node }),
      path: 'log-level',
      message: `log-level 不认识「${shown(level)}」，只能是 debug、info、warn、error、fatal。`,
      original: old ? words : context.wording.validation(words),
      ...(level.toLowerCase() === 'warning' && { fix: { text: '写成 "warn"' } }),
    });
  }
  const format = text(context, 'log-format');
  if (format !== '' && format !== 'text' && format !== 'json') {
    refuse(context, 'log-format', {
      code: 'log-format',
      message: `log-format 只能是 text 或 json，不是「${shown(format)}」。`,
      words: `invalid log format: ${format}`,
    });
  }
}

// The (:? of the source is a slip for (?: there: it lets a colon through.
const LABEL = '(:?(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])))';
const DOMAIN = new RegExp(`^(${LABEL}(:?\\.${LABEL})*)\\.?\\s*$`);

function isDomain(value: string): boolean {
  if (!/[a-zA-Z]/.test(value) || value.length > 300) return false;
  const match = DOMAIN.exec(value);
  return match !== null && (match[1]?.length ?? 0) < 255;
}

function names(context: Context): void {
  if (!atLeast(context.engine, '25.0')) {
    for (const { value, node, path } of list(context, 'dns')) {
      if (isIp(value.trim())) continue;
      refuse(context, path, {
        code: 'invalid-ip',
        node,
        message: `dns 只能写 IP 地址，「${shown(value)}」不是（也不能带端口）。`,
        words: atLeast(context.engine, '23.0')
          ? `IP address is not correctly formatted: ${value}`
          : `${value.trim()} is not an ip address`,
      });
    }
  }
  for (const { value, node, path } of list(context, 'dns-search')) {
    const trimmed = value.replace(/^ +| +$/g, '');
    if (trimmed === '.' || isDomain(trimmed)) continue;
    refuse(context, path, {
      code: 'dns-search',
      node,
      message: `dns-search 的「${shown(value)}」不是域名。`,
      words: `${trimmed} is not a valid domain`,
    });
  }
}

function gateways(context: Context): void {
  const ips = list(context, 'host-gateway-ips').filter(({ value }) => value !== '');
  const v4 = ips.filter(({ value }) => !value.includes(':'));
  const v6 = ips.filter(({ value }) => value.includes(':'));
  const many = v4.length > 1 ? v4[1] : v6[1];
  if (many === undefined) return;
  const family = v4.length > 1 ? 'IPv4' : 'IPv6';
  refuse(context, many.path, {
    code: 'host-gateway-ips',
    node: many.node,
    message: `host-gateway-ips 里 ${family} 地址最多一个。`,
    words: `only one ${family} host gateway IP address can be specified`,
  });
}

function labels(context: Context): void {
  const seen = new Map<string, string>();
  for (const { value, node, path } of list(context, 'labels')) {
    if (!value.includes('=')) {
      refuse(context, path, {
        code: 'label',
        node,
        message: `labels 的每一项要写成 键=值，「${shown(value)}」没有等号。`,
        words: `bad attribute format: ${value}`,
      });
      continue;
    }
    if (/^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.)/i.test(value)) {
      refuse(context, path, {
        code: 'label',
        node,
        message: `labels 里以 com.docker.、io.docker.、org.dockerproject. 开头的名字是保留的。`,
        words: `label ${value} is not allowed: the namespaces com.docker.*, io.docker.*, and org.dockerproject.* are reserved for internal use`,
      });
      continue;
    }
    const equals = value.indexOf('=');
    const key = value.slice(0, equals);
    const content = value.slice(equals + 1);
    const earlier = seen.get(key);
    if (earlier !== undefined && earlier !== content) {
      context.report.add({
        code: 'label-conflict',
        refused: true,
        node,
        path,
        message: `labels 里「${shown(key)}」写了两个不同的值。`,
        original: `conflict labels for ${key}=${content} and ${key}=${earlier}`,
        fix: { text: '只留一个' },
      });
    }
    seen.set(key, content);
  }
}

function numbers(context: Context): void {
  const { engine } = context;
  const modern = atLeast(engine, '23.0');
  const negative: [key: string, words: string][] = [
    ['max-concurrent-downloads', 'invalid max concurrent downloads'],
    ['max-concurrent-uploads', 'invalid max concurrent uploads'],
    ['max-download-attempts', 'invalid max download attempts'],
    ['default-stop-timeout', 'invalid default stop timeout'],
  ];
  if (modern) negative.unshift(['mtu', 'invalid default MTU']);
  for (const [key, words] of negative) {
    const value = number(context, key);
    if (value >= 0) continue;
    refuse(context, key, {
      code: 'negative-number',
      message: `「${key}」不能是负数。`,
      words: `${words}: ${value}`,
      fix: { text: '写一个正整数，或删掉这个键用默认值' },
    });
  }
  // Before 23.0 the file was checked before the defaults came in, so a zero counted as a value.
  if (!modern && context.config.get('max-download-attempts')?.value === 0) {
    refuse(context, 'max-download-attempts', {
      code: 'negative-number',
      message: `「max-download-attempts」在 ${engine} 里必须大于 0。`,
      words: 'invalid max download attempts: 0',
    });
  }
  const score = number(context, 'oom-score-adjust');
  if (Math.abs(score) > 1000) {
    const node = context.config.get('oom-score-adjust')?.node;
    context.report.add({
      code: 'number-range',
      refused: true,
      ...(node && { node }),
      path: 'oom-score-adjust',
      message: 'oom-score-adjust 应在 -1000 到 1000 之间。',
      original: context.wording.start('write /proc/self/oom_score_adj: invalid argument'),
    });
  }
  const port = number(context, 'network-diagnostic-port');
  if (atLeast(engine, '28.0') && (port < 0 || port > 65535)) {
    refuse(context, 'network-diagnostic-port', {
      code: 'port-range',
      message: 'network-diagnostic-port 应在 0 到 65535 之间。',
      words: `invalid network-diagnostic-port (${port}): value must be between 0 and 65535`,
    });
  }
}

function genericResources(context: Context): void {
  const items = list(context, 'node-generic-resources');
  const kinds = new Map<string, string[]>();
  const add = (item: (typeof items)[number] | undefined, words: string, message: string): void =>
    refuse(context, item?.path ?? 'node-generic-resources', {
      code: 'generic-resource',
      ...(item && { node: item.node }),
      message,
      words: `could not parse GenericResource: ${words}`,
    });
  for (const item of items) {
    const parts = item.value.split('=');
    if (parts.length !== 2) {
      add(
        item,
        `incorrect term ${item.value}, missing '=' or malformed expression`,
        `node-generic-resources 的「${shown(item.value)}」要写成 名字=值。`,
      );
      continue;
    }
    const [name = '', value = ''] = parts.map((part) => part.trim());
    kinds.set(name, [...(kinds.get(name) ?? []), value]);
  }
  for (const [name, values] of kinds) {
    const last = items.findLast(({ value }) => value.split('=')[0]?.trim() === name);
    const amounts = values.flatMap((value) => parseInteger(value) ?? []);
    if (values.length > 1 && amounts.length > 0) {
      add(
        last,
        `mixed discrete and named resources in expression '${name}=[${values.join(' ')}]'`,
        `node-generic-resources 里「${shown(name)}」混用了数字和名字，或给了两个数字。`,
      );
    } else if ((amounts[0] ?? 0) < 0) {
      add(
        last,
        `cannot ask for negative resource ${name}`,
        `node-generic-resources 的「${shown(name)}」不能是负数。`,
      );
    }
  }
}

function hosts(context: Context): void {
  const { engine } = context;
  if (!atLeast(engine, '23.0')) {
    hostsBefore23(context);
    return;
  }
  for (const { value, node, path } of list(context, 'hosts')) {
    const words = hostError(value.trim(), engine);
    if (words === undefined) continue;
    refuse(context, path, {
      code: 'host',
      node,
      message: `hosts 的「${shown(value)}」不是 dockerd 能监听的地址（unix://…、tcp://IP:端口、fd://）。`,
      words,
    });
  }
}

function hostError(address: string, engine: string): string | undefined {
  if (address === '') return undefined;
  const at = address.indexOf('://');
  const proto = at < 0 ? 'tcp' : address.slice(0, at);
  const rest = at < 0 ? address : address.slice(at + 3);
  if (proto === 'fd') return undefined;
  if (proto === 'unix' || proto === 'npipe') {
    return rest.includes('://')
      ? `invalid bind address (${address}): invalid ${proto} address: ${rest}`
      : undefined;
  }
  if (proto !== 'tcp') return `invalid bind address (${address}): unsupported proto '${proto}'`;
  const url = parseGoUrl(at < 0 ? `tcp://${address}` : address, {
    strictBrackets: atLeast(engine, '28.5.1'),
  });
  const prefix = `invalid bind address (${address}): `;
  if (!url.ok) return prefix + url.message;
  if (url.value.path !== '') return `${prefix}should not contain a path element`;
  const port = /:(\d*)$/.exec(url.value.host.replace(/^\[.*\]/, ''))?.[1] ?? '';
  if (port !== '' && (parseInteger(port) ?? 0) === 0) return `${prefix}invalid port: ${port}`;
  return undefined;
}

/** 20.10 looked at the addresses only while it opened them. */
function hostsBefore23(context: Context): void {
  for (const { value, node, path } of list(context, 'hosts')) {
    const words = oldHostError(value.trim());
    if (words === undefined) continue;
    context.report.add({
      code: 'host',
      refused: true,
      node,
      path,
      message: `hosts 的「${shown(value)}」不是 dockerd 能监听的地址（unix://…、tcp://IP:端口、fd://）。`,
      original: `failed to load listeners: error parsing -H ${value}: ${words}`,
    });
  }
}

function oldHostError(address: string): string | undefined {
  if (address === '') return undefined;
  const at = address.indexOf('://');
  const proto = at < 0 ? 'tcp' : address.slice(0, at);
  const rest = at < 0 ? address : address.slice(at + 3);
  if (proto === 'fd') return undefined;
  if (!['tcp', 'unix', 'npipe'].includes(proto)) return `Invalid bind address format: ${address}`;
  if (rest.includes('://')) return `Invalid proto, expected ${proto}: ${rest}`;
  if (proto !== 'tcp' || rest === '') return undefined;
  const url = parseGoUrl(`tcp://${rest}`, { strictBrackets: false });
  return url.ok ? undefined : url.message;
}

/** What opening an address fails with on any Linux machine. */
export function listenError(address: string): string | undefined {
  if (address.startsWith('npipe://')) return 'invalid protocol format: "npipe"';
  if (/^(?:unix|fd):\/\//.test(address)) return undefined;
  const rest = address.replace(/^tcp:\/\//, '');
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const split = splitHostPort(authority);
  if (/^\d+$/.test(authority)) return `failed to lookup ${authority} address in host specification`;
  if (slash >= 0) {
    const given = split.ok ? split.value.port : '2375';
    return `listen tcp: address tcp/${given}${rest.slice(slash)}: unknown port`;
  }
  if (!split.ok) return undefined;
  const port = parseInteger(split.value.port);
  return port !== undefined && port > 65535
    ? `listen tcp: address ${port}: invalid port`
    : undefined;
}

function removed(context: Context): void {
  const { engine } = context;
  if (text(context, 'api-cors-header') !== '' && atLeast(engine, '28.0')) {
    refuse(context, 'api-cors-header', {
      code: 'key-removed',
      message: 'api-cors-header 已移除，写着它 dockerd 不会启动。要跨域请在前面加反向代理。',
      words:
        'DEPRECATED: The "api-cors-header" config parameter and the dockerd "--api-cors-header" option have been removed; use a reverse proxy if you need CORS headers',
      fix: { text: '删掉这个键' },
    });
  }
  if (number(context, 'oom-score-adjust') !== 0 && atLeast(engine, '25.0')) {
    refuse(context, 'oom-score-adjust', {
      code: 'key-removed',
      message:
        'oom-score-adjust 已移除，写着它 dockerd 不会启动。改在 systemd 里设 OOMScoreAdjust=。',
      words:
        'DEPRECATED: The "oom-score-adjust" config parameter and the dockerd "--oom-score-adjust" options have been removed.',
      fix: { text: '删掉这个键' },
    });
  }
  if (text(context, 'graph') !== '') {
    const both = text(context, 'data-root') !== '';
    if (atLeast(engine, '23.0')) {
      refuse(context, 'graph', {
        code: 'key-removed',
        message: 'graph 已改名为 data-root，写着它 dockerd 不会启动。',
        words: 'the "graph" config file option is deprecated; use "data-root" instead',
      });
    } else if (both) {
      const node = context.config.get('graph')?.node;
      context.report.add({
        code: 'both-names',
        refused: true,
        ...(node && { node }),
        path: 'graph',
        message: 'graph 是 data-root 的旧名，两个不能都写。',
        original: context.wording.file(
          'cannot specify both "graph" and "data-root" config file options',
        ),
        fix: { text: '只留 data-root' },
      });
    }
  }
  const features = record(context, 'features');
  if (
    Object.hasOwn(features, 'windows-dns-proxy') &&
    atLeast(engine, '26.1') &&
    !atLeast(engine, '28.0')
  ) {
    refuse(context, 'features.windows-dns-proxy', {
      code: 'feature',
      message: 'features 里的 windows-dns-proxy 只在 Windows 上有。',
      words: "feature option 'windows-dns-proxy' is only available on Windows",
    });
  }
  if (
    features['embedded-containerd'] === true &&
    isOn(context, 'cri-containerd') &&
    atLeast(engine, '29.7')
  ) {
    refuse(context, 'features.embedded-containerd', {
      code: 'feature',
      message: 'features 里的 embedded-containerd 不能和 cri-containerd 一起用。',
      words:
        'conflicting options: cannot use the "embedded-containerd" feature and CRI support (--cri-containerd) at the same time',
    });
  }
}

/** Options of the container runtime; checked while starting before 28.0. */
function execOptions(context: Context): void {
  const early = atLeast(context.engine, '28.0');
  for (const { value, node, path } of list(context, 'exec-opts')) {
    const equals = value.indexOf('=');
    const name = value.slice(0, Math.max(0, equals)).trim().toLowerCase();
    const option = value.slice(equals + 1).trim();
    const add = (message: string, words: string, stage: (words: string) => string): void => {
      context.report.add({
        code: 'exec-opt',
        refused: true,
        node,
        path,
        message,
        original: stage(words),
        fix: { text: '写成 "native.cgroupdriver=systemd" 或 "native.cgroupdriver=cgroupfs"' },
      });
    };
    const { validation, start } = context.wording;
    if (equals < 0 || name === '' || option === '') {
      if (!early) continue;
      const words = `invalid exec-opt (${value}): must be formatted 'opt=value'`;
      add(`exec-opts 的「${shown(value)}」要写成 选项=值。`, words, validation);
    } else if (name !== 'native.cgroupdriver') {
      if (!early) continue;
      const words =
        name === 'isolation'
          ? `invalid exec-opt (${value}): option 'isolation' is only supported on windows`
          : `invalid exec-opt (${value}): unknown option: '${name}'`;
      add(`exec-opts 里没有「${shown(name)}」这个选项。`, words, validation);
    } else if (!['systemd', 'cgroupfs', ''].includes(option)) {
      const words =
        option === 'none'
          ? 'native.cgroupdriver option none is internally used and cannot be specified manually'
          : `native.cgroupdriver option ${option} not supported`;
      add(
        `native.cgroupdriver 只能是 systemd 或 cgroupfs，不是「${shown(option)}」。`,
        words,
        start,
      );
    }
  }
}

function bridge(context: Context): void {
  const { engine } = context;
  if (atLeast(engine, '25.0')) {
    const value = text(context, 'fixed-cidr-v6');
    const words = value === '' ? undefined : ipv6SubnetError(value);
    if (words !== undefined) {
      refuse(context, 'fixed-cidr-v6', {
        code: 'subnet',
        message: `fixed-cidr-v6 的「${shown(value)}」不是可用的 IPv6 网段。`,
        words: `invalid fixed-cidr-v6: ${atLeast(engine, '27.0') ? `invalid fixed-cidr-v6: ${words}` : oldSubnetError(value, words)}`,
      });
    }
    const path = text(context, 'userland-proxy-path');
    if (isOn(context, 'userland-proxy') && path !== '' && !path.startsWith('/')) {
      refuse(context, 'userland-proxy-path', {
        code: 'path-relative',
        message: 'userland-proxy-path 要写绝对路径。',
        words: `invalid userland-proxy-path: must be an absolute path: ${path}`,
      });
    }
  }
  const backend = text(context, 'firewall-backend');
  if (backend !== '' && backend !== 'iptables' && backend !== 'nftables') {
    refuse(context, 'firewall-backend', {
      code: 'firewall-backend',
      message: `firewall-backend 只能是 iptables 或 nftables，不是「${shown(backend)}」。`,
      words: `invalid firewall-backend: "${backend}"`,
    });
  }
}

/** How 25 and 26 said it. */
function oldSubnetError(value: string, words: string): string {
  if (parseCidr(value) === undefined) return `invalid CIDR address: ${value}`;
  return words.includes('not a valid') ? 'fixed-cidr-v6 is not an IPv6 subnet' : words;
}

export function ipv6SubnetError(value: string): string | undefined {
  const prefix = parsePrefix(value);
  if (!prefix.ok) return `netip.ParsePrefix("${value}"): ${prefix.message}`;
  const { bytes, bits } = prefix.value;
  if (bytes.length !== 16) return `'${value}' is not a valid IPv6 subnet`;
  const mapped =
    bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return `'${value}' is not a valid IPv6 subnet`;
  if (bytes[0] === 0xff && bits >= 8) return `multicast subnet ${value} is not allowed`;
  const linkLocal = bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
  if (linkLocal && bits === 64 && bytes[1] === 0x80) return undefined;
  if (linkLocal && bits >= 10) {
    return `link-local subnet ${value} is not allowed, except fe80::/64`;
  }
  return undefined;
}

function modes(context: Context): void {
  const { engine } = context;
  const ipc = text(context, 'default-ipc-mode');
  if (ipc !== '' && ipc !== 'private' && ipc !== 'shareable') {
    const valid = ['none', 'host'].includes(ipc) || ipc.startsWith('container:');
    const [quote, hint] = ['"', 'use "shareable" or "private"'];
    refuse(context, 'default-ipc-mode', {
      code: 'ipc-mode',
      message: `default-ipc-mode 只能是 private 或 shareable，不是「${shown(ipc)}」。`,
      words: valid
        ? `IPC mode ${quote}${ipc}${quote} is not supported as default value; ${hint}`
        : `default IPC mode setting (${ipc}) is invalid; ${hint}`,
    });
  }
  const cgroup = text(context, 'default-cgroupns-mode');
  if (cgroup !== '' && cgroup !== 'private' && cgroup !== 'host') {
    refuse(context, 'default-cgroupns-mode', {
      code: 'cgroupns-mode',
      message: `default-cgroupns-mode 只能是 host 或 private，不是「${shown(cgroup)}」。`,
      words: atLeast(engine, '28.0')
        ? `invalid default cgroup namespace (${cgroup}): use "host" or "private"`
        : `default cgroup namespace mode (${cgroup}) is invalid; use "host" or "private"`,
    });
  }
}

/** TLS of the API without the files it needs. */
function tls(context: Context): void {
  const wanted = context.config.get('tls')?.value === true || isSet(context, 'tlsverify');
  if (!wanted) return;
  const key = context.config.has('tls') ? 'tls' : 'tlsverify';
  const node = context.config.get(key)?.node;
  const cert = text(context, 'tlscert');
  const keyFile = text(context, 'tlskey');
  context.report.add({
    code: 'tls-files',
    refused: cert === '' || keyFile === '',
    ...(node && { node }),
    path: key,
    message:
      cert === '' || keyFile === ''
        ? '开了 TLS 却没有写 tlscert 和 tlskey：dockerd 不会启动。'
        : 'TLS 的证书和私钥文件（tlscert、tlskey、tlscacert）必须已在这台机器上，否则 dockerd 不会启动。',
    ...((cert === '' || keyFile === '') && {
      original: `${atLeast(context.engine, '23.0') ? 'invalid TLS configuration' : 'failed to create API server'}: ${atLeast(context.engine, '28.0') && !context.engine.includes('+dfsg') ? 'c' : 'C'}ould not load X509 key pair (cert: "", key: ""): open : no such file or directory`,
    }),
  });
}
