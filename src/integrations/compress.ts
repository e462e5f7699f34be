/** `npm run compress`: writes a .br and a .gz beside every text file of the built site. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = process.argv[2] ?? 'dist';
const text = /\.(?:html|css|js|mjs|json|svg|xml|txt|md|webmanifest)$/;
const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

let count = 0;
for (const file of await readdir(root, { recursive: true })) {
  if (!text.test(file)) continue;
  const path = join(root, file);
  const content = await readFile(path);
  await writeFile(
    `${path}.br`,
    await toBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
  await writeFile(`${path}.gz`, await toGzip(content, { level: 9 }));
  count++;
}
console.log(`${count} files compressed in ${root}`);
