/** Serves `dist` for the browser tests; `astro preview` would not start beside another one of this checkout. */
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { serveStatic } from '../static-server.ts';

const { origin } = await serveStatic(async (pathname) => {
  const path = normalize(decodeURIComponent(pathname));
  const file = join('dist', path.endsWith('/') ? `${path}index.html` : path);
  return { file, body: await readFile(file) };
}, Number(process.argv[2]));
console.log(origin);
