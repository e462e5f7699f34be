/** Registries and mirrors that answer, and not with what was asked for. */

import type { CategoryId } from '../../../src/core/diagnose/categories.ts';
import { address } from '../addresses.ts';
import { setSynRetries } from '../isolate.ts';
import type { Client, Expectation, Scenario } from '../scenario.ts';
import { closeOnData } from '../servers/behaviour.ts';
import {
  type Fault,
  layerOf,
  type RegistryRequest,
  registryError,
  respond,
  type Step,
} from '../servers/registry.ts';
import { serveRegistry } from './arrange.ts';

const pullers = ['pull', 'docker-run', 'docker-compose', 'docker-build-legacy', 'buildah'];
const direct = ['docker-manifest', 'buildx-imagetools'];

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

interface Failing extends Partial<Scenario> {
  readonly id: string;
  readonly about: string;
  readonly at: Step | ((request: RegistryRequest) => boolean);
  readonly answer: Fault;
  readonly expect: Scenario['expect'];
}

/** A registry that answers one kind of request with a fault. */
function failing({ at, answer, ...rest }: Failing): Scenario {
  return {
    clients: pullers,
    arrange: (lab) =>
      serveRegistry(lab, {
        seed: rest.id,
        fault: (request) =>
          (typeof at === 'function' ? at(request) : request.step === at) ? answer : undefined,
      }),
    ...rest,
  };
}

const LIMIT =
  'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';
const target = (category: CategoryId, accept?: readonly CategoryId[]): Expectation => ({
  category,
  accept,
  host: 'target',
});

