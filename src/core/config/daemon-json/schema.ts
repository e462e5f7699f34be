/**
 * What dockerd of each version knows: the keys of its Config struct, and its command line flags.
 * Source followed: moby `daemon/config/config.go`, `config_linux.go`, `builder.go`, `cmd/dockerd/config*.go`, `options.go`
 * of the tags v20.10.0 to v29.7.2.
 */
import { atLeast } from '../version.ts';

/** A Go type, as far as decoding JSON into it goes. `name` is how Go prints it. */
export type GoType =
  | { kind: 'string'; name: string }
  | { kind: 'bool'; name: string }
  | { kind: 'int'; name: string; bits: 32 | 64; unsigned?: true }
  | { kind: 'list'; name: string; of: GoType }
  | { kind: 'map'; name: string; of: GoType }
  /** `own`: the struct has an UnmarshalJSON of its own; `strict`: and it refuses unknown fields. */
  | { kind: 'struct'; name: string; fields: readonly GoField[]; own?: 'lenient' | 'strict' }
  /** Takes strings only, and parses them (encoding.TextUnmarshaler). */
  | { kind: 'text'; name: string; parse: 'net.IP' | 'netip.Addr' | 'netip.Prefix' | 'duration' }
  /** Has an UnmarshalJSON of its own. */
  | { kind: 'custom'; name: string; parse: 'memBytes' | 'gcFilter' }
  | { kind: 'any'; name: string };

export interface GoField {
  key: string;
  type: GoType;
}

/** Thresholds are versions: known from `since`, gone from `until` on. */
interface Lifetime {
  since?: string;
  until?: string;
}

export interface ConfigKey extends Lifetime {
  key: string;
  type: GoType;
  /** Names of the embedded structs that hold the field; Go 1.24 to 1.26 print them. */
  embedded: string;
}

export interface Flag extends Lifetime {
  flag: string;
  shorthand?: string;
  /** The key the flag has in the file, where that isn't the flag's own name. */
  key?: string;
  /** Boolean flags take no value on the command line, and nested keys of the file set them by accident. */
  bool?: { default: boolean };
}

const STRING: GoType = { kind: 'string', name: 'string' };
const BOOL: GoType = { kind: 'bool', name: 'bool' };
const INT: GoType = { kind: 'int', name: 'int', bits: 64 };
const INT64: GoType = { kind: 'int', name: 'int64', bits: 64 };
const UINT32: GoType = { kind: 'int', name: 'uint32', bits: 32, unsigned: true };
const STRINGS: GoType = { kind: 'list', name: '[]string', of: STRING };
const NET_IP: GoType = { kind: 'text', name: 'net.IP', parse: 'net.IP' };
const ADDR: GoType = { kind: 'text', name: 'netip.Addr', parse: 'netip.Addr' };
const PREFIX: GoType = { kind: 'text', name: 'netip.Prefix', parse: 'netip.Prefix' };
const STRING_MAP: GoType = { kind: 'map', name: 'map[string]string', of: STRING };
const ANY: GoType = { kind: 'any', name: 'interface {}' };

function struct(
  name: string,
  fields: { [key: string]: GoType },
  own?: 'lenient' | 'strict',
): GoType {
  return {
    kind: 'struct',
    name,
    fields: Object.entries(fields).map(([key, type]) => ({ key, type })),
    ...(own && { own }),
  };
}

const PROXIES = struct('Proxies', {
  'http-proxy': STRING,
  'https-proxy': STRING,
  'no-proxy': STRING,
});

const pools = (base: GoType): GoType => ({
  kind: 'list',
  name: '[]*ipamutils.NetworkToSplit',
  of: struct('NetworkToSplit', { base, size: INT }),
});

const runtimes = (of: GoType, name: string): GoType => ({ kind: 'map', name, of });
const OLD_RUNTIME = struct('Runtime', { path: STRING, runtimeArgs: STRINGS });
const RUNTIME = struct('Runtime', {
  path: STRING,
  runtimeArgs: STRINGS,
  runtimeType: STRING,
  options: { kind: 'map', name: 'map[string]interface {}', of: ANY },
});

const ulimits = (name: string): GoType => ({
  kind: 'map',
  name: `map[string]*${name}`,
  of: struct('Ulimit', { Name: STRING, Hard: INT64, Soft: INT64 }),
});

const GC_FILTER: GoType = { kind: 'custom', name: 'config.BuilderGCFilter', parse: 'gcFilter' };
const ENTITLEMENTS = struct('BuilderEntitlements', {
  'network-host': BOOL,
  'security-insecure': BOOL,
});

