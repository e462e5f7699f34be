/**
 * What only shows itself while the daemon starts: `dockerd --validate` says OK, and then it doesn't come up.
 * Source followed: moby `daemon/daemon.go`, `daemon_unix.go`, `runtime_unix.go`, `logger/*`, `builder-next/controller.go`
 * of the tags from v20.10 on.
 */
import { atLeast } from '../version.ts';
import { checkBuilder } from './builder.ts';
import { asRecord, type Context, isOn, list, memberNode, record, shown, text } from './context.ts';
import { goQuote } from './go-json.ts';
import { parseBool, parseInteger, splitHostPort } from './go-values.ts';
import { checkLogOptions } from './log-options.ts';
import { checkNetwork } from './network.ts';
import { refuseStart } from './refuse-start.ts';
import { checkRegistries } from './registry.ts';
import { listenError } from './validate.ts';

export function checkStart(context: Context): void {
  checkRegistries(context);
  checkSettings(context);
  checkListeners(context);
  checkRuntimes(context);
  checkLogOptions(context);
  checkStorage(context);
  checkNetwork(context);
  checkBuilder(context);
  checkSeccomp(context);
  checkMachine(context);
}

/** Options that exclude each other (`verifyDaemonSettings`). */
function checkSettings(context: Context): void {
  const { engine } = context;
  const namespace = text(context, 'containerd-namespace');
  if (namespace === 'plugins.moby') {
    refuseStart(
      context,
      'containerd-namespace',
      'containers namespace and plugins namespace cannot be the same',
      {
        code: 'namespace',
        message: 'containerd-namespace 不能与插件的命名空间 plugins.moby 相同。',
      },
    );
  }
  // dockerd-rootless.sh gives it as a flag, with which the file would clash.
  if (context.config.get('rootless')?.value === true && atLeast(engine, '28.0')) {
    refuseStart(
      context,
      'rootless',
      'Error initializing network controller: error obtaining controller instance: failed to register "bridge" driver: $ROOTLESSKIT_STATE_DIR needs to be set',
      {
        code: 'rootless-in-file',
        message: 'rootless 由 dockerd-rootless.sh 当作启动参数给出，写进文件 dockerd 不会启动。',
        fix: { text: '删掉这个键' },
      },
    );
  }
  const bridge = text(context, 'bridge');
  for (const key of ['bip', 'bip6']) {
    if (bridge === '' || text(context, key) === '') continue;
    refuseStart(
      context,
      key,
      `You specified -b & --${key}, mutually exclusive options. Please specify only one`,
      { code: 'exclusive', message: `bridge 和 ${key} 不能同时写。`, fix: { text: '只留一个' } },
    );
  }
  if (!isOn(context, 'icc')) {
    const missing = !isOn(context, 'iptables')
      ? 'iptables'
      : atLeast(engine, '27.0') && isOn(context, 'ipv6') && !isOn(context, 'ip6tables')
        ? 'ip6tables'
        : undefined;
    if (missing !== undefined) {
      refuseStart(
        context,
        'icc',
        `You specified --${missing}=false with --icc=false. ICC=false uses ${missing} to function. Please set --icc or --${missing} to true`,
        {
          code: 'exclusive',
          message: `icc 关掉之后靠 ${missing} 隔离容器，不能把 ${missing} 也关掉。`,
        },
      );
    }
  }
  if (isOn(context, 'ip6tables') && !isOn(context, 'experimental') && !atLeast(engine, '27.0')) {
    refuseStart(
      context,
      'ip6tables',
      'ip6tables rules are only available if experimental features are enabled',
      {
        code: 'needs-experimental',
        message: `${engine} 里打开 ip6tables 必须同时打开 experimental（27.0 起不用，而且默认就开）。`,
        fix: { text: '加上 "experimental": true，或删掉 ip6tables' },
      },
    );
  }
  const parent = text(context, 'cgroup-parent');
  const systemd = list(context, 'exec-opts').some(({ value }) =>
    /^\s*native\.cgroupdriver\s*=\s*systemd\s*$/i.test(value),
  );
  if (parent !== '' && (parent.length <= 6 || !parent.endsWith('.slice'))) {
    const words = 'cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice"';
    const message = `cgroup 驱动是 systemd 时，cgroup-parent 要以 .slice 结尾（如 docker.slice），「${shown(parent)}」不行。`;
    if (systemd) refuseStart(context, 'cgroup-parent', words, { code: 'cgroup-parent', message });
    else {
      const node = context.config.get('cgroup-parent')?.node;
      context.report.add({
        code: 'cgroup-parent',
        ...(node && { node }),
        path: 'cgroup-parent',
        message: `${message}多数用 systemd 的新系统默认就是 systemd 驱动。`,
      });
    }
  }
}

