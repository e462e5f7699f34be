/**
 * Asks the real dockerd whether it starts with daemon.json files that nobody would write, and compares its verdict with
 * `checkDaemonJson`. Not part of `npm test`: it needs the checker, its programs installed, and root. Says what it skips.
 *
 * ORACLES      folder that holds `config/check`
 * ORACLE_ROOT  folder that `config/install` put the programs into
 * ORACLE_RUNS  how many files (default 60, some seconds each)
 * ORACLE_SEED  where to start (default 1)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { checkDaemonJson } from '../../src/core/config/daemon-json/index.ts';

const CHECK = resolve(process.env.ORACLES ?? '', 'config/check');
const ROOT = resolve(process.env.ORACLE_ROOT ?? '');
const RUNS = Number(process.env.ORACLE_RUNS ?? 60);
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const DOCKERD = join(ROOT, 'sid/usr/sbin/dockerd');

if (!existsSync(CHECK) || !existsSync(DOCKERD) || process.getuid?.() !== 0) {
  console.log(
    'skipped: needs root, ORACLES to name the folder that holds config/check, and ORACLE_ROOT the one that config/install filled',
  );
  process.exit(0);
}
const version = spawnSync('chroot', [join(ROOT, 'sid'), '/usr/sbin/dockerd', '--version'], {
  encoding: 'utf8',
});
const engine = /version ([^,]+)/.exec(version.stdout)?.[1] ?? '28.5.2';

const host = fc.constantFrom(
  'm.example.com',
  '192.168.1.10:5000',
  '[2001:db8::1]',
  'm',
  'm_x.corp',
  '镜像.example',
  '',
);
const scheme = fc.constantFrom(
  'https://',
  'http://',
  'HTTPS://',
  '',
  '//',
  'ftp://',
  'https:/',
  'https：//',
);
const tail = fc.constantFrom(
  '',
  '/',
  '/hub',
  '//',
  '?',
  '?a',
  '#x',
  ':',
  ':70000',
  ':abc',
  ' ',
  '/%zz',
  '\n',
);
const mirror = fc.tuple(scheme, host, tail).map((parts) => parts.join(''));
const registry = fc
  .tuple(
    fc.constantFrom('', 'http://', 'ftp://', '-'),
    host,
    fc.constantFrom('', ':5000', '/8', '/x', '-', ':70000'),
  )
  .map((parts) => parts.join(''));
const size = fc.constantFrom('20GB', 'lots', '', '10%', '1.5g', '20 GB', '-1', '0');
const any = fc.constantFrom(null, true, 0, -1, 1.5, '', 'x', [], ['x'], {}, { debug: true });
const member = fc.oneof(
  fc.record({ 'registry-mirrors': fc.array(mirror, { maxLength: 2 }) }),
  fc.record({ 'insecure-registries': fc.array(registry, { maxLength: 2 }) }),
  fc.record({
    dns: fc.array(fc.constantFrom('8.8.8.8', '::1', ' 1.1.1.1', 'x', '1.1.1.1:53', '')),
  }),
  fc.record({
    builder: fc.record({ gc: fc.record({ enabled: fc.boolean(), defaultKeepStorage: size }) }),
  }),
  fc.record({
    labels: fc.array(fc.constantFrom('a=b', 'a=c', 'a', 'com.docker.x=1'), { maxLength: 2 }),
  }),
  fc.record({
    'log-opts': fc.dictionary(
      fc.constantFrom('max-size', 'mode', 'x'),
      fc.constantFrom('10m', 'non-blocking'),
    ),
  }),
  fc.record({
    proxies: fc.dictionary(fc.constantFrom('http-proxy', 'no-proxy', 'httpProxy', 'default'), any),
  }),
  fc.record({ 'max-concurrent-downloads': any }),
  fc.record({ 'registry-mirror': any }),
  fc.record({ unknown: any }),
  fc.record({ features: fc.dictionary(fc.constantFrom('buildkit', 'x'), any, { maxKeys: 2 }) }),
  fc.record({ 'default-runtime': fc.constantFrom('runc', 'x', 'io.containerd.x.v2', '') }),
);
/** Sometimes one character is taken out or put in. */
const file = fc
  .tuple(
    fc.array(member, { maxLength: 3 }),
    fc.nat(400),
    fc.constantFrom('', '', '', ',', '}', '"', '/', '\u00a0', 'x'),
  )
  .map(([members, at, extra]) => {
    const text = JSON.stringify(Object.assign({}, ...members));
    return extra === '' || at > text.length ? text : text.slice(0, at) + extra + text.slice(at);
  });

const folder = mkdtempSync(join(tmpdir(), 'oracle-daemon-json-'));
let differ = 0;
let silent = 0;
try {
  fc.sample(file, { numRuns: RUNS, seed: SEED }).forEach((text, i) => {
    const path = join(folder, `${i}.json`);
    writeFileSync(path, text);
    const { stdout, status } = spawnSync(CHECK, ['daemon-json', path], { encoding: 'utf8' });
    if (status === 2 || status === null) {
      silent++;
      return;
    }
    // The first line is the newest dockerd's; an older one may follow.
    const started =
      /^validate \S+: configuration OK$/m.test(stdout.split('\n', 1)[0] ?? '') &&
      !/^start: /m.test(stdout);
    const { accepted, problems } = checkDaemonJson(text, { engine });
    if (accepted === started) return;
    differ++;
    console.log(
      `${JSON.stringify(text)}\n  dockerd ${started ? 'starts' : 'refuses'}: ${stdout.trim()}`,
    );
    console.log(
      `  here: ${problems.map(({ code, refused }) => (refused ? `${code}!` : code)).join(' ') || 'nothing'}`,
    );
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `dockerd ${engine}: ${RUNS - silent} files asked, ${differ} verdicts differ, ${silent} without an answer`,
);
process.exit(differ === 0 ? 0 : 1);
