import fc from 'fast-check';
import { joinProxy } from '../../../src/core/config/fields/proxy-url.ts';
import { type Settings, TARGETS } from '../../../src/core/config/index.ts';

/** A self-signed CA certificate, made for these tests alone. */
export const PEM = `-----BEGIN CERTIFICATE-----
MIIBxzCCAW2gAwIBAgIUD5hBnBBqYL7URKbtrcdfvYeWdF0wCgYIKoZIzj0EAwIw
MTEVMBMGA1UECgwMRXhhbXBsZSBDb3JwMRgwFgYDVQQDDA9FeGFtcGxlIFJvb3Qg
Q0EwHhcNMjYxMTI0MDQyNDA0WhcNNDYxMTE5MDQyNDA0WjAxMRUwEwYDVQQKDAxF
eGFtcGxlIENvcnAxGDAWBgNVBAMMD0V4YW1wbGUgUm9vdCBDQTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABOgRltsYWFgEgRq5GhEUo6wYsjrkJ2Q10Qy1rFEeyPCc
Umhvjo22FkR/CPSTTAAbt5/SEl2ljL4ZpMHnTxzRLjyjYzBhMB0GA1UdDgQWBBR5
LvSMxvw0M5zf6dNKuVQyC3J7QzAfBgNVHSMEGDAWgBR5LvSMxvw0M5zf6dNKuVQy
C3J7QzAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAKBggqhkjOPQQD
AgNIADBFAiBjC4LOT5TQRmXBXed0L8Y6IKhLsZ4hXahv5Iaji1cfDAIhALZLdxUQ
cIn6yCx/F6bW5k6avV4Bd6z7KaWacn5+zJUr
-----END CERTIFICATE-----
`;

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
export const hostName = fc
  .tuple(label, fc.constantFrom('example.com', 'corp.example', 'test', 'mirror.example.cn'))
  .map((parts) => parts.join('.'));
const ipv4 = fc.tuple(fc.nat(223), fc.nat(255), fc.nat(255), fc.nat(254)).map((n) => n.join('.'));
const ipv6 = fc.constantFrom('fd00::1', '2001:db8::5');
const port = fc.integer({ min: 1, max: 65_535 });
const host = fc.oneof(
  { arbitrary: hostName, weight: 5 },
  { arbitrary: ipv4, weight: 2 },
  { arbitrary: ipv6.map((address) => `[${address}]`), weight: 1 },
);
export const hostPort = fc
  .tuple(host, fc.option(port))
  .map(([name, number]) => (number === null ? name : `${name}:${number}`));

/** A mirror's URL that every reader takes. */
export const mirrorUrl = fc
  .tuple(fc.constantFrom('https', 'https', 'http'), hostPort, fc.constantFrom('', '', '/', '/hub'))
  .map(([scheme, address, path]) => `${scheme}://${address}${path}`);

/** User and password of any characters that a person can type on one line. */
const secret = fc
  .oneof(
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
    // What the readers of a URL, systemd, shells, PowerShell and cmd each take for something else.
    {
      weight: 1,
      arbitrary: fc.string({
        unit: fc.constantFrom(
          ...'%$\'"\\`!#@:/? ;,&|<>(){}[]*~^=+',
          '%41',
          '%n',
          '$HOME',
          '密',
          '🔑',
        ),
        minLength: 1,
        maxLength: 8,
      }),
    },
  )
  .filter((text) => !/[\0\r\n]/.test(text));

export const proxyUrl = fc
  .record({
    scheme: fc.constantFrom('http', 'http', 'http', 'socks5'),
    host: fc.oneof(
      hostName,
      ipv4,
      fc.constantFrom('127.0.0.1', 'localhost', 'host.docker.internal', '[2001:db8::5]'),
    ),
    port: fc.option(port.map(String), { nil: '' }),
    user: fc.option(secret, { nil: '' }),
    password: fc.option(secret, { nil: '' }),
  })
  .map(joinProxy);

export const noProxyEntry = fc.oneof(
  hostName,
  hostName.map((name) => `.${name}`),
  hostName.map((name) => `*.${name}`),
  hostPort,
  ipv4,
  ipv6,
  fc.constantFrom('localhost', '127.0.0.1', '10.0.0.0/8', '192.168.0.0/16', 'fd00::/8', '.svc'),
);

const registry = fc
  .tuple(fc.oneof(hostName, ipv4), fc.option(port))
  .map(([name, number]) => (number === null ? name : `${name}:${number}`));

const size = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('GB', 'MB', 'gb', 'GiB', 'm', ''))
  .map(([count, unit]) => `${count}${unit}`);

const some = <T>(item: fc.Arbitrary<T>, maxLength = 3) => fc.array(item, { maxLength });