const history = (maxAge: GoType): GoType =>
  struct('BuilderHistoryConfig', { MaxAge: maxAge, MaxEntries: INT64 });
const DURATION: GoType = { kind: 'text', name: 'config.Duration', parse: 'duration' };

const oldBuilder = (maxAge?: GoType): GoType =>
  struct('BuilderConfig', {
    GC: struct('BuilderGCConfig', {
      Enabled: BOOL,
      Policy: {
        kind: 'list',
        name: '[]config.BuilderGCRule',
        of: struct('BuilderGCRule', { All: BOOL, Filter: GC_FILTER, KeepStorage: STRING }),
      },
      DefaultKeepStorage: STRING,
    }),
    Entitlements: ENTITLEMENTS,
    ...(maxAge && { History: history(maxAge) }),
  });

const BUILDER = struct('BuilderConfig', {
  GC: struct(
    '',
    {
      Enabled: BOOL,
      Policy: {
        kind: 'list',
        name: '[]config.BuilderGCRule',
        of: struct(
          '',
          {
            All: BOOL,
            Filter: GC_FILTER,
            ReservedSpace: STRING,
            MaxUsedSpace: STRING,
            MinFreeSpace: STRING,
            KeepStorage: STRING,
          },
          'lenient',
        ),
      },
      DefaultReservedSpace: STRING,
      DefaultMaxUsedSpace: STRING,
      DefaultMinFreeSpace: STRING,
      DefaultKeepStorage: STRING,
    },
    'lenient',
  ),
  Entitlements: ENTITLEMENTS,
  History: history(DURATION),
});

const COMMON = 'CommonConfig';
const BRIDGE = 'CommonConfig.BridgeConfig';
const DEFAULT_BRIDGE = 'CommonConfig.BridgeConfig.DefaultBridgeConfig';
const COMMON_BRIDGE = 'CommonConfig.BridgeConfig.DefaultBridgeConfig.commonBridgeConfig';

type Row = [key: string, type: GoType, embedded: string, since?: string, until?: string];