function checkListeners(context: Context): void {
  const { engine } = context;
  const address = text(context, 'metrics-addr');
  const split = address === '' ? undefined : splitHostPort(address);
  const node = context.config.get('metrics-addr')?.node;
  const port = split?.ok ? parseInteger(split.value.port) : undefined;
  const parsing = atLeast(engine, '23.0') ? 'error parsing tcp address: ' : '';
  const words =
    split === undefined
      ? undefined
      : !split.ok
        ? `error parsing tcp address: ${split.message}`
        : port === undefined
          ? `${parsing}strconv.Atoi: parsing ${goQuote(split.value.port)}: invalid syntax`
          : split.value.host === ''
            ? 'failed to lookup  address in host specification'
            : port > 65535
              ? `listen tcp: address ${port}: invalid port`
              : undefined;
  if (words !== undefined) {
    context.report.add({
      code: 'host',
      refused: true,
      ...(node && { node }),
      path: 'metrics-addr',
      message: `metrics-addr 要写成 IP:端口（如 127.0.0.1:9323），「${shown(address)}」不行。`,
      original: `failed to start metrics server: ${words}`,
    });
  }
  checkCluster(context);
}

/** The key-value store of swarm before 1.12, which the last engines that know the keys can't start with. */
function checkCluster(context: Context): void {
  const store = text(context, 'cluster-store');
  const advertise = text(context, 'cluster-advertise');
  const refuse = (key: string, words: string): void =>
    refuseStart(context, key, words, {
      code: 'deprecated-key',
      message: `${key} 早已废弃，写着它 dockerd 不会启动。`,
      fix: { text: '删掉这个键' },
    });
  if (advertise !== '' && store === '') {
    refuse(
      'cluster-advertise',
      'invalid cluster configuration. --cluster-advertise must be accompanied by --cluster-store configuration',
    );
  } else if (advertise !== '') {
    refuse(
      'cluster-advertise',
      'discovery initialization failed (discovery service not supported)',
    );
  } else if (store !== '' && store.split('://').length !== 2) {
    refuse(
      'cluster-store',
      'Error initializing network controller: kv store daemon config must be of the form KV-PROVIDER://KV-URL',
    );
  }
}

function checkRuntimes(context: Context): void {
  const { engine, report, wording } = context;
  const modern = atLeast(engine, '25.0');
  const stage = modern ? wording.start : wording.validation;
  const entry = context.config.get('runtimes');
  const runtimes = asRecord(entry?.value);
  const add = (name: string, words: string, message: string, original = stage(words)): void => {
    report.add({
      code: 'runtime',
      refused: true,
      ...(entry && { node: memberNode(entry.node, name) }),
      path: `runtimes.${name}`,
      message,
      original,
    });
  };
  for (const [name, value] of Object.entries(runtimes)) {
    if (name === 'runc') {
      add(
        name,
        "runtime name 'runc' is reserved",
        '运行时的名字 runc 是保留的，不能在 runtimes 里重写。',
      );
      continue;
    }
    if (!atLeast(engine, '24.0')) continue;
    const runtime = asRecord(value);
    const path = runtime.path ?? '';
    const type = runtime.runtimeType ?? '';
    const args = Array.isArray(runtime.runtimeArgs) ? runtime.runtimeArgs.length : 0;
    const options = Object.keys(asRecord(runtime.options)).length;
    const words =
      path === '' && type === ''
        ? 'either a runtimeType or a path must be configured'
        : path !== '' && type !== ''
          ? 'cannot configure both path and runtimeType for the same runtime'
          : path !== '' && options > 0
            ? 'options cannot be used with a path runtime'
            : path === '' && args > 0
              ? 'args cannot be used with a runtimeType runtime'
              : undefined;
    if (words === undefined) continue;
    add(
      name,
      `runtime ${name}: ${words}`,
      `运行时「${shown(name)}」要么写 path（可带 runtimeArgs），要么写 runtimeType（可带 options），不能都写或都不写。`,
      wording.start(`runtime ${name}: ${words}`),
    );
  }
  const name = text(context, 'default-runtime');
  const builtin = modern
    ? ['runc', 'io.containerd.runc.v2', '']
    : ['runc', 'io.containerd.runtime.v1.linux', 'io.containerd.runc.v2', ''];
  const shim = atLeast(engine, '23.0') && /^[^./][^/]*\./.test(name) && !name.includes('/');
  if (Object.hasOwn(runtimes, name) && name !== 'runc' && !atLeast(engine, '24.0')) {
    // An old engine looks its default runtime up while it starts, when it has to wrap it in a script.
    const { path = '', runtimeArgs } = asRecord(runtimes[name]);
    if (path === '' && Array.isArray(runtimeArgs) && runtimeArgs.length > 0) {
      add(
        name,
        '',
        `默认运行时「${shown(name)}」没有写 path，dockerd 不会启动。`,
        wording.start(
          'couldn\'t create plugin manager: error while looking up the specified runtime path: exec: "": executable file not found in $PATH',
        ),
      );
    }
  }
  // Before 23.0 the file was checked by itself.
  const flagged = atLeast(engine, '23.0') ? (context.flags.values.get('add-runtime') ?? []) : [];
  const given = flagged.some((value) => value.split('=', 1)[0]?.trim().toLowerCase() === name);
  if (builtin.includes(name) || Object.hasOwn(runtimes, name) || shim || given) return;
  const node = context.config.get('default-runtime')?.node;
  report.add({
    code: 'default-runtime',
    refused: true,
    ...(node && { node }),
    path: 'default-runtime',
    message: `default-runtime 指定的「${shown(name)}」没有在 runtimes 里定义。`,
    original: stage(`specified default runtime '${name}' does not exist`),
    fix: { text: `在 runtimes 里加上 "${shown(name)}"，或删掉 default-runtime` },
  });
}

