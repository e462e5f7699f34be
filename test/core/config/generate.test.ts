import { describe, expect, it } from 'vitest';
import { type Artifact, generate, type Settings, TARGETS } from '../../../src/core/config/index.ts';
import { PEM } from './arbitrary.ts';

const mirrors = ['https://m.example.com', 'https://n.example.com'];
const proxy = {
  http: 'http://10.0.0.1:3128',
  https: 'http://10.0.0.1:3128',
  noProxy: ['localhost', '127.0.0.1'],
};
const loopback = { http: 'http://127.0.0.1:10808', https: 'http://127.0.0.1:10808' };

function ids(settings: Partial<Settings>): string[] {
  return generate(settings).artifacts.map(({ id }) => id);
}

function artifact(settings: Partial<Settings>, id: string): Artifact | undefined {
  return generate(settings).artifacts.find((one) => one.id === id);
}

function codes(settings: Partial<Settings>): string[] {
  return generate(settings).problems.map(({ code }) => code);
}

describe('the daemon.json that the guide once recommended', () => {
  const once: Partial<Settings> = {
    builderGc: { enabled: true, keepStorage: '20GB' },
    experimental: false,
    mirrors: [
      'https://docker.m.daocloud.io',
      'https://huecker.io',
      'https://docker.nju.edu.cn',
      'https://docker.mirrors.ustc.edu.cn',
      'http://hub-mirror.c.163.com',
    ],
  };

  it('comes out byte for byte, apart from the mirrors that are gone', () => {
    expect(artifact(once, 'daemon.json')?.content).toBe(`{
  "builder": {
    "gc": {
      "defaultKeepStorage": "20GB",
      "enabled": true
    }
  },
  "experimental": false,
  "registry-mirrors": [
    "https://docker.m.daocloud.io",
    "https://huecker.io"
  ]
}
`);
  });

  it('is told which of its mirrors are gone, when and why', () => {
    const stopped = generate(once).problems.filter(({ code }) => code === 'mirror-stopped');
    expect(stopped.map(({ field, severity }) => [field, severity])).toEqual([
      ['mirrors.2', 'error'],
      ['mirrors.3', 'error'],
      ['mirrors.4', 'error'],
    ]);
    expect(stopped[0]?.message).toMatch(/已停止服务（2024-06-07）：.+没有写进文件/);
  });

  it.each(TARGETS)('has no file with a dead mirror alone on %s', (target) => {
    const dead = ['https://docker.mirrors.ustc.edu.cn'];
    const registryMirrors = [{ registry: 'ghcr.io', mirrors: ['https://ghcr.azk8s.cn'] }];
    expect(ids({ target, mirrors: dead, registryMirrors })).toEqual([]);
    expect(codes({ target, mirrors: dead, registryMirrors })).toEqual([
      'mirror-stopped',
      'mirror-stopped',
    ]);
  });

  it('leaves a registry be that holds copies of another registry’s images', () => {
    const registryMirrors = [
      { registry: 'registry.k8s.io', mirrors: ['https://registry.cn-hangzhou.aliyuncs.com'] },
    ];
    expect(codes({ registryMirrors })).not.toContain('mirror-stopped');
    expect(codes({ mirrors: ['https://registry.cn-hangzhou.aliyuncs.com'] })).toContain(
      'mirror-stopped',
    );
  });
});

