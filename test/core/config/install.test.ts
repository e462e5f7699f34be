import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate, type Settings, TARGETS } from '../../../src/core/config/index.ts';
import { PEM } from './arbitrary.ts';

/** Rootless: everything lies under $HOME, so the script can run for real. */
const settings: Partial<Settings> = {
  target: 'rootless',
  mirrors: ['https://m.example.com'],
  proxy: { http: 'http://u:p%40ss@p.example:8080', https: 'http://u:p%40ss@p.example:8080' },
  proxyScope: ['daemon', 'cli'],
};

/** Merging needs one of the two; the scripts say so where neither is there. */
const merges = ['jq', 'python3'].some((program) => spawnSync(program, ['--version']).status === 0);

let home: string;
const daemonJson = () => join(home, '.config/docker/daemon.json');
const configJson = () => join(home, '.docker/config.json');
const dropIn = () => join(home, '.config/systemd/user/docker.service.d/http-proxy.conf');
const calls = () => readFileSync(join(home, 'calls'), 'utf8').trim().split('\n');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'calls'), '');
  writeFileSync(join(home, 'loaded'), '');
  stub('systemctl', systemctl());
  stub('sleep', 'exit 0');
  stub(
    'docker',
    'echo "docker $*" >>"$HOME/calls"; case "$*" in info*) sed -n "s#^ *\\"\\(https*:.*[^,]\\)\\",*\\$#\\1/ #p" "$HOME/loaded" ;; esac',
  );
  stub(
    'dockerd',
    'case "$*" in *--help*) echo --validate ;; *) grep -q bad "$HOME/.config/docker/daemon.json" && exit 1; exit 0 ;; esac',
  );
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/**
 * A service that takes daemon.json over when it starts or reloads, unless the file says otherwise.
 *
 * @param more what else a call does, shell
 */
const systemctl = (more = '') =>
  [
    'echo "systemctl $*" >>"$HOME/calls"',
    'file=$HOME/.config/docker/daemon.json',
    'case "$*" in *daemon-reload*) ;; *restart*|*reload*)',
    '  if ! [ -f "$file" ]; then : >"$HOME/loaded"; elif ! grep -q not-taken "$file"; then cp "$file" "$HOME/loaded"; fi ;;',
    'esac',
    more,
  ].join('\n');

