/**
 * `npm run bundle`: the built site as one .zip for an intranet file server, with a note on how to open it.
 * Unpack it anywhere below a web root whose path is the build's BASE_PATH.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { bundleReadme } from './bundle-readme.ts';

const root = 'dist';
const target = 'docker-network-guide.zip';

const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');

const files: Zippable = { 'README.txt': strToU8(`\uFEFF${bundleReadme(base)}`) };
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
if (!process.env.SITE_URL)
  console.log(
    'SITE_URL is not set: the sitemap, llms.txt and the Markdown copies name http://localhost:4321.',
  );
