import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDaemonJson } from '../../../../src/core/config/daemon-json/index.ts';
import { applyEdits } from '../../../../src/core/config/daemon-json/tolerant.ts';

interface Answer {
  ok: boolean;
  message?: string;
}

interface Recorded {
  id: string;
  input?: string;
  input_base64?: string;
  args?: string[];
  validate: { [engine: string]: Answer };
  start: { [engine: string]: Answer };
}

const fixture = new URL('../../../fixtures/daemon-json/recorded.json', import.meta.url);
const { cases }: { cases: Recorded[] } = JSON.parse(readFileSync(fixture, 'utf8'));

const bytesOf = (recorded: Recorded): string | Uint8Array =>
  recorded.input ?? new Uint8Array(Buffer.from(recorded.input_base64 ?? '', 'base64'));

const starts = cases.flatMap((recorded) =>
  Object.entries(recorded.start).map(([engine, answer]) => ({ recorded, engine, answer })),
);

describe('verdicts of real dockerd', () => {
  it.each(starts)(
    '$recorded.id starts with $engine: $answer.ok',
    ({ recorded, engine, answer }) => {
      const { accepted } = checkDaemonJson(bytesOf(recorded), { engine, flags: recorded.args });
      expect(accepted).toBe(answer.ok);
    },
  );

  // The recordings are of Debian's builds, whose Go words JSON errors in its own way.
  const words = cases.flatMap((recorded) =>
    [...Object.entries(recorded.validate), ...Object.entries(recorded.start)].flatMap(
      ([engine, { message, ok }]) =>
        ok ||
        message === undefined ||
        recorded.id === 'key-two-unknown' ||
        /Code: 125/.test(message)
          ? []
          : [{ recorded, engine: `${engine}+dfsg1`, message }],
    ),
  );
  it.each(words)('$recorded.id is refused by $engine in its words', (asked) => {
    const { recorded, engine, message } = asked;
    const { problems } = checkDaemonJson(bytesOf(recorded), { engine, flags: recorded.args });
    expect(problems.filter(({ refused }) => refused).map(({ original }) => original)).toContain(
      message,
    );
  });
});