const DRIVERS_GONE: { [driver: string]: string } = {
  aufs: '24.0',
  overlay: '24.0',
  devicemapper: '25.0',
};
const DRIVERS = ['overlay2', 'fuse-overlayfs', 'btrfs', 'zfs', 'vfs'];

function checkStorage(context: Context): void {
  const { engine } = context;
  const driver = text(context, 'storage-driver');
  const containerd =
    record(context, 'features')['containerd-snapshotter'] === true && atLeast(engine, '23.0');
  const node = context.config.get('storage-driver')?.node;
  if (driver !== '' && !containerd && !DRIVERS.includes(driver)) {
    const gone = Object.hasOwn(DRIVERS_GONE, driver) ? DRIVERS_GONE[driver] : undefined;
    if (gone === undefined || atLeast(engine, gone)) {
      const snapshotter = ['overlayfs', 'native', 'stargz', 'nydus'].includes(driver);
      if (!(snapshotter && atLeast(engine, '29.0'))) {
        refuseStart(
          context,
          'storage-driver',
          graphDriverError(
            gone === undefined || !atLeast(engine, '24.0')
              ? 'driver not supported'
              : `[graphdriver] ERROR: the ${driver} storage-driver has been deprecated and removed; visit https://docs.docker.com/go/storage-driver/ for more information`,
            context,
          ),
          {
            code: 'storage-driver',
            message:
              gone === undefined
                ? `没有「${shown(driver)}」这种 storage-driver。`
                : `storage-driver「${driver}」在 Docker Engine ${gone} 已被移除。`,
            fix: { text: '改成 overlay2；换驱动后原有镜像和容器不可见，请先备份' },
          },
        );
      }
    } else {
      context.report.add({
        code: 'storage-driver-old',
        ...(node && { node }),
        path: 'storage-driver',
        message: `storage-driver「${driver}」已经过时，${gone} 起被移除。`,
      });
    }
  } else if (['btrfs', 'zfs', 'fuse-overlayfs'].includes(driver)) {
    context.report.add({
      code: 'storage-driver-needs',
      severity: 'info',
      ...(node && { node }),
      path: 'storage-driver',
      message: `storage-driver「${driver}」要求数据目录所在的文件系统和内核支持它，否则 dockerd 不会启动。`,
    });
  }
  if (containerd) return;
  for (const { value, node: place, path } of list(context, 'storage-opts')) {
    if (/^overlay2\.size=/i.test(value)) {
      context.report.add({
        code: 'machine',
        severity: 'info',
        node: place,
        path,
        message: 'overlay2.size 只能用在开了 pquota 的 XFS 上，别的文件系统上 dockerd 不会启动。',
      });
    }
    const words = storageOptionError(value, driver, engine);
    if (words === undefined) continue;
    refuseStart(context, path, graphDriverError(words, context), {
      code: 'storage-opt',
      node: place,
      message: `storage-opts 的「${shown(value)}」不是 ${driver || 'overlay2'} 驱动认识的选项。`,
    });
  }
}

/** Since 24.0 the driver that the file names stands behind what is wrong. */
function graphDriverError(words: string, context: Context): string {
  const driver = text(context, 'storage-driver');
  const named = driver !== '' && atLeast(context.engine, '24.0') ? `: ${driver}` : '';
  return `error initializing graphdriver: ${words}${named}`;
}

