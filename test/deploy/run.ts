/**
 * `npm run test:deploy`: serves the built site with the real servers and deploy's own files, on loopback.
 * Needs a build in dist and nginx or Caddy (Debian: apt-get install nginx-light
 * libnginx-mod-http-brotli-static caddy); says what is missing and tests the rest. A build for /sub/path/
 * in dist-sub is served and asked for, too.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const port = 4398;
const work = mkdtempSync(join(tmpdir(), 'deploy-test-'));
const root = join(work, 'site');
cpSync('dist', root, { recursive: true });
const below = existsSync('dist-sub');
if (below) cpSync('dist-sub', join(root, 'sub/path'), { recursive: true });
writeFileSync(join(root, '.secret'), 'hidden');
writeFileSync(join(work, 'outside.txt'), 'outside');
execFileSync(process.execPath, ['src/integrations/compress.ts', root], { stdio: 'inherit' });
mkdirSync(join(work, 'tmp'));
for (const folder of [work, join(work, 'tmp')]) chmodSync(folder, 0o777);

/** Text of one of deploy's files with this test's folders and port. */
const configured = (file: string) =>
  readFileSync(`deploy/${file}`, 'utf8')
    .replaceAll('/tmp/', `${join(work, 'tmp')}/`)
    .replaceAll('/srv/site', root)
    .replace('/etc/nginx/conf.d/site.conf', join(work, 'site.conf'))
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replace(/^:8080/m, `http://127.0.0.1:${port}`);

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
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
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

interface Server {
  name: string;
  /** Whether it sends the .br files. */
  brotli: boolean;
  start(): ChildProcess;
}

/** Where we are root, the servers run as somebody else, as in the container. */
const unprivileged = process.getuid?.() === 0 ? { uid: 33, gid: 33 } : {};
const stdio: ('ignore' | 'inherit')[] = ['ignore', 'ignore', 'inherit'];
const modules = '/etc/nginx/modules-enabled';
const brotliModule =
  existsSync(modules) && readdirSync(modules).some((file) => file.includes('brotli-static'));

const servers: readonly Server[] = [
  {
    name: 'nginx',
    brotli: brotliModule,
    start() {
      let main = configured('nginx-container.conf');
      if (!brotliModule) main = main.replace('brotli_static on;', '');
      writeFileSync(join(work, 'site.conf'), configured('nginx.conf'));
      writeFileSync(join(work, 'nginx.conf'), main);
      const args = ['-e', 'stderr', '-c', join(work, 'nginx.conf')];
      return spawn('nginx', args, { stdio, ...unprivileged });
    },
  },
  {
    name: 'caddy',
    brotli: true,
    start() {
      writeFileSync(join(work, 'Caddyfile'), configured('Caddyfile'));
      const args = ['run', '--adapter', 'caddyfile', '--config', join(work, 'Caddyfile')];
      const env = { ...process.env, HOME: work, XDG_CONFIG_HOME: work, XDG_DATA_HOME: work };
      return spawn('caddy', args, { stdio: 'ignore', env, ...unprivileged });
    },
  },
];

