import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { checkSettings } from '../../../src/core/config/check.ts';
import type { Checked } from '../../../src/core/config/checked.ts';
import {
  type Artifact,
  checkDaemonJson,
  generate,
  settingsHash,
} from '../../../src/core/config/index.ts';
import { proxyFor, proxyVariables } from '../../../src/core/config/layer.ts';
import type { ProxyScope } from '../../../src/core/config/settings.ts';
import { goodSettings, wildSettings } from './arbitrary.ts';
import {
  readCmd,
  readCsvField,
  readEnvironmentFile,
  readPowershell,
  readSystemdEnvironment,
} from './readers.ts';
import { parsesInShell, shellArguments } from './shell.ts';

const RUNS = { numRuns: 200 };

function byKind(artifacts: readonly Artifact[], kind: string): Artifact[] {
  return artifacts.filter(({ id }) => id === kind || id.startsWith(`${kind}:`));
}

function layerValues(checked: Checked, layer: ProxyScope): Record<string, string> {
  const proxy = proxyFor(checked, layer);
  return Object.fromEntries(
    (proxy ? proxyVariables(proxy) : []).map(({ name, value }) => [name, value]),
  );
}

describe('what went in comes out', () => {
  it('daemon.json', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const checked = checkSettings(settings);
        for (const { content } of byKind(generate(settings).artifacts, 'daemon.json')) {
          const file = JSON.parse(content);
          expect(Object.keys(file)).toEqual(Object.keys(file).sort());
          const mirrors = checked.mirrors.map(({ url }) => url);
          expect(file['registry-mirrors'] ?? []).toEqual(mirrors);
          expect(file['insecure-registries'] ?? []).toEqual(checked.insecure);
          expect(file.dns ?? []).toEqual(checked.dns);
          expect(file['max-concurrent-downloads']).toBe(settings.maxConcurrentDownloads);
          expect(file['live-restore']).toBe(settings.liveRestore);
          expect(file.builder?.gc?.enabled).toBe(settings.builderGc?.enabled);
          if (file.proxies) {
            const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = layerValues(checked, 'daemon');
            expect([
              file.proxies['http-proxy'],
              file.proxies['https-proxy'],
              file.proxies['no-proxy'],
            ]).toEqual([HTTP_PROXY, HTTPS_PROXY, NO_PROXY]);
          }
          const verdict = checkDaemonJson(content, { engine: settings.engine ?? '29.10' });
          expect(verdict.problems.filter(({ refused }) => refused)).toEqual([]);
          expect(verdict.accepted).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('systemd, environment files and config.json', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const checked = checkSettings(settings);
        const { artifacts } = generate(settings);
        for (const { content } of byKind(artifacts, 'systemd-drop-in')) {
          const environment = Object.fromEntries(readSystemdEnvironment(content));
          expect(environment).toEqual(layerValues(checked, 'daemon'));
        }
        for (const { content } of byKind(artifacts, 'service-env')) {
          const environment = [...readEnvironmentFile(content)];
          expect(
            Object.fromEntries(
              environment.map(([name, value]) => [name.replace('CONTAINERD_', ''), value]),
            ),
          ).toEqual(layerValues(checked, 'daemon'));
        }
        for (const { content } of byKind(artifacts, 'cli-config.json')) {
          const { httpProxy, httpsProxy, allProxy, noProxy } = JSON.parse(content).proxies.default;
          expect(
            Object.fromEntries(
              Object.entries({
                HTTP_PROXY: httpProxy,
                HTTPS_PROXY: httpsProxy,
                ALL_PROXY: allProxy,
                NO_PROXY: noProxy,
              }).filter(([, value]) => value !== undefined),
            ),
          ).toEqual(layerValues(checked, 'cli'));
        }
        for (const { content } of byKind(artifacts, 'containers.conf')) {
          const { engine } = parseToml(content) as { engine: { env: string[] } };
          expect(engine.env).toEqual(
            Object.entries(layerValues(checked, 'daemon')).map((pair) => pair.join('=')),
          );
        }
      }),
      RUNS,
    );
  });

  it('hosts.toml, buildkitd.toml, registries.conf, registries.yaml, config.toml', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const checked = checkSettings(settings);
        const { artifacts } = generate(settings);
        const mirrorsOf = (registry: string) =>
          registry === 'docker.io'
            ? checked.mirrors
            : (checked.registryMirrors.find((entry) => entry.registry.name === registry)?.mirrors ??
              []);
        for (const { id, content } of byKind(artifacts, 'hosts.toml')) {
          const file = parseToml(content) as {
            server: string;
            host?: Record<string, { capabilities: string[]; dial_timeout?: string }>;
          };
          const registry = id.slice('hosts.toml:'.length);
          expect(Object.keys(file.host ?? {})).toEqual(mirrorsOf(registry).map(({ url }) => url));
          for (const host of Object.values(file.host ?? {})) {
            expect(host.capabilities).toEqual(['pull', 'resolve']);
          }
          expect(new URL(file.server).protocol).toBe('https:');
        }
        for (const { content } of byKind(artifacts, 'buildkitd.toml')) {
          const { registry } = parseToml(content) as {
            registry: Record<string, { mirrors?: string[]; http?: boolean }>;
          };
          for (const [name, table] of Object.entries(registry)) {
            const mirrors = mirrorsOf(name).filter(({ host }) => host.kind !== 'ipv6');
            expect(table.mirrors ?? []).toEqual(
              mirrors.map(({ url }) => url.replace(/^https?:\/\//, '')),
            );
          }
          for (const mirror of checked.mirrors) {
            if (mirror.scheme !== 'http' || mirror.host.kind === 'ipv6') continue;
            expect(registry[mirror.authority]?.http).toBe(true);
          }
        }
        for (const { content } of byKind(artifacts, 'registries.conf')) {
          const { registry = [] } = parseToml(content) as {
            registry?: { prefix: string; mirror?: { location: string; insecure?: boolean }[] }[];
          };
          for (const { prefix, mirror = [] } of registry) {
            const mirrors = mirrorsOf(prefix).filter(({ host }) => host.kind !== 'ipv6');
            expect(mirror.map(({ location }) => location)).toEqual(
              mirrors.map(({ url }) => url.replace(/^https?:\/\//, '')),
            );
            mirrors.forEach(({ scheme }, index) => {
              if (scheme === 'http') expect(mirror[index]?.insecure).toBe(true);
            });
          }
        }
        for (const { content } of byKind(artifacts, 'registries.yaml')) {
          const { mirrors = {}, configs = {} } = parseYaml(content);
          for (const [name, { endpoint }] of Object.entries<{ endpoint: string[] }>(mirrors)) {
            expect(endpoint).toEqual(
              mirrorsOf(name).map(({ url, path }) => (path === '' ? url : `${url}/v2`)),
            );
          }
          for (const ca of checked.ca) {
            if (ca.registry) expect(configs[ca.registry.name].tls.ca_file).toMatch(/^\//);
          }
        }
        for (const { content } of byKind(artifacts, 'containerd-config')) {
          const { version, plugins } = parseToml(content) as {
            version: number;
            plugins: Record<string, { registry: { config_path: string } }>;
          };
          expect(version).toBe(settings.containerdVersion === '1' ? 2 : 3);
          expect(Object.values(plugins)[0]?.registry.config_path).toBe('/etc/containerd/certs.d');
        }
        for (const { content } of byKind(artifacts, 'desktop-admin-settings')) {
          const inner = JSON.parse(content).linuxVM?.dockerDaemonOptions.value;
          const outer = byKind(artifacts, 'daemon.json')[0]?.content;
          if (inner !== undefined) expect(JSON.parse(inner)).toEqual(JSON.parse(outer ?? ''));
        }
      }),
      RUNS,
    );
  });

  it('command lines, in each shell', () => {
    const pairs = (words: readonly string[], flag: string) =>
      Object.fromEntries(
        words
          .filter((_, index) => words[index - 1] === flag)
          .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])
          .filter(([name]) => name === name?.toUpperCase()),
      );
    const commands = fc.sample(goodSettings, { numRuns: 150, seed: 11 }).flatMap((settings) => {
      const checked = checkSettings(settings);
      return generate(settings)
        .artifacts.filter(({ id }) => /^(docker-run|docker-build|buildx-create)/.test(id))
        .map((artifact) => ({ artifact, checked }));
    });
    const bash = commands.filter(({ artifact }) => artifact.language === 'bash');
    const words = shellArguments(bash.map(({ artifact }) => artifact.content));
    expect(words.length).toBeGreaterThan(40);
    const read = (artifact: Artifact): string[] => {
      if (artifact.id.endsWith(':cmd')) return readCmd(artifact.content);
      if (artifact.language === 'powershell') return readPowershell(artifact.content);
      return words[bash.findIndex((entry) => entry.artifact === artifact)] ?? [];
    };
    for (const { artifact, checked } of commands) {
      const list = read(artifact);
      if (artifact.id.startsWith('docker-run')) {
        expect(pairs(list, '-e')).toEqual(layerValues(checked, 'run'));
      } else if (artifact.id.startsWith('docker-build')) {
        expect(pairs(list, '--build-arg')).toEqual(layerValues(checked, 'build'));
      } else {
        const options = list
          .filter((_, index) => list[index - 1] === '--driver-opt')
          .map(readCsvField)
          .filter((option) => option.startsWith('env.'));
        expect(options).toEqual(
          Object.entries(layerValues(checked, 'daemon')).map(
            ([name, value]) => `env.${name.toLowerCase()}=${value}`,
          ),
        );
      }
    }
  });

  it('every script parses in its shell', () => {
    const scripts = fc
      .sample(goodSettings, { numRuns: 120, seed: 3 })
      .flatMap((settings) => generate(settings).artifacts)
      .flatMap(({ language, content, command, commandLanguage }) => [
        ...(language === 'bash' ? [content] : []),
        ...(command !== undefined && commandLanguage === 'bash' ? [command] : []),
      ]);
    expect(scripts.length).toBeGreaterThan(200);
    const all = scripts.map((script, index) => `f${index}() {\n${script}\n}`).join('\n');
    expect(parsesInShell(all)).toBe('');
  });
});

