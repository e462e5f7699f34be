/**
 * Asks the real clients what they do with fresh random cases, and compares: `npm run test:oracle`.
 * Not part of `npm test`: it needs the scripts, their programs set up, and root. Says what it skips.
 *
 * ORACLES         folder that holds `noproxy/run.sh`
 * ORACLE_SCRATCH  folder that `noproxy/setup.sh` put the programs into
 * ORACLE_CASES    how many random cases (default 500; about a second each)
 * ORACLE_SEED     where to start (default: another every day)
 * ORACLE_GROUPS   only cases of these kinds, separated by commas
 * ORACLE_KEEP     folder to keep the cases and the answers in
 * ORACLE_CLIENTS  only these of the oracle's clients, separated by commas
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ClientId, decide } from '../../src/core/noproxy/index.ts';
import { type Case, environmentOf, sampleCases } from './noproxy-cases.ts';

const FOLDER = resolve(process.env.ORACLES ?? '', 'noproxy');
const SCRATCH = process.env.ORACLE_SCRATCH ?? '';
const CASES = Number(process.env.ORACLE_CASES ?? 500);
const GROUPS = process.env.ORACLE_GROUPS?.split(',') ?? [];
const KEEP = process.env.ORACLE_KEEP;
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

function main(): number {
  if (!process.env.ORACLES || !existsSync(join(FOLDER, 'run.sh'))) {
    console.log('skipped: set ORACLES to the folder that holds noproxy/run.sh');
    return 0;
  }
  if (!existsSync(join(SCRATCH, 'go_probe.deb12'))) {
    console.log(
      `skipped: set ORACLE_SCRATCH to a folder and run ${join(FOLDER, 'setup.sh')} once, which fills it`,
    );
    return 0;
  }
  const cases = sampleCases(CASES, SEED, GROUPS);
  const work = KEEP ?? mkdtempSync(join(tmpdir(), 'noproxy-oracle-'));
  try {
    const asked = join(work, 'cases.json');
    const answered = join(work, 'raw.json');
    writeFileSync(asked, JSON.stringify(cases));
    const only = ['--only', process.env.ORACLE_CLIENTS ?? ASKED.join(',')];
    const run = spawnSync(join(FOLDER, 'run.sh'), ['oracle.py', asked, answered, ...only], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (run.status !== 0) {
      console.log('the oracle did not finish (it needs root and network namespaces)');
      return 1;
    }
    return compare(cases, JSON.parse(readFileSync(answered, 'utf8')).results);
  } finally {
    if (!KEEP) rmSync(work, { recursive: true, force: true });
  }
}

/** The names by which the oracle knows what to ask: three of its runs answer for several. */
const ASKED = Object.keys(clientOf).map((name) =>
  name.startsWith('ruby-net-http')
    ? 'ruby@trixie'
    : /^(proxy-from-env|axios|undici)/.test(name)
      ? 'node'
      : name,
);

type Results = Record<string, Record<string, { result: string; via?: string; detail?: string }>>;

/** A proxy value that leads to the oracle's listener: it cannot see a request sent anywhere else. */
const LISTENER =
  /^(?:[a-z0-9]+:\/\/)?(?:[^/@\\]*@)?(?:proxy\.corp\.example|127\.0\.0\.2)(?::(?:80|443|0*31\d\d|1080|8080)?)?(?:[/?#]|$)/i;

/** The port that tells the proxies of the cases apart: a bare number, or the end of a URL. */
function proxyPort(via: string | undefined): string | undefined {
  return /^(?:.*:)?(31\d\d|8080|1080)\/?$/.exec(via ?? '')?.[1];
}

function compare(cases: readonly Case[], results: Results): number {
  let compared = 0;
  let unseen = 0;
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
      const way = proxyPort(model.proxy);
      const realWay = proxyPort(real.via);
      const sameWay = model.route !== 'proxy' || !way || !realWay || way === realWay;
      if (model.route === real.result && sameWay) continue;
      if (model.proxy !== undefined && !LISTENER.test(model.proxy) && real.result !== 'proxy') {
        unseen++;
        continue;
      }
      differ++;
      console.log(
        `${asked.id} ${asked.group} ${client}: ${JSON.stringify(environmentOf(asked))} ${JSON.stringify(asked.url)} ${JSON.stringify(asked.resolve ?? {})}\n` +
          `  real ${real.result} ${realWay ?? ''} ${real.detail ?? ''}\n  model ${model.route} ${way ?? ''} (${model.reason.code} ${model.reason.detail ?? ''})`,
      );
    }
  }
  if (silent.size > 0) console.log(`not asked: ${[...silent].join(', ')}`);
  console.log(
    `${cases.length} cases, seed ${SEED}: ${compared} answers compared, ${differ} differ; ` +
      `${unseen} more ask a proxy that nobody listens at`,
  );
  return compared > 0 && differ === 0 ? 0 : 1;
}

process.exit(main());
