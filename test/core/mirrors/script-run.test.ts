import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  createScript,
  parseScriptOutput,
  pickBest,
  rankResults,
} from '../../../src/core/mirrors/script/index.ts';
import { type LoopbackRegistry, type Manner, startRegistry } from './loopback-registry.ts';

// A hundred short processes on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const has = (tool: string) => spawnSync(tool, ['--version']).status === 0;
const canRun = has('bash') && has('curl');
if (!canRun) console.warn('bash or curl is missing: the mirror test script is not run here');
const hasShellcheck = has('shellcheck');
if (!hasShellcheck)
  console.warn('shellcheck is missing: the mirror test script is not linted here');

const folder = mkdtempSync(join(tmpdir(), 'mirror-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: LoopbackRegistry[] = [];
afterEach(async () => {
  for (const registry of open.splice(0)) await registry.close();
});

async function registry(manner?: Manner): Promise<LoopbackRegistry> {
  const started = await startRegistry(manner);
  open.push(started);
  return started;
}

/** Runs the script as a reader would, in an environment that holds traps. */
async function runScript(
  mirrors: string[],
  options: { digest?: string; blobLimit?: number; env?: Record<string, string> } = {},
) {
  const script = createScript('bash', { mirrors, image: 'alpine', ...options });
  expect(script.problems).toEqual([]);
  const path = join(folder, script.fileName);
  writeFileSync(path, script.text);
  const scratch = mkdtempSync(join(folder, 'tmp-'));
  const child = spawn('bash', [path], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      TMPDIR: scratch,
      // dockerd doesn't see the shell's proxy, so neither may the script.
      http_proxy: 'http://127.0.0.1:1',
      https_proxy: 'http://127.0.0.1:1',
      ...options.env,
    },
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    output += `STDERR ${data}`;
  });
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(output).not.toContain('STDERR');
  expect(readdirSync(scratch), 'temporary files left behind').toEqual([]);
  return { exit, output, parsed: parseScriptOutput(output) };
}

describe.skipIf(!hasShellcheck)('shellcheck', () => {
  it('has nothing to say about a generated script', () => {
    const { text } = createScript('bash', {
      mirrors: ['https://docker.1ms.run', 'http://10.0.0.1:5000/cache'],
      image: 'bitnami/redis:7',
      digest: `sha256:${'a'.repeat(64)}`,
    });
    const result = spawnSync('shellcheck', ['--shell=bash', '-'], { input: text });
    expect(result.stdout.toString()).toBe('');
    expect(result.status).toBe(0);
  });
});