async function started({ name }: Server, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    if (
      await ask('/').then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${name} did not answer`);
}

const script = readdirSync(join(root, '_astro')).find((file) => file.endsWith('.js'));
const page = '/mirror/what/';

const checks: readonly [string, (server: Server) => Promise<void>][] = [
  [
    'a page: headers, type, cache',
    async () => {
      const { status, headers } = await ask(page);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-cache');
      assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
      assert.match(String(headers['permissions-policy']), /geolocation=\(\)/);
      assert.ok(!/\d/.test(String(headers.server)), 'no version in Server');
    },
  ],
  [
    'compressed as it was at build time',
    async ({ brotli }) => {
      for (const [coding, ending] of [
        ['gzip', 'gz'],
        ...(brotli ? [['br', 'br'] as const] : []),
      ] as const) {
        const { headers, body } = await ask(page, { 'accept-encoding': coding });
        assert.equal(headers['content-encoding'], coding);
        assert.deepEqual(body, readFileSync(join(root, `${page}index.html.${ending}`)));
        assert.match(String(headers.vary), /accept-encoding/i);
        assert.equal(headers['content-type'], 'text/html; charset=utf-8');
        assert.equal(headers['x-content-type-options'], 'nosniff');
      }
      const { headers, body } = await ask(page);
      assert.equal(headers['content-encoding'], undefined);
      assert.deepEqual(body, readFileSync(join(root, `${page}index.html`)));
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
    'a script, which may become a worker, may reach the site alone',
    async () => {
      for (const path of [`/_astro/${script}`, '/sw.js', '/pagefind/pagefind-worker.js']) {
        const policy = String((await ask(path)).headers['content-security-policy']);
        assert.match(policy, /default-src 'none'/, path);
        assert.match(policy, /connect-src 'self'(?:;|$)/, path);
      }
    },
  ],
  [
    'the service worker is always asked for again',
    async () => assert.equal((await ask('/sw.js')).headers['cache-control'], 'no-cache'),
  ],
  [
    'every kind of file has its type',
    async () => {
      for (const [path, type] of [
        ['/manifest.webmanifest', /^application\/manifest\+json/],
        ['/favicon.svg', /^image\/svg\+xml/],
        ['/og/home.png', /^image\/png/],
        ['/llms.txt', /^text\/plain; charset=utf-8/],
        [`${page}index.md`, /^text\/markdown; charset=utf-8/],
        ['/data/errors.json', /^application\/json/],
      ] as const)
        assert.match(String((await ask(path)).headers['content-type']), type, path);
    },
  ],
  [
    'an unknown address gets the 404 page, with its status and headers',
    async () => {
      const { status, headers, body } = await ask('/no/such/page/');
      assert.equal(status, 404);
      assert.ok(body.includes('没有这个页面'));
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cache-control'], 'no-cache');
    },
  ],
  [
    'a hashed file of another release is missing, not missing for ever',
    async () => {
      const { status, headers } = await ask('/_astro/gone.AbCd1234.js');
      assert.equal(status, 404);
      assert.equal(headers['cache-control'], 'no-cache');
      assert.match(String(headers['content-type']), /^text\/html/);
      assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
    },
  ],
  [
    'a page without its slash is redirected to it, on the same host',
    async () => {
      const { status, headers } = await ask(page.slice(0, -1));
      assert.ok([301, 302, 307, 308].includes(status), String(status));
      assert.match(String(headers.location), /^(?:\/mirror\/what\/|what\/)$/);
    },
  ],
  [
    'a range of a file',
    async () => {
      const { status, body } = await ask('/og/home.png', { range: 'bytes=0-7' });
      assert.equal(status, 206);
      assert.equal(body.toString('latin1').slice(1, 4), 'PNG');
    },
  ],
  [
    'a page that has not changed is not sent again',
    async () => {
      const { headers } = await ask(page);
      const again = await ask(page, { 'if-none-match': String(headers.etag) });
      assert.equal(again.status, 304);
    },
  ],
  [
    'no listing of a folder',
    async () => {
      const { status, body } = await ask('/_astro/');
      assert.ok(status === 403 || status === 404, String(status));
      assert.ok(!body.includes(String(script)));
    },
  ],
  [
    'hidden files are not served',
    async () => {
      const { status, body } = await ask('/.secret');
      assert.equal(status, 404);
      assert.ok(!body.includes('hidden\n') && !body.equals(Buffer.from('hidden')));
    },
  ],
  [
    'only GET and HEAD',
    async () => {
      assert.equal((await ask('/', {}, 'HEAD')).status, 200);
      for (const method of ['POST', 'PUT', 'DELETE'])
        assert.ok([403, 405].includes((await ask('/', {}, method)).status), method);
    },
  ],
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
  ...(below
    ? [
        [
          'a build for a sub path works there, and has what its pages ask for',
          async () => {
            const { status, body } = await ask(`/sub/path${page}`);
            assert.equal(status, 200);
            const links = [...body.toString().matchAll(/\s(?:src|href)="(\/[^"#]*)"/g)];
            assert.ok(links.length > 50);
            for (const path of new Set(links.map(([, path = '']) => path)))
              assert.equal((await ask(path)).status, 200, path);
          },
        ] as [string, () => Promise<void>],
      ]
    : []),
];

let [passed, failed] = [0, 0];
try {
  for (const server of servers) {
    if (spawnSync(server.name, ['-h']).error) {
      console.log(`${server.name} is not installed: not tested (Debian has it).`);
      continue;
    }
    if (!server.brotli) console.log(`${server.name} has no brotli module: tested without.`);
    const child = server.start();
    const ended = new Promise((next) => child.once('exit', next));
    try {
      await started(server, child);
      for (const [name, check] of checks) {
        try {
          await check(server);
          passed++;
          console.log(`ok     ${server.name}: ${name}`);
        } catch (error) {
          failed++;
          console.error(
            `FAILED ${server.name}: ${name}\n       ${error instanceof Error ? error.message : error}`,
          );
        }
      }
    } finally {
      child.kill();
      await ended;
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