// One row a key, or one a type of it where that changed.
const ROWS: readonly Row[] = [
  ['authorization-plugins', STRINGS, COMMON],
  ['exec-opts', STRINGS, COMMON],
  ['storage-driver', STRING, COMMON],
  ['storage-opts', STRINGS, COMMON],
  ['labels', STRINGS, COMMON],
  ['network-diagnostic-port', INT, COMMON],
  ['pidfile', STRING, COMMON],
  ['raw-logs', BOOL, COMMON],
  ['graph', STRING, COMMON, '0', '24.0'],
  ['data-root', STRING, COMMON],
  ['exec-root', STRING, COMMON],
  ['group', STRING, COMMON],
  ['api-cors-header', STRING, COMMON, '0', '29.0'],
  ['deprecated-key-path', STRING, COMMON, '0', '24.0'],
  ['proxies', PROXIES, COMMON, '23.0'],
  ['live-restore', BOOL, COMMON],
  ['cluster-store', STRING, COMMON, '0', '24.0'],
  ['cluster-store-opts', STRING_MAP, COMMON, '0', '24.0'],
  ['cluster-advertise', STRING, COMMON, '0', '24.0'],
  ['max-concurrent-downloads', INT, COMMON],
  ['max-concurrent-uploads', INT, COMMON],
  ['max-download-attempts', INT, COMMON],
  ['shutdown-timeout', INT, COMMON],
  ['default-stop-timeout', INT, `${COMMON}.ContainerDefaults`, '29.7'],
  ['debug', BOOL, COMMON],
  ['hosts', STRINGS, COMMON],
  ['log-level', STRING, COMMON],
  ['log-format', { kind: 'string', name: 'log.OutputFormat' }, COMMON, '25.0'],
  ['tls', BOOL, COMMON],
  ['tlsverify', BOOL, COMMON],
  ['tlscacert', STRING, `${COMMON}.TLSOptions`],
  ['tlscert', STRING, `${COMMON}.TLSOptions`],
  ['tlskey', STRING, `${COMMON}.TLSOptions`],
  ['swarm-default-advertise-addr', STRING, COMMON],
  ['swarm-raft-heartbeat-tick', UINT32, COMMON],
  ['swarm-raft-election-tick', UINT32, COMMON],
  ['metrics-addr', STRING, COMMON],
  ['dns', STRINGS, `${COMMON}.DNSConfig`, '0', '25.0'],
  ['dns', { kind: 'list', name: '[]net.IP', of: NET_IP }, `${COMMON}.DNSConfig`, '25.0', '29.0'],
  ['dns', { kind: 'list', name: '[]netip.Addr', of: ADDR }, `${COMMON}.DNSConfig`, '29.0'],
  ['dns-opts', STRINGS, `${COMMON}.DNSConfig`],
  ['dns-search', STRINGS, `${COMMON}.DNSConfig`],
  ['host-gateway-ip', NET_IP, `${COMMON}.DNSConfig`],
  [
    'host-gateway-ips',
    { kind: 'list', name: '[]netip.Addr', of: ADDR },
    `${COMMON}.DNSConfig`,
    '28.0',
  ],
  ['log-driver', STRING, `${COMMON}.LogConfig`],
  ['log-opts', STRING_MAP, `${COMMON}.LogConfig`],
  ['iptables', BOOL, BRIDGE],
  ['ip6tables', BOOL, BRIDGE],
  ['ip-forward', BOOL, BRIDGE],
  ['ip-forward-no-drop', BOOL, BRIDGE, '28.0'],
  ['ip-masq', BOOL, BRIDGE],
  ['userland-proxy', BOOL, BRIDGE],
  ['userland-proxy-path', STRING, BRIDGE],
  ['allow-direct-routing', BOOL, BRIDGE, '28.2'],
  ['bridge-accept-fwmark', STRING, BRIDGE, '29.0'],
  ['bridge', STRING, COMMON_BRIDGE],
  ['fixed-cidr', STRING, COMMON_BRIDGE],
  ['ipv6', BOOL, DEFAULT_BRIDGE],
  ['fixed-cidr-v6', STRING, DEFAULT_BRIDGE],
  ['mtu', INT, COMMON, '0', '25.0'],
  ['mtu', INT, DEFAULT_BRIDGE, '25.0'],
  ['ip', NET_IP, DEFAULT_BRIDGE],
  ['bip', STRING, DEFAULT_BRIDGE],
  ['bip6', STRING, DEFAULT_BRIDGE, '28.0'],
  ['default-gateway', NET_IP, DEFAULT_BRIDGE],
  ['default-gateway-v6', NET_IP, DEFAULT_BRIDGE],
  ['icc', BOOL, DEFAULT_BRIDGE],
  ['default-address-pools', pools(STRING), `${COMMON}.NetworkConfig`, '0', '27.0'],
  ['default-address-pools', pools(PREFIX), `${COMMON}.NetworkConfig`, '27.0'],
  ['network-control-plane-mtu', INT, `${COMMON}.NetworkConfig`],
  [
    'default-network-opts',
    { kind: 'map', name: 'map[string]map[string]string', of: STRING_MAP },
    `${COMMON}.NetworkConfig`,
    '24.0',
  ],
  ['firewall-backend', STRING, `${COMMON}.NetworkConfig`, '29.0'],
  ['allow-nondistributable-artifacts', STRINGS, `${COMMON}.ServiceOptions`, '0', '28.1'],
  ['registry-mirrors', STRINGS, `${COMMON}.ServiceOptions`],
  ['insecure-registries', STRINGS, `${COMMON}.ServiceOptions`],
  ['experimental', BOOL, COMMON],
  ['node-generic-resources', STRINGS, COMMON],
  ['containerd', STRING, COMMON],
  ['cri-containerd', BOOL, COMMON],
  ['features', { kind: 'map', name: 'map[string]bool', of: BOOL }, COMMON],
  ['builder', oldBuilder(), COMMON, '0', '24.0'],
  ['builder', oldBuilder(INT64), COMMON, '24.0', '25.0'],
  ['builder', oldBuilder(DURATION), COMMON, '25.0', '28.0'],
  ['builder', BUILDER, COMMON, '28.0'],
  ['containerd-namespace', STRING, COMMON],
  ['containerd-plugin-namespace', STRING, COMMON],
  ['default-runtime', STRING, '', '0', '23.0'],
  ['default-runtime', STRING, COMMON, '23.0'],
  ['cdi-spec-dirs', STRINGS, COMMON, '25.0'],
  [
    'nri-opts',
    struct(
      'NRIOpts',
      {
        enable: BOOL,
        'plugin-path': STRING,
        'plugin-config-path': STRING,
        'socket-path': STRING,
      },
      'strict',
    ),
    COMMON,
    '29.2',
  ],
  ['min-api-version', STRING, COMMON, '29.0'],
  ['runtimes', runtimes(OLD_RUNTIME, 'map[string]types.Runtime'), '', '0', '24.0'],
  ['runtimes', runtimes(RUNTIME, 'map[string]types.Runtime'), '', '24.0', '25.0'],
  ['runtimes', runtimes(RUNTIME, 'map[string]system.Runtime'), '', '25.0'],
  ['default-init', STRING, ''],
  ['cgroup-parent', STRING, ''],
  ['selinux-enabled', BOOL, ''],
  ['userns-remap', STRING, ''],
  ['default-ulimits', ulimits('units.Ulimit'), ''],
  ['cpu-rt-period', INT64, ''],
  ['cpu-rt-runtime', INT64, ''],
  ['oom-score-adjust', INT, '', '0', '26.0'],
  ['init', BOOL, ''],
  ['init-path', STRING, ''],
  ['seccomp-profile', STRING, ''],
  ['default-shm-size', { kind: 'custom', name: 'opts.MemBytes', parse: 'memBytes' }, ''],
  ['no-new-privileges', BOOL, ''],
  ['default-ipc-mode', STRING, ''],
  ['default-cgroupns-mode', STRING, ''],
  ['resolv-conf', STRING, ''],
  ['rootless', BOOL, ''],
];

