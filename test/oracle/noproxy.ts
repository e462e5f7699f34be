/**
 * Asks the real clients what they do with fresh random cases, and compares: `npm run test:oracle`.
 * Not part of `npm test`: it needs the scripts in `../shared/oracles/noproxy` (or `ORACLES`),
 * their programs set up, and root. Says what it skips.
 *
 * ORACLES         folder that holds `noproxy/run.sh`
 * ORACLE_CASES    how many random cases (default 500; about a second each)
 * ORACLE_SEED     where to start (default: another every day)
 * ORACLE_CLIENTS  only these of the oracle's clients, separated by commas
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { type ClientId, decide, type ProxyEnv } from '../../src/core/noproxy/index.ts';

const FOLDER = join(process.env.ORACLES ?? resolve('../shared/oracles'), 'noproxy');
const SCRATCH = process.env.ORACLE_SCRATCH ?? '/tmp/oracle-scratch';
const CASES = Number(process.env.ORACLE_CASES ?? 500);
const SEED = Number(process.env.ORACLE_SEED ?? Math.floor(Date.now() / 86_400_000));

/** The oracle's names for what we model; its other versions of the same client behave alike. */
const clientOf: Readonly<Record<string, ClientId>> = {
  'go@sid': 'go',
  'go@deb12': 'go-1.24.0',
  'curl@sid': 'curl',
  'curl@trixie': 'curl-8.14',
  'curl@deb12': 'curl-7.88',
  'curl@bullseye': 'curl-7.74',
  'git@trixie': 'git',
  'wget@trixie': 'wget',
  'busybox-wget@trixie': 'busybox-wget',
  'apt@trixie': 'apt',
  'apk@3.0.6': 'apk',
  'urllib@trixie': 'python-urllib',
  'requests@sid': 'python-requests',
  'requests@trixie': 'python-requests-2.33',
  'proxy-from-env': 'proxy-from-env',
  'proxy-from-env-1': 'proxy-from-env-1',
  axios: 'axios',
  undici: 'undici',
  'node-fetch': 'node-fetch',
  'node-http': 'node-http',
  npm: 'npm',
  'ruby@trixie': 'ruby',
  'ruby-net-http@trixie': 'ruby-net-http',
};

interface Case {
  id: string;
  url: string;
  no_proxy: string | null;
  http_proxy: string | null;
  https_proxy: string | null;
  env?: Record<string, string>;
  resolve?: Record<string, string>;
}

const HTTP = 'http://proxy.corp.example:3128';
const HTTPS = 'http://proxy.corp.example:3129';

const domain = fc.constantFrom(
  'acme.test',
  'git.acme.test',
  'registry.acme.test',
  'other.test',
  'corp.example',
  'localhost',
  'db',
  'svc.cluster.local',
  'xn--bcher-kva.example',
  'bücher.example',
);
const ipv4 = fc.constantFrom(
  '10.0.0.5',
  '10.1.2.3',
  '110.0.0.5',
  '127.0.0.1',
  '192.168.1.15',
  '0.0.0.0',
);
const ipv6 = fc.constantFrom('::1', 'fd00::1', '2001:DB8::1', '::ffff:10.0.0.5', 'fe80::1%25eth0');
const port = fc.constantFrom('', '', '', ':443', ':80', ':5000', ':05000');
const cidr = fc.constantFrom(
  '10.0.0.0/8',
  '192.168.0.0/16',
  '10.0.0.5/32',
  '0.0.0.0/0',
  '10/8',
  '10.0.0.0/08',
  '10.0.0.0/8:5000',
  'fd00::/8',
  '::/0',
  '2001:db8::/33',
);
const entry = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', '.', '*.', '*', '..'),
        domain,
        fc.constantFrom('', '', '.', ':5000', ':443'),
      )
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('', '', '.', '*'), ipv4, port)
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(ipv6, fc.boolean(), port)
      .map(([ip, bare, at]) => (bare ? ip : `[${ip}]${at}`)),
  },
  { weight: 2, arbitrary: cidr },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '*',
      '10.*',
      '<local>',
      '0.0.5',
      '.',
      'https://acme.test',
      'acme.test/',
      '192.168.1.10-192.168.1.20',
      'ACME.test',
    ),
  },
);
const separator = fc.constantFrom(',', ',', ',', ',', ', ', ' ,', ' ', ';', '\n', ',,', '\t');
const list = fc
  .tuple(entry, fc.array(fc.tuple(separator, entry), { maxLength: 4 }))
  .map(([first, rest]) => first + rest.map((parts) => parts.join('')).join(''));
const host = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', 'www.', 'not', 'a.b.'),
        domain,
        fc.constantFrom('', '', '', '.'),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: ipv4 },
  {
    weight: 1,
    arbitrary: fc.constantFrom('127.1', '0x7f000001', '10.0.0.256', 'LOCALHOST', 'GIT.Acme.Test'),
  },
  { weight: 2, arbitrary: ipv6.map((ip) => `[${ip}]`) },
);
const url = fc
  .tuple(
    fc.constantFrom('http', 'https'),
    host,
    port,
    fc.constantFrom('/', '/', '', '/v2/', '?x=1'),
  )
  .map(([scheme, name, at, path]) => `${scheme}://${name}${at}${path}`);
