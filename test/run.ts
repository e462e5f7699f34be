/** `npm test`: every check there is, in the order in which they find faults cheapest. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { ensureBrowser } from './browser.ts';

interface Step {
  name: string;
  /** A command of node_modules/.bin or a file for Node. */
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Later steps look at what this one makes. */
  vital?: boolean;
}

const steps: readonly Step[] = [
  { name: 'types', command: ['astro', 'check', '--minimumFailingSeverity', 'warning'] },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'Chinese typography', command: ['node', 'test/typography.ts'] },
  { name: 'mirror catalogue', command: ['node', 'src/integrations/catalogue.ts', '--check'] },
  { name: 'unit tests', command: ['vitest', 'run'] },
  { name: 'build', command: ['astro', 'build'], vital: true },
  { name: 'built site', command: ['vitest', 'run', '--config', 'vitest.site.config.ts'] },
  {
    name: 'build for a sub path',
    command: ['astro', 'build', '--outDir', 'dist-sub'],
    env: { BASE_PATH: '/sub/path/', SITE_URL: 'https://example.org' },
    vital: true,
  },
  {
    name: 'site at a sub path',
    command: [
      'vitest',
      'run',
      '--config',
      'vitest.site.config.ts',
      'links',
      'security-policy',
      'bundle',
    ],
    env: { SITE_DIST: 'dist-sub', SITE_BASE: '/sub/path/' },
  },
  { name: 'browser tests', command: ['playwright', 'test'] },
];

process.env.ASTRO_TELEMETRY_DISABLED = '1';
if (process.stdout.isTTY) process.env.FORCE_COLOR ??= '1';
const results: { name: string; passed: boolean; seconds: number; output: string }[] = [];

/** Lines of a failed step that the summary says again, so that the end of a long log tells the cause. */
const REPEATED_LINES = 60;

async function run({ name, command: [program = '', ...args], env }: Step): Promise<boolean> {
  console.log(`\n=== ${name}: ${[program, ...args].join(' ')}`);
  const started = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      to.write(text);
    });
  }
  const passed = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('close', (status) => resolve(status === 0));
  });
  results.push({ name, passed, seconds: (performance.now() - started) / 1000, output });
  return passed;
}

try {
  process.env.CHROME_PATH = ensureBrowser();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

for (const step of steps) if (!(await run(step)) && step.vital) break;

for (const { name, passed, output } of results) {
  if (passed) continue;
  console.log(`\n=== ${name} failed; the end of what it said`);
  console.log(
    stripVTControlCharacters(output).trimEnd().split('\n').slice(-REPEATED_LINES).join('\n'),
  );
}
console.log('\n=== summary');
for (const { name, passed, seconds } of results)
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
const failed = steps.length - results.filter(({ passed }) => passed).length;
console.log(`${steps.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