/** What the overlay2 and vfs drivers say of an option; others are left to them. */
function storageOptionError(option: string, driver: string, engine: string): string | undefined {
  const equals = option.indexOf('=');
  if (equals < 0) {
    return atLeast(engine, '25.0')
      ? `unable to parse storage-opt key/value: ${option}`
      : `Unable to parse key/value option: ${option}`;
  }
  const key = option.slice(0, equals).toLowerCase();
  const value = option.slice(equals + 1);
  const name = driver === '' ? 'overlay2' : driver;
  // Without a driver named dockerd picks overlay2, unless the data lies on a file system that has its own.
  if (driver === '' && /^(?:btrfs|zfs)\./.test(key)) return undefined;
  if (name === 'overlay2') {
    if (key === 'overlay2.size') return undefined;
    if (key !== 'overlay2.override_kernel_check' || atLeast(engine, '24.0')) {
      return `overlay2: unknown option ${key}`;
    }
    return atLeast(engine, '23.0') || parseBool(value.trim()) !== undefined
      ? undefined
      : `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`;
  }
  if (name === 'vfs') {
    return ['size', 'vfs.xattrs'].includes(key) ? undefined : `unknown option ${key} for vfs`;
  }
  return undefined;
}

const SECCOMP_NAMES = ['builtin', 'unconfined'];

/** Keys whose value must exist on the machine: a browser can't know, so these are never refused. */
const MACHINE: [key: string, what: (value: string) => string | undefined][] = [
  [
    'seccomp-profile',
    (value) => (SECCOMP_NAMES.includes(value) ? undefined : `文件 ${value} 必须存在且可读`),
  ],
  [
    'userns-remap',
    (value) =>
      value === 'default' || value === 'root'
        ? undefined
        : `系统里必须有用户「${value}」，并在 /etc/subuid、/etc/subgid 里有它的区间`,
  ],
  [
    'group',
    (value) =>
      value === 'docker' || value === 'root' ? undefined : `系统里必须有用户组「${value}」`,
  ],
  [
    'bridge',
    (value) => (value === 'none' || value === 'docker0' ? undefined : `网桥 ${value} 必须已经建好`),
  ],
  ['containerd', (value) => `containerd 必须在 ${value} 上运行`],
  ['userland-proxy-path', (value) => `文件 ${value} 必须存在且可执行`],
];

/** Names that stand for a profile; older engines take them for a file's. */
function checkSeccomp(context: Context): void {
  const profile = text(context, 'seccomp-profile');
  if (!SECCOMP_NAMES.includes(profile) || atLeast(context.engine, '23.0')) return;
  refuseStart(
    context,
    'seccomp-profile',
    `opening seccomp profile (${profile}) failed: open ${profile}: no such file or directory`,
    {
      code: 'seccomp-profile',
      message: `seccomp-profile 的 ${profile} 从 Docker Engine 23.0 起才有，${context.engine} 会把它当作文件名。`,
      fix: { text: '删掉这个键：默认用的就是内置的' },
    },
  );
}

function checkMachine(context: Context): void {
  for (const [key, what] of MACHINE) {
    const value = text(context, key);
    const entry = context.config.get(key);
    const condition = value === '' || entry === undefined ? undefined : what(shown(value));
    if (condition === undefined) continue;
    context.report.add({
      code: 'machine',
      severity: 'info',
      node: entry?.node ?? { start: 0 },
      path: key,
      message: `「${key}」取决于这台机器：${condition}，否则 dockerd 不会启动。`,
    });
  }
  for (const { value, node, path } of list(context, 'authorization-plugins')) {
    context.report.add({
      code: 'machine',
      severity: 'info',
      node,
      path,
      message: `授权插件「${shown(value)}」必须已经装好，否则 dockerd 不会启动。`,
    });
  }
  for (const { value, node, path } of list(context, 'hosts')) {
    const words = listenError(value.trim());
    if (words === undefined) {
      if (value.trim().startsWith('fd://')) {
        // Flags mean that a unit starts it, which may have the sockets.
        const direct = context.flags.values.size === 0;
        context.report.add({
          code: 'machine',
          severity: 'info',
          refused: direct,
          node,
          path,
          message: 'fd:// 要靠 systemd 的 docker.socket 传进来，直接运行 dockerd 时不会启动。',
          ...(direct && {
            original:
              'failed to load listeners: no sockets found via socket activation: make sure the service was started by systemd',
          }),
        });
      }
      continue;
    }
    context.report.add({
      code: 'host',
      refused: true,
      node,
      path,
      message: `hosts 的「${shown(value)}」在 Linux 上打不开（端口应在 1 到 65535 之间，后面不带路径）。`,
      original: `failed to load listeners: ${words}`,
    });
  }
}