const KEYS: readonly ConfigKey[] = ROWS.map(([key, type, embedded, since, until]) => ({
  key,
  type,
  embedded,
  since,
  until,
}));

const on = { default: true };
const off = { default: false };

const FLAGS: readonly Flag[] = [
  { flag: 'add-runtime', key: 'runtimes' },
  { flag: 'allow-direct-routing', bool: off, since: '28.2' },
  { flag: 'allow-nondistributable-artifacts', until: '29.0' },
  { flag: 'api-cors-header', until: '29.0' },
  { flag: 'authorization-plugin', key: 'authorization-plugins' },
  { flag: 'bip' },
  { flag: 'bip6', since: '28.0' },
  { flag: 'bridge', shorthand: 'b' },
  { flag: 'bridge-accept-fwmark', since: '29.0' },
  { flag: 'cdi-spec-dir', key: 'cdi-spec-dirs', since: '25.0' },
  { flag: 'cgroup-parent' },
  { flag: 'cluster-advertise', until: '24.0' },
  { flag: 'cluster-store', until: '24.0' },
  { flag: 'cluster-store-opt', key: 'cluster-store-opts', until: '24.0' },
  { flag: 'config-file' },
  { flag: 'containerd' },
  { flag: 'containerd-namespace' },
  { flag: 'containerd-plugins-namespace' },
  { flag: 'cpu-rt-period' },
  { flag: 'cpu-rt-runtime' },
  { flag: 'cri-containerd', bool: off },
  { flag: 'data-root' },
  { flag: 'debug', shorthand: 'D', bool: off },
  { flag: 'default-address-pool', key: 'default-address-pools' },
  { flag: 'default-cgroupns-mode' },
  { flag: 'default-gateway' },
  { flag: 'default-gateway-v6' },
  { flag: 'default-ipc-mode' },
  { flag: 'default-network-opt', key: 'default-network-opts', since: '24.0' },
  { flag: 'default-runtime' },
  { flag: 'default-shm-size' },
  { flag: 'default-stop-timeout', since: '29.7' },
  { flag: 'default-ulimit', key: 'default-ulimits' },
  { flag: 'dns' },
  { flag: 'dns-opt', key: 'dns-opts' },
  { flag: 'dns-search' },
  { flag: 'exec-opt', key: 'exec-opts' },
  { flag: 'exec-root' },
  { flag: 'experimental', bool: off },
  { flag: 'feature', key: 'features', since: '27.3' },
  { flag: 'firewall-backend', since: '29.0' },
  { flag: 'fixed-cidr' },
  { flag: 'fixed-cidr-v6' },
  { flag: 'graph', shorthand: 'g', until: '24.0' },
  { flag: 'group', shorthand: 'G' },
  { flag: 'help', shorthand: 'h', bool: off },
  { flag: 'host', shorthand: 'H', key: 'hosts' },
  { flag: 'host-gateway-ip', until: '28.0' },
  { flag: 'host-gateway-ip', key: 'host-gateway-ips', since: '28.0' },
  { flag: 'http-proxy', since: '23.0' },
  { flag: 'https-proxy', since: '23.0' },
  { flag: 'icc', bool: on },
  { flag: 'init', bool: off },
  { flag: 'init-path' },
  { flag: 'insecure-registry', key: 'insecure-registries' },
  { flag: 'ip' },
  { flag: 'ip-forward', bool: on },
  { flag: 'ip-forward-no-drop', bool: off, since: '28.0' },
  { flag: 'ip-masq', bool: on },
  { flag: 'ip6tables', bool: off, until: '27.0' },
  { flag: 'ip6tables', bool: on, since: '27.0' },
  { flag: 'iptables', bool: on },
  { flag: 'ipv6', bool: off },
  { flag: 'label', key: 'labels' },
  { flag: 'live-restore', bool: off },
  { flag: 'log-driver' },
  { flag: 'log-format', since: '25.0' },
  { flag: 'log-level', shorthand: 'l' },
  { flag: 'log-opt', key: 'log-opts' },
  { flag: 'max-concurrent-downloads' },
  { flag: 'max-concurrent-uploads' },
  { flag: 'max-download-attempts' },
  { flag: 'metrics-addr' },
  { flag: 'mtu' },
  { flag: 'network-control-plane-mtu' },
  { flag: 'network-diagnostic-port' },
  { flag: 'no-new-privileges', bool: off },
  { flag: 'no-proxy', since: '23.0' },
  { flag: 'node-generic-resource', key: 'node-generic-resources' },
  { flag: 'nri-opts', since: '29.2' },
  { flag: 'oom-score-adjust', until: '26.0' },
  { flag: 'pidfile', shorthand: 'p' },
  { flag: 'raw-logs', bool: off },
  { flag: 'registry-mirror', key: 'registry-mirrors' },
  { flag: 'restart', shorthand: 'r', bool: on },
  { flag: 'rootless', bool: off },
  { flag: 'seccomp-profile' },
  { flag: 'selinux-enabled', bool: off },
  { flag: 'shutdown-timeout' },
  { flag: 'storage-driver', shorthand: 's' },
  { flag: 'storage-opt', key: 'storage-opts' },
  { flag: 'swarm-default-advertise-addr' },
  { flag: 'tls', bool: off },
  { flag: 'tlscacert' },
  { flag: 'tlscert' },
  { flag: 'tlskey' },
  { flag: 'tlsverify', bool: off },
  { flag: 'userland-proxy', bool: on },
  { flag: 'userland-proxy-path' },
  { flag: 'userns-remap' },
  { flag: 'validate', bool: off, since: '23.0' },
  { flag: 'version', shorthand: 'v', bool: off },
];

