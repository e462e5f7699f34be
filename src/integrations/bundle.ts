/**
 * `npm run bundle`: the built site as one .zip for an intranet file server, with a note on how to open it.
 * Unpack it anywhere below a web root whose path is the build's BASE_PATH. Without a SITE_URL nobody knows the
 * address it will have, so nothing in it names one.
 *
 * `node src/integrations/bundle.ts [built site] [zip]`
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { bundleReadme } from './bundle-readme.ts';
import { forgetAddress } from './forget-address.ts';

const [root = 'dist', target = 'docker-network-guide.zip'] = process.argv.slice(2);

const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');

const built = new Map<string, Uint8Array>();
for (const file of (await readdir(root, { recursive: true })).sort()) {
  const path = join(root, file);
  // What `npm run compress` adds is of no use inside a .zip.
  if (/\.(?:br|gz)$/.test(file) || !(await stat(path)).isFile()) continue;
  built.set(file.replaceAll('\\', '/'), await readFile(path));
}
const files: Zippable = {
  'README.txt': strToU8(`\uFEFF${bundleReadme(base)}`),
  ...Object.fromEntries(process.env.SITE_URL ? built : forgetAddress(built, base)),
};
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
    'SITE_URL is not set: no sitemap, no social cards; links in the copies start with /.',
  );