/** [file, codes by engine]; a code with `!` is refused. */
const engines = ['29.7.2', '28.5.2', '26.1.5', '20.10.24'] as const;
const table: [what: string, file: string, codes: string | { [engine: string]: string }][] = [
  ['a flag name', '{"registry-mirror": "https://m.example.com"}', 'flag-name-ignored'],
  [
    'a proxy at the top',
    '{"http-proxy": "http://p:1"}',
    {
      '29.7.2': 'flag-name-ignored',
      '20.10.24': 'unknown-key!',
    },
  ],
  ['an unknown object', '{"mirrors": {}}', 'object-ignored'],
  [
    'the form of config.json',
    '{"proxies": {"default": {}}}',
    {
      '29.7.2': 'config-json-form!',
      '20.10.24': 'proxies-unsupported!',
    },
  ],
  [
    'proxies before 23.0',
    '{"proxies": {"no-proxy": "a"}}',
    {
      '26.1.5': '',
      '20.10.24': 'proxies-unsupported!',
    },
  ],
  ['a misspelt gc key', '{"builder": {"gc": {"keepStorage": "20GB"}}}', 'gc-key-ignored'],
  [
    'a gc key of 28.0',
    '{"builder": {"gc": {"defaultMaxUsedSpace": "20GB"}}}',
    {
      '28.5.2': '',
      '26.1.5': 'gc-key-too-new',
    },
  ],
  [
    'a gc size',
    '{"builder": {"gc": {"defaultKeepStorage": "lots"}}}',
    {
      '28.5.2': 'gc-value!',
      '26.1.5': '',
    },
  ],
  [
    'a policy without a size',
    '{"builder": {"gc": {"enabled": true, "policy": [{"all": true}]}}}',
    {
      '28.5.2': '',
      '26.1.5': 'gc-value!',
    },
  ],
  ['validate', '{"validate": true}', { '28.5.2': 'validate-in-file!', '20.10.24': 'unknown-key!' }],
  ['an underscore', '{"registry_mirrors": []}', 'unknown-key!'],
  ['a key twice', '{"debug": true, "debug": false}', 'duplicate-key'],
  [
    'a number without bounds',
    '{"features": {"a": 1e999}}',
    'number-range! wrong-type! feature-unknown',
  ],
  ['a scheme alone', '{"registry-mirrors": ["https://"]}', 'mirror-useless'],
  ['a port beyond', '{"registry-mirrors": ["https://m.example.com:70000"]}', 'mirror-useless'],
  ['a name not in ASCII', '{"registry-mirrors": ["https://镜像.example"]}', 'mirror-useless'],
  ['a bare question mark', '{"registry-mirrors": ["https://m.example.com/?"]}', 'mirror-useless'],
  [
    'a path',
    '{"registry-mirrors": ["https://m.example.com/hub"]}',
    {
      '26.1.5': '',
      '20.10.24': 'mirror-path!',
    },
  ],
  [
    'a v2 path',
    '{"registry-mirrors": ["https://m.example.com/v2/"]}',
    {
      '28.5.2': 'mirror-v2',
      '20.10.24': 'mirror-path!',
    },
  ],
  [
    'a mirror that is insecure',
    '{"registry-mirrors": ["https://r.corp:5000"], "insecure-registries": ["r.corp:5000"]}',
    'mirror-insecure',
  ],
  [
    'a mirror that is gone',
    '{"registry-mirrors": ["https://docker.mirrors.ustc.edu.cn"]}',
    'mirror-stopped',
  ],
  ['a registry that is no mirror', '{"registry-mirrors": ["https://ghcr.io"]}', 'not-a-mirror'],
  ['insecure for the Hub', '{"insecure-registries": ["docker.io"]}', 'insecure-hub'],
  [
    'a scheme that is cut',
    '{"insecure-registries": ["http://r.corp:5000"]}',
    'insecure-scheme-cut',
  ],
  ['IPv6 without a subnet', '{"ipv6": true}', { '28.5.2': '', '26.1.5': 'ipv6-needs-subnet!' }],
  ['mirrors that are null', '{"registry-mirrors": null}', 'null-keeps-old'],
  [
    'an IPv6 subnet that is none, with IPv6 off',
    '{"fixed-cidr-v6": "fd00::"}',
    { '28.5.2': 'subnet!', '26.1.5': 'subnet!', '20.10.24': 'subnet!' },
  ],
  [
    'an IPv6 pool in front',
    '{"default-address-pools": [{"base": "fd00::/64", "size": 80}, {"base": "172.30.0.0/16", "size": 24}]}',
    { '28.5.2': '', '26.1.5': '', '20.10.24': 'address-pool!' },
  ],
  [
    'a pool that can’t be split, and isn’t',
    '{"bridge": "none", "default-address-pools": [{"base": "172.30.0.0/16", "size": 33}]}',
    { '28.5.2': 'address-pool', '26.1.5': 'address-pool!', '20.10.24': 'address-pool' },
  ],
  [
    'a pool that can’t be split',
    '{"default-address-pools": [{"base": "172.30.0.0/16", "size": 33}]}',
    { '28.5.2': 'address-pool!', '26.1.5': 'address-pool!', '20.10.24': 'address-pool!' },
  ],
  ['graph', '{"graph": "/data"}', { '28.5.2': 'key-removed!', '20.10.24': 'deprecated-key' }],
  ['a runtime that is reserved', '{"runtimes": {"runc": {"path": "runc"}}}', 'runtime!'],
  ['a runtime that is missing', '{"default-runtime": "nvidia"}', 'default-runtime!'],
  [
    'an attribute of the local log driver',
    '{"log-driver": "local", "log-opts": {"tag": "x"}}',
    { '29.7.2': '', '28.5.2': 'log-opt!', '20.10.24': 'log-opt!' },
  ],
  [
    'an old name of a fluentd option',
    '{"log-driver": "fluentd", "log-opts": {"fluentd-async-connect": "true"}}',
    { '28.5.2': 'log-opt!', '26.1.5': '', '20.10.24': '' },
  ],
  ['a fluentd flag', '{"log-driver": "fluentd", "log-opts": {"fluentd-async": "x"}}', 'log-opt!'],
  [
    'a fluentd retry count',
    '{"log-driver": "fluentd", "log-opts": {"fluentd-max-retries": "4294967296"}}',
    { '28.5.2': 'log-opt!', '26.1.5': '' },
  ],
  [
    'a short wait for fluentd',
    '{"log-driver": "fluentd", "log-opts": {"fluentd-async-reconnect-interval": "1ms"}}',
    'log-opt!',
  ],
  [
    'compression over TCP',
    '{"log-driver": "gelf", "log-opts": {"gelf-address": "tcp://h:1", "gelf-compression-type": "gzip"}}',
    'log-opt!',
  ],
  [
    'two ways to join lines',
    '{"log-driver": "awslogs", "log-opts": {"awslogs-group": "g", "awslogs-datetime-format": "%Y", "awslogs-multiline-pattern": "^a"}}',
    'log-opt!',
  ],
  [
    'an option of the log cache',
    '{"log-opts": {"cache-disabled": "true", "cache-x": "1"}}',
    'log-opt!',
  ],
  ['a port without a number', '{"metrics-addr": "127.0.0.1:http"}', 'host!'],
  [
    'a named seccomp profile',
    '{"seccomp-profile": "unconfined"}',
    { '26.1.5': '', '20.10.24': 'seccomp-profile!' },
  ],
  ['the smallest bridge', '{"bip": "172.26.0.1/31"}', { '26.1.5': '', '20.10.24': 'bip!' }],
  ['an IPv6 bridge', '{"bip": "fd00::1/64"}', { '26.1.5': 'bip!', '20.10.24': '' }],
  ['a gateway outside the bridge', '{"default-gateway": "10.0.0.1"}', 'gateway!'],
  ['a gateway inside it', '{"bip": "10.0.0.2/24", "default-gateway": "10.0.0.1"}', ''],
  ['a resource without a name', '{"node-generic-resources": ["=1", "gpu="]}', ''],
  ['a resource twice', '{"node-generic-resources": ["gpu=1", "gpu=a"]}', 'generic-resource!'],
  [
    'a default runtime without a path',
    '{"default-runtime": "x", "runtimes": {"x": {}}}',
    { '28.5.2': 'runtime!', '20.10.24': '' },
  ],
  [
    'a cluster store',
    '{"cluster-store": "etcd"}',
    { '28.5.2': 'key-removed!', '20.10.24': 'deprecated-key!' },
  ],
  ['IPv6 rules', '{"ip6tables": true}', { '28.5.2': '', '26.1.5': 'needs-experimental!' }],
  ['rootless', '{"rootless": true}', { '28.5.2': 'rootless-in-file!', '20.10.24': '' }],
  ['metrics on every address', '{"metrics-addr": ":9323"}', 'host!'],
  ['a port alone', '{"hosts": ["2375"]}', 'host!'],
  [
    'an object twice, in other letters',
    '{"builder": {"gc": {"enabled": true}, "GC": {"defaultKeepStorage": "x"}}}',
    'gc-value!',
  ],
  [
    'a driver that is gone',
    '{"log-driver": "logentries", "log-opts": {"logentries-token": "x"}}',
    { '28.5.2': 'log-driver!', '20.10.24': '' },
  ],
  ['a log option of another driver', '{"log-opts": {"max-sizes": "10m"}}', 'log-opt!'],
];