/** Settings as a careful reader would fill them in: all of it is meant to be taken. */
export const goodSettings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    target: fc.constantFrom(...TARGETS),
    engine: fc.constantFrom('20.10.24', '23.0', '24.0.7', '24.0.9', '26.1.5', '28.5.2', '29.10'),
    imageStore: fc.constantFrom('containerd', 'overlay2'),
    containerdVersion: fc.constantFrom('1', '2'),
    mirrors: some(mirrorUrl),
    registryMirrors: some(
      fc.record({
        registry: fc.constantFrom('ghcr.io', 'quay.io', 'registry.k8s.io', 'reg.corp.example:5000'),
        mirrors: fc.array(mirrorUrl, { minLength: 1, maxLength: 2 }),
      }),
      2,
    ),
    proxy: fc.record(
      { http: proxyUrl, https: proxyUrl, all: proxyUrl, noProxy: some(noProxyEntry, 6) },
      { requiredKeys: [] },
    ),
    proxyScope: fc.uniqueArray(fc.constantFrom('daemon', 'cli', 'build', 'run'), { minLength: 1 }),
    proxyFile: fc.constantFrom('drop-in', 'daemon.json'),
    ca: some(fc.record({ host: fc.oneof(fc.constant(''), registry), pem: fc.constant(PEM) }), 2),
    insecureRegistries: some(
      fc.oneof(registry, fc.constantFrom('10.0.0.0/8', '192.168.1.0/24', '[fd00::1]:5000')),
    ),
    maxConcurrentDownloads: fc.integer({ min: 1, max: 20 }),
    maxConcurrentUploads: fc.integer({ min: 1, max: 20 }),
    maxDownloadAttempts: fc.integer({ min: 1, max: 20 }),
    dns: some(fc.oneof(ipv4, ipv6), 2),
    builderGc: fc.record(
      { enabled: fc.boolean(), keepStorage: size, maxUsedSpace: size, minFreeSpace: size },
      { requiredKeys: ['enabled'] },
    ),
    experimental: fc.boolean(),
    liveRestore: fc.boolean(),
    debug: fc.boolean(),
    dialTimeout: fc.constantFrom('3s', '500ms', '1m30s'),
    wsl: fc.record(
      {
        networkingMode: fc.constantFrom('nat', 'mirrored'),
        autoProxy: fc.boolean(),
        dnsTunneling: fc.boolean(),
        firewall: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['target'] },
);

/** The same, merged into files that the reader had: other keys, other settings, nothing of the form. */
export const mergedSettings: fc.Arbitrary<Partial<Settings>> = fc
  .tuple(goodSettings, fc.boolean())
  .map(([settings, merged]) => ({
    ...settings,
    ...(merged && {
      existing: {
        daemonJson:
          '{\n    "log-driver": "json-file",\n    "log-opts": { "max-size": "10m", "max-file": "3" },\n    "runtimes": { "nvidia": { "path": "nvidia-container-runtime", "runtimeArgs": [] } },\n    "insecure-registries": ["old.corp.example:5000"]\n}\n',
        dropIn:
          '[Unit]\nDescription=Docker\n[Service]\nLimitNOFILE=1048576\nEnvironment="FOO=a b" BAR=%%\n',
        configJson:
          '{\n\t"auths": { "reg.example": { "auth": "dTpw" } },\n\t"proxies": { "default": { "ftpProxy": "http://f.example:1" } }\n}\n',
      },
    }),
  }));

/** What people and programs paste: anything. */
export const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '“https://m.example.com”',
    'https：//m.example.com',
    'https://m.example.com，',
    'm.example.com',
    'https://',
    'https://m.example.com:70000',
    'https://user:p@ss@m.example.com',
    'https://镜像.example',
    'http://u:100%@proxy:1',
    'http://u:p#ss@proxy:1',
    '\u202ehttps://m.example.com',
    '\ud800',
    '{"a":1,}',
    '[Service]\nEnvironment=a b',
    '-----BEGIN PRIVATE KEY-----',
  ),
);

/** Settings whose every text may be anything. */
export const wildSettings: fc.Arbitrary<Partial<Settings>> = fc
  .tuple(
    goodSettings,
    fc.record(
      {
        engine: junk,
        mirrors: some(junk),
        registryMirrors: some(fc.record({ registry: junk, mirrors: some(junk) })),
        proxy: fc.record({ http: junk, https: junk, all: junk, noProxy: some(junk) }),
        ca: some(fc.record({ host: junk, pem: junk })),
        insecureRegistries: some(junk),
        maxConcurrentDownloads: fc.oneof(fc.double(), fc.integer()),
        dns: some(junk),
        builderGc: fc.record({ enabled: fc.boolean(), keepStorage: junk, maxUsedSpace: junk }),
        dialTimeout: junk,
        existing: fc.record({ daemonJson: junk, dropIn: junk, configJson: junk }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([good, wild]) => ({ ...good, ...wild }));
