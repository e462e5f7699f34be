import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCidr,
  isIPv4,
  isIPv6,
  parseHost,
  splitPort,
} from '../../../src/core/config/fields/host.ts';
import { checkMirror } from '../../../src/core/config/fields/mirror.ts';
import { checkNoProxyEntry } from '../../../src/core/config/fields/no-proxy.ts';
import {
  addLogin,
  checkProxy,
  formatProxy,
  joinProxy,
  splitProxy,
} from '../../../src/core/config/fields/proxy-url.ts';
import { checkInsecure, checkRegistry } from '../../../src/core/config/fields/registry.ts';
import type { Report } from '../../../src/core/config/fields/report.ts';
import { checkDns, checkDuration, checkSize } from '../../../src/core/config/fields/scalar.ts';
import { tidy } from '../../../src/core/config/fields/tidy.ts';
import { atLeast, isVersion } from '../../../src/core/config/version.ts';
import { junk } from './arbitrary.ts';

/** Runs a check and gathers what it says: the value, the codes and the fixes. */
function run<T>(check: (report: Report) => T) {
  const said: { severity: string; code: string; fix?: string }[] = [];
  const value = check((severity, code, _, fix) =>
    said.push({ severity, code, ...(fix !== undefined && { fix }) }),
  );
  return { value, said, errors: said.filter(({ severity }) => severity === 'error') };
}

const mirror = (text: string, engine = '28.5.2') =>
  run((report) => checkMirror(text, { engine, key: 'registry-mirrors' }, report));

describe('mirror', () => {
  it.each([
    ['https://m.example.com', 'https://m.example.com'],
    ['https://m.example.com/', 'https://m.example.com'],
    ['HTTPS://M.example.com', 'https://m.example.com'],
    ['http://10.0.0.5:5000', 'http://10.0.0.5:5000'],
    ['https://m.example.com/hub', 'https://m.example.com/hub'],
    ['https://[fd00::1]:5000', 'https://[fd00::1]:5000'],
    ['  https://m.example.com  ', 'https://m.example.com'],
    ['“https://m.example.com”', 'https://m.example.com'],
    ['"https://m.example.com",', 'https://m.example.com'],
    ['https：//m.example.com', 'https://m.example.com'],
    ['https://m。example。com', 'https://m.example.com'],
    ['\u200bhttps://m.example.com\u200f', 'https://m.example.com'],
  ])('takes %s', (text, url) => {
    const { value, errors } = mirror(text);
    expect(errors).toEqual([]);
    expect(value?.url).toBe(url);
  });

  it.each([
    ['m.example.com', 'mirror-scheme', 'https://m.example.com'],
    ['m.example.com:5000', 'mirror-scheme', 'https://m.example.com:5000'],
    ['//m.example.com', 'mirror-scheme', 'https://m.example.com'],
    ['https:/m.example.com', 'mirror-scheme', 'https://m.example.com'],
    ['https//m.example.com', 'mirror-scheme', 'https://m.example.com'],
    ['ftp://m.example.com', 'mirror-scheme', 'https://m.example.com'],
    ['https://user:pass@m.example.com', 'mirror-credentials', 'https://m.example.com'],
    ['https://m.example.com/?x=1', 'mirror-query', 'https://m.example.com'],
    ['https://m.example.com/#x', 'mirror-query', 'https://m.example.com'],
    ['https://m.example.com/?', 'mirror-query', 'https://m.example.com'],
    ['https://m example.com', 'mirror-characters', 'https://mexample.com'],
    ['https://', 'mirror-host-empty', undefined],
    ['https://m.example.com:70000', 'mirror-port', undefined],
    ['https://m.example.com:', 'mirror-port', 'https://m.example.com'],
    ['https://m.example.com:abc', 'mirror-port', undefined],
    ['https://镜像.example', 'mirror-host-idn', 'https://xn--o1q148n.example'],
    ['https://m.example.com//', 'mirror-path', 'https://m.example.com'],
    ['https://m.example.com/v2/', 'mirror-v2', 'https://m.example.com'],
    ['https://m.example.com/%zz', 'mirror-path', undefined],
    ['https://10.0.0.256', 'mirror-host-ipv4', undefined],
    ['https://-m.example.com', 'mirror-host-hyphen', undefined],
  ])('refuses %s', (text, code, fix) => {
    const { value, errors } = mirror(text);
    expect(value).toBeUndefined();
    expect(errors.map((error) => error.code)).toEqual([code]);
    expect(errors[0]?.fix).toBe(fix);
  });

  it.each([
    ['20.10.24', false],
    ['24.0.7', false],
    ['24.0.8', true],
    ['25.0', true],
    ['29', true],
  ])('takes a path in Engine %s: %s', (engine, taken) => {
    expect(mirror('https://m.example.com/hub', engine).value !== undefined).toBe(taken);
  });

  it('offers fixes that are taken', () => {
    fc.assert(
      fc.property(junk, (text) => {
        for (const { fix } of mirror(text).errors) {
          if (fix !== undefined)
            expect(mirror(fix).said.map(({ code }) => code)).not.toContain('mirror-scheme');
        }
      }),
    );
  });
});