describe('what dockerd refuses, and what it takes without a word', () => {
  const rows = table.flatMap(([what, file, codes]) =>
    engines.flatMap((engine) => {
      const expected = typeof codes === 'string' ? codes : codes[engine];
      return expected === undefined ? [] : [{ what, file, engine, expected }];
    }),
  );
  it.each(rows)('$what in $engine', ({ file, engine, expected }) => {
    const { problems, accepted } = checkDaemonJson(file, { engine });
    const codes = problems.map(({ code, refused }) => (refused ? `${code}!` : code));
    expect(codes.join(' ')).toBe(expected);
    expect(accepted).toBe(!expected.includes('!'));
  });
});

const GC =
  '{"builder": {"gc": {"enabled": true, "policy": [{"keepStorage": "1GB", "filter": ["unused-for=5x"]}]}}}';
const POOL = '{"default-address-pools": [{"base": "172.30.0.0/16", "size": 8}]}';

it.each([
  [
    GC,
    '28.5.2',
    `error initializing buildkit: error creating buildkit instance: could not get builder GC policy: "unused-for" filter expects a duration (e.g., '24h') or a timestamp: failed to parse value as time or duration: "5x"`,
  ],
  [
    GC,
    '26.1.5',
    `could not get builder GC policy: "unused-for" filter expects a duration (e.g., '24h') or a timestamp: failed to parse value as time or duration: "5x"`,
  ],
  [
    GC,
    '20.10.24',
    `could not get builder GC policy: "unused-for" filter expects a duration (e.g., '24h'): time: unknown unit "x" in duration "5x"`,
  ],
  [
    POOL,
    '28.5.2',
    'failed to start daemon: Error initializing network controller: error obtaining controller instance: could not construct local address space: network at index 0 (&{172.30.0.0/16 8}) has a smaller prefix (/16) than the target size of that pool (/8)',
  ],
  [
    POOL,
    '26.1.5',
    'failed to start daemon: Error initializing network controller: error obtaining controller instance: invalid pools size: 8',
  ],
  [
    '{"fixed-cidr-v6": "10.0.0.0/8"}',
    '26.1.5',
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: merged configuration validation from file and command line flags failed: invalid fixed-cidr-v6: fixed-cidr-v6 is not an IPv6 subnet',
  ],
])('says of %s what %s says', (file, engine, words) => {
  const { problems } = checkDaemonJson(file, { engine });
  expect(problems.find(({ refused }) => refused)?.original).toBe(words);
});

