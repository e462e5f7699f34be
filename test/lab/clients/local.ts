/** Faults that no server causes: no daemon, a daemon.json that dockerd refuses, no space. */
import { address } from '../addresses.ts';
import type { Client } from '../scenario.ts';

const docker = {
  program: '/usr/sbin/dockerd',
  version: 'docker --version',
  proxyInEnvironment: false,
} as const;

const dockerd = (id: string, daemonJson: string, flags = ''): Client => ({
  ...docker,
  id: `dockerd-${id}`,
  layer: 'daemon',
  version: 'dockerd --version',
  daemon: 'stopped',
  command: () => `dockerd --config-file /tmp/daemon.json --data-root /tmp/refused${flags}`,
  files: () => ({ '/tmp/daemon.json': daemonJson }),
});

/** No such socket or port. */
export const withoutDaemon: readonly Client[] = [
  {
    ...docker,
    id: 'docker-without-daemon',
    layer: 'client',
    command: (at) => `DOCKER_HOST=unix:///run/absent.sock docker pull ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-run-without-daemon',
    layer: 'client',
    command: (at) => `DOCKER_HOST=unix:///run/absent.sock docker run --rm ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-build-without-daemon',
    layer: 'client',
    command: () => 'DOCKER_HOST=unix:///run/absent.sock docker build /tmp/context',
    files: () => ({ '/tmp/context/Dockerfile': 'FROM alpine\n' }),
    clean: ['/tmp/context'],
  },
  {
    ...docker,
    id: 'docker-over-tcp-without-daemon',
    layer: 'client',
    command: () => `DOCKER_HOST=tcp://${address.refusing}:2375 docker version`,
  },
  {
    ...docker,
    id: 'docker-compose-without-daemon',
    suites: ['sid'],
    layer: 'client',
    command: () => 'DOCKER_HOST=unix:///run/absent.sock docker compose -f /tmp/compose.yaml up',
    files: () => ({ '/tmp/compose.yaml': 'services:\n  app:\n    image: alpine\n' }),
  },
  {
    ...docker,
    id: 'docker-info-without-daemon',
    layer: 'client',
    command: () => 'DOCKER_HOST=unix:///run/absent.sock docker info',
  },
  {
    id: 'podman-remote-without-service',
    program: '/usr/bin/podman',
    version: 'podman --version',
    command: () => 'podman --remote --url unix:///run/absent.sock images',
  },
];

export const badConfiguration: readonly Client[] = [
  dockerd('trailing-comma', '{\n  "registry-mirrors": ["https://docker.m.daocloud.io"],\n}\n'),
  dockerd('unknown-key', '{ "registry_mirrors": ["https://docker.m.daocloud.io"] }\n'),
  dockerd('mirror-without-scheme', '{ "registry-mirrors": ["docker.m.daocloud.io"] }\n'),
  dockerd('mirror-with-query', '{ "registry-mirrors": ["https://docker.m.daocloud.io/?x=1"] }\n'),
  dockerd('mirrors-as-text', '{ "registry-mirrors": "https://docker.m.daocloud.io" }\n'),
  dockerd('curly-quotes', '{ “registry-mirrors”: ["https://docker.m.daocloud.io"] }\n'),
  dockerd('hosts-twice', '{ "hosts": ["unix:///run/other.sock"] }\n', ' -H unix:///run/other.sock'),
  dockerd(
    'mirrors-twice',
    '{ "registry-mirrors": ["https://docker.m.daocloud.io"] }\n',
    ' --registry-mirror https://docker.1ms.run',
  ),
  dockerd(
    'insecure-with-scheme',
    '{ "insecure-registries": ["http://registry.corp.example:5000"] }\n',
  ),
  dockerd('bad-dns', '{ "dns": ["dns.corp.example"] }\n'),
];

export const notCovered: readonly Client[] = [
  {
    ...docker,
    id: 'docker-without-permission',
    daemon: 'overlay2',
    command: (at) =>
      `HOME=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups docker pull ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-port-in-use',
    daemon: 'overlay2',
    tools: true,
    command: () => 'docker run --rm -p 53:53/udp -p 192.168.1.1:53:53/udp lab/tools true',
  },
  {
    ...docker,
    id: 'docker-no-such-program',
    daemon: 'overlay2',
    tools: true,
    command: () => 'docker run --rm lab/tools no-such-program',
  },
  {
    ...docker,
    id: 'docker-build-command-fails',
    daemon: 'overlay2',
    tools: true,
    command: (at) =>
      `${at.suite === 'bookworm' ? 'DOCKER_BUILDKIT=1 ' : ''}docker build --no-cache --progress=plain /tmp/fails`,
    files: () => ({
      '/tmp/fails/Dockerfile': 'FROM lab/tools\nRUN python3 -c "import no_such_module"\n',
    }),
  },
];

const small = (command: string): string =>
  `mkdir -p /tmp/small && mount -t tmpfs -o size=100k tmpfs /tmp/small; ${command}; code=$?; umount /tmp/small; exit $code`;

export const withoutSpace: readonly Client[] = [
  {
    id: 'skopeo-without-space',
    program: '/usr/bin/skopeo',
    version: 'skopeo --version',
    layer: 'client',
    command: (at) =>
      small(`skopeo copy docker://docker.io/library/${at.image} dir:/tmp/small/image`),
  },
  {
    id: 'curl-without-space',
    program: '/usr/bin/curl',
    version: 'curl --version',
    command: () => small('curl -fsSL https://download.docker.com/big -o /tmp/small/big'),
  },
  {
    id: 'wget-without-space',
    program: '/usr/bin/wget',
    version: 'wget --version',
    command: () => small('wget -q -O /tmp/small/big https://download.docker.com/big'),
  },
  {
    ...docker,
    id: 'docker-pull-without-space',
    layer: 'daemon',
    daemon: 'small',
    command: (at) => `docker pull ${at.image}`,
  },
  {
    ...docker,
    id: 'build-step-without-space',
    layer: 'build',
    daemon: 'overlay2',
    tools: true,
    command: (at) =>
      `${at.suite === 'bookworm' ? 'DOCKER_BUILDKIT=1 ' : ''}docker build --no-cache --progress=plain /tmp/step`,
    files: () => ({
      '/tmp/step/Dockerfile':
        'FROM lab/tools\nRUN --mount=type=tmpfs,target=/small,size=65536 cp /usr/bin/git /small/git\n',
    }),
  },
];