describe.skipIf(!canRun)('the bash script against loopback registries', () => {
  it('passes a sound registry: token, index, digest, layer from another host', async () => {
    const sound = await registry();
    const { exit, output, parsed } = await runScript([sound.url]);
    expect(exit, output).toBe(0);
    expect(parsed).toMatchObject({
      image: 'library/alpine:latest',
      route: 'direct',
      complete: true,
    });
    const [result] = parsed.results;
    expect(result).toMatchObject({
      url: sound.url,
      passed: true,
      auth: 'bearer',
      digest: sound.digest,
      blob: { status: 200, bytes: 300_000, sum: 'ok' },
    });
    expect(result?.pings.map((ping) => ping.status)).toEqual([401, 401, 401]);
    expect(result?.pings[0]?.ip).toBe('127.0.0.1');
    expect(output).toContain('通过');
  });

  it('never shows the token to another host', async () => {
    const sound = await registry();
    await runScript([sound.url]);
    const layer = sound.requests.filter((request) => request.path.startsWith('/layer'));
    expect(layer).toHaveLength(1);
    expect(layer[0]?.authorization).toBeUndefined();
    expect(sound.requests.length).toBeLessThanOrEqual(8);
  });

  it.each<[string, Manner]>([
    ['no authentication, one manifest, own blobs', { auth: 'none', single: true, cdn: false }],
    ['indented JSON', { prettyJson: true }],
    ['indented JSON, one manifest', { prettyJson: true, single: true }],
  ])('passes %s', async (_, manner) => {
    const sound = await registry(manner);
    const { exit, output, parsed } = await runScript([sound.url]);
    expect(exit, output).toBe(0);
    expect(parsed.results[0]).toMatchObject({ passed: true, digest: sound.digest });
  });

  it.each<[string, Manner, object]>([
    ['a login wall', { auth: 'basic' }, { stage: 'auth', http: 401 }],
    ['a refused token', { tokenStatus: 403 }, { stage: 'token', http: 403 }],
    [
      'a whitelist',
      { manifest: { status: 403, body: '{"errors":[{"code":"DENIED","message":"不在白名单"}]}' } },
      { stage: 'manifest', http: 403 },
    ],
    [
      'a rate limit',
      { manifest: { status: 429, body: 'slow down' } },
      { stage: 'manifest', http: 429 },
    ],
    [
      'a parked page',
      { ping: { status: 403, body: '<html>\u001b[31mblocked</html>' } },
      { stage: 'ping', http: 403 },
    ],
    ['a lying digest header', { corrupt: 'digest-header' }, { stage: 'self' }],
    ['a changed manifest', { corrupt: 'manifest' }, { stage: 'platform' }],
    ['a changed layer', { corrupt: 'blob' }, { stage: 'sum' }],
    ['a fake manifest', { manifest: { status: 200, body: '<html>' } }, { stage: 'layer' }],
  ])('fails %s', async (_, manner, failure) => {
    const bad = await registry(manner);
    const { exit, output, parsed } = await runScript([bad.url]);
    expect(exit, output).toBe(1);
    expect(parsed.results[0]).toMatchObject({ passed: false, unfinished: false, failure });
    expect(output).not.toContain('\u001b');
  });

  it('says what the server said', async () => {
    const bad = await registry({
      manifest: { status: 403, body: 'this image is\nnot in the allowlist' },
    });
    const { parsed } = await runScript([bad.url]);
    expect(parsed.results[0]?.says).toBe('this image is not in the allowlist');
  });

  it('tells a refused connection and an unknown host apart', async () => {
    const gone = await startRegistry();
    await gone.close();
    const { exit, parsed } = await runScript([gone.url, 'http://no-such-host.invalid']);
    expect(exit).toBe(1);
    expect(parsed.results.map((result) => result.failure)).toEqual([
      { stage: 'ping', curl: 7, http: undefined },
      { stage: 'ping', curl: 6, http: undefined },
    ]);
  });

  it('compares with the trusted digest, of the index or of the platform', async () => {
    const sound = await registry();
    const other = await registry({ seed: 'evil' });
    const byIndex = await runScript([sound.url, other.url], { digest: sound.digest });
    expect(byIndex.exit).toBe(3);
    expect(byIndex.parsed.trustedDigest).toBe(sound.digest);
    expect(byIndex.parsed.results.map((result) => [result.passed, result.trusted])).toEqual([
      [true, 'match'],
      [false, 'differ'],
    ]);
    const byPlatform = await runScript([sound.url], { digest: sound.platformDigest });
    expect(byPlatform.exit).toBe(0);
  });

  it.each([
    ['asks for a range', {}],
    ['cuts a server that ignores the range', { ignoreRange: true }],
  ])('keeps to the byte limit: %s', async (_, manner) => {
    const big = await registry({ layerBytes: 60_000_000, ...manner });
    const { exit, output, parsed } = await runScript([big.url], { blobLimit: 500_000 });
    expect(exit, output).toBe(0);
    expect(parsed.results[0]?.blob).toMatchObject({ bytes: 500_000, sum: 'partial' });
    // What the pipe and the sockets hold comes on top.
    expect(big.bytesSent()).toBeLessThan(20_000_000);
  });

  it('goes through PROXY when asked', async () => {
    const proxy = await registry({ auth: 'none', cdn: false });
    const { parsed, exit } = await runScript(['http://mirror.invalid'], {
      env: { PROXY: proxy.url },
    });
    // The proxy gets absolute addresses, which this registry serves like its own.
    expect(exit).toBe(0);
    expect(parsed.route).toBe('proxy');
  });

  it('gives what ranking and the generator need', async () => {
    const good = await registry();
    const walled = await registry({ auth: 'basic' });
    const { exit, parsed } = await runScript([walled.url, good.url]);
    expect(exit).toBe(0);
    const ranked = rankResults(parsed);
    expect(ranked.map(({ result }) => result.url)).toEqual([good.url, walled.url]);
    expect(pickBest(ranked, 3)).toEqual([good.url]);
  });
});
