/** Names that don't resolve. */
import { address } from '../addresses.ts';
import type { Scenario } from '../scenario.ts';
import type { DnsMood } from '../servers/dns.ts';
import { respond } from '../servers/registry.ts';
import { serveRegistry } from './arrange.ts';

const everyone = [
  'cargo',
  'maven',
  'dnf',
  'web',
  'pull',
  'inside',
  'docker-run',
  'docker-compose',
  'docker-build-legacy',
  'docker-search',
  'docker-manifest',
  'buildx-imagetools',
  'buildah',
];
const dns = { category: 'dns', host: 'target' } as const;

const mooded = (
  id: string,
  mood: DnsMood,
  about: string,
  clients: readonly string[],
): Scenario => ({
  id,
  about,
  clients,
  except: ['openssl'],
  seconds: 100,
  arrange: (lab) => {
    lab.dns = mood;
  },
  expect: dns,
});

export const dnsScenarios: readonly Scenario[] = [
  mooded('dns-nxdomain', 'nxdomain', "The DNS server says that the name doesn't exist.", everyone),
  mooded('dns-servfail', 'servfail', 'The DNS server answers SERVFAIL.', ['web', 'pull']),
  mooded('dns-refused', 'refused', 'The DNS server refuses the question.', [
    'curl',
    'pip',
    'go',
    'apt',
    'docker-pull',
    'docker-build',
    'skopeo',
  ]),
  mooded('dns-silent', 'silent', 'The DNS server never answers.', [
    'web',
    'pull',
    'docker-search',
    'build-step-apt',
    'container-curl',
    'build-step-pip',
  ]),
  {
    id: 'dns-port-closed',
    about: 'No DNS server at the address in resolv.conf.',
    clients: [
      'web',
      'pull',
      'docker-build-legacy',
      'build-step-curl',
      'container-pip',
      'build-step-npm',
    ],
    except: ['openssl'],
    nameserver: address.deadDns,
    seconds: 100,
    arrange: () => {},
    expect: dns,
  },
  {
    id: 'dns-token-host',
    about: "Only the token host's name doesn't resolve.",
    clients: ['pull', 'docker-compose', 'docker-build-legacy'],
    arrange: async (lab) => {
      lab.resolveSome((name) => (name === 'auth.docker.io' ? undefined : 'usual'));
      await serveRegistry(lab, { seed: 'dns-token-host' });
    },
    expect: { category: 'dns', host: 'auth.docker.io' },
  },
  {
    id: 'dns-blob-host',
    about: "Only the name of the host with the layers doesn't resolve.",
    clients: [
      'docker-pull',
      'docker-pull-containerd-store',
      'docker-build',
      'podman',
      'skopeo',
      'ctr',
    ],
    seconds: 100,
    arrange: async (lab) => {
      lab.resolveSome((name) => (name.startsWith('production') ? undefined : 'usual'));
      await serveRegistry(lab, {
        seed: 'dns-blob-host',
        fault: ({ layer, name, reference }) =>
          layer
            ? respond(307, '', {
                Location: `https://production.cloudflare.docker.com/registry-v2/docker/${name}/${reference}`,
              })
            : undefined,
      });
    },
    expect: { category: 'dns', host: 'production.cloudflare.docker.com' },
  },
];
