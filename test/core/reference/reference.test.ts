import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference, pullHosts, referenceProblem } from '../../../src/core/reference/index.ts';

interface Recorded {
  id: string;
  ref: string;
  expect: { error?: true; domain?: string; path?: string; tag?: string; digest?: string };
}

const recorded: Recorded[] = JSON.parse(
  readFileSync(new URL('../../fixtures/reference/recorded.json', import.meta.url), 'utf8'),
).cases;

const hex = (length: number) => 'a'.repeat(length);

describe('parseReference', () => {
  it.each(recorded)('$id $ref', ({ ref, expect: want }) => {
    const got = parseReference(ref);
    if (want.error) expect(got.error).toBeTypeOf('string');
    else expect(got).toEqual(want);
  });

  // Texts of the package itself.
  it.each([
    ['', 'empty', 'invalid reference format'],
    ['u b', 'format', 'invalid reference format'],
    ['http://registry.corp.example/app', 'format', 'invalid reference format'],
    [
      'Ubuntu',
      'uppercase',
      'invalid reference format: repository name (library/Ubuntu) must be lowercase',
    ],
    [
      'team/App:1',
      'uppercase',
      'invalid reference format: repository name (team/App) must be lowercase',
    ],
    [
      hex(64),
      'hex-id',
      `invalid repository name (${hex(64)}), cannot specify 64-byte hexadecimal strings`,
    ],
    [`a/${hex(256)}`, 'too-long', 'repository name must not be more than 255 characters'],
    [`a@sha256:${hex(63)}`, 'digest-length', 'invalid checksum digest length'],
    [`a@sha256:${hex(64).toUpperCase()}`, 'digest-format', 'invalid checksum digest format'],
    [`a@md5:${hex(32)}`, 'digest-algorithm', 'unsupported digest algorithm'],
    ['[fe80::1%eth0]/app', 'format', 'invalid reference format'],
    [`a:${'t'.repeat(129)}`, 'format', 'invalid reference format'],
  ])('refuses %s', (ref, code, error) => {
    const got = parseReference(ref);
    expect(got).toEqual({ code, error });
  });

  it.each([
    ['localhost', { domain: 'docker.io', path: 'library/localhost' }],
    ['localhost/app', { domain: 'localhost', path: 'app' }],
    ['LOCALHOST/app', { domain: 'LOCALHOST', path: 'app' }],
    ['[::1]:5000/app', { domain: '[::1]:5000', path: 'app' }],
    ['docker.io/ubuntu', { domain: 'docker.io', path: 'library/ubuntu' }],
    ['registry:5000', { domain: 'docker.io', path: 'library/registry', tag: '5000' }],
    [
      `a@sha256:${hex(64)}`,
      { domain: 'docker.io', path: 'library/a', digest: `sha256:${hex(64)}` },
    ],
  ])('reads %s', (ref, want) => {
    expect(parseReference(ref)).toEqual(want);
  });

  it('takes more digest algorithms where the caller registers them', () => {
    const ref = `a@sha512:${hex(128)}`;
    expect(parseReference(ref).error).toBe('unsupported digest algorithm');
    expect(parseReference(ref, { algorithms: ['sha256', 'sha512'] }).error).toBeUndefined();
  });

  it('answers any text, and reads what it prints', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9./:@_-]{1,40}$/)), (ref) => {
        const got = parseReference(ref);
        if (got.error !== undefined) {
          expect(referenceProblem(got)).not.toBe('');
          return;
        }
        const tag = got.tag === undefined ? '' : `:${got.tag}`;
        const digest = got.digest === undefined ? '' : `@${got.digest}`;
        expect(parseReference(`${got.domain}/${got.path}${tag}${digest}`)).toEqual(got);
      }),
    );
  });
});

describe('pullHosts', () => {
  const hostsOf = (ref: string, options = {}) => {
    const hosts = pullHosts(ref, options);
    return 'error' in hosts ? hosts : hosts.map(({ role, host }) => `${role} ${host}`);
  };

  it('names registry, token server and all blob hosts of Docker Hub', () => {
    expect(hostsOf('nginx')).toEqual([
      'registry registry-1.docker.io',
      'token auth.docker.io',
      'blob production.cloudflare.docker.com',
      'blob production.cloudfront.docker.com',
      'blob docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
    ]);
  });

  it('asks mirrors first, for Docker Hub alone', () => {
    const mirrors = ['https://mirror.example', 'not a url'];
    expect(hostsOf('nginx', { mirrors })).toContain('mirror mirror.example');
    expect(hostsOf('ghcr.io/a/b', { mirrors })).toEqual([
      'registry ghcr.io',
      'blob pkg-containers.githubusercontent.com',
    ]);
  });

  it.each([
    ['registry.corp.example:5000/a', [], ['https://registry.corp.example:5000']],
    [
      'registry.corp.example:5000/a:1',
      ['registry.corp.example:5000'],
      ['https://registry.corp.example:5000', 'http://registry.corp.example:5000'],
    ],
    ['localhost:5000/a', [], ['https://localhost:5000', 'http://localhost:5000']],
    ['127.0.0.1:5000/a', [], ['https://127.0.0.1:5000', 'http://127.0.0.1:5000']],
  ])('speaks to %s', (ref, insecure, origins) => {
    const hosts = pullHosts(ref, { insecure });
    expect('error' in hosts ? hosts : hosts.map(({ url }) => new URL(url).origin)).toEqual(origins);
  });

  it('hands on the error of a bad reference', () => {
    expect(hostsOf('A b')).toMatchObject({ code: expect.any(String) });
  });
});
