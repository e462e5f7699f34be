/**
 * Asks the JDK's own ProxySelector about the random cases of `noproxy-cases.ts`, and compares: `npm run test:oracle`.
 * Not part of `npm test`: it needs the probe and a JDK. Says what it skips.
 *
 * ORACLES       folder that holds `noproxy/clients/JavaProbe.java`
 * ORACLE_CASES  how many random cases (default 5000; all in one run of Java)
 * ORACLE_SEED   where to start (default: another every day)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decide } from '../../src/core/noproxy/index.ts';
import { sampleCases } from './noproxy-cases.ts';

const PROBE = resolve(process.env.ORACLES ?? '', 'noproxy/clients/JavaProbe.java');
const CASES = Number(process.env.ORACLE_CASES ?? 5000);
const SEED = Number(process.env.ORACLE_SEED ?? Math.floor(Date.now() / 86_400_000));

if (!process.env.ORACLES || !existsSync(PROBE)) {
  console.log('skipped: set ORACLES to the folder that holds noproxy/clients/JavaProbe.java');
  process.exit(0);
}
const classes = mkdtempSync(join(tmpdir(), 'noproxy-java-'));
try {
  const compiled = spawnSync('javac', ['-d', classes, PROBE], { encoding: 'utf8' });
  if (compiled.error) {
    console.log('skipped: needs a JDK (java and javac)');
    process.exit(0);
  }
  process.exitCode = compare();
} finally {
  rmSync(classes, { recursive: true, force: true });
}

/** A list as Java wants it, or one that was meant for NO_PROXY. */
function nonProxyHosts(noProxy: string | null, index: number): string | undefined {
  if (noProxy === null) return undefined;
  if (index % 4 === 0) return noProxy;
  const bars = noProxy.replaceAll(',', '|');
  if (index % 4 === 1) return bars;
  return index % 4 === 2 ? bars.replace(/(^|\|)\./g, '$1*.') : bars.replace(/\.0\/\d+/g, '.*');
}

function compare(): number {
  const cases = sampleCases(CASES, SEED).map(({ no_proxy, env, url }, index) => ({
    list: nonProxyHosts(no_proxy ?? env?.no_proxy ?? null, index),
    url,
  }));
  const hex = (text: string) => Buffer.from(text).toString('hex');
  const input = cases.map(
    ({ list, url }) => `${list === undefined ? '-' : hex(list)}\t${hex(url)}\n`,
  );
  const { stdout, status } = spawnSync('java', ['-cp', classes, 'JavaProbe'], {
    input: input.join(''),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const [version, ...answers] = stdout.trimEnd().split('\n');
  if (status !== 0 || answers.length !== cases.length) {
    console.log('the probe did not finish');
    return 1;
  }
  let differ = 0;
  for (const [index, { list, url }] of cases.entries()) {
    const env: Record<string, string> = list === undefined ? {} : { 'http.nonProxyHosts': list };
    const { route, reason } = decide('java', env, url);
    if (route === answers[index]) continue;
    differ++;
    console.log(
      `${JSON.stringify(list)} ${JSON.stringify(url)}\n  real ${answers[index]}\n  model ${route} (${reason.code} ${reason.detail ?? ''})`,
    );
  }
  console.log(`${version}: ${cases.length} cases, seed ${SEED}, ${differ} differ`);
  return differ === 0 ? 0 : 1;
}