it('gives line, column, path and a repair', () => {
  const file = '{\n  "registry-mirrors": [\n    "m.example.com"\n  ]\n}\n';
  const [problem] = checkDaemonJson(file, { engine: '28.5.2' }).problems;
  expect(problem).toMatchObject({
    code: 'mirror-no-scheme',
    path: 'registry-mirrors[0]',
    line: 3,
    column: 5,
    refused: true,
  });
  const repaired = applyEdits(file, problem?.fix?.edits ?? []);
  expect(JSON.parse(repaired)).toEqual({ 'registry-mirrors': ['https://m.example.com'] });
});

it('repairs a file step by step until dockerd takes it', () => {
  let file = '{\n  “registry-mirror”: "https://m.example.com", // mine\n  "debug": "true",\n}';
  for (let step = 0; step < 20; step++) {
    const fix = checkDaemonJson(file, { engine: '28.5.2' }).problems.find(
      (problem) => (problem.fix?.edits?.length ?? 0) > 0,
    )?.fix;
    if (fix === undefined) break;
    file = applyEdits(file, fix.edits ?? []);
  }
  expect(JSON.parse(file)).toEqual({ 'registry-mirrors': ['https://m.example.com'], debug: true });
});

it.each([
  ['{"shutdown-timeout": 12345678901234567890}', undefined],
  ['{"shutdown-timeout": 9e30}', undefined],
  ['{"mtu": 1500.0}', '{"mtu": 1500}'],
  [
    '{"default-address-pools": [{"base": "172.30.0.0/16", "size": 2.4e1}]}',
    '{"default-address-pools": [{"base": "172.30.0.0/16", "size": 24}]}',
  ],
])('offers for %s what dockerd would take, or nothing', (file, repaired) => {
  const [problem] = checkDaemonJson(file, { engine: '28.5.2' }).problems;
  expect(problem?.code).toBe('wrong-type');
  expect(problem?.fix?.edits && applyEdits(file, problem.fix.edits)).toBe(repaired);
  if (repaired) expect(checkDaemonJson(repaired, { engine: '28.5.2' }).accepted).toBe(true);
});

