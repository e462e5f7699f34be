/** Chinese typography of everything a reader sees that is written as prose: spaces, punctuation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintFor } from 'autocorrect-node';

const sources: readonly { folder: string; extension: string; type: string }[] = [
  { folder: 'content/docs', extension: '.mdx', type: 'markdown' },
  { folder: 'src/islands', extension: '.tsx', type: 'tsx' },
];

let faults = 0;
let files = 0;
for (const { folder, extension, type } of sources) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith(extension)) continue;
    const file = join(folder, name);
    files++;
    for (const { l, c, old, new: better } of lintFor(readFileSync(file, 'utf8'), type).lines) {
      faults++;
      console.error(`${file}:${l}:${c}\n  - ${old}\n  + ${better}`);
    }
  }
}
console.log(`${files} files, ${faults} faults`);
process.exit(files > 0 && faults === 0 ? 0 : 1);
