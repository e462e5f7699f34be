import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The built site; SITE_DIST names another one. */
export const root = process.env.SITE_DIST ?? 'dist';

/** The base path that the site was built for, without its last slash; SITE_BASE sets it. */
export const base = (process.env.SITE_BASE ?? '').replace(/\/$/, '');

/** One built page. */
export interface Page {
  /** The file, from the site's root. */
  readonly file: string;
  /** The path a reader opens. */
  readonly path: string;
  readonly html: string;
}

/** Every built page, by path. */
export const pages: readonly Page[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => ({
    file,
    path: `${base}/${file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')}`,
    html: readFileSync(join(root, file), 'utf8'),
  }))
  .sort((a, b) => a.path.localeCompare(b.path));

/** The values of one attribute of one kind of element. */
export function attributes(html: string, element: string, attribute: string): string[] {
  const tags = html.match(new RegExp(`<${element}\\b[^>]*>`, 'g')) ?? [];
  return tags.flatMap((tag) => {
    const value = new RegExp(`\\s${attribute}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`).exec(tag);
    return value ? [decodeEntities(value[1] ?? value[2] ?? value[3] ?? '')] : [];
  });
}

/** The file a path of the site is served from, if there is one. */
export function fileOf(path: string): string | undefined {
  if (!path.startsWith(`${base}/`)) return undefined;
  const file = join(root, decodeURIComponent(path.slice(base.length)));
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, 'index.html');
  return existsSync(index) ? index : undefined;
}

function decodeEntities(text: string): string {
  return text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
