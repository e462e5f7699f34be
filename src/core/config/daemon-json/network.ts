import { atLeast } from '../version.ts';
import { asRecord, type Context, isOn, memberNode, number, shown, text } from './context.ts';
import { type Cidr, inNetwork, ipBytes, parseCidr, parsePrefix } from './go-values.ts';
import { refuseStart } from './refuse-start.ts';
import { ipv6SubnetError } from './validate.ts';

const CONTROLLER = 'Error initializing network controller: ';
const OBTAINING = 'error obtaining controller instance: ';

/** Addresses of the default bridge and the pools, read while the network controller starts. */
export function checkNetwork(context: Context): void {
  pools(context);
  realtime(context);
  if (text(context, 'bridge') !== 'none') defaultBridge(context);
}

function defaultBridge(context: Context): void {
  const { engine } = context;
  const creating = `${CONTROLLER}${atLeast(engine, '25.0') ? 'e' : 'E'}rror creating default "bridge" network: `;
  const mtu = number(context, 'mtu');
  const tooSmall = mtu < 0 || (mtu > 0 && mtu < 68);
  if (atLeast(engine, '25.0') ? mtu > 0 && (tooSmall || mtu > 65535) : mtu < 0) {
    const words = mtu < 0 ? `invalid MTU number: ${mtu}` : 'invalid argument';
    if (mtu > 0 || !atLeast(engine, '23.0')) {
      refuseStart(context, 'mtu', creating + words, {
        code: 'mtu',
        message: `mtu 应在 68 到 65535 之间，${mtu} 不行：网桥建不起来。`,
      });
    }
  }
  const bip = text(context, 'bip');
  const network = bip === '' ? undefined : parseCidr(bip);
  // Before 24.0 the default bridge took an IPv6 network in its place.
  const other = network?.bytes.length === 16 && !atLeast(engine, '24.0');
  if (bip !== '' && network?.bytes.length !== 4 && !other) {
    const parsing = atLeast(engine, '28.0') ? 'parse bip failed: ' : '';
    const words = network
      ? `${creating}failed to allocate gateway (${bip.split('/')[0]}): cannot find address pool`
      : `${CONTROLLER}${parsing}invalid CIDR address: ${bip}`;
    refuseStart(context, 'bip', words, {
      code: 'bip',
      message: `bip 要写成 IPv4 地址/前缀长度，如 172.26.0.1/16，「${shown(bip)}」不行。`,
    });
  } else if (network !== undefined && !isHostAddress(network)) {
    refuseStart(
      context,
      'bip',
      `${creating}failed to allocate gateway (${bip.split('/')[0]}): Address already in use`,
      {
        code: 'bip',
        message: `bip 要写网桥自己的地址（如 172.26.0.1/16），不能是网段地址或广播地址「${shown(bip)}」。`,
      },
    );
  }
  const tiny = network?.bytes.length === 4 && network.bits >= 31;
  if (tiny && !atLeast(engine, '24.0')) {
    refuseStart(
      context,
      'bip',
      `${creating}failed to allocate gateway (${bip.split('/')[0]}): No available addresses on this pool`,
      { code: 'bip', message: `bip 的网段「${shown(bip)}」太小，分不出地址。` },
    );
  }
  const bip6 = text(context, 'bip6');
  const network6 = bip6 === '' ? undefined : parseCidr(bip6);
  if (bip6 !== '' && isOn(context, 'ipv6') && network6?.bytes.length !== 16) {
    refuseStart(context, 'bip6', `${CONTROLLER}parse bip6 failed: invalid CIDR address: ${bip6}`, {
      code: 'bip',
      message: `bip6 要写成 IPv6 地址/前缀长度，如 fd00:d0c:e::1/64，「${shown(bip6)}」不行。`,
    });
  }
  const cidr = text(context, 'fixed-cidr');
  const fixed = cidr === '' ? undefined : parseCidr(cidr);
  if (cidr !== '' && fixed === undefined) {
    const parsing = atLeast(engine, '28.0') ? 'parse fixed-cidr failed: ' : '';
    refuseStart(context, 'fixed-cidr', `${CONTROLLER}${parsing}invalid CIDR address: ${cidr}`, {
      code: 'subnet',
      message: `fixed-cidr 要写网段，如 172.26.1.0/24，「${shown(cidr)}」不行。`,
    });
  }
  const v6 = text(context, 'fixed-cidr-v6');
  if (isOn(context, 'ipv6') && !atLeast(engine, '27.0')) {
    if (v6 === '' && text(context, 'bip6') === '') {
      refuseStart(
        context,
        'ipv6',
        atLeast(engine, '23.0')
          ? `${creating}could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network`
          : `${CONTROLLER}IPv6 is enabled for the default bridge, but no subnet is configured. Specify an IPv6 subnet using --fixed-cidr-v6`,
        {
          code: 'ipv6-needs-subnet',
          message: `${engine} 里打开 ipv6 必须同时写 fixed-cidr-v6（27.0 起可以不写）。`,
          fix: { text: '加上 "fixed-cidr-v6": "fd00:d0c:e::/64" 这样的网段，或删掉 ipv6' },
        },
      );
    }
  }
  if (v6 !== '' && !atLeast(engine, '25.0')) {
    // Read even where IPv6 is off; then any network will do.
    const bad = isOn(context, 'ipv6') ? ipv6SubnetError(v6) !== undefined : !parseCidr(v6);
    if (bad) {
      refuseStart(context, 'fixed-cidr-v6', `${CONTROLLER}invalid CIDR address: ${v6}`, {
        code: 'subnet',
        message: `fixed-cidr-v6 的「${shown(v6)}」不是可用的 IPv6 网段。`,
      });
    }
  }
  const gateway = text(context, 'default-gateway');
  const bytes = gateway === '' ? undefined : ipBytes(gateway);
  const pool = network?.bytes.length === 4 ? network : firstPool(context);
  if (bytes !== undefined && pool !== undefined && !inNetwork(pool, bytes)) {
    refuseStart(
      context,
      'default-gateway',
      `${creating}auxiliary address: (DefaultGatewayIPv4:${gateway}) must belong to the master pool: ${formatNetwork(pool)}`,
      {
        code: 'gateway',
        message: `default-gateway「${shown(gateway)}」不在默认网桥的网段 ${formatNetwork(pool)} 里${bip === '' ? '（没有写 bip 时通常是它）' : ''}。`,
      },
    );
  }
}

