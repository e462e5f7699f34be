/** `npm run test:oracle`: asks the real programs. Each part says so and passes where its programs are missing. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const only = process.argv.slice(2);
const parts = readdirSync('test/oracle')
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.endsWith('-cases.ts'))
  .filter((file) => only.length === 0 || only.some((name) => file.startsWith(name)))
  .sort();

let failed = 0;
for (const file of parts) {
  console.log(`\n=== ${file}`);
  const { status } = spawnSync(process.execPath, [`test/oracle/${file}`], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
console.log(`\n${parts.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
