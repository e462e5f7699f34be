import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { base, pages, root } from './site.ts';

const policyTag = /<meta http-equiv="content-security-policy" content="([^"]*)"\/?>/;

describe('content security policy', () => {
  it.each(pages)('$path allows its own inline code by hash and nothing else', ({ html, path }) => {
    const policy = policyTag.exec(html)?.[1] ?? '';
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values] as const;
      }),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('connect-src')).toEqual(
      path === `${base}/tools/mirrors/` ? ["'self'", 'https:'] : ["'self'"],
    );
    for (const element of ['script', 'style'] as const) {
      const allowed = directives.get(`${element}-src`) ?? [];
      expect(allowed).not.toContain("'unsafe-inline'");
      expect(allowed).not.toContain("'unsafe-eval'");
      const blocks = html.matchAll(
        new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'g'),
      );
      for (const [, attributes = '', text = ''] of blocks) {
        if (text === '' || /type="application\//.test(attributes)) continue;
        const hash = createHash('sha256').update(text).digest('base64');
        expect(allowed, `${element}: ${text.slice(0, 60)}`).toContain(`'sha256-${hash}'`);
      }
    }
  });

  it.each(pages)('$path has no handler attributes and no javascript: links', ({ html }) => {
    const tags = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').match(/<[a-z][^>]*>/gi) ?? [];
    expect(tags.filter((tag) => /\son[a-z]+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([]);
    expect(tags.filter((tag) => /(?:href|src)="javascript:/i.test(tag))).toEqual([]);
  });

  it('comes before anything it governs', () => {
    for (const { html, path } of pages) {
      const at = html.search(policyTag);
      expect(at, path).toBeGreaterThan(0);
      expect(html.slice(0, at), path).not.toMatch(/<(?:script|style|link)\b/);
    }
  });

  it('reaches where it cannot: the worker that reads logs has no way to the network', () => {
    // A page's policy does not hold in its workers, so their code must not even know how.
    const workers = readdirSync(join(root, '_astro')).filter((file) => /worker/.test(file));
    expect(workers.length).toBeGreaterThan(0);
    for (const file of workers)
      expect(readFileSync(join(root, '_astro', file), 'utf8'), file).not.toMatch(
        /\bfetch\(|\b(?:XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|importScripts)\b/,
      );
  });
});