function stub(name: string, body: string): void {
  const path = join(home, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function script(id: string, from: Partial<Settings> = settings, command = false): string {
  const artifact = generate(from).artifacts.find((one) => one.id === id);
  return (command ? artifact?.command : artifact?.content) ?? '';
}

function run(text: string, options: string[] = []) {
  const file = join(home, 'script.sh');
  writeFileSync(file, text);
  return spawnSync('bash', [file, ...options], {
    encoding: 'utf8',
    env: { PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, LC_ALL: 'C.UTF-8' },
  });
}

function put(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

describe('install.sh', () => {
  it('writes what is not there, restarts and shows', () => {
    const result = run(script('install.sh'), ['--yes']);
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(JSON.parse(readFileSync(daemonJson(), 'utf8'))).toEqual({
      'registry-mirrors': ['https://m.example.com'],
    });
    expect(readFileSync(dropIn(), 'utf8')).toContain('p%%40ss');
    expect(statSync(dropIn()).mode & 0o777).toBe(0o600);
    expect(calls()).toContain('systemctl --user restart docker');
    expect(calls().at(-1)).toMatch(/^docker info/);
  });

  it('changes nothing the second time, and doesn’t restart', () => {
    run(script('install.sh'), ['--yes']);
    writeFileSync(join(home, 'calls'), '');
    const result = run(script('install.sh'), ['--yes']);
    expect(result.stdout).toContain('不用重启');
    expect(calls().filter((call) => call.includes('restart'))).toEqual([]);
  });

  it.runIf(merges)('merges into files that are there', () => {
    put(
      daemonJson(),
      '{"data-root":"/data","log-opts":{"max-size":"10m"},"registry-mirrors":["https://old.example"]}',
    );
    put(
      configJson(),
      '{"auths":{"reg.example":{"auth":"eA=="}},"proxies":{"tcp://h:1":{"httpProxy":"x"}}}',
    );
    expect(run(script('install.sh'), ['--yes']).status).toBe(0);
    expect(JSON.parse(readFileSync(daemonJson(), 'utf8'))).toEqual({
      'data-root': '/data',
      'log-opts': { 'max-size': '10m' },
      'registry-mirrors': ['https://m.example.com'],
    });
    const config = JSON.parse(readFileSync(configJson(), 'utf8'));
    expect(config.auths).toEqual({ 'reg.example': { auth: 'eA==' } });
    expect(Object.keys(config.proxies)).toEqual(['tcp://h:1', 'default']);
  });

  it('puts everything back when dockerd refuses the file', () => {
    const before = '{"labels":["bad"]}';
    put(daemonJson(), before);
    const result = run(script('install.sh'), ['--yes']);
    expect(result.status).not.toBe(0);
    expect(readFileSync(daemonJson(), 'utf8')).toBe(before);
    expect(() => statSync(dropIn())).toThrow();
    expect(calls().filter((call) => call.includes('restart'))).toEqual([]);
  });

  it.runIf(merges)('puts everything back when the service doesn’t come up', () => {
    stub(
      'systemctl',
      systemctl(
        'case "$*" in *restart*) [ -f "$HOME/.docker/config.json" ] && exit 1 ;; esac; exit 0',
      ),
    );
    put(daemonJson(), '{"data-root":"/data"}');
    const result = run(script('install.sh'), ['--yes']);
    expect(result.status).not.toBe(0);
    expect(readFileSync(daemonJson(), 'utf8')).toBe('{"data-root":"/data"}');
    expect(calls().filter((call) => call.includes('restart'))).toHaveLength(2);
  });

  it('doesn’t touch a file that it can’t read as JSON', () => {
    const broken = '{ "data-root": "/data", // comment\n}';
    put(daemonJson(), broken);
    const result = run(script('install.sh'), ['--yes']);
    expect(result.status).not.toBe(0);
    expect(readFileSync(daemonJson(), 'utf8')).toBe(broken);
  });

  it('puts everything back when a reload did nothing', () => {
    const mirrors = ['https://not-taken.example'];
    const result = run(script('install.sh', { target: 'rootless', mirrors }));
    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain('没有换上新的镜像源');
    expect(() => statSync(daemonJson())).toThrow();
    expect(calls().filter((call) => call.includes('reload docker'))).toHaveLength(2);
  });

  it('puts everything back when it is stopped', () => {
    stub('dockerd', 'case "$*" in *--help*) echo --validate ;; *) kill -INT $PPID ;; esac');
    const result = run(script('install.sh'), ['--yes']);
    expect(result.status).toBe(130);
    expect(() => statSync(daemonJson())).toThrow();
    expect(() => statSync(dropIn())).toThrow();
  });

  it.runIf(merges)('keeps registries of the file, says what changes, hides passwords', () => {
    put(
      daemonJson(),
      '{"insecure-registries":["old.corp:5000"],"registry-mirrors":["https://old.example"]}',
    );
    put(configJson(), '{"proxies":{"default":{"httpProxy":"http://a:secret@old:1"}}}');
    const result = run(
      script('install.sh', { ...settings, insecureRegistries: ['new.corp:5000'] }),
      ['--yes'],
    );
    expect(result.stderr).toBe('');
    expect(JSON.parse(readFileSync(daemonJson(), 'utf8'))['insecure-registries']).toEqual([
      'old.corp:5000',
      'new.corp:5000',
    ]);
    expect(result.stdout).toContain('-    "https://old.example"');
    expect(result.stdout).toContain('http://***@old:1');
    expect(result.stdout).not.toMatch(/secret|p%40ss/);
  });

  it.runIf(merges)('leaves the form of a file alone that says it all already', () => {
    const before = '{ "registry-mirrors" : ["https://m.example.com"], "debug":true }';
    put(daemonJson(), before);
    const result = run(
      script('install.sh', { target: 'rootless', mirrors: ['https://m.example.com'] }),
    );
    expect(result.stdout).toContain('没有变化');
    expect(readFileSync(daemonJson(), 'utf8')).toBe(before);
  });

  it('brings up a dockerd that was down', () => {
    stub(
      'docker',
      'grep -q restart "$HOME/calls" || exit 1; echo "docker $*" >>"$HOME/calls"; echo "https://m.example.com/ "',
    );
    const result = run(script('install.sh'), ['--yes']);
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout).not.toContain('已还原');
    expect(statSync(daemonJson()).isFile()).toBe(true);
  });

  it('asks before the restart of a rollback too', () => {
    run(script('install.sh'), ['--yes']);
    writeFileSync(join(home, 'calls'), '');
    const result = run(script('install.sh'), ['--rollback']);
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('会停掉');
    expect(() => statSync(daemonJson())).toThrow();
    expect(calls().filter((call) => call.includes('restart'))).toEqual([]);
  });

  it('waits for a yes before a restart', () => {
    const result = run(script('install.sh'));
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('会停掉');
    expect(result.stdout).toContain('还没有生效');
    expect(calls().filter((call) => call.includes('restart'))).toEqual([]);
  });

  it.runIf(merges)('goes back on request', () => {
    put(daemonJson(), '{"data-root":"/data"}');
    run(script('install.sh'), ['--yes']);
    const result = run(script('install.sh'), ['--rollback']);
    expect(result.status).toBe(0);
    expect(readFileSync(daemonJson(), 'utf8')).toBe('{"data-root":"/data"}');
    expect(() => statSync(dropIn())).toThrow();
  });

  it('reloads when that is enough', () => {
    const result = run(
      script('install.sh', { target: 'rootless', mirrors: ['https://m.example.com'] }),
    );
    expect(result.status).toBe(0);
    expect(calls()).toContain('systemctl --user reload docker');
    expect(calls().filter((call) => call.includes('restart'))).toEqual([]);
  });
});

describe.runIf(spawnSync('shellcheck', ['--version']).status === 0)('shellcheck', () => {
  it.each(TARGETS)('has nothing to say of the scripts for %s', (target) => {
    const { artifacts } = generate({
      ...settings,
      target,
      ca: [{ host: '', pem: PEM }],
      insecureRegistries: ['r.example:5000'],
    });
    for (const { id, language, content } of artifacts) {
      if (language !== 'bash') continue;
      const { stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], {
        encoding: 'utf8',
        input: content,
      });
      expect(stdout, id).toBe('');
    }
  });
});

describe('one-step commands', () => {
  it.runIf(merges)('merge JSON and keep a copy of what was there', () => {
    put(configJson(), '{"auths":{"reg.example":{"auth":"eA=="}}}');
    const result = run(script('cli-config.json', settings, true));
    expect(result.stderr).toBe('');
    const config = JSON.parse(readFileSync(configJson(), 'utf8'));
    expect(config.auths).toEqual({ 'reg.example': { auth: 'eA==' } });
    expect(config.proxies.default.httpProxy).toBe('http://u:p%40ss@p.example:8080');
    expect(statSync(configJson()).mode & 0o777).toBe(0o600);
  });

  it.runIf(spawnSync('python3', ['--version']).status === 0)('merge without jq too', () => {
    put(
      configJson(),
      '\ufeff{"auths":{}, "proxies": {"default": {"noProxy": "x", "ftpProxy": "y"}}}',
    );
    // A PATH with the few programs needed, and no jq.
    for (const name of [
      'bash',
      'cat',
      'cp',
      'date',
      'dirname',
      'mkdir',
      'touch',
      'chmod',
      'test',
    ]) {
      const found = spawnSync('sh', ['-c', `command -v ${name}`], {
        encoding: 'utf8',
      }).stdout.trim();
      if (found.startsWith('/')) stub(name, `exec ${found} "$@"`);
    }
    const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    });
    stub('python3', `exec ${python.stdout.trim()} "$@"`);
    const file = join(home, 'script.sh');
    writeFileSync(file, script('cli-config.json', settings, true));
    const result = spawnSync('/bin/bash', [file], {
      encoding: 'utf8',
      env: { PATH: join(home, 'bin'), HOME: home, LC_ALL: 'C.UTF-8' },
    });
    expect(result.stderr).toBe('');
    const { proxies } = JSON.parse(readFileSync(configJson(), 'utf8'));
    expect(proxies.default).toMatchObject({
      ftpProxy: 'y',
      httpProxy: 'http://u:p%40ss@p.example:8080',
    });
  });

  it('leave a broken file alone', () => {
    put(configJson(), '{ broken');
    expect(run(script('cli-config.json', settings, true)).status).not.toBe(0);
    expect(readFileSync(configJson(), 'utf8')).toBe('{ broken');
  });
});