describe('which artifacts a target gets', () => {
  const all: Partial<Settings> = {
    mirrors,
    proxy,
    proxyScope: ['daemon', 'cli', 'build', 'run'],
    registryMirrors: [{ registry: 'ghcr.io', mirrors: ['https://g.example.com'] }],
    dialTimeout: '3s',
    wsl: { networkingMode: 'mirrored' },
  };

  it.each([
    [
      'linux',
      [
        'daemon.json',
        'systemd-drop-in',
        'hosts.toml:docker.io',
        'hosts.toml:ghcr.io',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'install.sh',
      ],
    ],
    [
      'rootless',
      [
        'daemon.json',
        'systemd-drop-in',
        'hosts.toml:docker.io',
        'hosts.toml:ghcr.io',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'install.sh',
      ],
    ],
    [
      'snap',
      [
        'daemon.json',
        'hosts.toml:docker.io',
        'hosts.toml:ghcr.io',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'install.sh',
      ],
    ],
    [
      'desktop-windows',
      [
        'daemon.json',
        'desktop',
        'cli-config.json',
        'docker-build',
        'docker-build:cmd',
        'docker-run',
        'docker-run:cmd',
        'wslconfig',
        'desktop-settings-store',
        'desktop-admin-settings',
        'install.ps1',
      ],
    ],
    [
      'desktop-mac',
      [
        'daemon.json',
        'desktop',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'desktop-settings-store',
        'desktop-admin-settings',
        'install.sh',
      ],
    ],
    [
      'desktop-linux',
      [
        'daemon.json',
        'desktop',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'desktop-settings-store',
        'desktop-admin-settings',
        'install.sh',
      ],
    ],
    [
      'wsl2',
      [
        'daemon.json',
        'systemd-drop-in',
        'hosts.toml:docker.io',
        'hosts.toml:ghcr.io',
        'cli-config.json',
        'docker-build',
        'docker-run',
        'wslconfig',
        'install.sh',
        'install.ps1',
      ],
    ],
    [
      'containerd',
      [
        'systemd-drop-in',
        'hosts.toml:docker.io',
        'hosts.toml:ghcr.io',
        'containerd-config',
        'install.sh',
      ],
    ],
    ['k3s', ['service-env', 'registries.yaml', 'install.sh']],
    ['rke2', ['service-env', 'registries.yaml', 'install.sh']],
    ['podman', ['registries.conf', 'containers.conf', 'docker-build', 'docker-run', 'install.sh']],
    [
      'buildx',
      ['buildkitd.toml', 'buildx-create', 'cli-config.json', 'docker-build', 'install.sh'],
    ],
  ] as const)('%s', (target, expected) => {
    expect(ids({ ...all, target })).toEqual(expected);
  });

  it.each(TARGETS)('%s: nothing from nothing', (target) => {
    expect(generate({ target })).toEqual({ artifacts: [], problems: [] });
  });

  it.each([
    ['linux', '/etc/docker/daemon.json'],
    ['rootless', '~/.config/docker/daemon.json'],
    ['snap', '/var/snap/docker/current/config/daemon.json'],
    ['desktop-windows', '%USERPROFILE%\\.docker\\daemon.json'],
    ['desktop-mac', '~/.docker/daemon.json'],
    ['wsl2', '/etc/docker/daemon.json'],
  ] as const)('%s: daemon.json lies in %s', (target, path) => {
    expect(artifact({ target, mirrors }, 'daemon.json')?.path).toBe(path);
  });
});

