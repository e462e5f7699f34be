/**
 * `npm run test:deploy`: serves the built site with the real nginx and deploy/nginx.conf, on loopback.
 * Needs nginx (Debian: apt-get install nginx-light) and a build in dist; says so where nginx is missing.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

if (spawnSync('nginx', ['-v']).error) {
  console.log('nginx is not installed; nothing was tested (Debian: apt-get install nginx-light).');
  process.exit(0);
}

const port = 4398;
const work = mkdtempSync(join(tmpdir(), 'deploy-test-'));
const root = join(work, 'site');
cpSync('dist', root, { recursive: true });
writeFileSync(join(root, '.secret'), 'hidden');
writeFileSync(join(work, 'outside.txt'), 'outside');
execFileSync(process.execPath, ['src/integrations/compress.ts', root], { stdio: 'inherit' });

const server = readFileSync('deploy/nginx.conf', 'utf8')
  .replaceAll('/srv/site', root)
  .replace('listen 8080;', `listen 127.0.0.1:${port};`)
  .replace(/^ *listen \[::\]:8080;\n/m, '');
writeFileSync(
  join(work, 'nginx.conf'),
  `daemon off; pid ${work}/pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  client_body_temp_path ${work}/a; proxy_temp_path ${work}/b; fastcgi_temp_path ${work}/c;
  uwsgi_temp_path ${work}/d; scgi_temp_path ${work}/e;
  ${server}
}`,
);

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((ok, fail) => {
    const call = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        ok({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    call.on('error', fail);
    call.end();
  });
}

/** The status of a request whose path is sent as it is, dots and all. */
function askRaw(path: string): Promise<number> {
  return new Promise((ok, fail) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => {
      assert.ok(!text.includes('outside\n') && !text.endsWith('outside'), `${path} got out`);
      ok(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0));
    });
    socket.on('error', fail);
  });
}

async function started(nginx: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if (nginx.exitCode !== null) throw new Error('nginx did not start');
    if (
      await ask('/').then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('nginx did not answer');
}

const script = readdirSync(join(root, '_astro')).find((file) => file.endsWith('.js'));

const checks: readonly [string, () => Promise<void>][] = [
  [
    'a page: headers, type, cache',
    async () => {
      const { status, headers } = await ask('/mirror/what/');
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.ok(!/\d/.test(String(headers.server)), 'no version in Server');
    },
  ],
  [
    'compressed as it was at build time',
    async () => {
      const { headers, body } = await ask('/mirror/what/', { 'accept-encoding': 'gzip' });
      assert.equal(headers['content-encoding'], 'gzip');
      assert.deepEqual(body, readFileSync(join(root, 'mirror/what/index.html.gz')));
      assert.match(String(headers.vary), /accept-encoding/i);
    },
  ],
  [
    'hashed files may be kept for ever',
    async () => {
      const { status, headers } = await ask(`/_astro/${script}`);
      assert.equal(status, 200);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.match(String(headers['content-type']), /^text\/javascript/);
    },
  ],
  [
    'the service worker is always asked for again',
    async () => assert.equal((await ask('/sw.js')).headers['cache-control'], 'no-cache'),
  ],
  [
    'an unknown address gets the 404 page, with its status and headers',
    async () => {
      const { status, headers, body } = await ask('/no/such/page/');
      assert.equal(status, 404);
      assert.ok(body.includes('没有这个页面'));
      assert.equal(headers['x-content-type-options'], 'nosniff');
    },
  ],
  [
    'a page without its slash is redirected to it, on the same host',
    async () => {
      const { status, headers } = await ask('/mirror/what');
      assert.equal(status, 301);
      assert.equal(headers.location, '/mirror/what/');
    },
  ],
  [
    'a range of a file',
    async () => {
      const { status, body } = await ask('/og.png', { range: 'bytes=0-7' });
      assert.equal(status, 206);
      assert.equal(body.toString('latin1').slice(1, 4), 'PNG');
    },
  ],
  [
    'a page that has not changed is not sent again',
    async () => {
      const { headers } = await ask('/mirror/what/');
      const again = await ask('/mirror/what/', { 'if-none-match': String(headers.etag) });
      assert.equal(again.status, 304);
    },
  ],
  [
    'no listing of a folder',
    async () => {
      const { status } = await ask('/_astro/');
      assert.ok(status === 403 || status === 404, String(status));
    },
  ],
  ['hidden files are not served', async () => assert.equal((await ask('/.secret')).status, 404)],
  ['only GET and HEAD', async () => assert.equal((await ask('/', {}, 'POST')).status, 403)],
  [
    'no way out of the root',
    async () => {
      for (const path of [
        '/../outside.txt',
        '/%2e%2e/outside.txt',
        '/..%2foutside.txt',
        '/mirror/../../outside.txt',
        '/mirror/%2e%2e/%2e%2e/outside.txt',
        '/..%5coutside.txt',
        '//../outside.txt',
        '/%00/../outside.txt',
      ]) {
        const status = await askRaw(path);
        assert.ok([400, 403, 404].includes(status), `${path}: ${status}`);
      }
    },
  ],
];

const nginx = spawn('nginx', ['-c', join(work, 'nginx.conf'), '-p', resolve(work)], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
let failed = 0;
try {
  await started(nginx);
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`ok     ${name}`);
    } catch (error) {
      failed++;
      console.error(`FAILED ${name}\n       ${error instanceof Error ? error.message : error}`);
    }
  }
} finally {
  nginx.kill();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