it.each(['constructor', 'valueOf', '__proto__', 'hasOwnProperty'])(
  'takes %s for a name like any other',
  (key) => {
    const { problems } = checkDaemonJson(`{"${key}": 1, "proxies": {"${key}": "x"}}`, {
      engine: '28.5.2',
    });
    expect(problems.some(({ refused }) => refused)).toBe(true);
    expect(JSON.stringify(problems)).not.toContain('native code');
  },
);

it('counts the flags of the packaged unit', () => {
  const file = '{"hosts": ["unix:///var/run/docker.sock"]}';
  expect(checkDaemonJson(file, { engine: '28.5.2' }).accepted).toBe(true);
  const flags = ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];
  const { accepted, problems } = checkDaemonJson(file, { engine: '28.5.2', flags });
  expect(accepted).toBe(false);
  expect(problems[0]?.original).toContain(
    'hosts: (from flag: [fd://], from file: [unix:///var/run/docker.sock])',
  );
});

it.each([
  ['28.5.2', true],
  ['26.1.5', true],
  ['20.10.24', false],
])('finds a default runtime that a flag defines: %s, %s', (engine, accepted) => {
  const flags = ['--add-runtime=A=/usr/bin/a'];
  expect(checkDaemonJson('{"default-runtime": "a"}', { engine, flags }).accepted).toBe(accepted);
  expect(checkDaemonJson('{"default-runtime": "b"}', { engine, flags }).accepted).toBe(false);
});

it.each([
  [
    '{"features": {"a": true}}',
    '--feature=b=true',
    'features: (from flag: map[b:true], from file: map[a:true])',
  ],
  [
    '{"default-address-pools": [{"base": "172.30.0.0/16", "size": 24}]}',
    '--default-address-pool=base=172.31.0.0/16,size=24',
    'default-address-pools: (from flag: 172.31.0.0/16 24, from file: [map[base:172.30.0.0/16 size:24]])',
  ],
])('words a conflict of %s with %s as dockerd does', (file, flag, words) => {
  const { problems } = checkDaemonJson(file, { engine: '28.5.2', flags: [flag] });
  expect(problems.find(({ refused }) => refused)?.original).toContain(words);
});

it('never throws, whatever it is given', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), fc.json()),
      fc.constantFrom('20.10.24', '28.5.2', '29', 'nonsense', ''),
      (file, engine) => {
        const { accepted, problems } = checkDaemonJson(file, { engine });
        expect(accepted).toBe(!problems.some(({ refused }) => refused));
      },
    ),
  );
});

it('takes a long paste and any nesting', { timeout: 120_000 }, () => {
  const long = `{"labels": [${'"a=b",'.repeat(100_000)}"a=b"]}`;
  expect(checkDaemonJson(long, { engine: '28.5.2' }).accepted).toBe(true);
  expect(checkDaemonJson('x'.repeat(1_000_000), { engine: '28.5.2' }).accepted).toBe(false);
  const deep = `{"features": ${'['.repeat(200_000)}`;
  expect(checkDaemonJson(deep, { engine: '28.5.2' }).accepted).toBe(false);
  const nested = `{"builder": {"x": ${'['.repeat(9000)}${']'.repeat(9000)}}}`;
  expect(checkDaemonJson(nested, { engine: '28.5.2' }).accepted).toBe(true);
});
