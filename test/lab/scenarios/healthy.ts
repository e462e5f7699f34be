/** Nothing is wrong: no finding, or one that says so. */
import type { Scenario } from '../scenario.ts';
import { aptRepository } from '../servers/packages.ts';
import { respond } from '../servers/registry.ts';
import { serveApp, serveRegistry } from './arrange.ts';

const none = { category: 'none' } as const;

export const healthyScenarios: readonly Scenario[] = [
  {
    id: 'healthy-registry',
    about: 'The pull succeeds.',
    clients: [
      'pull',
      'docker-compose',
      'docker-build-legacy',
      'docker-manifest',
      'buildx-imagetools',
      'buildah',
    ],
    arrange: (lab) => serveRegistry(lab, { seed: 'healthy' }),
    expect: none,
  },
  {
    id: 'healthy-after-retry',
    about: 'The first answer is cut off, the next one is whole: the pull succeeds.',
    clients: ['docker-pull', 'docker-build', 'podman'],
    arrange: (lab) => {
      let asked = 0;
      return serveRegistry(lab, {
        seed: 'healthy-after-retry',
        fault: ({ layer }) =>
          layer && ++asked === 1 ? (request) => request.socket.destroy() : undefined,
      });
    },
    expect: none,
  },
  {
    id: 'healthy-web',
    about: 'The download succeeds.',
    clients: [
      'curl',
      'wget',
      'busybox-wget',
      'openssl',
      'requests',
      'container-curl',
      'build-step-wget',
    ],
    arrange: (lab) => serveApp(lab, respond(200, '{"ok":true}\n')),
    expect: none,
  },
  {
    id: 'healthy-apt',
    about: 'apt reads its lists.',
    clients: ['apt', 'build-step-apt'],
    arrange: (lab) => serveApp(lab, aptRepository({})),
    expect: none,
  },
];
