/** What dockerd takes without a word although it does nothing, or not what was meant. */
import { lookup } from '../../mirrors/index.ts';
import { atLeast } from '../version.ts';
import { asRecord, type Context, isSet, list, memberNode, record, shown, text } from './context.ts';
import type { JsonNode } from './go-json.ts';
import type { GoUrl } from './go-url.ts';
import { inNetwork, ipBytes, parseCidr } from './go-values.ts';
import type { Fix } from './problem.ts';
import { acceptedMirror, insecureEntries, mirrorFix } from './registry.ts';
import { suggestKey, suggestProxyKey } from './suggest.ts';
import type { IgnoredField } from './unmarshal.ts';

type ObjectNode = JsonNode & { kind: 'object' };

export function advise(context: Context, root: ObjectNode, ignored: readonly IgnoredField[]): void {
  duplicateKeys(context, root);
  ignoredKeys(context, root);
  for (const field of ignored) ignoredField(context, field);
  mirrors(context);
  insecure(context);
  proxies(context);
  deprecated(context);
  other(context);
}

function duplicateKeys({ report }: Context, root: ObjectNode): void {
  const last = new Map(root.members.map((member) => [member.key, member]));
  for (const member of root.members) {
    if (last.get(member.key) === member) continue;
    report.add({
      code: 'duplicate-key',
      offset: member.keyStart,
      path: member.key,
      message: `「${member.key.slice(0, 60)}」写了不止一次：只有最后一处算数，前面的被忽略。`,
      fix: { text: '合并成一处' },
    });
  }
}

/** Flag names in place of keys, and objects that hold nothing dockerd looks at. */
function ignoredKeys({ schema, report }: Context, root: ObjectNode): void {
  for (const { key, value, keyStart, keyEnd } of root.members) {
    if (schema.keys.has(key) || report.refuses(key)) continue;
    const flag = schema.flags.get(key);
    if (flag !== undefined || schema.flagless.has(key)) {
      const proxyKey = ['http-proxy', 'https-proxy', 'no-proxy'].includes(key);
      const fix = proxyKey
        ? { text: `写成 "proxies": { "${key}": … }` }
        : flag?.key === undefined
          ? { text: '删掉这个键' }
          : renameFix(
              flag.key,
              value,
              keyStart,
              keyEnd,
              root,
              schema.keys.get(flag.key)?.type.kind,
            );
      report.add({
        code: 'flag-name-ignored',
        offset: keyStart,
        path: key,
        message:
          flag?.key === undefined
            ? `「${key}」写在这里不起作用：dockerd 照常启动，但不读它${proxyKey ? '（代理要写在 proxies 里）' : ''}。`
            : `「${key}」是命令行参数的名字，写在文件里不起作用，dockerd 也不提醒。文件里的键是「${flag.key}」。`,
        fix,
      });
      continue;
    }
    if (value.kind !== 'object' || schema.flat.has(key)) continue;
    const known = value.members.every((member) => schema.flags.has(member.key));
    if (!known) continue;
    const suggestion = suggestKey(key, [...schema.keys.keys()]);
    report.add({
      code: 'object-ignored',
      offset: keyStart,
      path: key,
      message: `dockerd 没有「${key.slice(0, 60)}」这个配置项：因为值是对象，它不报错，但里面写的（多半）不起作用。`,
      fix: { text: suggestion ? `是不是想写「${suggestion}」？` : '删掉这个键' },
    });
  }
}

function renameFix(
  key: string,
  value: JsonNode,
  keyStart: number,
  keyEnd: number,
  root: ObjectNode,
  kind: string | undefined,
): Fix {
  const fix: Fix = { text: `改成 "${key}"` };
  if (root.members.some((member) => member.key === key)) {
    return { text: `把内容并进已有的 "${key}"` };
  }
  const edits = [{ start: keyStart, end: keyEnd, text: JSON.stringify(key) }];
  if (kind === 'list' && value.kind === 'string') {
    edits.push({ start: value.start, end: value.end, text: `[${JSON.stringify(value.value)}]` });
    return { text: `改成 "${key}"，值放进列表 [ ]`, edits };
  }
  const matches = kind === 'list' ? value.kind === 'array' : value.kind === 'object';
  return matches ? { ...fix, edits } : fix;
}

