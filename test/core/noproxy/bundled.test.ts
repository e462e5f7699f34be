import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClientId, clients, decide, type ProxyEnv } from '../../../src/core/noproxy/index.ts';

// What the browser gets is the bundler's work: it leaves out what it takes to do nothing.

interface Case {
  no_proxy: string | null;
  http_proxy: string | null;
  https_proxy: string | null;
  url: string;
  env?: ProxyEnv;
}

const PROXY = 'http://192.0.2.1:3128';

function recorded(): [ProxyEnv, string][] {
  const file = new URL('../../fixtures/noproxy/recorded.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
  return cases.map(({ url, env, no_proxy, http_proxy, https_proxy }) => {
    const values = Object.entries({ no_proxy, http_proxy, https_proxy });
    return [
      env ?? Object.fromEntries(values.flatMap(([name, value]) => (value ? [[name, value]] : []))),
      url,
    ];
  });
}

describe('the bundled matchers', () => {
  let bundled: { decide: typeof decide };
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('../../../src/core/noproxy/index.ts', import.meta.url));
    const output = await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, lib: { entry, formats: ['es'] }, rollupOptions: { treeshake: true } },
    });
    const [result] = Array.isArray(output) ? output : [output];
    const code = result && 'output' in result ? result.output[0].code : '';
    bundled = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  });

  it.each(clients.map(({ id }) => id))('%s decides as its source does', (client: ClientId) => {
    const cases: [ProxyEnv, string][] = [
      ...recorded(),
      [{ http_proxy: 'http://us:p%w@192.0.2.1:3128' }, 'http://git.acme.test/'],
      [{ http_proxy: PROXY, no_proxy: 'acme.test' }, 'http://u%r:p@git.acme.test/'],
      [{ http_proxy: PROXY }, 'http://u%r@git.acme.test/'],
    ];
    for (const [env, url] of cases) {
      expect(bundled.decide(client, env, url)).toEqual(decide(client, env, url));
    }
  });
});
