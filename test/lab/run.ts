/**
 * Records again what real clients print: `npm run lab [-- --suite sid] [-- --only text] [-- --list]`.
 *
 * Needs Linux, root, `unshare` (util-linux), and the trees that `setup.ts` makes.
 * `--missing` leaves out what has a recording. `--only` takes scenario or client ids, or beginnings of them; several are allowed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientsOf } from './clients/index.ts';
import { scenarios } from './scenarios/index.ts';
import { isReady, suites, treeOf } from './tree.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    list: { type: 'boolean' },
    missing: { type: 'boolean' },
  },
});

function list(): void {
  for (const scenario of scenarios) {
    console.log(`${scenario.id}: ${scenario.about}`);
    console.log(
      `    ${clientsOf(scenario)
        .map(({ id }) => id)
        .join(' ')}`,
    );
  }
}

/** What is missing, or nothing. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'the lab needs Linux (network and mount namespaces)';
  if (process.getuid?.() !== 0) return 'the lab needs root: namespaces, mounts and a real dockerd';
  if (spawnSync('unshare', ['--net', '--mount', 'true']).status !== 0)
    return 'unshare --net --mount is not allowed here';
  return undefined;
}

if (values.list) {
  list();
  process.exit(0);
}
const reason = obstacle();
if (reason) {
  console.error(`Nothing recorded: ${reason}.`);
  process.exit(2);
}

let failed = 0;
for (const suite of values.suite ?? suites) {
  const known = suites.find((name) => name === suite);
  if (!known || !isReady(known)) {
    console.error(
      `${suite}: skipped, no clients in ${known ? treeOf(known) : 'any tree'}; run: node test/lab/setup.ts ${suite}`,
    );
    failed++;
    continue;
  }
  const { status } = spawnSync(
    'unshare',
    [
      ...[
        '--net',
        '--mount',
        '--pid',
        '--uts',
        '--ipc',
        '--cgroup',
        '--fork',
        '--kill-child',
        '--propagation',
        'private',
      ],
      process.execPath,
      join(import.meta.dirname, 'session.ts'),
      known,
      values.missing ? 'missing' : 'all',
      ...(values.only ?? []),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