describe('version thresholds', () => {
  it.each([
    ['22.0', ['systemd-drop-in', 'install.sh']],
    ['23.0', ['daemon.json', 'install.sh']],
  ])('proxies in daemon.json, Engine %s', (engine, expected) => {
    expect(ids({ proxy, proxyFile: 'daemon.json', engine })).toEqual(expected);
  });

  it('says why an older engine gets a drop-in', () => {
    expect(codes({ proxy, proxyFile: 'daemon.json', engine: '20.10' })).toContain(
      'proxies-version',
    );
  });

  it.each([
    ['27.5', false],
    ['28.0', true],
  ])('hosts.toml, Engine %s: %s', (engine, written) => {
    const settings = { registryMirrors: [{ registry: 'ghcr.io', mirrors }], engine };
    expect(ids(settings).includes('hosts.toml:ghcr.io')).toBe(written);
    expect(codes(settings).includes('registry-mirrors-version')).toBe(!written);
  });

  it.each([
    ['27.5', { keepStorage: '20GB' }, { defaultKeepStorage: '20GB', enabled: true }],
    ['28.0', { keepStorage: '20GB' }, { defaultKeepStorage: '20GB', enabled: true }],
    [
      '28.0',
      { keepStorage: '20GB', maxUsedSpace: '50GB' },
      { defaultMaxUsedSpace: '50GB', defaultReservedSpace: '20GB', enabled: true },
    ],
    [
      '27.5',
      { keepStorage: '20GB', maxUsedSpace: '50GB' },
      { defaultKeepStorage: '20GB', enabled: true },
    ],
  ])('builder GC keys, Engine %s %j', (engine, sizes, expected) => {
    const file = artifact({ engine, builderGc: { enabled: true, ...sizes } }, 'daemon.json');
    expect(JSON.parse(file?.content ?? '').builder.gc).toEqual(expected);
  });

  it.each([
    ['28.5', 'overlay2'],
    ['29.0', 'containerd'],
  ])('Engine %s is taken to use %s', (engine, store) => {
    const publicMirror = ['https://m.mirror.cn'];
    expect(codes({ engine, mirrors: publicMirror }).includes('mirror-gets-login')).toBe(
      store === 'overlay2',
    );
    expect(codes({ engine, mirrors: publicMirror }).includes('mirror-black-hole')).toBe(
      store === 'containerd',
    );
  });

  it.each([
    ['28.5', 'containerd', true],
    ['29.7', 'containerd', false],
    ['28.5', 'overlay2', false],
  ] as const)('download limits, Engine %s on %s are ignored: %s', (engine, imageStore, ignored) => {
    expect(codes({ engine, imageStore, maxConcurrentDownloads: 1 }).includes('limit-ignored')).toBe(
      ignored,
    );
  });

  it('falls back to the newest engine when it can’t read the version', () => {
    const { problems } = generate({ engine: 'latest', mirrors });
    expect(problems.find(({ field }) => field === 'engine')?.severity).toBe('error');
  });
});

