/** Web servers and package repositories that answer, and not with what was asked for. */
import type { Scenario } from '../scenario.ts';
import { aptRepository, npmRegistry, pythonIndex } from '../servers/packages.ts';
import { respond } from '../servers/registry.ts';
import { serveApp } from './arrange.ts';

const page =
  '<html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1></body></html>\n';

export const packageScenarios: readonly Scenario[] = [
  {
    id: 'web-503',
    about: 'The server answers 503.',
    clients: ['web', 'build-step-apt', 'build-step-pip', 'container-curl'],
    except: ['openssl', 'node-fetch'],
    seconds: 100,
    hurry: true,
    arrange: (lab) => serveApp(lab, respond(503, page)),
    // A web server is no registry; and pip says no more than that it found no version.
    expect: { category: 'registry-server', accept: ['mirror', 'none'], host: 'target' },
  },
  {
    id: 'web-redirect-loop',
    about: 'The server redirects to itself, for ever.',
    clients: ['curl', 'wget', 'requests', 'go'],
    arrange: (lab) =>
      serveApp(lab, (request, response) =>
        respond(302, '', { Location: request.url ?? '/' })(request, response),
      ),
    expect: { category: 'registry-server', accept: ['mirror', 'none'], host: 'target' },
  },
  {
    id: 'apt-hash-mismatch',
    about:
      "The package list isn't the one that the Release file describes: a mirror in the middle of its update.",
    clients: ['apt', 'build-step-apt', 'container-apt'],
    arrange: (lab) => serveApp(lab, aptRepository({ stale: true })),
    expect: { category: 'mirror', host: 'target' },
  },
  {
    id: 'apt-not-valid-yet',
    about: "The Release file is from the future: the machine's clock is behind.",
    clients: ['apt', 'build-step-apt'],
    arrange: (lab) => serveApp(lab, aptRepository({ date: 'Wed, 01 Jan 2048 00:00:00 UTC' })),
    expect: { category: 'tls-time', host: 'target' },
  },
  {
    id: 'apt-release-expired',
    about: "The Release file has expired: a mirror that isn't updated any more.",
    clients: ['apt', 'build-step-apt'],
    arrange: (lab) => serveApp(lab, aptRepository({ validUntil: 'Sat, 08 Jan 2022 00:00:00 UTC' })),
    expect: { category: 'tls-time', accept: ['mirror'], host: 'target' },
  },
  {
    id: 'apt-404',
    about: "The mirror doesn't have this release.",
    clients: ['apt', 'build-step-apt'],
    arrange: (lab) => serveApp(lab, aptRepository({ missing: true })),
    expect: { category: 'mirror', accept: ['not-found'], host: 'target' },
  },
  {
    id: 'pip-hash-mismatch',
    about: "The file isn't the one that the index describes.",
    clients: ['pip', 'build-step-pip'],
    arrange: (lab) => serveApp(lab, pythonIndex({ wrong: true })),
    expect: { category: 'mirror' },
  },
  {
    id: 'pip-not-found',
    about: 'The index has no such package.',
    clients: ['pip', 'build-step-pip'],
    arrange: (lab) => serveApp(lab, respond(404, 'Not Found\n')),
    expect: { category: 'none', accept: ['not-found', 'mirror'] },
  },
  {
    id: 'npm-integrity',
    about: "The archive isn't the one that the registry describes.",
    clients: ['npm', 'build-step-npm'],
    arrange: (lab) => serveApp(lab, npmRegistry()),
    // npm 12 names only its log file.
    expect: { category: 'mirror', accept: ['none'] },
  },
  {
    id: 'npm-404',
    about: 'The registry has no such package.',
    clients: ['npm', 'build-step-npm'],
    arrange: (lab) => serveApp(lab, respond(404, { error: 'Not found' })),
    expect: { category: 'not-found', accept: ['none', 'mirror'] },
  },
  {
    id: 'go-404',
    about: 'The module proxy has no such module, and neither has its origin.',
    clients: ['go'],
    arrange: (lab) =>
      serveApp(lab, respond(404, 'not found: module rsc.io/quote: no matching versions\n')),
    expect: { category: 'not-found', accept: ['none', 'mirror'] },
  },
  {
    id: 'web-404',
    about: 'The file does not exist.',
    clients: ['curl', 'wget', 'build-step-wget'],
    arrange: (lab) => serveApp(lab, respond(404, 'Not Found\n')),
    expect: { category: 'not-found', accept: ['none', 'mirror'], host: 'target' },
  },
];
