import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A built page: its text, and the file it came from, relative to the site's root, with slashes. */
export interface BuiltPage {
  readonly html: string;
  readonly file: string;
}

/** Every built page of a site. */
export async function readPages(dir: URL): Promise<BuiltPage[]> {
  const root = fileURLToPath(dir);
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.html'));
  return Promise.all(
    files.sort().map(async (file) => ({
      html: await readFile(join(root, file), 'utf8'),
      file: file.replaceAll('\\', '/'),
    })),
  );
}

/** Rewrites every built page that `rewrite` changes. */
export async function rewritePages(
  dir: URL,
  rewrite: (page: BuiltPage) => string | Promise<string>,
): Promise<void> {
  const root = fileURLToPath(dir);
  await Promise.all(
    (await readPages(dir)).map(async (page) => {
      const html = await rewrite(page);
      if (html !== page.html) await writeFile(join(root, page.file), html);
    }),
  );
}