describe('traps', () => {
  it.each<[string, Partial<Settings>]>([
    [
      'mirror-insecure',
      { mirrors: ['https://reg.corp.example:5000'], insecureRegistries: ['reg.corp.example:5000'] },
    ],
    ['mirror-insecure', { mirrors: ['https://10.1.2.3'], insecureRegistries: ['10.0.0.0/8'] }],
    ['mirror-gets-login', { mirrors: ['https://m.mirror.cn'], imageStore: 'overlay2' }],
    ['mirror-black-hole', { mirrors }],
    ['mirror-many', { mirrors: [1, 2, 3, 4].map((n) => `https://m${n}.mirror.cn`) }],
    ['mirror-http', { mirrors: ['http://m.mirror.cn'] }],
    ['not-a-mirror', { mirrors: ['https://mirrors.tuna.tsinghua.edu.cn'] }],
    ['mirror-form', { mirrors: ['https://m.daocloud.io'] }],
    ['proxy-https-missing', { proxy: { http: 'http://p.example:1' } }],
    ['proxy-all-daemon', { proxy: { all: 'http://p.example:1' } }],
    ['proxy-any-address', { proxy: { http: 'http://0.0.0.0:7890' } }],
    ['proxy-host-name', { proxy: { http: 'http://host.docker.internal:7890' } }],
    ['proxy-loopback-rootless', { target: 'rootless', proxy: loopback }],
    ['proxy-loopback-wsl', { target: 'wsl2', proxy: loopback }],
    ['proxy-loopback-turned', { proxy: loopback, proxyScope: ['daemon', 'run'] }],
    ['proxy-socks-clients', { proxy: { http: 'socks5://p.example:1' }, proxyScope: ['build'] }],
    ['proxy-socks-desktop', { target: 'desktop-mac', proxy: { http: 'socks5://p.example:1' } }],
    ['proxies-desktop', { target: 'desktop-mac', proxy, proxyFile: 'daemon.json' }],
    ['proxies-version', { target: 'snap', engine: '20.10', proxy }],
    ['proxy-password-visible', { proxy: { http: 'http://u:p@p.example:1' } }],
    ['wsl-systemd', { target: 'wsl2', proxy }],
    [
      'noproxy-localhost',
      { proxy: { http: 'http://p.example:1', noProxy: ['.corp.example'] }, proxyScope: ['cli'] },
    ],
    [
      'noproxy-star',
      { proxy: { http: 'http://p.example:1', noProxy: ['*.corp.example'] }, proxyScope: ['build'] },
    ],
    [
      'noproxy-port',
      { proxy: { http: 'http://p.example:1', noProxy: ['reg.example:5000'] }, proxyScope: ['run'] },
    ],
    ['insecure-risk', { insecureRegistries: ['reg.example:5000'] }],
    ['insecure-everything', { insecureRegistries: ['0.0.0.0/0'] }],
    ['insecure-loopback', { insecureRegistries: ['reg.example:5000'], engine: '29.10' }],
    ['insecure-docker-io', { insecureRegistries: ['docker.io'] }],
    ['insecure-cidr-target', { target: 'podman', insecureRegistries: ['10.0.0.0/8'] }],
    [
      'registry-mirrors-classic',
      { imageStore: 'overlay2', registryMirrors: [{ registry: 'ghcr.io', mirrors }] },
    ],
    [
      'registry-mirrors-desktop',
      { target: 'desktop-mac', registryMirrors: [{ registry: 'ghcr.io', mirrors }] },
    ],
    ['registry-is-hub', { registryMirrors: [{ registry: 'docker.io', mirrors }] }],
    ['dial-28', { engine: '28.0', imageStore: 'containerd', mirrors, dialTimeout: '3s' }],
    ['dial-not-read', { engine: '27.0', mirrors, dialTimeout: '3s' }],
    [
      'dial-containerd-1',
      { target: 'containerd', containerdVersion: '1', mirrors, dialTimeout: '3s' },
    ],
    ['gc-version', { engine: '27.0', builderGc: { enabled: true, maxUsedSpace: '50GB' } }],
    ['attempts-ignored', { maxDownloadAttempts: 9 }],
    ['mirror-path-meaning', { target: 'buildx', mirrors: ['https://m.example.com/hub'] }],
    ['mirror-ipv6', { target: 'podman', mirrors: ['https://[fd00::1]:5000'] }],
    ['mirror-ipv6', { target: 'buildx', mirrors: ['http://[fd00::1]:5000'] }],
    ['not-on-target', { target: 'k3s', dns: ['223.5.5.5'], mirrors }],
    ['insecure-plain-http', { target: 'rke2', insecureRegistries: ['reg.example:5000'] }],
    ['ca-token', { engine: '29.0', ca: [{ host: 'reg.example:5000', pem: PEM }] }],
    ['ca-port-443', { ca: [{ host: 'reg.example:443', pem: PEM }] }],
    ['ca-missing', { ca: [{ host: 'reg.example:5000', pem: '' }] }],
  ])('%s', (code, settings) => {
    expect(codes(settings)).toContain(code);
  });

  it('leaves a careful form alone', () => {
    const careful: Partial<Settings> = {
      mirrors: ['https://docker.1ms.run'],
      imageStore: 'containerd',
      dialTimeout: '3s',
    };
    expect(codes(careful)).toEqual([]);
    expect(
      codes({
        proxy: { ...proxy, noProxy: ['localhost', '127.0.0.1', '.corp.example'] },
        proxyScope: ['daemon', 'cli', 'build', 'run'],
      }),
    ).toEqual([]);
  });
});