describe('proxy', () => {
  it.each([
    ['http://127.0.0.1:7890', 'http://127.0.0.1:7890', []],
    ['http://127.0.0.1:7890/', 'http://127.0.0.1:7890', []],
    ['127.0.0.1:7890', 'http://127.0.0.1:7890', ['proxy-scheme-missing']],
    ['proxy.corp.example:8080', 'http://proxy.corp.example:8080', ['proxy-scheme-missing']],
    ['http://u:p@ss@h.example:1', 'http://u:p%40ss@h.example:1', ['proxy-encoding']],
    ['http://u:p#ss@h.example:1', 'http://u:p%23ss@h.example:1', ['proxy-encoding']],
    ['http://u:a/b?c@h.example:1', 'http://u:a%2Fb%3Fc@h.example:1', ['proxy-encoding']],
    ['http://u:100%@h.example:1', 'http://u:100%25@h.example:1', ['proxy-encoding']],
    ['http://u:p%40ss@h.example:1', 'http://u:p%40ss@h.example:1', []],
    ['http://dom\\user:p@h.example:1', 'http://dom%5Cuser:p@h.example:1', ['proxy-encoding']],
    ['http：//127.0.0.1：7890', 'http://127.0.0.1:7890', ['tidied']],
    ['https://h.example:3128', 'https://h.example:3128', ['proxy-https-scheme']],
    ['http://h.example', 'http://h.example', ['proxy-port-missing']],
    ['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080', []],
    ['socks://127.0.0.1:1080', 'socks5://127.0.0.1:1080', []],
    ['http://h.example:1/path', 'http://h.example:1', ['proxy-path']],
    ['“http://h.example:1”', 'http://h.example:1', ['tidied']],
    ['http://[fd00::1]:1', 'http://[fd00::1]:1', []],
  ])('writes %s', (text, url, codes) => {
    const { value, said } = run((report) => checkProxy(text, report));
    expect(value && formatProxy(value)).toBe(url);
    expect(said.map(({ code }) => code).sort()).toEqual([...codes].sort());
  });

  it.each([
    ['ftp://h.example:1', 'proxy-scheme'],
    ['http://', 'proxy-host'],
    ['http://h.example:99999', 'proxy-port'],
    ['http://user:secret', 'proxy-port'],
    ['not a url', 'proxy-host'],
    ['http://代理.example:1', 'proxy-host'],
  ])('refuses %s', (text, code) => {
    const { value, errors } = run((report) => checkProxy(text, report));
    expect(value).toBeUndefined();
    expect(errors.map((error) => error.code)).toEqual([code]);
  });

  it('takes apart what it put together', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 10 });
    fc.assert(
      fc.property(text, text, (user, password) => {
        fc.pre(user !== '');
        const url = joinProxy({ host: 'h.example', port: '8080', user, password });
        const parts = splitProxy(url);
        expect(parts).toEqual({
          scheme: 'http',
          host: 'h.example',
          port: '8080',
          user: user.toWellFormed(),
          password: password.toWellFormed(),
        });
        const { value, said } = run((report) => checkProxy(url, report));
        expect(value && formatProxy(value)).toBe(url);
        expect(said).toEqual([]);
      }),
    );
  });
});

