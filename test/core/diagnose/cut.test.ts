import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';
import { inventory } from './fixtures.ts';

const categoryOf = (log: string): string => diagnose(log).findings[0]?.category ?? 'none';

describe('a message that the paste ends in the middle of', () => {
  it.each([
    ['tls-unknown-ca', 'Get "https://hub.corp.example/v2/": x509: certificate signed by unkn'],
    ['tls-unknown-ca', 'fatal: SSL certificate problem: unable to get local iss…'],
    [
      'tls-unknown-ca',
      'Caused by: sun.security.provider.certpath.X: unable to find valid certificati',
    ],
    ['dns', '#5 1.20 fatal: ping: files.example.net: Temporary failure in name'],
    ['tls-time', 'OpenSSL: error: certificate has exp'],
    ['refused', 'ssh: connect to host git.example.net port 22: No route to...'],
    ['mirror', 'E: Failed to fetch http://deb.debian.org/pool/x.deb  Hash Sum mism…'],
    ['auth', 'reading manifest 1.0 in hub.example.com/app: requested access to the resource is de'],
  ])('%s: %s', (category, log) => {
    expect(categoryOf(log)).toBe(category);
    const [finding] = diagnose(log).findings;
    expect(finding?.certainty).not.toBe('sure');
    expect(finding?.surer).toContain('没有贴全');
  });
});

describe('a message that the paste begins in the middle of', () => {
  it.each([
    ['tls-unknown-ca', 'ificate signed by unknown authority\nmake: *** [pull] Error 1'],
    ['dns', '...rary failure in name resolution'],
  ])('%s: %s', (category, log) => {
    expect(categoryOf(log)).toBe(category);
  });
});

describe('nothing is made of', () => {
  it.each([
    // Several causes continue like this.
    'Failed to connect to files.example.net port 443: Connection',
    'dial tcp 203.0.113.7:443: connect: con',
    'Get "https://hub.corp.example/v2/": x509: certificate ',
    'Error response from daemon: ',
    'dial tcp: lookup ',
    'curl: (56) CONNECT tunnel failed, response',
    "Failed to connect to files.example.net port 443 after 131072 ms: Couldn't connect to...",
    'OSError: Tunnel connection failed: 4',
    'failed to pull and unpack image',
    'a connection attempt failed its unit test',
    'curl: (5) unable to load',
    // Ordinary ends of ordinary lines.
    'The build did not complete successfully: exit code: 1',
    '$ ls /var/run/docker.sock\nls: permission den',
    '● docker.service - Docker Application Container Engine',
    'This is the certificate we signed',
    '<urlopen erro',
    'Please try again',
    'There is no space',
    'Everything went well.\nThe server gave',
    // Within the text nothing is cut.
    'x509: certificate signed by unkn\nDone.\nAll is well',
    // Looked for, not met.
    'if strings.Contains(text, "certificate signed by unkn',
  ])('%s', (log) => {
    expect(categoryOf(log)).toBe('none');
  });
});

it('a whole message keeps its answer, whatever the paste ends with', () => {
  const whole = 'dial tcp: lookup hub.example.com on 192.0.2.53:53: no such host';
  const cut = `${whole}\nx509: certificate signed by unkn`;
  expect(diagnose(cut).findings.map(({ rule }) => rule)).toEqual(
    diagnose(whole).findings.map(({ rule }) => rule),
  );
});

it('the evidence is what the paste holds of the message', () => {
  const log = 'one\n  two\x1b[31m x509: certificate signed by unkn…\n';
  const [evidence] = diagnose(log).findings[0]?.evidence ?? [];
  expect(log.slice(evidence?.start, evidence?.end)).toBe('x509: certificate signed by unkn');
  expect(evidence?.line).toBe(2);
});

describe('the messages of the inventory, cut', () => {
  const texts = inventory().filter(
    ({ categories, text }) =>
      !categories.includes('none') && !text.includes('\n') && text.split(' ').length >= 5,
  );
  const forms: readonly ((text: string) => string)[] = [
    (text) => text.slice(0, -4),
    (text) => text.replace(/\s\S+\s*$/, '...'),
    (text) => text.replace(/^\S+\s/, '…'),
  ];

  it('are found more often than not, and hardly ever mistaken', () => {
    let found = 0;
    let mistaken = 0;
    let only = 0;
    for (const { categories, text } of texts) {
      for (const form of forms) {
        const [finding] = diagnose(form(text)).findings;
        if (finding && categories.includes(finding.category)) found++;
        if (!finding?.surer?.includes('没有贴全')) continue;
        if (categories.includes(finding.category)) only++;
        else mistaken++;
      }
    }
    expect(found / texts.length / forms.length).toBeGreaterThan(0.82);
    expect(only).toBeGreaterThan(200);
    expect(mistaken / only).toBeLessThan(0.01);
  });

  it('leave evidence within the text wherever they are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(400),
        fc.nat(60),
        fc.constantFrom('', '…', '...', '\n', '\x1b[0m', '&quot;', '"}\n\n'),
        fc.string({ unit: 'binary', maxLength: 20 }),
        ({ text }, to, from, end, noise) => {
          const log = `${noise}${text.slice(from, Math.max(from, to))}${end}`;
          for (const { evidence } of diagnose(log).findings) {
            for (const { start, end: stop, line, excerpt, excerptStart } of evidence) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(stop).toBeGreaterThan(start);
              expect(stop).toBeLessThanOrEqual(log.length);
              expect(line).toBe(log.slice(0, start).split('\n').length);
              expect(log.slice(excerptStart, excerptStart + excerpt.length)).toBe(excerpt);
            }
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
