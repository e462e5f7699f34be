import { createHash } from 'node:crypto';

type Files = ReadonlyMap<string, Uint8Array>;

/** Parts of a page that search engines and social sites read, each of which has to name the site's address. */
const forOthers =
  /<link rel="(?:canonical|sitemap)"[^>]*>|<meta (?:property="og:(?:url|image[^"]*)"|name="twitter:image")[^>]*>|<script type="application\/ld\+json">[^<]*<\/script>/g;

const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex');

/**
 * The built site without the address it was built for: what cannot do without one is left out, links in the
 * machine-readable copies start at the root of whatever host serves them.
 * @param files the built site, by path
 * @param base the path it was built for, e.g. "/" or "/docs/"
 */
export function forgetAddress(files: Files, base: string): Map<string, Uint8Array> {
  const text = (file: string) => new TextDecoder().decode(files.get(file));
  const address = /^Sitemap: (.*)sitemap-index\.xml$/m.exec(text('robots.txt'))?.[1];
  if (!address?.endsWith(base))
    throw new Error(`the site was built for ${address}, not for the path ${base}`);

  const out = new Map<string, Uint8Array>();
  const revisions = new Map<string, string>();
  for (const [file, data] of files) {
    if (/^(?:robots\.txt|sitemap-[\w-]+\.xml)$|^og\//.test(file)) continue;
    if (!/\.(?:html|md|txt|json)$/.test(file)) {
      out.set(file, data);
      continue;
    }
    const before = text(file);
    const kept = file.endsWith('.html') ? before.replace(forOthers, '') : before;
    const after = new TextEncoder().encode(kept.replaceAll(address, base));
    out.set(file, after);
    revisions.set(md5(data), md5(after));
  }
  // The service worker knows a page by its hash.
  const worker = text('sw.js').replace(
    /(?<=revision:")[0-9a-f]{32}(?=")/g,
    (revision) => revisions.get(revision) ?? revision,
  );
  return out.set('sw.js', new TextEncoder().encode(worker));
}
