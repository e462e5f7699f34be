import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StaticServer, serveStatic } from '../static-server.ts';
import { attributes, base, root } from './site.ts';

const work = mkdtempSync(join(tmpdir(), 'bundle-'));
const www = join(work, 'www');
const zip = join(work, 'site.zip');
const folder = join(www, base);
const { SITE_URL: _, ...environment } = process.env;
let files: Record<string, Uint8Array> = {};
let server: StaticServer;

/** Packs the built site with the real command, unpacks it below a web root, and serves that. */
beforeAll(async () => {
  execFileSync(process.execPath, ['src/integrations/bundle.ts', root, zip], {
    env: { ...environment, BASE_PATH: base },
  });
  files = unzipSync(readFileSync(zip));
  for (const [file, data] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  }
  // As plain as a server can be: a file is a file, a folder is its index.html.
  server = await serveStatic(async (pathname) => {
    const path = join(www, decodeURIComponent(pathname));
    const file = (await stat(path)).isDirectory() ? join(path, 'index.html') : path;
    return { file, body: await readFile(file) };
  });
});

afterAll(() => {
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

const text = (file: string) => new TextDecoder().decode(files[file]);
const named = (pattern: RegExp) => Object.keys(files).filter((file) => pattern.test(file));

describe('intranet bundle', () => {
  it('is one small file with a note for whoever unpacks it', () => {
    expect(readFileSync(zip).length / 2 ** 20).toBeLessThan(8);
    expect(text('README.txt')).toContain(`http://localhost:8000${base}/`);
    expect(named(/\.(?:br|gz|map)$/)).toEqual([]);
  });

  it('names no address of the site, which nobody knows yet', () => {
    const own = /^Sitemap: (\S+)sitemap-index\.xml$/m.exec(
      readFileSync(join(root, 'robots.txt'), 'utf8'),
    )?.[1];
    expect(own).toMatch(/^https?:\/\/.*\/$/);
    const naming = named(/\.(?:html|js|css|md|txt|json|xml|svg|webmanifest)$/).filter((file) =>
      text(file).includes(own ?? ''),
    );
    expect(naming).toEqual([]);
    expect(named(/^(?:robots\.txt|sitemap)/)).toEqual([]);
  });

  it('works where it was unpacked: every page, and whatever it asks for or leads to', async () => {
    const found = new Set([`${base}/`]);
    const broken: string[] = [];
    for (const path of found) {
      const response = await fetch(server.origin + path);
      if (!response.ok) broken.push(path);
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
      const html = await response.text();
      for (const link of [
        ...attributes(html, 'a', 'href'),
        ...attributes(html, 'link', 'href'),
        ...attributes(html, 'script', 'src'),
        ...attributes(html, 'img', 'src'),
        ...attributes(html, 'astro-island', 'component-url'),
        ...attributes(html, 'astro-island', 'renderer-url'),
      ]) {
        const url = new URL(link, server.origin + path);
        if (url.origin === server.origin) found.add(url.pathname);
      }
    }
    expect(broken).toEqual([]);
    const pages = named(/(?:^|\/)index\.html$/).map((file) => `${base}/${file.slice(0, -10)}`);
    expect(pages.length).toBeGreaterThan(50);
    expect(pages.filter((path) => !found.has(path))).toEqual([]);
  });

  it('leads from llms.txt and from each copy to files that are there', async () => {
    const links = named(/\.md$|^llms\.txt$/).flatMap((file) =>
      [...text(file).matchAll(/\]\((\/[^)#\s]*)/g)].map(([, path]) => path ?? ''),
    );
    expect(links.length).toBeGreaterThan(100);
    for (const path of new Set(links)) {
      const response = await fetch(server.origin + path, { method: 'HEAD' });
      expect(response.status, path).toBe(200);
    }
  });

  it('keeps a service worker that knows each file as it is', () => {
    const entries = [...text('sw.js').matchAll(/\{url:"([^"]+)",revision:(?:null|"([^"]*)")\}/g)];
    expect(entries.length).toBeGreaterThan(100);
    for (const [, file = '', revision] of entries) {
      expect(files[file], file).toBeDefined();
      if (revision !== undefined)
        expect(revision, file).toBe(
          createHash('md5')
            .update(files[file] ?? '')
            .digest('hex'),
        );
    }
  });
});
