/**
 * How fast a log is read: throughput on mixed logs of 1 to 100 MB, beside `grep -E` with the same
 * literals, and the answer to an edit in a log of 1 MB. Processor time of one core is what counts; on a
 * busy machine the clock says more about its neighbours.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, rules } from '../../src/core/diagnose/index.ts';
import { logFixtures } from '../core/diagnose/fixtures.ts';

let state = 12_345;
const random = (): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 4_294_967_296;
};
const hex = (length: number): string =>
  Array.from({ length }, () => '0123456789abcdef'[Math.floor(random() * 16)]).join('');

/** Lines as a busy host writes them; one in a hundred is an error of the sample logs. */
function mixedLog(megabytes: number): string {
  const samples = logFixtures().map(({ log }) => `${log}\n`);
  const kinds: ((i: number) => string)[] = [
    (i) =>
      `Nov 11 10:00:00 host01 dockerd[812]: time="2026-11-11T10:00:00.${i}+08:00" level=info msg="ignoring event" container=${hex(64)} module=libcontainerd namespace=moby topic=/tasks/delete type="*events.TaskDelete"\n`,
    (i) =>
      `Nov 11 10:00:00 host01 containerd[700]: time="2026-11-11T10:00:00.${i}Z" level=info msg="shim disconnected" id=${hex(64)}\n`,
    (i) =>
      `10.0.${i % 256}.7 - - [11/Nov/2026:10:00:00 +0800] "GET /static/app.${hex(8)}.js HTTP/1.1" 200 ${i} "-" "Mozilla/5.0 (X11; Linux x86_64)"\n`,
    (i) => `Nov 11 10:00:00 host01 kernel: [${i}.123] veth${hex(7)}: renamed from eth0\n`,
    (i) =>
      `#${i % 40} ${i % 100}.5 Get:${i % 300} http://archive.ubuntu.com/ubuntu jammy/main amd64 lib${hex(5)} amd64 1.${i % 30}-1ubuntu1 [${i % 900} kB]\n`,
  ];
  const parts: string[] = [];
  for (let size = 0, i = 0; size < megabytes * 1e6; i++) {
    const pick =
      random() < 0.01
        ? samples[Math.floor(random() * samples.length)]
        : kinds[Math.floor(random() * kinds.length)]?.(i);
    parts.push(pick ?? '');
    size += pick?.length ?? 0;
  }
  return parts.join('');
}

/** Median of several runs in milliseconds of processor time. */
function cost(run: () => unknown, times: number): number {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    run();
    const spent = process.cpuUsage(before);
    samples.push((spent.user + spent.system) / 1000);
  }
  return samples.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const row = (name: string, value: number, unit: string, target: string): void =>
  console.log(
    `${name.padEnd(44)} ${value.toFixed(value < 10 ? 1 : 0).padStart(8)} ${unit.padEnd(6)} ${target}`,
  );

diagnose(mixedLog(2));
for (const megabytes of [1, 10, 50, 100]) {
  const log = mixedLog(megabytes);
  const ms = cost(() => diagnose(log), megabytes > 20 ? 3 : 7);
  row(
    `diagnose, mixed log of ${megabytes} MB`,
    log.length / 1000 / ms,
    'MB/s',
    megabytes >= 50 ? 'target 100' : '',
  );
}

const log = mixedLog(50);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const file = join(folder, 'log');
  const patterns = join(folder, 'patterns');
  writeFileSync(file, log);
  const literals = [
    ...new Set(rules.flatMap(({ patterns: list }) => list.flatMap(([literal]) => literal))),
  ];
  const escaped = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  writeFileSync(patterns, `${escaped.join('\n')}\n`);
  const before = process.resourceUsage();
  const start = performance.now();
  const grep = spawnSync('grep', ['-E', '-i', '-c', '-f', patterns, file], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  void before;
  if (grep.status === 0 || grep.status === 1) {
    row(
      `grep -E -i -f, ${literals.length} literals, 50 MB (clock)`,
      log.length / 1000 / (performance.now() - start),
      'MB/s',
      'for comparison',
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

const megabyte = mixedLog(1);
let edit = 0;
row(
  'edit in a log of 1 MB',
  cost(() => diagnose(`${megabyte}${'x'.repeat(++edit)}`), 15),
  'ms',
  'target 50',
);
const short = logFixtures()[0]?.log ?? '';
row(
  'one error line',
  cost(() => diagnose(short), 51),
  'ms',
  '',
);
