/** Programs that pull an image. */
import type { Client } from '../scenario.ts';

const dockerfile = (image: string): Record<string, string> => ({
  '/tmp/context/Dockerfile': `FROM ${image}\nWORKDIR /app\n`,
});
const platform = (name: string | undefined): string => (name ? ` --platform ${name}` : '');

const docker = {
  program: '/usr/sbin/dockerd',
  version: 'docker --version',
  proxyInEnvironment: false,
} as const;

/** The full form of a short reference, which only Docker's own tools complete. */
const full = (image: string): string =>
  /^[^/]*[.:][^/]*\//.test(image) ? image : `docker.io/library/${image}`;

export const pullClients: readonly Client[] = [
  {
    ...docker,
    id: 'docker-pull',
    group: 'pull',
    layer: 'daemon',
    daemon: 'overlay2',
    command: (at) => `docker pull${platform(at.platform)} ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-pull-containerd-store',
    group: 'pull',
    suites: ['sid'],
    layer: 'daemon',
    daemon: 'containerd',
    command: (at) => `docker pull${platform(at.platform)} ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-build',
    group: 'pull',
    layer: 'build',
    daemon: 'overlay2',
    command: (at) =>
      `${at.suite === 'bookworm' ? 'DOCKER_BUILDKIT=1 ' : ''}docker build --no-cache --progress=plain${platform(at.platform)} /tmp/context`,
    files: (at) => dockerfile(at.image),
    clean: ['/tmp/context'],
  },
  {
    ...docker,
    id: 'docker-build-legacy',
    layer: 'daemon',
    daemon: 'overlay2',
    command: (at) =>
      `DOCKER_BUILDKIT=0 docker build --no-cache${platform(at.platform)} /tmp/context`,
    files: (at) => dockerfile(at.image),
    clean: ['/tmp/context'],
  },
  {
    ...docker,
    id: 'docker-run',
    layer: 'daemon',
    daemon: 'overlay2',
    command: (at) => `docker run --rm${platform(at.platform)} ${at.image}`,
  },
  {
    ...docker,
    id: 'docker-login',
    layer: 'daemon',
    daemon: 'overlay2',
    command: (at) =>
      `echo wrong-password | docker login -u alice --password-stdin${at.source === 'hub' ? '' : ` ${at.registry}`}`,
    clean: ['/root/.docker'],
  },
  {
    ...docker,
    id: 'docker-push',
    layer: 'daemon',
    daemon: 'overlay2',
    tools: true,
    command: (at) =>
      `docker tag lab/tools ${at.image} && docker push ${at.image}; docker rmi ${at.image} >/dev/null`,
  },
  {
    ...docker,
    id: 'docker-search',
    layer: 'daemon',
    daemon: 'overlay2',
    command: () => 'docker search nginx',
  },
  {
    ...docker,
    id: 'docker-compose',
    suites: ['sid'],
    layer: 'daemon',
    daemon: 'overlay2',
    command: () => 'docker compose -f /tmp/compose.yaml pull',
    files: (at) => ({ '/tmp/compose.yaml': `services:\n  app:\n    image: ${at.image}\n` }),
  },
  {
    ...docker,
    id: 'docker-manifest',
    layer: 'client',
    daemon: 'overlay2',
    command: (at) => `docker manifest inspect ${at.image}`,
    proxyInEnvironment: true,
  },
  {
    ...docker,
    id: 'buildx-imagetools',
    suites: ['sid'],
    layer: 'client',
    daemon: 'overlay2',
    command: (at) => `docker buildx imagetools inspect ${at.image}`,
    proxyInEnvironment: true,
  },
  {
    id: 'podman',
    group: 'pull',
    program: '/usr/bin/podman',
    version: 'podman --version',
    layer: 'client',
    command: (at) => `podman pull${platform(at.platform)} ${full(at.image)}`,
  },
  {
    id: 'buildah',
    program: '/usr/bin/buildah',
    version: 'buildah --version',
    layer: 'client',
    command: (at) => `buildah from${platform(at.platform)} ${full(at.image)}`,
  },
  {
    id: 'skopeo',
    group: 'pull',
    program: '/usr/bin/skopeo',
    version: 'skopeo --version',
    layer: 'client',
    command: (at) =>
      `skopeo${at.platform ? ` --override-os linux --override-arch ${at.platform.split('/')[1]}` : ''} copy docker://${full(at.image)} dir:/tmp/skopeo`,
    clean: ['/tmp/skopeo'],
  },
  {
    id: 'ctr',
    group: 'pull',
    program: '/usr/bin/ctr',
    version: 'ctr --version',
    layer: 'client',
    daemon: 'containerd',
    command: (at) =>
      `ctr --address /run/docker/containerd/containerd.sock images pull${at.suite === 'sid' ? ' --local' : ''}${platform(at.platform)} ${full(at.image)}`,
    proxyInEnvironment: true,
  },
];
