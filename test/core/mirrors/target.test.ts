import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probeUrl, readTarget } from '../../../src/core/mirrors/target.ts';

const page = { hostname: 'docs.github.io', allowLocal: false };

describe('readTarget', () => {
  it.each([
    ['https://docker.1ms.run', 'https://docker.1ms.run'],
    [' https://docker.1ms.run/ ', 'https://docker.1ms.run'],
    ['docker.1ms.run', 'https://docker.1ms.run'],
    ['docker.1ms.run:443', 'https://docker.1ms.run'],
    ['HTTPS://Docker.1MS.run:8443/cache/', 'https://docker.1ms.run:8443/cache'],
    ['docker.潍坊会展.cn', 'https://docker.xn--6oq72ry9d5zx.cn'],
  ])('may measure %s', (input, url) => {
    const target = readTarget(input, page);
    expect(target.unmeasurable).toBeUndefined();
    expect(target.url).toBe(url);
    expect(probeUrl(target, 'n1')).toBe(`${url}/v2/?probe=n1`);
  });

  it.each([
    ['http://docker.1ms.run', 'http'],
    ['http://127.0.0.1:5000', 'http'],
    ['https://10.0.0.5', 'local'],
    ['https://nas:5000', 'local'],
    ['https://localhost:5000', 'local'],
    ['https://100.64.0.1', 'local'],
    ['https://[fd00::1]', 'local'],
    ['https://<ID>.mirror.aliyuncs.com', 'placeholder'],
    ['https://203.0.113.4', 'no-such-place'],
    ['https://198.18.0.4', 'no-such-place'],
    ['ftp://docker.1ms.run', 'invalid'],
    ['javascript:alert(1)', 'invalid'],
    ['https://user:secret@docker.1ms.run', 'invalid'],
    ['https://docker.1ms.run/?a=1', 'invalid'],
    ['https://docker.1ms.run/#a', 'invalid'],
    ['https://', 'invalid'],
    ['', 'invalid'],
    ['two words', 'invalid'],
  ])('refuses %s before any request: %s', (input, reason) => {
    const target = readTarget(input, page);
    expect(target.unmeasurable).toBe(reason);
    expect(target.why).toMatch(/[\u4e00-\u9fff]/);
  });

  it('keeps user info out of the address it shows', () => {
    expect(readTarget('https://user:secret@docker.1ms.run', page).url).not.toContain('secret');
  });

  it('tries local addresses with the reader’s agreement, or from a page as near', () => {
    expect(
      readTarget('https://10.0.0.5', { ...page, allowLocal: true }).unmeasurable,
    ).toBeUndefined();
    expect(
      readTarget('https://127.0.0.1:5000', { hostname: 'localhost', allowLocal: false })
        .unmeasurable,
    ).toBeUndefined();
    expect(
      readTarget('https://127.0.0.1', { hostname: '192.168.1.2', allowLocal: false }).unmeasurable,
    ).toBe('local');
  });

  it('never throws, and asks only over https', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        const target = readTarget(text, page);
        if (target.unmeasurable === undefined) {
          expect(new URL(probeUrl(target, 'n')).protocol).toBe('https:');
        } else {
          expect(target.why).toBeTruthy();
        }
      }),
    );
  });
});
