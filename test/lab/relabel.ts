/** Writes the scenarios' present expectations into the recordings that there are, without recording again. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseOf, expectedOf } from './case.ts';
import { clientsOf } from './clients/index.ts';
import { format, listRecordings, parse, recordedFolder } from './recording.ts';
import { scenarios } from './scenarios/index.ts';
import { suites } from './tree.ts';

let changed = 0;
let removed = 0;
for (const path of listRecordings()) {
  const file = join(recordedFolder, path);
  const before = readFileSync(file, 'utf8');
  const recording = parse(before, path);
  const scenario = scenarios.find(({ id }) => id === recording.scenario);
  const client = scenario && clientsOf(scenario).find(({ id }) => id === recording.client);
  const suite = suites.find((name) => name === recording.suite);
  if (!scenario || !client || !suite) {
    rmSync(file);
    removed++;
    continue;
  }
  const after = format({
    ...recording,
    ...expectedOf(scenario, client, caseOf(scenario, client, suite)),
  });
  if (after === before) continue;
  writeFileSync(file, after);
  changed++;
}
console.log(`${changed} changed, ${removed} removed: their scenario no longer has this client`);