const GC_NEW = ['reservedspace', 'maxusedspace', 'minfreespace'];

/** Members that a struct has no field for; only `builder` and the like let them pass. */
function ignoredField({ engine, report }: Context, field: IgnoredField): void {
  const { path, key, keyStart, keyEnd, known } = field;
  // Those of `proxies` are refused, or told of there.
  if (path.startsWith('proxies.')) return;
  const plain = key.toLowerCase().replace(/^default/, '');
  const gc = /^builder\.gc\b/i.test(path);
  if (gc && GC_NEW.includes(plain) && !atLeast(engine, '28.0')) {
    report.add({
      code: 'gc-key-too-new',
      offset: keyStart,
      path,
      message: `「${key}」从 Docker Engine 28.0 起才有，${engine} 不报错，也不理会。`,
      fix: {
        text: key.toLowerCase().startsWith('default')
          ? '改用 defaultKeepStorage'
          : '改用 keepStorage',
      },
    });
    return;
  }
  const lower = known.map((name) => (name[0] ?? '').toLowerCase() + name.slice(1));
  const inPolicy = /policy\[/i.test(path);
  const suggestion =
    gc && !inPolicy && ['keepstorage', ...GC_NEW].includes(key.toLowerCase())
      ? `default${(key[0] ?? '').toUpperCase()}${key.slice(1)}`
      : gc && inPolicy && key.toLowerCase().startsWith('default')
        ? (plain[0] ?? '') + key.slice(8)
        : suggestKey(key, lower);
  report.add({
    code: gc ? 'gc-key-ignored' : 'field-ignored',
    offset: keyStart,
    path,
    message: `「${path}」不是 dockerd 认识的键，它不报错，也不理会。${suggestion ? '' : `这里认识的有 ${lower.join('、')}。`}`,
    fix: suggestion
      ? {
          text: `改成 "${suggestion}"`,
          edits: [{ start: keyStart, end: keyEnd, text: JSON.stringify(suggestion) }],
        }
      : { text: '删掉这个键，或核对它的拼写' },
  });
}

function mirrors(context: Context): void {
  const { report, engine } = context;
  const seen = new Set<string>();
  const items = list(context, 'registry-mirrors');
  for (const item of items) {
    const { value, node, path } = item;
    const url = acceptedMirror(value, engine);
    if (url === undefined) continue;
    const warn = (code: string, message: string, fix = mirrorFix(item, engine)): void =>
      report.add({ code, node, path, message, ...(fix && { fix }) });
    const normal = `${value.replace(/\/$/, '')}/`;
    if (seen.has(normal)) {
      report.add({
        code: 'mirror-duplicate',
        severity: 'info',
        node,
        path,
        message: `镜像源「${shown(value)}」重复了，dockerd 只算一次。`,
        fix: { text: '删掉一个' },
      });
      continue;
    }
    seen.add(normal);
    const useless = uselessMirror(value, url);
    if (useless !== undefined) {
      warn(
        'mirror-useless',
        `镜像源「${shown(value)}」dockerd 照收不误，但永远连不上：${useless}。`,
      );
      continue;
    }
    if (/\/v2\/?$/.test(url.path)) {
      warn(
        'mirror-v2',
        `镜像源「${shown(value)}」末尾的 /v2 多余：经典存储（overlay2 等）会去请求 /v2/v2/。`,
      );
    } else if (/\/\/+/.test(url.path)) {
      warn('mirror-slashes', `镜像源「${shown(value)}」里有连续的斜杠，多半会 404。`);
    }
    catalogue(context, item);
    coveredByInsecure(context, url, item.node, path);
  }
  if (items.length > 3) {
    report.add({
      code: 'mirror-many',
      severity: 'info',
      node: items[0]?.node ?? { start: 0 },
      path: 'registry-mirrors',
      message: `列了 ${items.length} 个镜像源：dockerd 按顺序一个个试，前面坏掉的会拖慢每次拉取。留两三个测过的就够。`,
    });
  }
  const entry = context.flat.get('registry-mirrors');
  if (entry?.node.kind === 'null') {
    report.add({
      code: 'null-keeps-old',
      severity: 'info',
      node: entry.node,
      path: 'registry-mirrors',
      message:
        'null 等于没写。用 systemctl reload 重新加载时，没写的 registry-mirrors 会保留旧值；要清空请写 []，或重启 dockerd。',
      fix: {
        text: '写成 []',
        edits: [{ start: entry.node.start, end: entry.node.end, text: '[]' }],
      },
    });
  }
}

function uselessMirror(value: string, url: GoUrl): string | undefined {
  if (url.opaque !== '' || url.host === '') return '没有写主机名';
  if (url.forceQuery) return '末尾有一个多余的问号';
  const port = /:(\d*)$/.exec(url.host.replace(/^\[[^\]]*\]/, ''))?.[1];
  if (port === '') return '冒号后面没有端口';
  if (port !== undefined && (Number(port) > 65535 || Number(port) === 0)) {
    return `端口 ${port} 不在 1 到 65535 之间`;
  }
  if (url.host.replace(/:\d*$/, '') === '') return '没有写主机名';
  if (/[^\0-\x7f]/.test(url.host)) return '主机名里有非 ASCII 字符，要写成 xn-- 开头的形式';
  if (/[<>"'`()!$&*+,;=]/.test(url.host)) return '主机名里有不会出现在域名里的字符';
  return /:\d*:/.test(value.replace(/^\w+:\/\/\[[^\]]*\]/, '').slice(8))
    ? '主机名里有多余的冒号'
    : undefined;
}

/** What the catalogue of mirror services knows of an address. */
function catalogue(
  { report }: Context,
  { value, node, path }: { value: string; node: JsonNode; path: string },
): void {
  const entry = lookup(value);
  if (entry === undefined) return;
  const warn = (code: string, message: string, fix?: string): void =>
    report.add({ code, node, path, message, ...(fix && { fix: { text: fix } }) });
  if (entry.kind === 'not-a-mirror') {
    warn(
      'not-a-mirror',
      `「${shown(value)}」不是 Docker Hub 的镜像源：${entry.why}。`,
      '删掉这一项',
    );
    return;
  }
  if (entry.form !== 'docker.io-mirror') {
    warn(
      'mirror-form',
      `「${shown(value)}」（${entry.name}）只能写在镜像名里，放进 registry-mirrors 不起作用。`,
      '删掉这一项',
    );
    return;
  }
  const dated = `最近证据 ${entry.lastEvidence}`;
  switch (entry.status) {
    case 'stopped':
      warn(
        'mirror-stopped',
        `「${shown(value)}」（${entry.name}）已停止服务${entry.end ? `（${entry.end.date}）：${entry.end.why}` : ''}。排在前面的失效镜像源会拖慢每次拉取。`,
        '删掉这一项',
      );
      return;
    case 'cloud-only':
      warn(
        'mirror-cloud-only',
        `「${shown(value)}」只在指定的云内可用（${dated}）。${entry.scope ?? ''}`,
      );
      return;
    case 'account-only':
      warn(
        'mirror-account-only',
        `「${shown(value)}」要登录或付费才能用（${dated}），dockerd 不会向镜像源登录。`,
      );
      return;
    case 'unknown':
      warn('mirror-unknown', `「${shown(value)}」的证据不足或互相矛盾（${dated}），不建议依赖它。`);
      return;
    case 'restricted':
      report.add({
        code: 'mirror-restricted',
        severity: 'info',
        node,
        path,
        message: `「${shown(value)}」有硬限制（${dated}）：${entry.scope ?? '白名单、地域或限次'}`,
      });
      return;
    case 'works':
      return;
  }
}

function coveredByInsecure(context: Context, url: GoUrl, node: JsonNode, path: string): void {
  if (url.scheme !== 'https') return;
  const name = url.host.replace(/:\d*$/, '').replace(/^\[|\]$/g, '');
  const bytes = ipBytes(name);
  const covered = insecureEntries(context).some(({ host, cidr }) => {
    if (!cidr) return host === url.host || (host === name && url.host === name);
    const network = parseCidr(host);
    return network !== undefined && bytes !== undefined && inNetwork(network, bytes);
  });
  if (!covered) return;
  context.report.add({
    code: 'mirror-insecure',
    node,
    path,
    message: `${url.host} 同时在 insecure-registries 里：containerd 镜像存储和所有构建会因此连 Docker Hub 的证书也不校验。`,
    fix: { text: '从 insecure-registries 里去掉它，改为安装它的 CA 证书' },
  });
}

function insecure(context: Context): void {
  const { report } = context;
  for (const { host, cut, cidr, item } of insecureEntries(context)) {
    const { node, path } = item;
    if (cut !== '') {
      report.add({
        code: 'insecure-scheme-cut',
        node,
        path,
        message: `insecure-registries 里不用写 ${cut}，dockerd 会去掉它并打一行警告。`,
        fix: {
          text: `写成 ${host}`,
          edits: [{ start: node.start, end: node.end, text: JSON.stringify(host) }],
        },
      });
    }
    if (cidr && /\/0+$/.test(host)) {
      report.add({
        code: 'insecure-everything',
        node,
        path,
        message: `${host} 让 dockerd 对所有仓库都不校验证书。`,
        fix: { text: '只写自己的那个仓库或网段' },
      });
    }
    const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com'];
    if (hub.includes(host.replace(/:\d+$/, ''))) {
      report.add({
        code: 'insecure-hub',
        node,
        path,
        message: `${host} 写在 insecure-registries 里不起作用：Docker Hub 始终校验证书。`,
        fix: { text: '删掉这一项；公司代理换了证书的话，把公司的根证书装进系统' },
      });
    } else if (lookup(host)?.kind === 'mirror') {
      report.add({
        code: 'insecure-mirror',
        severity: 'info',
        node,
        path,
        message: `${host} 是公共镜像源，本来就有正规证书，不必写进 insecure-registries。`,
        fix: { text: '删掉这一项' },
      });
    }
  }
}

function proxies(context: Context): void {
  const { report } = context;
  const entry = context.config.get('proxies');
  const values = asRecord(entry?.value);
  if (entry === undefined) return;
  for (const key of ['http-proxy', 'https-proxy']) {
    const value = values[key];
    if (typeof value !== 'string' || value === '') continue;
    const node = memberNode(entry.node, key);
    const path = `proxies.${key}`;
    const at = value.lastIndexOf('@');
    const login =
      at < 0 ? '' : value.slice(value.indexOf('://') < 0 ? 0 : value.indexOf('://') + 3, at);
    if (/[\s]/.test(value) || !/^(?:[a-z][a-z\d+.-]*:\/\/)?[^/\s]+\/?$/i.test(value)) {
      report.add({
        code: 'proxy-address',
        node,
        path,
        message: `「${path}」不像代理地址（http://主机:端口）。dockerd 不检查它，拉取时才会失败。`,
      });
    } else if (/[@#/?%](?![0-9a-fA-F]{2})/.test(login)) {
      report.add({
        code: 'proxy-login',
        node,
        path,
        message: `「${path}」的用户名或密码里有没编码的特殊字符，代理会收到错的密码，dockerd 的日志也可能泄露它。`,
        fix: { text: '把 @ 写成 %40、# 写成 %23、% 写成 %25、/ 写成 %2F、: 写成 %3A' },
      });
    }
  }
  const bypass = values['no-proxy'];
  if (typeof bypass === 'string' && /[；;，、]/.test(bypass)) {
    report.add({
      code: 'no-proxy-separator',
      node: memberNode(entry.node, 'no-proxy'),
      path: 'proxies.no-proxy',
      message: 'no-proxy 里的各项用半角逗号隔开，别的分隔符不算。',
    });
  }
  if (entry.node.kind !== 'object') return;
  const known = ['http-proxy', 'https-proxy', 'no-proxy'];
  for (const { key, keyStart } of entry.node.members) {
    if (known.includes(key) || suggestProxyKey(key) !== undefined) continue;
    if (!context.schema.flags.has(key)) continue;
    report.add({
      code: 'field-ignored',
      offset: keyStart,
      path: `proxies.${key}`,
      message: `「${key}」写在 proxies 里不起作用，要写在最外层。`,
    });
  }
}

const DEPRECATED: [key: string, since: string, message: string][] = [
  ['graph', '17.05', 'graph 已改名为 data-root，23.0 起写着它 dockerd 不会启动。'],
  ['cluster-store', '20.10', 'cluster-store 早已废弃，24.0 起写着它 dockerd 不会启动。'],
  ['cluster-advertise', '20.10', 'cluster-advertise 早已废弃，24.0 起写着它 dockerd 不会启动。'],
  ['cluster-store-opts', '20.10', 'cluster-store-opts 早已废弃，24.0 起写着它 dockerd 不会启动。'],
  [
    'oom-score-adjust',
    '24.0',
    'oom-score-adjust 已废弃，26.0 起写着它 dockerd 不会启动；改在 systemd 里设 OOMScoreAdjust=。',
  ],
  ['api-cors-header', '27.0', 'api-cors-header 已废弃，28.0 起写着它 dockerd 不会启动。'],
  [
    'allow-nondistributable-artifacts',
    '27.0',
    'allow-nondistributable-artifacts 已废弃，28.1 起不起作用。',
  ],
  [
    'host-gateway-ip',
    '28.0',
    'host-gateway-ip 从 28.0 起改名为 host-gateway-ips（列表），旧名暂时仍可用。',
  ],
];

function deprecated({ engine, flat, report }: Context): void {
  for (const [key, since, message] of DEPRECATED) {
    const value = flat.get(key);
    if (value === undefined || !atLeast(engine, since) || report.refuses(key)) continue;
    report.add({
      code: 'deprecated-key',
      severity: 'info',
      offset: value.keyStart,
      path: key,
      message,
      ...(key === 'graph' && {
        fix: {
          text: '改成 "data-root"',
          edits: [{ start: value.keyStart, end: value.keyEnd, text: '"data-root"' }],
        },
      }),
    });
  }
}

const FEATURES = [
  'buildkit',
  'containerd-snapshotter',
  'containerd-migration',
  'cdi',
  'time-namespaces',
  'embedded-containerd',
  'swarm-nftables',
  'windows-dns-proxy',
];

function other(context: Context): void {
  const { engine, report, flat } = context;
  const features = context.config.get('features');
  for (const key of Object.keys(record(context, 'features'))) {
    if (features === undefined || FEATURES.includes(key)) continue;
    const suggestion = suggestKey(key, FEATURES);
    report.add({
      code: 'feature-unknown',
      node: memberNode(features.node, key),
      path: `features.${key}`,
      message: `不认识 features 里的「${shown(key)}」：dockerd 不检查这里的名字，写错了也不提醒。${suggestion ? `是不是「${suggestion}」？` : ''}`,
    });
  }
  if (record(context, 'features')['containerd-snapshotter'] === true && !atLeast(engine, '23.0')) {
    report.add({
      code: 'feature-too-new',
      ...(features && { node: features.node }),
      path: 'features.containerd-snapshotter',
      message: `containerd-snapshotter 从 23.0 起才有，${engine} 不理会。`,
    });
  }
  const storage = features && memberNode(features.node, 'containerd-snapshotter');
  if (storage && record(context, 'features')['containerd-snapshotter'] === true) {
    for (const key of ['storage-driver', 'userns-remap']) {
      const value = text(context, key);
      if (value === '' || (key === 'storage-driver' && value === 'overlayfs')) continue;
      report.add({
        code: 'exclusive-silent',
        ...(context.config.get(key) && { node: context.config.get(key)?.node ?? storage }),
        path: key,
        message: `打开 containerd-snapshotter 之后，${key === 'storage-driver' ? `storage-driver「${shown(value)}」会被当作 snapshotter 的名字，经典存储的驱动名在这里用不了` : 'userns-remap 不受支持'}。`,
      });
    }
  }
  if (isSet(context, 'restart')) {
    const value = flat.get('restart');
    if (value) {
      report.add({
        code: 'deprecated-key',
        offset: value.keyStart,
        path: 'restart',
        message: 'restart 早已不起作用：重启策略写在容器上（docker run --restart）。',
        fix: { text: '删掉这个键' },
      });
    }
  }
  if (context.config.get('iptables')?.value === false) {
    report.add({
      code: 'iptables-off',
      node: context.config.get('iptables')?.node ?? { start: 0 },
      path: 'iptables',
      message:
        'iptables 设为 false 之后，dockerd 不再做地址转换：容器多半上不了网，端口也映射不出去。',
    });
  }
  for (const { value, node, path } of list(context, 'dns')) {
    if (!/^127\./.test(value.trim()) && value.trim() !== '::1') continue;
    report.add({
      code: 'dns-loopback',
      node,
      path,
      message: `dns 里的 ${value} 是容器自己的回环地址，容器连不到主机上的 DNS。`,
    });
  }
}
