import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePem } from '../../../../src/core/config/pem/index.ts';

const read = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/pem/${name}`, import.meta.url)));
const text = (name: string): string => new TextDecoder().decode(read(name));
const now = Date.parse('2026-11-24T00:00:00Z');

it('reads a server certificate', () => {
  const [certificate] = parsePem(read('server.crt')).certificates;
  expect(certificate).toMatchObject({
    name: 'reg.example.com',
    subject: 'CN=reg.example.com',
    issuer: 'C=CN, O=Example\\, Inc., CN=Example Issuing CA',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2035-01-01T00:00:00Z',
    isCA: false,
    keyUsage: ['digitalSignature'],
    sans: ['DNS:reg.example.com', 'DNS:*.example.com', 'IP:192.168.1.10', 'IP:2001:db8::1'],
    selfSigned: false,
    line: 1,
  });
});

it('reads a root with Chinese in its name', () => {
  const { certificates, problems, clean } = parsePem(read('root.crt'), { now });
  expect(certificates[0]).toMatchObject({
    subject: 'C=CN, O=示例公司, CN=Example Root CA',
    isCA: true,
    keyUsage: ['keyCertSign', 'cRLSign'],
    selfSigned: true,
  });
  expect(problems).toEqual([]);
  expect(clean).toBe(text('root.crt'));
});

describe('what a file is', () => {
  it.each([
    ['chain.crt', 3, 'not-ca@1'],
    ['reversed.crt', 3, 'chain-order@14 not-ca@27'],
    ['intermediate.crt', 1, 'missing-issuer@1'],
    ['self-signed.crt', 1, 'self-signed-leaf@1'],
    ['no-san.crt', 1, 'not-ca@1 no-san@1'],
    ['sha1.crt', 1, 'weak-signature@1 missing-issuer@1'],
    ['cannot-sign.crt', 1, 'ca-cannot-sign@1'],
    ['expired.crt', 1, 'expired@1'],
    ['crlf-with-text.crt', 1, ''],
    ['root.der', 1, 'der@1'],
    ['chain.p7b', 0, 'pkcs7@1'],
    ['chain.p7b.pem', 0, 'pkcs7@1'],
    ['server.pfx', 0, 'pfx@1'],
    ['private-key.pem', 0, 'private-key@1'],
    ['private-key.der', 0, 'private-key@1'],
    ['request.csr', 0, 'pem-other@1'],
  ])('%s', (name, count, expected) => {
    const { certificates, problems } = parsePem(read(name), { now });
    expect(certificates).toHaveLength(count);
    expect(problems.map(({ code, line }) => `${code}@${line}`).join(' ')).toBe(expected);
  });
});

it('lets nothing of a file with a private key through', () => {
  const { clean, problems } = parsePem(text('root.crt') + text('private-key.pem'));
  expect(clean).toBe('');
  expect(problems.find(({ code }) => code === 'private-key')).toMatchObject({ refused: true });
});

it('says how to convert', () => {
  const fixes = ['chain.p7b', 'server.pfx', 'root.der'].map(
    (name) => parsePem(read(name)).problems[0]?.fix?.text,
  );
  expect(fixes).toEqual([
    expect.stringContaining('openssl pkcs7 -inform der -print_certs'),
    expect.stringContaining('openssl pkcs12 -in'),
    expect.stringContaining('openssl x509 -inform der'),
  ]);
});

describe('pasted text', () => {
  const root = text('root.crt');
  it.each([
    ['with spaces in front', root.replace(/^/gm, '   ')],
    ['quoted in a mail', root.replace(/^/gm, '> ')],
    ['out of JSON', JSON.stringify(root)],
    ['on one line', root.replace(/\n/g, ' ')],
    ['with long dashes', root.replaceAll('-----', '———')],
    ['without BEGIN and END', root.replace(/-----.*-----\n/g, '')],
    ['twice', root + root],
  ])('%s', (_, pasted) => {
    expect(parsePem(pasted).clean).toBe(root);
  });

  it.each([
    ['', 'empty'],
    ['hello', 'no-certificate'],
    ['ssh-rsa AAAA', 'no-certificate'],
    ['/etc/ssl/ca.pem', 'no-certificate'],
    [root.slice(0, 300), 'pem-no-end'],
    [root.replace('M', '!'), 'pem-broken'],
    [root.replace(/\n.{64}\n/, '\n'), 'pem-broken'],
  ])('%j is refused', (pasted, code) => {
    const { problems, clean } = parsePem(pasted);
    expect([problems[0]?.code, clean]).toEqual([code, '']);
  });
});

it('tells the time only when it is told', () => {
  expect(parsePem(read('expired.crt')).problems).toEqual([]);
  const soon = Date.parse('2035-12-20T00:00:00Z');
  expect(parsePem(read('root.crt'), { now: soon }).problems[0]?.code).toBe('expires-soon');
  const early = Date.parse('2025-01-01T00:00:00Z');
  expect(parsePem(read('root.crt'), { now: early }).problems[0]?.code).toBe('not-yet-valid');
});

it('never throws, not even on a certificate with bytes changed', () => {
  const der = read('root.der');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { maxLength: 5 }),
      fc.nat(der.length),
      (changes, length) => {
        const broken = der.slice(0, length);
        for (const [at, byte] of changes) if (at < length) broken[at] = byte;
        expect(Array.isArray(parsePem(broken).certificates)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' })), (garbage) => {
      expect(parsePem(garbage).clean).toBe('');
    }),
  );
});