const registryFaults: readonly Scenario[] = [
  failing({
    id: 'rate-limit',
    about: "Docker Hub's pull limit.",
    clients: [...pullers, ...direct],
    at: 'manifest',
    answer: registryError(429, 'TOOMANYREQUESTS', LIMIT),
    expect: target('rate-limit'),
  }),
  failing({
    id: 'rate-limit-plain',
    about: "Docker Hub's limit on requests: a bare 429.",
    clients: ['pull', 'docker-compose'],
    at: ({ step }) => step !== 'token',
    answer: respond(429, 'Too Many Requests (HAP429).\n', { 'Retry-After': '1' }),
    expect: target('rate-limit'),
  }),
  ...([500, 502, 503, 504] as const).map((status) => {
    const reason = {
      500: 'Internal Server Error',
      502: 'Bad Gateway',
      503: 'Service Temporarily Unavailable',
      504: 'Gateway Time-out',
    }[status];
    return failing({
      id: `registry-${status}`,
      about: `The registry answers ${status} to a manifest.`,
      clients: status === 503 ? [...pullers, ...direct] : ['pull'],
      source: status === 500 ? 'private' : 'hub',
      at: 'manifest',
      answer: respond(status, page(`${status} ${reason}`)),
      expect: target('registry-server'),
    });
  }),
  failing({
    id: 'registry-503-ping',
    about: 'The registry answers 503 to everything.',
    source: 'private',
    clients: [...pullers, 'docker-login', 'docker-push'],
    at: () => true,
    answer: respond(503, page('503 Service Temporarily Unavailable')),
    expect: target('registry-server'),
  }),
  failing({
    id: 'layer-503',
    about: 'The registry answers 503 to layers.',
    clients: ['pull'],
    seconds: 100,
    at: ({ layer }) => layer,
    answer: respond(503, page('503 Service Temporarily Unavailable')),
    expect: target('registry-server'),
  }),
  failing({
    id: 'token-503',
    about: 'The token service answers 503.',
    clients: ['pull'],
    at: 'token',
    answer: respond(503, 'upstream connect error or disconnect/reset before headers'),
    expect: { category: 'registry-server', host: 'auth.docker.io' },
  }),
  failing({
    id: 'block-page',
    about: 'A block page with status 403 stands in for the registry.',
    source: 'private',
    clients: ['pull', 'docker-login'],
    at: () => true,
    answer: respond(403, page('403 Forbidden')),
    // Who sent the page can't be seen.
    expect: target('auth', ['mirror', 'registry-server', 'proxy-denied']),
  }),
  failing({
    id: 'web-page',
    about:
      'A web page with status 200 stands in for the registry, as behind a login portal or a wrong port.',
    source: 'private',
    clients: ['pull'],
    at: () => true,
    answer: respond(200, page('Welcome')),
    expect: target('registry-server', ['mirror', 'not-found', 'none']),
  }),
  failing({
    id: 'manifest-unknown',
    about: 'No such tag.',
    clients: [...pullers, ...direct],
    at: 'manifest',
    answer: registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { Tag: '3.20' }),
    expect: target('not-found'),
  }),
  failing({
    id: 'name-unknown',
    about: 'No such repository.',
    source: 'private',
    clients: [...pullers, ...direct],
    at: 'manifest',
    answer: registryError(404, 'NAME_UNKNOWN', 'repository name not known to registry', {
      name: 'team/app',
    }),
    expect: target('not-found'),
  }),
  failing({
    id: 'access-denied',
    about: "Docker Hub's answer to a repository that is private or doesn't exist.",
    clients: [...pullers, ...direct],
    at: 'manifest',
    answer: (request, response) => {
      response.setHeader(
        'WWW-Authenticate',
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/alpine:pull",error="insufficient_scope"',
      );
      registryError(401, 'UNAUTHORIZED', 'authentication required', [
        { Type: 'repository', Class: '', Name: 'library/alpine', Action: 'pull' },
      ])(request, response);
    },
    expect: target('auth', ['not-found']),
  }),
  {
    id: 'no-credentials',
    about: 'A private registry wants a login.',
    source: 'private',
    clients: [...pullers, ...direct, 'docker-push'],
    arrange: (lab) => serveRegistry(lab, { seed: 'no-credentials', auth: 'basic' }),
    expect: target('auth'),
  },
  failing({
    id: 'login-refused',
    about: 'User name or password is wrong.',
    source: 'private',
    clients: ['docker-login'],
    at: () => true,
    answer: (request, response) => {
      response.setHeader('WWW-Authenticate', 'Basic realm="Registry Realm"');
      registryError(401, 'UNAUTHORIZED', 'authentication required')(request, response);
    },
    expect: target('auth'),
  }),
  failing({
    id: 'token-refused',
    about: 'The token service refuses.',
    source: 'private',
    clients: [...pullers, 'docker-push'],
    at: 'token',
    answer: respond(401, { details: 'incorrect username or password' }),
    expect: target('auth'),
  }),
  failing({
    id: 'push-denied',
    about: 'Pushing is not allowed.',
    source: 'private',
    clients: ['docker-push'],
    at: 'upload',
    answer: registryError(403, 'DENIED', 'requested access to the resource is denied'),
    expect: target('auth'),
  }),
  failing({
    id: 'push-to-docker-hub-denied',
    about: "Pushing to a name on Docker Hub that isn't one's own.",
    clients: ['docker-push'],
    at: ({ step }) => step === 'upload' || step === 'blob',
    answer: (request, response) => {
      response.setHeader(
        'WWW-Authenticate',
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",error="insufficient_scope"',
      );
      registryError(401, 'UNAUTHORIZED', 'authentication required')(request, response);
    },
    expect: target('auth'),
  }),
  {
    id: 'no-platform',
    about: "The image has none for this machine's platform.",
    clients: [...pullers],
    arrange: (lab) =>
      serveRegistry(lab, { seed: 'no-platform', platforms: ['linux/arm64/v8', 'linux/s390x'] }),
    expect: target('platform'),
  },
  {
    id: 'platform-asked',
    about: 'The image has none for the platform asked for.',
    clients: [
      'docker-pull',
      'docker-pull-containerd-store',
      'docker-build',
      'docker-build-legacy',
      'docker-run',
      'podman',
      'skopeo',
      'ctr',
    ],
    platform: 'linux/arm64',
    arrange: (lab) => serveRegistry(lab, { seed: 'platform-asked' }),
    // docker run and the classic store may take another platform's image and only warn.
    expect: target('platform'),
  },
  failing({
    id: 'wrong-digest',
    about: "A layer's bytes aren't those of its digest.",
    clients: ['pull'],
    seconds: 100,
    at: ({ layer }) => layer,
    answer: respond(
      200,
      `wrong${layerOf('wrong-digest').toString('hex')}`.slice(0, layerOf('wrong-digest').length),
    ),
    expect: target('mirror', ['interrupted']),
  }),
  failing({
    id: 'redirect-loop',
    about: 'The registry redirects to itself, for ever.',
    clients: ['pull'],
    at: 'manifest',
    answer: (request, response) =>
      respond(302, '', { Location: request.url ?? '/' })(request, response),
    expect: target('registry-server', ['mirror', 'none']),
  }),
];

/** With the classic store, the last endpoint's error is shown: Docker Hub's. */
const hiddenBy =
  (category: CategoryId, mirror: Expectation) =>
  (client: Client): Expectation =>
    client.id === 'docker-pull' || client.id === 'docker-build-legacy'
      ? { category, host: 'registry-1.docker.io' }
      : mirror;

const withMirrors = [
  'docker-pull',
  'docker-pull-containerd-store',
  'docker-build',
  'docker-build-legacy',
];
const hubVanishes = (name: string) =>
  name.endsWith('docker.io') && !name.startsWith('docker.') ? { v4: [address.dropped] } : 'usual';

interface MirrorCase {
  readonly id: string;
  readonly about: string;
  readonly mirror: string;
  readonly answer: Fault;
  readonly at?: Step;
  readonly accept?: readonly CategoryId[];
}