describe('a proxy taken apart for the form', () => {
  it.each([
    'http：//用户:p@ss#1%@proxy.corp.example：8080/',
    'http：／／user:pass@10.0.0.1:3128',
    'http:/user:pass@10.0.0.1:3128',
    ' “https://user:密码：1@proxy.corp.example:8443” ',
    'SOCKS5://user@10.0.0.1:1080,',
  ])('%s is what the check reads', (pasted) => {
    const { value } = run((report) => checkProxy(pasted, report));
    expect(value && joinProxy(splitProxy(pasted))).toBe(value && formatProxy(value));
    expect(value).toBeDefined();
  });
});

it.each([
  ['http：//proxy.corp.example：8080', 'http://u:p%40@proxy.corp.example:8080'],
  [' socks5://10.0.0.1:1080 ', 'socks5://u:p%40@10.0.0.1:1080'],
  ['proxy.corp.example:8080', 'http://u:p%40@proxy.corp.example:8080'],
])('a login goes into %s', (address, url) => {
  const { value } = run((report) => checkProxy(addLogin(address, 'u', 'p@'), report));
  expect(value && formatProxy(value)).toBe(url);
});

describe('bypass list', () => {
  it.each([
    ['localhost', ['localhost'], []],
    ['.corp.example', ['.corp.example'], []],
    ['*.corp.example', ['*.corp.example'], []],
    ['10.0.0.0/8', ['10.0.0.0/8'], []],
    ['registry:5000', ['registry:5000'], []],
    ['[fd00::1]', ['fd00::1'], []],
    ['[fd00::1]:5000', ['[fd00::1]:5000'], []],
    ['a.example, b.example', ['a.example', 'b.example'], ['noproxy-split']],
    ['a.example；b.example', ['a.example', 'b.example'], ['noproxy-split']],
    ['https://reg.example/v2', ['reg.example'], ['noproxy-url']],
    ['*', ['*'], ['noproxy-all']],
    ['10.0.0.0/33', [], ['noproxy-cidr']],
    ['10.0.0/8', [], ['noproxy-cidr']],
    ['10.*', [], ['noproxy-wildcard']],
    ['192.168.*.*', [], ['noproxy-wildcard']],
    ['git.*', [], ['noproxy-wildcard']],
    ['bücher.example', ['xn--bcher-kva.example'], ['noproxy-idn']],
    ['10.0.0', [], ['noproxy-host']],
  ])('reads %s', (text, entries, codes) => {
    const { value, said } = run((report) => checkNoProxyEntry(text, report));
    expect(value).toEqual(entries);
    expect(said.map(({ code }) => code)).toEqual(codes);
  });

  it('knows the network that was meant', () => {
    expect(run((report) => checkNoProxyEntry('10.*', report)).said[0]?.fix).toBe('10.0.0.0/8');
    expect(run((report) => checkNoProxyEntry('192.168.*.*', report)).said[0]?.fix).toBe(
      '192.168.0.0/16',
    );
  });
});

describe('insecure-registries', () => {
  it.each([
    'reg.local',
    'reg.local:5000',
    '10.0.0.1:5000',
    '[fd00::1]:5000',
    'fd00::1',
    '10.1.2.3/8',
    '0.0.0.0/0',
  ])('takes %s', (text) => {
    expect(run((report) => checkInsecure(text, report)).value).toBe(text);
  });

  it.each([
    ['http://reg.local:5000', 'registry-scheme', 'reg.local:5000'],
    ['reg.local:5000/', 'registry-path', 'reg.local:5000'],
    ['*.corp.example', 'insecure-wildcard', undefined],
    ['reg.local:70000', 'registry-port', undefined],
    ['reg_1.local', 'insecure-underscore', undefined],
    ['10.0.0.0/33', 'insecure-cidr', undefined],
    ['-reg.local', 'registry-host-hyphen', undefined],
    ['a b', 'registry-host-characters', undefined],
  ])('refuses %s', (text, code, fix) => {
    const { value, errors } = run((report) => checkInsecure(text, report));
    expect(value).toBeUndefined();
    expect(errors).toEqual([{ severity: 'error', code, ...(fix && { fix }) }]);
  });
});