describe('whatever is typed', () => {
  it('nothing throws, every problem names its field, files stay well-formed', () => {
    fc.assert(
      fc.property(wildSettings, (settings) => {
        const { artifacts, problems } = generate(settings, { now: Date.UTC(2026, 10, 24) });
        for (const problem of problems) {
          expect(problem.field).toMatch(/^[a-zA-Z]+(\.\w+)*$/);
          expect(problem.message).toMatch(/\p{Script=Han}/u);
        }
        for (const { id, language, content } of artifacts) {
          if (id === 'daemon.json') JSON.parse(content);
          else if (language === 'toml') parseToml(content);
          else if (language === 'yaml') parseYaml(content);
          else if (id === 'systemd-drop-in' && !settings.existing?.dropIn?.trim()) {
            readSystemdEnvironment(content);
          }
        }
      }),
      RUNS,
    );
  });

  it('what is left out of the files is an error that says so', () => {
    fc.assert(
      fc.property(wildSettings, (settings) => {
        const { problems } = generate(settings);
        const checked = checkSettings(settings);
        const missing = (settings.mirrors ?? []).filter((url) => url.trim() !== '').length;
        const errors = problems.filter(
          ({ field, severity, code }) =>
            /^mirrors\.\d+$/.test(field) &&
            // A valid address that this target's file cannot hold: a matter of the writer, not of the field.
            code !== 'mirror-ipv6' &&
            (severity === 'error' || code === 'mirror-duplicate'),
        );
        expect(missing - checked.mirrors.length).toBe(
          new Set(errors.map(({ field }) => field)).size,
        );
      }),
      RUNS,
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(wildSettings, (settings) => {
        expect(generate(settings)).toEqual(generate(structuredClone(settings)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a generated file given back', () => {
  it('comes out unchanged', () => {
    fc.assert(
      fc.property(goodSettings, (settings) => {
        const first = generate(settings).artifacts;
        const find = (id: string) => first.find((artifact) => artifact.id === id)?.content;
        const existing = {
          daemonJson: find('daemon.json') ?? '',
          dropIn: find('systemd-drop-in') ?? '',
          configJson: find('cli-config.json') ?? '',
        };
        const second = generate({ ...settings, existing }).artifacts;
        for (const id of ['daemon.json', 'systemd-drop-in', 'cli-config.json']) {
          expect(second.find((artifact) => artifact.id === id)?.content).toBe(find(id));
        }
      }),
      RUNS,
    );
  });
});

describe('links', () => {
  it('never carry a password', () => {
    fc.assert(
      fc.property(goodSettings, fc.stringMatching(/^[a-zA-Z]{8}$/), (settings, word) => {
        const secret = `Secret${word}`;
        const proxy = {
          http: `http://user:${secret}@proxy.example.com:8080`,
          https: `http://u:a#${secret}/@h:1`,
        };
        expect(settingsHash({ ...settings, proxy })).not.toContain(secret);
      }),
    );
  });
});
