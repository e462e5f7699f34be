import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generate,
  presetHash,
  presets,
  readSettingsHash,
  settingsHash,
} from '../../../src/core/config/index.ts';
import { findPasswords, maskPasswords, withoutLogin } from '../../../src/core/config/secrets.ts';
import type { Settings } from '../../../src/core/config/settings.ts';
import { lookup } from '../../../src/core/mirrors/index.ts';
import { goodSettings, junk } from './arbitrary.ts';

/** What a link must bring back of settings: all but logins, certificates and pasted files. */
function publicPart(settings: Partial<Settings>): Partial<Settings> {
  const { existing: _, proxy, ca, ...rest } = structuredClone(settings);
  return {
    ...rest,
    ...(proxy && { proxy }),
    ...(ca && { ca: ca.map(({ host }) => ({ host, pem: '' })) }),
  };
}

describe('links', () => {
  it('are empty for the defaults', () => {
    expect(settingsHash({})).toBe('');
    expect(settingsHash({ target: 'linux', mirrors: [], proxyScope: ['daemon'] })).toBe('');
  });

  it('hold only what differs, in one order', () => {
    const hash = 'v=1&where=rootless&mirror=https://m.example.com&downloads=1';
    expect(
      settingsHash({
        maxConcurrentDownloads: 1,
        mirrors: ['https://m.example.com'],
        target: 'rootless',
      }),
    ).toBe(hash);
    expect(readSettingsHash(hash).settings).toEqual({
      target: 'rootless',
      mirrors: ['https://m.example.com'],
      maxConcurrentDownloads: 1,
    });
  });

  it('bring back the form: the same files come out', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const { proxy, ca: _, ...rest } = settings;
        const open = {
          ...rest,
          ...(proxy && {
            proxy: {
              ...proxy,
              ...Object.fromEntries(
                Object.entries(proxy).flatMap(([key, value]) =>
                  typeof value === 'string' ? [[key, withoutLogin(value)]] : [],
                ),
              ),
            },
          }),
        };
        const restored = readSettingsHash(settingsHash(open));
        expect(restored.problems).toEqual([]);
        expect(restored.unknown).toEqual([]);
        expect(generate(restored.settings).artifacts).toEqual(generate(open).artifacts);
      }),
      { numRuns: 100 },
    );
  });

  it('survive a second time round', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const hash = settingsHash(settings);
        expect(settingsHash(readSettingsHash(hash).settings)).toBe(hash);
        expect(publicPart(readSettingsHash(hash).settings)).toEqual(
          readSettingsHash(hash).settings,
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    'http://user:Geheim1@proxy.example.com:8080',
    'http://user:Geheim1/x@proxy.example.com:8080',
    'user:Geheim1@proxy.example.com:8080',
    'http://user:Geheim1@',
    'http://user:Geheim1',
    'http://Geheim1:Geheim1@h:1/Geheim1',
  ])('never hold the login of %s', (http) => {
    expect(settingsHash({ proxy: { http, https: http, all: http } })).not.toContain('Geheim1');
  });

  it.each([
    'http://user:Geheim1@h:1',
    'user:Geheim1@h:1',
    'http：//user:Geheim1@h:1',
    'user:Geheim1＠h:1',
    'http://user:Geheim1',
    'https://h:1/?token=Geheim1',
    'http_proxy=http://user:Geheim1@h:1',
  ])('never hold the login of %s in a field it was pasted into', (text) => {
    const hash = settingsHash({
      engine: text,
      mirrors: [text, 'https://m.example.com'],
      registryMirrors: [
        { registry: text, mirrors: ['https://m.example.com'] },
        { registry: 'ghcr.io', mirrors: [text] },
      ],
      proxy: { http: text, noProxy: [text, 'h'] },
      ca: [{ host: text, pem: '' }],
      insecureRegistries: [text],
      dns: [text],
      builderGc: { enabled: true, keepStorage: text, maxUsedSpace: text, minFreeSpace: text },
      dialTimeout: text,
    });
    expect(decodeURIComponent(hash)).not.toContain('Geheim1');
    expect(readSettingsHash(hash).settings.mirrors).toContain('https://m.example.com');
  });

  it('never hold a certificate or a pasted file', () => {
    const hash = settingsHash({
      ca: [{ host: 'reg.example:5000', pem: '-----BEGIN CERTIFICATE-----\nGEHEIM' }],
      existing: {
        daemonJson: '{"GEHEIM":1}',
        dropIn: 'GEHEIM',
        configJson: '{"auths":{"GEHEIM":{}}}',
      },
      mirrors: ['https://user:GEHEIM@m.example.com'],
    });
    expect(hash).toBe('v=1&ca=reg.example:5000');
  });

  it('report what they can’t read', () => {
    const { settings, unknown, problems } = readSettingsHash(
      'v=9&where=mars&colour=red&downloads=x',
    );
    expect(settings).toEqual({});
    expect(unknown).toEqual(['colour']);
    expect(problems).toHaveLength(3);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(junk, fc.webFragments()),
        (hash) => generate(readSettingsHash(hash).settings) !== undefined,
      ),
    );
  });
});

describe('presets', () => {
  it.each(Object.entries(presets))('%s opens with what it promises', (id, preset) => {
    const restored = readSettingsHash(presetHash(id as keyof typeof presets));
    expect(restored.goal).toBe(preset.goal);
    expect(restored.settings).toEqual(preset.settings);
    const { problems } = generate(restored.settings);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('name mirrors that the catalogue holds to work', () => {
    for (const url of presets.slow.settings.mirrors) {
      const entry = lookup(url);
      expect(entry?.kind === 'mirror' && ['works', 'restricted'].includes(entry.status)).toBe(true);
    }
  });
});

describe('passwords', () => {
  it.each([
    ['http://u:p%40ss@h:1', 'http://u:••••••@h:1'],
    ['Environment="HTTP_PROXY=http://u:p%%40@h:1"', 'Environment="HTTP_PROXY=http://u:••••••@h:1"'],
    ['"http-proxy": "http://u:p@h:1",', '"http-proxy": "http://u:••••••@h:1",'],
    ["-e 'A=socks5://u:p@h:1'", "-e 'A=socks5://u:••••••@h:1'"],
    ['http://h:1', 'http://h:1'],
    ['http://u@h:1', 'http://u@h:1'],
    ['https://m.example.com/a@b', 'https://m.example.com/a@b'],
  ])('masks %s', (text, masked) => {
    expect(maskPasswords(text)).toBe(masked);
  });

  it('are found in every artifact that holds one', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const proxy = {
          http: 'http://user:Geheim1@proxy.example.com:8080',
          https: 'http://user:Geheim1@proxy.example.com:8080',
        };
        for (const { content, command, id } of generate({ ...settings, proxy }).artifacts) {
          expect(maskPasswords(content), id).not.toContain('Geheim1');
          expect(maskPasswords(command ?? ''), id).not.toContain('Geheim1');
          for (const { start, end } of findPasswords(content))
            expect(content.slice(start, end)).toBe('Geheim1');
        }
      }),
      { numRuns: 100 },
    );
  });
});
