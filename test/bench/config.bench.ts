/** How long all files of a form take. Target: 2 ms median. */
import { generate, type Settings, TARGETS } from '../../src/core/config/index.ts';
import { PEM } from '../core/config/arbitrary.ts';

const TARGET_MS = 2;
const RUNS = 400;

/** A form with something of everything; the last edit changes one mirror. */
function form(target: Settings['target'], edit: number): Partial<Settings> {
  return {
    target,
    mirrors: ['https://docker.m.daocloud.io', `https://m${edit}.example.com`],
    registryMirrors: [{ registry: 'ghcr.io', mirrors: ['https://ghcr.m.daocloud.io'] }],
    proxy: {
      http: 'http://user:p%40ss@proxy.corp.example:8080',
      https: 'http://user:p%40ss@proxy.corp.example:8080',
      noProxy: ['localhost', '127.0.0.1', '10.0.0.0/8', '.corp.example'],
    },
    proxyScope: ['daemon', 'cli', 'build', 'run'],
    ca: [
      { host: 'registry.corp.example:5000', pem: PEM },
      { host: '', pem: PEM },
    ],
    insecureRegistries: ['old.corp.example:5000'],
    dns: ['223.5.5.5'],
    builderGc: { enabled: true, keepStorage: '20GB' },
    dialTimeout: '3s',
    existing: {
      daemonJson: `{\n  "data-root": "/data",\n  "log-opts": { "max-size": "10m" },\n  "runtimes": { "nvidia": { "path": "nvidia-container-runtime" } }\n}\n`,
    },
  };
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

let worst = 0;
for (const target of TARGETS) {
  const times: number[] = [];
  let artifacts = 0;
  for (let run = 0; run < RUNS; run++) {
    const settings = form(target, run);
    const start = performance.now();
    artifacts = generate(settings).artifacts.length;
    times.push(performance.now() - start);
  }
  const value = median(times);
  worst = Math.max(worst, value);
  console.log(
    `${target.padEnd(16)} ${String(artifacts).padStart(2)} artifacts  median ${value.toFixed(2)} ms`,
  );
}
console.log(`worst median ${worst.toFixed(2)} ms, target ${TARGET_MS} ms`);
process.exitCode = worst <= TARGET_MS ? 0 : 1;
