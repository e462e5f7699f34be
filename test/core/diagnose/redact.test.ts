import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport, diagnose, redact } from '../../../src/core/diagnose/index.ts';

describe('redact', () => {
  it.each([
    [
      'URL credentials',
      'http://alice:S3cret@proxy.corp.example:3128',
      ['alice', 'S3cret', 'corp.example'],
    ],
    ['an @ in the password', 'http://bob:p@ss@10.1.2.3:3128', ['bob', 'p@ss', '10.1.2.3']],
    ['a # in the password', 'HTTPS_PROXY=http://bob:pa#ss1@10.1.2.3:3128', ['pa#ss1', '10.1.2.3']],
    ['authorization header', 'Proxy-Authorization: Basic YWxpY2U6czNjcmV0', ['YWxpY2U6czNjcmV0']],
    ['bearer token', 'Authorization: Bearer abc.def-ghi_jkl', ['abc.def-ghi_jkl']],
    ['JSON web token', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef', ['eyJhbGci']],
    ['GitHub token', 'ghp_0123456789abcdefghijABCDEFGHIJ012345', ['ghp_']],
    [
      'docker token',
      'docker login -u alice -p dckr_pat_0123456789abcdefghij',
      ['alice', 'dckr_pat_'],
    ],
    [
      'key and value',
      'password=hunter22 token: abcdefgh api_key="k-123456"',
      ['hunter22', 'abcdefgh', 'k-123456'],
    ],
    ['a Chinese password', '密码：mima1234', ['mima1234']],
    ['docker config', '{"auths":{"x":{"auth": "YWxpY2U6cw=="}}}', ['YWxpY2U6cw']],
    ['signed query', 'https://s3.amazonaws.com/b?X-Amz-Signature=0a1b2c3d4e&x=1', ['0a1b2c3d4e']],
    [
      'private key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----',
      ['MIIEabc'],
    ],
    ['home folders', '/home/alice/a /Users/bob/b C:\\Users\\carol\\c', ['alice', 'bob', 'carol']],
    ['a prompt', 'dave@build-7:~$ docker pull x', ['dave', 'build-7']],
    ['a journal', 'Nov 11 10:00:00 build-7 dockerd[1]: x', ['build-7']],
    [
      'private addresses',
      '10.1.2.3 192.168.1.2 172.20.0.1 fd00::1',
      ['10.1.2.3', '192.168.1.2', '172.20.0.1', 'fd00::1'],
    ],
    ['private hosts', 'https://harbor.acme-inc.cn/v2/ nexus.local', ['acme-inc', 'nexus.local']],
    ['an email', 'mail alice@acme-inc.cn now', ['alice', 'acme-inc']],
    [
      'a cloud account',
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com ab12cd34.mirror.aliyuncs.com',
      ['123456789012', 'ab12cd34'],
    ],
  ])('masks %s', (_name, text, secrets) => {
    const { text: masked } = redact(text);
    for (const secret of secrets) expect(masked).not.toContain(secret);
  });

  it('keeps what everyone knows and what the cause needs', () => {
    const text =
      'Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 127.0.0.1:7890: connect: connection refused docker.m.daocloud.io 157.240.1.50 /etc/docker/daemon.json';
    expect(redact(text).text).toBe(text);
  });

  it('gives the same thing the same placeholder', () => {
    const { text, masked } = redact('10.1.2.3 and 10.1.2.4 and 10.1.2.3');
    expect(text).toBe('<address-1> and <address-2> and <address-1>');
    expect(masked.map(({ placeholder, count }) => [placeholder, count])).toEqual([
      ['<address-1>', 2],
      ['<address-2>', 1],
    ]);
  });

  it('changes nothing the second time, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = redact(text).text;
        expect(redact(once).text).toBe(once);
      }),
    );
  });
});

describe('buildReport', () => {
  it('holds the cause and no secret', () => {
    const log =
      'alice@build-7:~$ docker pull harbor.acme-inc.cn/a\nGet "https://harbor.acme-inc.cn/v2/": x509: certificate signed by unknown authority\nHTTPS_PROXY=http://alice:S3cret@10.1.2.3:3128\n```\nfence';
    const { markdown, masked } = buildReport(diagnose(log), 'linux', log);
    expect(markdown).toContain('certificate signed by unknown authority');
    expect(markdown).toContain('tls-unknown-ca');
    expect(markdown).toContain('````');
    for (const secret of ['alice', 'acme-inc', 'S3cret', '10.1.2.3', 'build-7']) {
      expect(markdown).not.toContain(secret);
    }
    expect(masked.length).toBeGreaterThan(3);
  });
});
