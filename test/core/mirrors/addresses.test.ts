import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressLabels,
  addressSpace,
  classifyAddress,
  needsLocalPermission,
} from '../../../src/core/mirrors/addresses.ts';

describe('classifyAddress', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['127.1', 'loopback'],
    ['0x7f000001', 'loopback'],
    ['2130706433', 'loopback'],
    ['localhost', 'loopback'],
    ['registry.localhost:5000', 'loopback'],
    ['[::1]:5000', 'loopback'],
    ['::1', 'loopback'],
    ['[::ffff:127.0.0.1]', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['[::]', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255:5000', 'private'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['https://192.168.1.10:8443/v2/', 'private'],
    ['192.169.0.1', 'public'],
    ['[::ffff:10.1.2.3]', 'private'],
    ['64:ff9b::10.1.2.3', 'private'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['fec0::1', 'private'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'cgnat'],
    ['100.127.255.255', 'cgnat'],
    ['100.128.0.0', 'public'],
    ['169.254.169.254', 'link-local'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['fc00::1', 'unique-local'],
    ['fd12:3456:789a::1', 'unique-local'],
    ['192.0.2.1', 'documentation'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.255', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['3fff::1', 'documentation'],
    ['example.com', 'documentation'],
    ['mirror.example', 'documentation'],
    ['notexample.com', 'public'],
    ['198.18.0.5', 'fake-ip'],
    ['198.19.255.255', 'fake-ip'],
    ['198.20.0.0', 'public'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['docker.m.daocloud.io', 'public'],
    ['docker.潍坊会展.cn', 'public'],
    ['nas', 'local-name'],
    ['nas:5000', 'local-name'],
    ['harbor.corp', 'local-name'],
    ['printer.local', 'local-name'],
    ['host.docker.internal', 'local-name'],
    ['router.lan.', 'local-name'],
    ['harbor.home.arpa', 'local-name'],
    ['<ID>.mirror.aliyuncs.com', 'invalid'],
    ['1.2.3.4.5', 'invalid'],
    ['256.1.1.1', 'invalid'],
    ['', 'invalid'],
    ['a b.com', 'invalid'],
  ])('%s is %s', (host, kind) => {
    expect(classifyAddress(host)).toBe(kind);
  });

  it('gives every text a class that has a name', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.ipV4(), fc.ipV6(), fc.domain()),
        (text) => {
          expect(addressLabels[classifyAddress(text)]).toBeTruthy();
        },
      ),
    );
  });

  it('calls no literal of a private range public', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, (b, c, d) => {
        expect(classifyAddress(`10.${b}.${c}.${d}`)).toBe('private');
        expect(classifyAddress(`[::ffff:192.168.${c}.${d}]`)).toBe('private');
        expect(classifyAddress(`fd${(b + 256).toString(16).slice(1)}::${c.toString(16)}`)).toBe(
          'unique-local',
        );
      }),
    );
  });
});

describe('needsLocalPermission', () => {
  it.each([
    ['example.org', '192.168.0.1', true],
    ['docs.github.io', '127.0.0.1', true],
    ['docs.github.io', '100.64.1.1', true],
    ['docs.github.io', 'nas.local', true],
    ['docs.github.io', 'docker.1ms.run', false],
    ['192.168.0.2', '127.0.0.1', true],
    ['192.168.0.2', '10.0.0.1', false],
    ['localhost', '127.0.0.1', false],
    ['localhost', 'docker.1ms.run', false],
  ])('from %s to %s: %s', (page, target, needed) => {
    const space = (host: string) => addressSpace(classifyAddress(host));
    expect(needsLocalPermission(space(page), space(target))).toBe(needed);
  });
});