/** Keys that are taken without a flag of their name. */
const FLAGLESS: readonly (Lifetime & { key: string })[] = [
  { key: 'features' },
  { key: 'builder' },
  { key: 'deprecated-key-path' },
  { key: 'allow-nondistributable-artifacts', since: '28.1' },
  { key: 'min-api-version', since: '29.0' },
];

/** Objects whose own keys aren't looked at by the check for unknown keys. */
const FLAT: readonly (Lifetime & { key: string })[] = [
  { key: 'cluster-store-opts' },
  { key: 'default-network-opts', since: '24.0' },
  { key: 'log-opts' },
  { key: 'runtimes' },
  { key: 'default-ulimits' },
  { key: 'features' },
  { key: 'builder' },
  { key: 'nri-opts', since: '29.2' },
];

function alive(engine: string): (thing: Lifetime) => boolean {
  return ({ since, until }) =>
    (since === undefined || atLeast(engine, since)) &&
    (until === undefined || !atLeast(engine, until));
}

/** One version's view of daemon.json. */
export interface Schema {
  keys: ReadonlyMap<string, ConfigKey>;
  flags: ReadonlyMap<string, Flag>;
  /** Keys under which a flag is known in the file, other than its own name. */
  namedKeys: ReadonlyMap<string, Flag>;
  flagless: ReadonlySet<string>;
  flat: ReadonlySet<string>;
}

/** The keys and flags of one version. */
export function schemaOf(engine: string): Schema {
  const now = alive(engine);
  const flags = FLAGS.filter(now);
  return {
    keys: new Map(KEYS.filter(now).map((key) => [key.key, key])),
    flags: new Map(flags.map((flag) => [flag.flag, flag])),
    namedKeys: new Map(flags.flatMap((flag) => (flag.key === undefined ? [] : [[flag.key, flag]]))),
    flagless: new Set(FLAGLESS.filter(now).map(({ key }) => key)),
    flat: new Set(FLAT.filter(now).map(({ key }) => key)),
  };
}

/** Every key any version knew, with the first and the last version that did. */
export function lifetimeOf(key: string): { since?: string; until?: string } | undefined {
  const rows = KEYS.filter((row) => row.key === key);
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const since = first.since === '0' ? undefined : first.since;
  return { ...(since !== undefined && { since }), ...(last.until && { until: last.until }) };
}

/** All keys of all versions, for suggestions. */
export const ALL_KEYS: readonly string[] = [...new Set(KEYS.map(({ key }) => key))];