describe('registry names', () => {
  it.each([
    ['Reg.Local:5000', 'reg.local:5000'],
    ['ghcr.io', 'ghcr.io'],
    ['“ghcr.io”', 'ghcr.io'],
    ['[FD00::1]:5000', '[fd00::1]:5000'],
  ])('reads %s', (text, name) => {
    expect(run((report) => checkRegistry(text, '仓库', report)).value?.name).toBe(name);
  });
});

describe('scalars', () => {
  it.each([
    ['20GB', '20GB'],
    ['512 MB', '512 MB'],
    ['1.5GiB', '1.5GiB'],
    ['1073741824', '1073741824'],
    ['lots', undefined],
    ['20 G B', undefined],
  ])('size %s', (text, value) => {
    expect(run((report) => checkSize(text, '大小', report)).value).toBe(value);
  });

  it.each([
    ['3s', '3s'],
    ['1m30s', '1m30s'],
    ['500ms', '500ms'],
    ['3', undefined],
    ['0s', undefined],
    ['-3s', undefined],
  ])('duration %s', (text, value) => {
    expect(run((report) => checkDuration(text, report)).value).toBe(value);
  });

  it.each([
    ['223.5.5.5', '223.5.5.5', undefined],
    ['2400:3200::1', '2400:3200::1', undefined],
    ['dns.alidns.com', undefined, undefined],
    ['223.5.5.5:53', undefined, '223.5.5.5'],
    ['[2400:3200::1]:53', undefined, '2400:3200::1'],
  ])('DNS server %s', (text, value, fix) => {
    const result = run((report) => checkDns(text, report));
    expect(result.value).toBe(value);
    expect(result.errors[0]?.fix).toBe(fix);
  });
});

describe('hosts', () => {
  it.each([
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['256.0.0.1', false],
    ['1.2.3', false],
    ['01.2.3.4', false],
  ])('IPv4 %s: %s', (text, expected) => expect(isIPv4(text)).toBe(expected));

  it.each([
    ['::1', true],
    ['fd00::1', true],
    ['fd00::g', false],
    ['1::2::3', false],
  ])('IPv6 %s: %s', (text, expected) => expect(isIPv6(text)).toBe(expected));

  it.each([
    ['10.0.0.0/8', true],
    ['fd00::/64', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0', false],
  ])('CIDR %s: %s', (text, expected) => expect(isCidr(text)).toBe(expected));

  it.each([
    ['h:1', { host: 'h', port: '1' }],
    ['h', { host: 'h', port: undefined }],
    ['[::1]:5', { host: '[::1]', port: '5' }],
    ['::1', { host: '::1', port: undefined }],
  ])('splits %s', (text, expected) => expect(splitPort(text)).toEqual(expected));

  it('never throws', () => {
    fc.assert(fc.property(junk, (text) => parseHost(text) !== undefined));
  });
});

describe('versions', () => {
  it.each([
    ['28.5.2', '28.0', true],
    ['v29', '29.0', true],
    ['26.1.5+dfsg1', '28.0', false],
    ['29.10', '29.7', true],
    ['24.0', '24.0.8', false],
    ['20.10.24', '23.0', false],
  ])('%s is at least %s: %s', (version, threshold, expected) => {
    expect(atLeast(version, threshold)).toBe(expected);
  });

  it.each([
    ['29.10.0', true],
    ['v28.5.2', true],
    ['26.1.5+dfsg1-9', true],
    ['latest', false],
    ['', false],
  ])('%s is a version: %s', (text, expected) => expect(isVersion(text)).toBe(expected));
});

describe('tidy', () => {
  it('changes nothing twice', () => {
    fc.assert(
      fc.property(junk, (text) => {
        const once = tidy(text).text;
        const twice = tidy(once).text;
        expect(tidy(twice).text).toBe(tidy(twice).text);
        expect(once.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('leaves a password with full-width characters alone', () => {
    expect(tidy('http://u:密码！@h:1', { keepWidth: true }).text).toBe('http://u:密码！@h:1');
  });
});