const mirrorAnswers: readonly MirrorCase[] = [
  {
    id: 'mirror-whitelist',
    about: "The mirror serves chosen images only, and this isn't one; Docker Hub is out of reach.",
    mirror: 'docker.m.daocloud.io',
    answer: registryError(
      403,
      'DENIED',
      '🚫 👀-> https://github.com/DaoCloud/public-image-mirror/issues/2328 🔗 这镜像不在白名单. this image is not in the allowlist.',
    ),
  },
  {
    id: 'mirror-forbidden',
    about: 'The mirror answers 403 with a web page; Docker Hub is out of reach.',
    mirror: 'docker.nju.edu.cn',
    answer: respond(403, page('403 Forbidden')),
  },
  {
    id: 'mirror-502',
    about: 'The mirror answers 502; Docker Hub is out of reach.',
    mirror: 'docker.1ms.run',
    answer: respond(502, page('502 Bad Gateway')),
    accept: ['registry-server'],
  },
  {
    id: 'mirror-limits',
    about: "The mirror has used up Docker Hub's limit; Docker Hub is out of reach.",
    mirror: 'docker.xuanyuan.me',
    answer: registryError(429, 'TOOMANYREQUESTS', LIMIT),
    accept: ['rate-limit'],
  },
  {
    id: 'mirror-unknown-image',
    about: "The mirror doesn't have the image; Docker Hub is out of reach.",
    mirror: 'hub-mirror.c.163.com',
    answer: registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown'),
    accept: ['not-found', 'timeout'],
  },
];

const mirrorFaults: readonly Scenario[] = [
  ...mirrorAnswers.map(
    ({ id, about, mirror, answer, at = 'manifest', accept }): Scenario => ({
      id,
      about,
      clients: withMirrors,
      mirrors: [`https://${mirror}`],
      seconds: 100,
      arrange: async (lab) => {
        setSynRetries(1);
        lab.resolveSome(hubVanishes);
        await serveRegistry(lab, {
          seed: id,
          auth: undefined,
          fault: ({ step }) => (step === at ? answer : undefined),
        });
      },
      expect: hiddenBy('timeout', { category: 'mirror', accept, host: mirror }),
    }),
  ),
  {
    id: 'mirror-gone',
    about: "The mirror's name doesn't exist any more; Docker Hub is out of reach.",
    clients: withMirrors,
    mirrors: ['https://docker.mirrors.ustc.edu.cn'],
    seconds: 100,
    arrange: (lab) => {
      setSynRetries(1);
      lab.resolveSome((name) => (name.endsWith('ustc.edu.cn') ? undefined : hubVanishes(name)));
    },
    expect: hiddenBy('timeout', {
      category: 'mirror',
      accept: ['dns'],
      host: 'docker.mirrors.ustc.edu.cn',
    }),
  },
  {
    id: 'mirror-refuses',
    about: 'Nothing listens at the mirror; neither is Docker Hub reachable.',
    clients: withMirrors,
    mirrors: ['https://mirror.baidubce.com'],
    arrange: (lab) => lab.resolveTo(address.refusing),
    expect: hiddenBy('refused', {
      category: 'mirror',
      accept: ['refused'],
      host: 'mirror.baidubce.com',
    }),
  },
  {
    id: 'mirror-closes',
    about: 'The mirror closes every connection; Docker Hub is out of reach.',
    clients: withMirrors,
    mirrors: ['https://dockerproxy.net'],
    seconds: 100,
    arrange: async (lab) => {
      setSynRetries(1);
      lab.resolveSome(hubVanishes);
      await lab.serve(address.server, 443, closeOnData);
    },
    expect: hiddenBy('timeout', {
      category: 'mirror',
      accept: ['interrupted'],
      host: 'dockerproxy.net',
    }),
  },
  {
    id: 'mirror-wrong-layer',
    about: "The mirror's layers aren't those of their digests.",
    clients: withMirrors,
    mirrors: ['https://docker.1panel.live'],
    seconds: 100,
    arrange: (lab) =>
      serveRegistry(lab, {
        seed: 'mirror-wrong-layer',
        auth: undefined,
        fault: ({ layer }) => (layer ? respond(200, 'stale bytes') : undefined),
      }),
    expect: { category: 'mirror', accept: ['interrupted'] },
  },
  {
    id: 'mirror-gone-hub-answers',
    about: 'The mirror is gone, and Docker Hub answers: the pull succeeds.',
    clients: withMirrors,
    mirrors: ['https://docker.mirrors.ustc.edu.cn'],
    arrange: async (lab) => {
      lab.resolveSome((name) => (name.endsWith('ustc.edu.cn') ? undefined : 'usual'));
      await serveRegistry(lab, { seed: 'mirror-gone-hub-answers' });
    },
    expect: { category: 'none' },
  },
];

export const registryScenarios: readonly Scenario[] = [...registryFaults, ...mirrorFaults];
