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

  // What people really paste: each line once leaked something.
  it.each<[string, string[]]>([
    ['HTTP_PROXY=alice:S3cretPw@10.1.2.3:3128', ['alice', 'S3cretPw']],
    ['HTTPS_PROXY=http://CORP%5Calice:P%40ss@proxy:8080', ['alice', 'P%40ss']],
    ['parse "http://alice:S3 cret@10.1.2.3:3128": invalid userinfo', ['alice', 'S3 cret']],
    ['curl -x http://10.1.2.3:80 -U alice:S3cretPw https://x.y', ['alice', 'S3cretPw']],
    ['curl --proxy-user=alice:S3cretPw https://x.y', ['alice', 'S3cretPw']],
    ['curl -ualice:S3cretPw https://x.y', ['alice', 'S3cretPw']],
    ['docker login -u=alice -pS3cretPw harbor.acme.com', ['alice', 'S3cretPw', 'acme']],
    ['docker login --password "S3cret Pw" --username "alice"', ['S3cret Pw', 'alice']],
    ['echo S3cretPw | docker login --password-stdin -u alice', ['S3cretPw', 'alice']],
    ['skopeo copy --src-creds=alice:S3cretPw docker://x', ['alice', 'S3cretPw']],
    ['--docker-username=alice --docker-password=S3cretPw', ['alice', 'S3cretPw']],
    [String.raw`{\"auths\":{\"x\":{\"auth\":\"YWxpY2U6cw\"}}}`, ['YWxpY2U6cw']],
    ['"username": "alice", "password": "S3 cret,Pw"', ['alice', 'S3 cret', 'Pw"']],
    ['X-Registry-Auth: eyJ1c2VybmFtZSI6ImFsaWNlIn0=', ['eyJ1c2Vy']],
    ['"Authorization":["Bearer abcdefghijklmnop"]', ['abcdefghijklmnop']],
    ['PRIVATE-TOKEN: abcdefghij12345', ['abcdefghij12345']],
    ['Set-Cookie: SID=abcdef0123456789; Path=/', ['abcdef0123456789']],
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7a', ['693a91f6']],
    ['https://hooks.slack.com/services/T0/B0/XXXXabcd', ['XXXXabcd']],
    ['trojan://password123@1.2.3.4:443', ['password123']],
    ['LTAI5tAbCdEfGhIjKlMnOpQr', ['LTAI5t']],
    ['_auth=YWxpY2U6c2VjcmV0', ['YWxpY2U6']],
    ['DB_PASS=S3cretPw', ['S3cretPw']],
    ['ENV API_TOKEN S3cretPw99', ['S3cretPw99']],
    ['machine git.acme.com login alice password S3cretPw', ['alice', 'S3cretPw', 'acme']],
    ['用户名：张三 密码 S3cretPw', ['张三', 'S3cretPw']],
    ['Username: alice\nPassword: ', ['alice']],
    ['USER=alice HOSTNAME=db-prod-01', ['alice', 'db-prod-01']],
    [String.raw`C:\Users\John Smith\AppData`, ['John', 'Smith']],
    [String.raw`C:\\Users\\John Smith\\.docker`, ['John', 'Smith']],
    ['C:/Users/carol/x', ['carol']],
    [String.raw`\\wsl$\Ubuntu\home\carol\x`, ['carol']],
    ['ls ~carol/app', ['carol']],
    ['2026-11-25T10:00:00.000000+08:00 db-7 dockerd[1]: x', ['db-7']],
    ['(base) alices-MacBook-Pro:x alice$ docker pull', ['alices-MacBook']],
    ['docker pull nexus3:8082/base/jdk:17', ['nexus3']],
    ['/home/alice/x: permission denied for alice (S3cret)', ['alice']],
    ['http://bob:S3cretPw@10.1.2.3/ then S3cretPw alone, and BOB', ['S3cretPw', 'bob', 'BOB']],
  ])('lets nothing through: %s', (text, secrets) => {
    const { text: masked } = redact(text);
    for (const secret of secrets) expect(masked).not.toContain(secret);
  });

  it.each([
    'failed to fetch anonymous token: Get "https://auth.docker.io/token?service=registry.docker.io": EOF',
    'failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 504 Gateway Timeout',
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'source docker://quay.io:5000/ocp4/openshift4@sha256:8a57df33243359a7',
    'Docker registry lookup failed: Get https://registry-1.docker.io/v2/: Forbidden',
    'sudo mkdir -p /etc/docker && journalctl -u docker && docker run -p 8080:80 -u 1000 nginx',
    'systemctl --user restart docker',
    'node_modules/@babel/preset-env react@latest nginx@sha256:0123456789abcdef',
    'ERROR: https://dl-cdn.alpinelinux.org/alpine/v3.13/main: DNS lookup error',
    'password=$PROXY_PASSWORD token: %TOKEN%',
    'Login Succeeded',
  ])('leaves alone: %s', (text) => {
    expect(redact(text).text).toBe(text);
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
