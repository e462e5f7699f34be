/** Connections that don't come about, or break. */
import { address } from '../addresses.ts';
import { setSynRetries } from '../isolate.ts';
import type { Scenario } from '../scenario.ts';
import { closeAtOnce, stall } from '../servers/behaviour.ts';
import { cut, layerOf, respond } from '../servers/registry.ts';
import { serveApp, serveBoth, serveRegistry } from './arrange.ts';

const everyone = ['web', 'pull', 'inside'];
const few = ['curl', 'wget', 'go', 'pip', 'apt', 'docker-pull', 'docker-build', 'skopeo'];
const timeout = { category: 'timeout', host: 'target' } as const;

export const connectionScenarios: readonly Scenario[] = [
  {
    id: 'refused',
    about: 'Nothing listens on the port.',
    clients: [
      ...everyone,
      'cargo',
      'maven',
      'dnf',
      'docker-run',
      'docker-compose',
      'docker-build-legacy',
      'docker-search',
      'docker-manifest',
      'buildx-imagetools',
      'buildah',
    ],
    except: ['openssl'],
    arrange: (lab) => lab.resolveTo(address.refusing),
    expect: { category: 'refused', host: 'target' },
  },
  {
    id: 'unreachable',
    about: 'No route to the host.',
    clients: few,
    except: ['openssl'],
    arrange: (lab) => lab.resolveTo(address.unreachable),
    expect: { category: 'refused', host: 'target' },
  },
  {
    id: 'no-network',
    about: 'No route at all, as on a machine without network.',
    clients: few,
    except: ['openssl'],
    arrange: (lab) => lab.resolveTo(address.noRoute),
    expect: { category: 'refused', host: 'target' },
  },
  {
    id: 'ipv6-only',
    about: 'The name has only an IPv6 address, and the machine has no IPv6.',
    clients: [
      'curl',
      'wget',
      'git',
      'pip',
      'npm',
      'go',
      'apt',
      'docker-pull',
      'docker-build',
      'skopeo',
      'podman',
    ],
    arrange: (lab) => lab.resolveSome(() => ({ v6: ['2600:1f18:2148:bc00::10'] })),
    expect: { category: 'refused', accept: ['dns'], host: 'target' },
  },
  {
    id: 'connect-timeout',
    about: "Packets to the server vanish; the client's own time limit ends it.",
    clients: everyone,
    // These wait for the kernel: see the next scenario.
    except: [
      'openssl',
      'git',
      'busybox-wget',
      'build-step-git',
      'container-git',
      'legacy-build-step-git',
    ],
    hurry: true,
    seconds: 100,
    arrange: (lab) => {
      setSynRetries(6);
      lab.resolveTo(address.dropped);
    },
    expect: timeout,
  },
  {
    id: 'connect-timed-out',
    about: 'Packets to the server vanish; the kernel gives up.',
    clients: [
      'curl',
      'wget',
      'busybox-wget',
      'git',
      'go',
      'node-fetch',
      'pip',
      'requests',
      'docker-pull',
      'docker-build',
      'docker-pull-containerd-store',
      'skopeo',
      'podman',
      'build-step-git',
      'container-curl',
    ],
    seconds: 100,
    arrange: (lab) => {
      setSynRetries(1);
      lab.resolveTo(address.dropped);
    },
    // git passes on curl's "Could not connect to server" without its number 28.
    expect: ({ id }) => ({ ...timeout, accept: id.endsWith('git') ? ['refused'] : [] }),
  },
  {
    id: 'poisoned',
    about: "DNS answers with an address that is never Docker's; packets to it vanish.",
    clients: [
      'docker-pull',
      'docker-pull-containerd-store',
      'docker-build',
      'skopeo',
      'podman',
      'curl',
      'docker-build-legacy',
      'docker-run',
    ],
    hurry: true,
    seconds: 100,
    arrange: (lab) => {
      setSynRetries(1);
      lab.resolveTo(address.poisoned);
    },
    expect: { category: 'timeout', accept: ['dns'], host: 'target' },
  },
  {
    id: 'closed-at-once',
    about: 'The server accepts and closes.',
    clients: [
      ...everyone,
      'docker-run',
      'docker-compose',
      'docker-build-legacy',
      'buildx-imagetools',
    ],
    except: ['openssl'],
    arrange: (lab) => serveBoth(lab, closeAtOnce),
    // apt says "Connection failed" and no more.
    expect: ({ id }) => ({
      category: 'interrupted',
      accept: id.endsWith('apt') ? ['tls-handshake', 'timeout', 'refused'] : ['tls-handshake'],
      host: 'target',
    }),
  },
  {
    id: 'handshake-stalls',
    about: 'The server accepts and never says a word.',
    clients: everyone,
    except: [
      'openssl',
      'git',
      'build-step-git',
      'container-git',
      'legacy-build-step-git',
      'cargo',
      'maven',
    ],
    hurry: true,
    seconds: 100,
    arrange: (lab) => serveBoth(lab, stall),
    expect: timeout,
  },
  {
    id: 'no-answer',
    about: 'TLS comes about, then the server never answers the request.',
    clients: [
      'curl',
      'wget',
      'pip',
      'requests',
      'node-fetch',
      'npm',
      'apt',
      'docker-pull',
      'container-requests',
      'build-step-pip',
    ],
    hurry: true,
    seconds: 100,
    arrange: (lab) => serveApp(lab, () => {}),
    expect: timeout,
  },
  {
    id: 'closed-after-request',
    about: 'The server reads the request and closes.',
    clients: ['web', 'pull'],
    except: ['openssl', 'maven'],
    arrange: (lab) => serveApp(lab, (request) => request.socket.end()),
    expect: { category: 'interrupted', host: 'target' },
  },
  {
    id: 'cut-in-body',
    about: 'The download ends before its announced length.',
    clients: ['curl', 'wget', 'busybox-wget', 'requests', 'build-step-curl', 'container-wget'],
    arrange: (lab) => serveApp(lab, cut(layerOf('cut'), 100_000, 'end')),
    expect: { category: 'interrupted', host: 'target' },
  },
  {
    id: 'reset-in-body',
    about: 'The connection is reset in the middle of the download.',
    clients: ['curl', 'wget', 'requests', 'node-fetch', 'build-step-wget', 'container-requests'],
    arrange: (lab) => serveApp(lab, cut(layerOf('reset'), 100_000, 'reset')),
    expect: { category: 'interrupted', host: 'target' },
  },
  {
    id: 'stalled-in-body',
    about: 'The download stops, and the connection stays open.',
    clients: ['curl', 'wget', 'requests'],
    hurry: true,
    arrange: (lab) => serveApp(lab, cut(layerOf('stall'), 100_000, 'stall')),
    expect: { category: 'timeout', accept: ['interrupted'], host: 'target' },
  },
  {
    id: 'layer-cut',
    about: 'Layers end before their announced length.',
    clients: ['pull', 'docker-run', 'docker-compose'],
    seconds: 100,
    arrange: (lab) =>
      serveRegistry(lab, {
        seed: 'layer-cut',
        fault: ({ layer }) => (layer ? cut(layerOf('layer-cut'), 100_000, 'end') : undefined),
      }),
    expect: { category: 'interrupted', host: 'target' },
  },
  {
    id: 'layer-reset',
    about: 'The connection is reset while a layer is read.',
    clients: ['pull'],
    seconds: 100,
    arrange: (lab) =>
      serveRegistry(lab, {
        seed: 'layer-reset',
        fault: ({ layer }) => (layer ? cut(layerOf('layer-reset'), 100_000, 'reset') : undefined),
      }),
    expect: { category: 'interrupted', host: 'target' },
  },
  {
    id: 'blob-host-times-out',
    about: 'The registry answers; the host that holds the layers is out of reach.',
    clients: [
      'docker-pull',
      'docker-pull-containerd-store',
      'docker-build',
      'skopeo',
      'podman',
      'ctr',
    ],
    seconds: 100,
    arrange: async (lab) => {
      setSynRetries(1);
      lab.resolveSome((name) =>
        name.startsWith('production') ? { v4: [address.dropped] } : 'usual',
      );
      await serveRegistry(lab, {
        seed: 'blob-host',
        fault: ({ layer, name, reference }) =>
          layer
            ? respond(307, '', {
                Location: `https://production.cloudflare.docker.com/registry-v2/docker/${name}/${reference}`,
              })
            : undefined,
      });
    },
    expect: { category: 'timeout', host: 'production.cloudflare.docker.com' },
  },
  {
    id: 'token-host-times-out',
    about: 'Docker Hub answers; its token host is out of reach.',
    clients: ['docker-pull', 'docker-pull-containerd-store', 'docker-build', 'skopeo', 'podman'],
    seconds: 100,
    arrange: async (lab) => {
      setSynRetries(1);
      lab.resolveSome((name) => (name === 'auth.docker.io' ? { v4: [address.dropped] } : 'usual'));
      await serveRegistry(lab, { seed: 'token-host' });
    },
    expect: { category: 'timeout', host: 'auth.docker.io' },
  },
];
