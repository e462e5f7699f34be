import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClientId, clients, decide, type ProxyEnv } from '../../../src/core/noproxy/index.ts';
import { type Case, environmentOf, read } from './recorded.ts';

// What the browser gets is the bundler's work: it leaves out what it takes to do nothing.

const PROXY = 'http://192.0.2.1:3128';

const recorded = read<Case>('recorded.json').map((one): [ProxyEnv, string] => [
  environmentOf(one),
  one.url,
]);

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
      ...recorded,
      [{ http_proxy: 'http://us:p%w@192.0.2.1:3128' }, 'http://git.acme.test/'],
      [{ http_proxy: PROXY, no_proxy: 'acme.test' }, 'http://u%r:p@git.acme.test/'],
      [{ http_proxy: PROXY }, 'http://u%r@git.acme.test/'],
    ];
    for (const [env, url] of cases) {
      expect(bundled.decide(client, env, url)).toEqual(decide(client, env, url));
    }
  });
});
