/**
 * `npm run bundle`: the built site as one .zip for an intranet file server.
 * Unpack it anywhere below a web root whose path is the build's BASE_PATH.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

const root = 'dist';
const target = 'docker-network-guide.zip';

const files: Zippable = {};
for (const file of (await readdir(root, { recursive: true })).sort()) {
  const path = join(root, file);
  if ((await stat(path)).isFile()) files[file.replaceAll('\\', '/')] = await readFile(path);
}
const zip = zipSync(files, {
  level: 9,
  mtime: new Date(
    process.env.SOURCE_DATE_EPOCH ? Number(process.env.SOURCE_DATE_EPOCH) * 1000 : Date.now(),
  ),
});
await writeFile(target, zip);
console.log(
  `${target}: ${Object.keys(files).length} files, ${(zip.length / 1024 / 1024).toFixed(1)} MB`,
);