// Variables that differ, each with a port of its own, against a host that no client resolves.
const environment = fc
  .record(
    {
      http_proxy: fc.constantFrom('', 'http://proxy.corp.example:3128'),
      https_proxy: fc.constantFrom('', 'http://proxy.corp.example:3129'),
      HTTP_PROXY: fc.constantFrom('', 'http://proxy.corp.example:3130'),
      HTTPS_PROXY: fc.constantFrom('', 'http://proxy.corp.example:3131'),
      all_proxy: fc.constantFrom('', 'http://proxy.corp.example:3132'),
      ALL_PROXY: fc.constantFrom('', 'http://proxy.corp.example:3133'),
      no_proxy: fc.constantFrom('', '*', 'other.test', 'acme.test'),
      NO_PROXY: fc.constantFrom('', '*', 'other.test', 'acme.test'),
      REQUEST_METHOD: fc.constant('GET'),
    },
    { requiredKeys: [] },
  )
  .filter((env) => Object.keys(env).length > 0);

const anyCase: fc.Arbitrary<Omit<Case, 'id'>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      no_proxy: list,
      http_proxy: fc.constant(HTTP),
      https_proxy: fc.constant(HTTPS),
      url,
    }),
  },
  {
    weight: 1,
    arbitrary: environment.map((env) => ({
      no_proxy: null,
      http_proxy: null,
      https_proxy: null,
      env: env as Record<string, string>,
      url: 'http://registry.other.test/',
    })),
  },
  {
    weight: 1,
    arbitrary: environment.map((env) => ({
      no_proxy: null,
      http_proxy: null,
      https_proxy: null,
      env: env as Record<string, string>,
      url: 'https://registry.other.test/',
    })),
  },
);

function environmentOf(asked: Case): ProxyEnv {
  if (asked.env) return asked.env;
  const env: Record<string, string> = {};
  for (const name of ['no_proxy', 'http_proxy', 'https_proxy'] as const) {
    const value = asked[name];
    if (value !== null) {
      env[name] = value;
      env[name.toUpperCase()] = value;
    }
  }
  return env;
}

function main(): number {
  if (!existsSync(join(FOLDER, 'run.sh'))) {
    console.log(`skipped: no oracle in ${FOLDER}; set ORACLES to the folder that holds noproxy/`);
    return 0;
  }
  if (!existsSync(join(SCRATCH, 'go_probe.deb12'))) {
    console.log(`skipped: the clients are not set up; run ${join(FOLDER, 'setup.sh')} once`);
    return 0;
  }
  const cases: Case[] = fc
    .sample(anyCase, { numRuns: CASES, seed: SEED })
    .map((asked, index) => ({ id: `s${SEED}-${index}`, ...asked }));
  const work = mkdtempSync(join(tmpdir(), 'noproxy-oracle-'));
  try {
    const asked = join(work, 'cases.json');
    const answered = join(work, 'raw.json');
    writeFileSync(asked, JSON.stringify(cases));
    const only = process.env.ORACLE_CLIENTS ? ['--only', process.env.ORACLE_CLIENTS] : [];
    const run = spawnSync(join(FOLDER, 'run.sh'), ['oracle.py', asked, answered, ...only], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (run.status !== 0) {
      console.log('the oracle did not finish (it needs root and network namespaces)');
      return 1;
    }
    return compare(cases, JSON.parse(readFileSync(answered, 'utf8')).results);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

type Results = Record<string, Record<string, { result: string; detail?: string }>>;

function compare(cases: readonly Case[], results: Results): number {
  let compared = 0;
  let differ = 0;
  const silent = new Set(Object.values(clientOf));
  for (const asked of cases) {
    for (const [name, real] of Object.entries(results[asked.id] ?? {})) {
      const client = clientOf[name];
      if (!client) continue;
      silent.delete(client);
      compared++;
      const names = asked.resolve;
      const options = names ? { resolve: (host: string) => names[host] } : {};
      const model = decide(client, environmentOf(asked), asked.url, options);
      if (model.route === real.result) continue;
      differ++;
      console.log(
        `${asked.id} ${client}: ${JSON.stringify(asked.env ?? asked.no_proxy)} ${asked.url}\n` +
          `  real ${real.result} ${real.detail ?? ''}\n  model ${model.route} (${model.reason.code})`,
      );
    }
  }
  if (silent.size > 0) console.log(`not asked: ${[...silent].join(', ')}`);
  console.log(
    `${cases.length} cases, seed ${SEED}: ${compared} answers compared, ${differ} differ`,
  );
  return compared > 0 && differ === 0 ? 0 : 1;
}

process.exit(main());