/** The network that the default bridge gets on a machine without others. */
function firstPool(context: Context): Cidr | undefined {
  const pools = context.config.get('default-address-pools')?.value;
  if (!Array.isArray(pools) || pools.length === 0) return parseCidr('172.17.0.0/16');
  for (const value of pools) {
    const { base, size } = asRecord(value);
    const prefix = typeof base === 'string' ? parsePrefix(base) : undefined;
    if (!prefix?.ok || typeof size !== 'number' || prefix.value.bytes.length !== 4) continue;
    return { bytes: prefix.value.bytes, bits: size };
  }
  return undefined;
}

/** An IPv4 network with its host bits cleared, as Go prints it. */
function formatNetwork({ bytes, bits }: Cidr): string {
  const masked = bytes.map((byte, i) => {
    const kept = Math.min(8, Math.max(0, bits - i * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return `${masked.join('.')}/${bits}`;
}

/** Neither the network's own address (host bits all 0) nor its broadcast address (all 1). */
function isHostAddress({ bytes, bits }: { bytes: readonly number[]; bits: number }): boolean {
  if (bits >= bytes.length * 8 - 1) return true;
  const masks = bytes.map((_, i) => 0xff >> Math.min(8, Math.max(0, bits - i * 8)));
  const all = (full: boolean): boolean =>
    bytes.every((byte, i) => (byte & (masks[i] ?? 0)) === (full ? masks[i] : 0));
  return !all(false) && !all(true);
}

function pools(context: Context): void {
  const { engine } = context;
  const entry = context.config.get('default-address-pools');
  if (entry === undefined || !Array.isArray(entry.value)) return;
  const bases = entry.value.map((value) => asRecord(value).base);
  const isV6 = bases.map((base) => String(base).includes(':'));
  const onlyV6 = isV6.length > 0 && isV6.every(Boolean);
  const allocates = text(context, 'bip') === '' && text(context, 'bridge') !== 'none';
  // Before 24.0 the default bridge took the first network, of whichever family.
  if (allocates && (atLeast(engine, '24.0') ? onlyV6 : isV6[0])) {
    const words = atLeast(engine, '27.0')
      ? 'error creating default "bridge" network: all predefined address pools have been fully subnetted'
      : atLeast(engine, '24.0')
        ? 'error creating default "bridge" network: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network'
        : 'Error creating default "bridge" network: Failed to Setup IP tables';
    refuseStart(context, 'default-address-pools', CONTROLLER + words, {
      code: 'address-pool',
      message: onlyV6
        ? 'default-address-pools 里只有 IPv6 网段：默认网桥分不到 IPv4 地址，dockerd 不会启动。'
        : `default-address-pools 的第一项是 IPv6 网段：${engine} 的默认网桥会用它，建不起来。`,
      fix: onlyV6
        ? { text: '加一个 IPv4 网段，如 { "base": "10.10.0.0/16", "size": 24 }' }
        : { text: '把 IPv4 网段放在最前面' },
    });
  }
  entry.value.forEach((value, i) => {
    const pool = asRecord(value);
    const base = typeof pool.base === 'string' ? pool.base : '';
    const size = typeof pool.size === 'number' ? pool.size : 0;
    const node = (entry.node.kind === 'array' ? entry.node.items[i] : undefined) ?? entry.node;
    const path = `default-address-pools[${i}]`;
    const prefix = parsePrefix(base);
    const bits = prefix.ok ? prefix.value.bits : 0;
    const width = prefix.ok ? prefix.value.bytes.length * 8 : 0;
    const add = (key: string, words: string, message: string): void =>
      refuseStart(context, path, CONTROLLER + words, {
        code: 'address-pool',
        node: memberNode(node, key),
        message,
      });
    const space = `could not construct local address space: network at index ${i} `;
    if (!prefix.ok) {
      const invalid =
        base === ''
          ? `${OBTAINING}${space}(&{invalid Prefix ${size}}) is not in canonical form`
          : `invalid prefix "${base}"`;
      add(
        'base',
        atLeast(engine, '27.0')
          ? invalid
          : `${OBTAINING}invalid base pool "${base}": invalid CIDR address: ${base}`,
        `${path} 的 base 要写网段，如 "10.10.0.0/16"。`,
      );
    } else if (size <= 0 || size < bits) {
      const shape =
        size === 0
          ? `(&{${base} 0}) is not in canonical form`
          : `(&{${base} ${size}}) has a smaller prefix (/${bits}) than the target size of that pool (/${size})`;
      add(
        'size',
        OBTAINING + (atLeast(engine, '27.0') ? space + shape : `invalid pools size: ${size}`),
        size <= 0
          ? `${path} 的 size 要写每个网络的前缀长度，如 24。`
          : `${path} 的 size（${size}）应在 base 的前缀长度 ${bits} 和 ${width} 之间。`,
      );
    } else if (size > width) {
      // Only 25 and 26 look at pools that nothing has been taken from.
      const early = atLeast(engine, '25.0') && !atLeast(engine, '27.0');
      if (early || (i === 0 && allocates)) {
        add(
          'size',
          early
            ? `${OBTAINING}${space}(<nil>) is not in canonical form`
            : atLeast(engine, '25.0')
              ? 'error creating default "bridge" network: failed to allocate gateway (): invalid pool id: LocalDefault/invalid Prefix'
              : 'Error creating default "bridge" network: failed to parse pool request for address space "LocalDefault" pool "<nil>" subpool "": Invalid Address Pool',
          `${path} 的 size（${size}）应在 base 的前缀长度 ${bits} 和 ${width} 之间。`,
        );
      } else {
        context.report.add({
          code: 'address-pool',
          node: memberNode(node, 'size'),
          path,
          message: `${path} 的 size（${size}）应在 base 的前缀长度 ${bits} 和 ${width} 之间：dockerd 会启动，轮到它分配网络时才出错。`,
        });
      }
    } else if (i === 0 && tooSmall(context, size, width)) {
      add(
        'size',
        'Error creating default "bridge" network: failed to allocate gateway (): No available addresses on this pool',
        `${path} 的 size（${size}）太大：每个网络分不出地址，默认网桥建不起来。`,
      );
    }
  });
}

/** Before 24.0 a network kept two addresses for itself, so that the default bridge found none in the smallest. */
function tooSmall(context: Context, size: number, width: number): boolean {
  const bridge = text(context, 'bip') === '' && text(context, 'bridge') !== 'none';
  return bridge && width === 32 && size >= 31 && !atLeast(context.engine, '24.0');
}

/** Real-time scheduling of the parent cgroup doesn't exist with cgroup v2. */
function realtime(context: Context): void {
  for (const key of ['cpu-rt-period', 'cpu-rt-runtime']) {
    const entry = context.config.get(key);
    if (entry === undefined || number(context, key) === 0) continue;
    const message = `「${key}」只能用在 cgroup v1 上；今天的发行版都是 cgroup v2，那里${atLeast(context.engine, '23.0') ? ' dockerd 会拒绝启动' : '它不起作用'}。`;
    context.report.add({
      code: 'realtime',
      refused: atLeast(context.engine, '23.0'),
      node: entry.node,
      path: key,
      message,
      ...(atLeast(context.engine, '23.0') && {
        original:
          'daemon-scoped cpu-rt-period and cpu-rt-runtime are not implemented for cgroup v2',
      }),
      fix: { text: '删掉这个键' },
    });
  }
}