describe('a proxy on the host’s own loopback', () => {
  const at = (target: Settings['target'], extra: Partial<Settings> = {}) => ({
    target,
    proxy: loopback,
    proxyScope: ['daemon', 'cli', 'build', 'run'] as const satisfies Settings['proxyScope'],
    ...extra,
  });
  const content = (settings: Partial<Settings>, id: string) =>
    artifact(settings, id)?.content ?? '';

  it('is turned for containers on Linux', () => {
    const settings = { ...at('linux'), proxyScope: [...at('linux').proxyScope] };
    expect(content(settings, 'systemd-drop-in')).toContain('http://127.0.0.1:10808');
    expect(content(settings, 'cli-config.json')).toContain('http://172.17.0.1:10808');
    expect(content(settings, 'docker-run')).toContain(
      '--add-host=host.docker.internal:host-gateway',
    );
    expect(content(settings, 'docker-run')).toContain(
      'HTTP_PROXY=http://host.docker.internal:10808',
    );
    expect(content(settings, 'docker-build')).toContain('--network=host');
  });

  it('is the host’s own in Desktop’s settings, and a name in containers', () => {
    const settings = { ...at('desktop-windows'), proxyScope: [...at('linux').proxyScope] };
    const values = artifact(settings, 'desktop')?.values ?? [];
    expect(values.find(({ label }) => label === 'Web Server (HTTP)')?.value).toBe(
      'http://127.0.0.1:10808',
    );
    expect(content(settings, 'cli-config.json')).toContain('http://host.docker.internal:10808');
    expect(content(settings, 'docker-run')).not.toContain('--add-host');
  });

  it.each(['rootless', 'wsl2'] as const)('is written nowhere on %s', (target) => {
    const settings = { ...at(target), proxyScope: [...at(target).proxyScope] };
    expect(ids(settings)).toEqual([]);
    expect(generate(settings).problems.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('reaches Windows from WSL2 in mirrored mode', () => {
    const settings = at('wsl2', { wsl: { networkingMode: 'mirrored' } });
    expect(ids({ ...settings, proxyScope: ['daemon', 'build'] })).toEqual([
      'systemd-drop-in',
      'docker-build',
      'wslconfig',
      'install.sh',
      'install.ps1',
    ]);
  });

  it('needs the host’s network for a builder', () => {
    expect(content({ target: 'buildx', proxy: loopback }, 'buildx-create')).toContain(
      '--driver-opt network=host',
    );
  });
});

describe('Desktop’s values', () => {
  it('keep a login out', () => {
    const settings: Partial<Settings> = {
      target: 'desktop-mac',
      proxy: { http: 'http://u:geheim@p.example:8080', https: 'http://u:geheim@p.example:8080' },
    };
    for (const { id, content } of generate(settings).artifacts)
      expect(content, id).not.toContain('geheim');
  });

  it('read as on the screen', () => {
    const desktop = artifact({ target: 'desktop-windows', proxy }, 'desktop');
    expect(desktop?.values?.map(({ label, value }) => [label, value])).toEqual([
      ['Docker Desktop proxy', 'Manual configuration'],
      ['Web Server (HTTP)', 'http://10.0.0.1:3128'],
      ['Secure Web Server (HTTPS)', 'http://10.0.0.1:3128'],
      ['Bypass proxy settings for these hosts & domains', 'localhost,127.0.0.1'],
      ['Containers proxy', 'Same as host proxy'],
    ]);
  });
});

describe('what the cards say', () => {
  const texts = (settings: Partial<Settings>): string =>
    generate(settings)
      .artifacts.filter(({ id }) => !id.startsWith('install'))
      .map(({ why, apply }) => `${why} ${apply?.note ?? ''}`)
      .join('\n');

  it.each([
    ['podman', /Podman 也在内.*不用重启/s, /dockerd|守护进程/],
    ['containerd', /containerd 也在内.*containerd 只在启动时读/s, /dockerd/],
    ['k3s', /k3s 也在内/, /dockerd/],
    ['linux', /dockerd 也在内.*dockerd 只在启动时读/s, /containerd/],
  ] as const)('of a company’s CA names what pulls on %s', (target, own, other) => {
    const words = texts({ target, ca: [{ host: '', pem: PEM }] });
    expect(words).toMatch(own);
    expect(words).not.toMatch(other);
  });

  it.each([
    ['k3s', 'registries.yaml 里引用'],
    ['buildx', 'buildkitd.toml 里引用'],
    ['linux', '文件夹名要和镜像名'],
  ] as const)('of a registry’s CA says how it is found on %s', (target, words) => {
    expect(texts({ target, ca: [{ host: 'reg.example:5000', pem: PEM }] })).toContain(words);
  });

  it('of Desktop’s own files says to quit it, not to click what would write them over', () => {
    const { artifacts } = generate({ target: 'desktop-mac', proxy });
    for (const id of ['desktop-settings-store', 'desktop-admin-settings']) {
      const note = artifacts.find((one) => one.id === id)?.apply?.note;
      expect(note, id).toMatch(/退出 Docker Desktop/);
      expect(note, id).not.toContain('Apply');
    }
  });

  it.each([
    ['linux', true],
    ['podman', true],
    ['k3s', false],
    ['containerd', false],
  ] as const)('of an insecure registry: %s falls back to HTTP, %s', (target, falls) => {
    const { problems } = generate({ target, insecureRegistries: ['reg.example:5000'] });
    const risk = problems.find(({ code }) => code === 'insecure-risk')?.message ?? '';
    expect(risk.includes('明文 HTTP')).toBe(falls);
  });
});

describe('a mirror’s own CA', () => {
  const settings: Partial<Settings> = {
    mirrors: ['https://mirror.corp.example:5000'],
    ca: [{ host: 'mirror.corp.example:5000', pem: PEM }],
  };

  it('lies where the classic store, and where builds and containerd look for it', () => {
    expect(ids(settings)).toEqual([
      'daemon.json',
      'certs.d:mirror.corp.example:5000',
      'certs.d:docker.io',
      'install.sh',
    ]);
  });

  it('is named in hosts.toml when that is written', () => {
    const hosts = artifact({ ...settings, dialTimeout: '3s' }, 'hosts.toml:docker.io');
    expect(hosts?.content).toContain('ca = "/etc/docker/certs.d/mirror.corp.example:5000/ca.crt"');
    expect(ids({ ...settings, dialTimeout: '3s' })).not.toContain('certs.d:docker.io');
  });

  it('is named by a relative path in a home directory', () => {
    const hosts = artifact(
      { ...settings, target: 'rootless', dialTimeout: '3s' },
      'hosts.toml:docker.io',
    );
    expect(hosts?.content).toContain('ca = "../mirror.corp.example:5000/ca.crt"');
  });
});

describe('reasons', () => {
  it('name the setting of every line that came from one', () => {
    const file = artifact({ mirrors, maxConcurrentDownloads: 1 }, 'daemon.json');
    const lines = file?.content.split('\n') ?? [];
    expect(file?.lines?.map(({ line, setting }) => [lines[line - 1]?.trim(), setting])).toEqual([
      ['"max-concurrent-downloads": 1,', 'maxConcurrentDownloads'],
      ['"registry-mirrors": [', 'mirrors'],
      ['"https://m.example.com",', 'mirrors.0'],
      ['"https://n.example.com"', 'mirrors.1'],
    ]);
  });
});

describe('existing files', () => {
  const existing = `{
    "runtimes": {
        "nvidia": { "path": "nvidia-container-runtime", "runtimeArgs": [] }
    },
    "data-root": "/data/docker",
    "log-driver": "json-file",
    "log-opts": { "max-size": "10m", "max-file": "3" },
    "registry-mirrors": ["https://docker.mirrors.ustc.edu.cn"],
    "insecure-registries": ["old.example:5000"]
}
`;

  it('keep every other key, its order and indentation', () => {
    const file = artifact(
      { mirrors, insecureRegistries: ['new.example:5000'], existing: { daemonJson: existing } },
      'daemon.json',
    );
    const merged = JSON.parse(file?.content ?? '');
    expect(merged).toEqual({
      ...JSON.parse(existing),
      'registry-mirrors': mirrors,
      'insecure-registries': ['old.example:5000', 'new.example:5000'],
    });
    expect(Object.keys(merged)).toEqual(Object.keys(JSON.parse(existing)));
    expect(file?.content).toContain('\n    "data-root": "/data/docker",\n');
  });

  it('say which mirrors were replaced', () => {
    const { problems } = generate({ mirrors, existing: { daemonJson: existing } });
    expect(problems.find(({ code }) => code === 'mirrors-replaced')?.message).toContain(
      'docker.mirrors.ustc.edu.cn',
    );
  });

  it.each([
    ['https://docker.mirrors.ustc.edu.cn', 'note'],
    ['https://harbor.corp.example', 'warning'],
  ])('take the place of %s with a %s', (old, severity) => {
    const daemonJson = JSON.stringify({ 'registry-mirrors': [old] });
    const { problems } = generate({ mirrors, existing: { daemonJson } });
    expect(problems.find(({ code }) => code === 'mirrors-replaced')?.severity).toBe(severity);
  });

  it('count the mirror and the registry that should have been in a list', () => {
    const daemonJson =
      '{"registry-mirrors":"https://harbor.corp.example","insecure-registries":"a:1"}';
    const settings = { mirrors, insecureRegistries: ['b:1'], existing: { daemonJson } };
    const { problems } = generate(settings);
    expect(problems.find(({ code }) => code === 'mirrors-replaced')?.message).toContain('harbor');
    const merged = JSON.parse(artifact(settings, 'daemon.json')?.content ?? '');
    expect(merged['insecure-registries']).toEqual(['a:1', 'b:1']);
  });

  it.each([
    [{ dropIn: '[Service]\nEnvironment="HTTP_PROXY=http://u:p%40@p:1"\n' }, 'unit-percent', true],
    [{ dropIn: '[Service]\nEnviroment="HTTP_PROXY=http://p:1"\n' }, 'unit-key', false],
    [{ configJson: '{ // mine\n "auths": {} }' }, 'json-comment', true],
    [{ configJson: '\ufeff{}' }, 'cli-bom', true],
    [{ configJson: '{"proxies":{"httpProxy":"http://p:1"}}' }, 'cli-proxies-level', true],
    [{ configJson: '{"proxies":{"default":{"x":"y"}}}' }, 'cli-proxies-name', false],
  ])('%j: the result cures %s: %s', (files, code, cured) => {
    const { problems } = generate({ proxy, proxyScope: ['daemon', 'cli'], existing: files });
    const problem = problems.find((one) => one.code === code);
    expect(problem?.message.includes('结果里已经改好')).toBe(cured);
    expect(problem?.severity === 'note').toBe(cured);
  });

  it('are not called mended when nothing of them could be kept', () => {
    const { problems } = generate({ mirrors, existing: { daemonJson: '["https://a.example"]' } });
    const texts = problems.map(({ message }) => message).join('\n');
    expect(texts).toContain('下面只有这次生成的内容');
    expect(texts).not.toContain('已经改好');
  });

  it('get an empty list when all mirrors go, so that a reload forgets them', () => {
    const file = artifact({ mirrors: [], existing: { daemonJson: existing } }, 'daemon.json');
    expect(JSON.parse(file?.content ?? '')['registry-mirrors']).toEqual([]);
  });

  it('are told what dockerd would say to them', () => {
    const { problems } = generate({
      existing: { daemonJson: '{ "hosts": ["unix:///var/run/docker.sock"] }' },
    });
    const error = problems.find(
      ({ field, severity }) => field === 'existing.daemonJson' && severity === 'error',
    );
    expect(error?.message).toContain('不会被接受');
    expect(error?.message).toContain('hosts');
  });

  it('warn of proxies that would win over the drop-in', () => {
    const { problems } = generate({
      proxy,
      existing: { daemonJson: '{"proxies":{"http-proxy":"http://old.example:1"}}' },
    });
    expect(problems.map(({ code }) => code)).toContain('proxies-override');
  });
});
