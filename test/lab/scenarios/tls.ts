/** Certificates and handshakes that fail. */

import type { CategoryId } from '../../../src/core/diagnose/categories.ts';
import { address } from '../addresses.ts';
import { issue } from '../certificates.ts';
import type { Client, Expectation, Scenario } from '../scenario.ts';
import { answerWith, closeOnData, http, resetOnData, tls, tlsAlert } from '../servers/behaviour.ts';
import { registry } from '../servers/registry.ts';
import { goodIdentity, identityWith, serveWithCertificate } from './arrange.ts';

const everyone = ['web', 'pull', 'inside', 'docker-login'];
/** Slow to start. */
const slow = ['cargo', 'maven', 'dnf'];
const secure = {
  scheme: 'https',
  source: 'private',
  clients: everyone,
  except: ['busybox-wget'],
} as const;
/** Inside clients repeat what the tools say; these do for faults that say nothing new. */
const outside = { ...secure, clients: ['web', 'pull'] } as const;
/** One of each kind. */
const few = ['curl', 'go', 'pip', 'node-fetch', 'docker-pull', 'docker-build', 'skopeo'];

const app = http(registry({ seed: 'tls' }));
const unknownAuthority = { category: 'tls-unknown-ca', host: 'target' } as const;

/** apt on OpenSSL says "certificate verify failed" whatever the reason, git "certificate error, no details". */
const vagueToSome =
  (category: CategoryId) =>
  ({ id }: Client): Expectation => ({
    category,
    accept:
      id === 'apt' || id.endsWith('-apt') || id.endsWith('git')
        ? ['tls-unknown-ca', 'tls-handshake']
        : [],
    host: 'target',
  });

export const tlsScenarios: readonly Scenario[] = [
  {
    ...secure,
    id: 'self-signed',
    about: 'The server has a self-signed certificate.',
    arrange: (lab) =>
      serveWithCertificate(lab, (name = 'localhost') => issue({ commonName: name, names: [name] })),
    expect: unknownAuthority,
  },
  {
    ...secure,
    clients: [...everyone, ...slow],
    id: 'own-ca',
    about: "A company's inspecting proxy signs with its own root, which the machine doesn't trust.",
    arrange: (lab) =>
      serveWithCertificate(lab, (name = 'localhost') =>
        issue({ commonName: name, names: [name] }, lab.untrusted),
      ),
    expect: unknownAuthority,
  },
  {
    ...secure,
    id: 'own-ca-hub',
    source: 'hub',
    about: 'The same between dockerd and Docker Hub.',
    clients: [
      'pull',
      'docker-search',
      'docker-compose',
      'docker-run',
      'docker-build-legacy',
      'docker-manifest',
      'buildx-imagetools',
      'buildah',
    ],
    arrange: (lab) =>
      serveWithCertificate(lab, (name = 'localhost') =>
        issue({ commonName: name, names: [name] }, lab.untrusted),
      ),
    expect: unknownAuthority,
  },
  {
    ...outside,
    clients: few,
    id: 'no-intermediate',
    about: "The server doesn't send its intermediate certificate.",
    arrange: (lab) =>
      serveWithCertificate(lab, (name = 'localhost') => {
        const { key, cert } = issue({ commonName: name, names: [name] }, lab.untrusted);
        return {
          key,
          cert: `${cert.split('-----END CERTIFICATE-----')[0]}-----END CERTIFICATE-----\n`,
        };
      }),
    expect: unknownAuthority,
  },
  {
    ...secure,
    id: 'expired',
    about: 'The certificate has expired.',
    arrange: (lab) =>
      serveWithCertificate(lab, identityWith(lab, { notAfter: new Date('2024-06-01T00:00:00Z') })),
    expect: vagueToSome('tls-time'),
  },
  {
    ...outside,
    id: 'not-yet-valid',
    about: "The certificate isn't valid yet, as when the machine's clock is behind.",
    arrange: (lab) =>
      serveWithCertificate(lab, identityWith(lab, { notBefore: new Date('2048-01-01T00:00:00Z') })),
    expect: vagueToSome('tls-time'),
  },
  {
    ...secure,
    id: 'wrong-name',
    about: 'The certificate is for another name.',
    except: [...secure.except, 'openssl'],
    arrange: (lab) =>
      serveWithCertificate(
        lab,
        identityWith(lab, {
          commonName: 'portal.corp.example',
          names: ['portal.corp.example', 'www.corp.example'],
        }),
      ),
    expect: vagueToSome('tls-name'),
  },
  {
    ...outside,
    id: 'common-name-only',
    about: 'The name stands in the Common Name alone.',
    // Python, Node.js and OpenSSL still take the Common Name; Go doesn't.
    clients: ['pull', 'go', 'docker-login'],
    arrange: (lab) => serveWithCertificate(lab, identityWith(lab, { names: [] })),
    expect: vagueToSome('tls-name'),
  },
  {
    ...outside,
    id: 'ip-without-san',
    source: 'ip',
    host: address.server,
    about: 'The server is asked by address, and its certificate names no address.',
    except: [...outside.except, 'openssl', 'maven', 'cargo', 'dnf'],
    arrange: (lab) =>
      serveWithCertificate(lab, () =>
        issue(
          { commonName: 'registry.corp.example', names: ['registry.corp.example'] },
          lab.trusted,
        ),
      ),
    expect: vagueToSome('tls-name'),
  },
  {
    ...outside,
    id: 'client-certificate-wanted',
    about: 'The server wants a client certificate.',
    clients: ['web', 'pull', 'docker-login'],
    arrange: (lab) =>
      lab.serve(
        address.server,
        443,
        tls({ identity: goodIdentity(lab), requestCert: true, ca: lab.trusted.cert }, app),
      ),
    // Some clients see the connection end before they have read the alert.
    expect: ({ id }) => ({
      category: 'tls-handshake',
      // openssl has left before the server has read that there is none.
      accept: id === 'openssl' ? ['interrupted', 'none'] : ['interrupted'],
      host: 'target',
    }),
  },
  {
    ...outside,
    id: 'old-tls-only',
    about: 'The server speaks TLS 1.0 and nothing newer.',
    // Debian's wget is built with GnuTLS and still speaks it.
    except: [...outside.except, 'wget'],
    arrange: (lab) =>
      lab.serve(
        address.server,
        443,
        tls(
          {
            identity: goodIdentity(lab),
            minVersion: 'TLSv1',
            maxVersion: 'TLSv1',
            ciphers: 'ALL@SECLEVEL=0',
          },
          app,
        ),
      ),
    expect: { category: 'tls-handshake', host: 'target' },
  },
  {
    ...outside,
    clients: [...few, 'git', 'wget', 'npm', 'apt', 'openssl'],
    id: 'alert-handshake-failure',
    about: 'The server answers the hello with a handshake_failure alert.',
    arrange: (lab) => lab.serve(address.server, 443, tlsAlert(40)),
    expect: { category: 'tls-handshake', host: 'target' },
  },
  {
    ...outside,
    id: 'alert-unrecognized-name',
    about: 'The server refuses the name in the hello.',
    clients: few,
    arrange: (lab) => lab.serve(address.server, 443, tlsAlert(112)),
    expect: { category: 'tls-handshake', accept: ['tls-name'], host: 'target' },
  },
  {
    ...outside,
    id: 'alert-internal-error',
    about: 'The server answers the hello with an internal_error alert, as closed mirrors do.',
    clients: ['curl', 'git', 'docker-pull', 'skopeo', 'pip'],
    arrange: (lab) => lab.serve(address.server, 443, tlsAlert(80)),
    expect: { category: 'tls-handshake', host: 'target' },
  },
  {
    ...secure,
    id: 'http-on-https',
    about: 'Plain HTTP on the port where the client speaks TLS.',
    arrange: (lab) => lab.serve(address.server, 443, http(registry({ seed: 'plain' }))),
    // Only Go's clients recognise the answer; for the others it is a broken record.
    expect: ({ group, id }) =>
      group === 'pull' || id.startsWith('docker') || id === 'go'
        ? { category: 'http-on-https', host: 'target' }
        : { category: 'http-on-https', accept: ['tls-handshake'], host: 'target' },
  },
  {
    ...outside,
    id: 'not-tls-at-all',
    about: 'Some other protocol answers on the HTTPS port.',
    clients: [
      'curl',
      'wget',
      'git',
      'pip',
      'npm',
      'go',
      'openssl',
      'node-fetch',
      'docker-pull',
      'skopeo',
      'docker-build',
    ],
    arrange: (lab) => lab.serve(address.server, 443, answerWith('SSH-2.0-OpenSSH_9.2\r\n')),
    expect: { category: 'tls-handshake', accept: ['http-on-https'], host: 'target' },
  },
  {
    ...secure,
    clients: ['web', 'pull'],
    id: 'handshake-closed',
    about:
      'The connection is closed in the middle of the TLS handshake, as a blocking firewall does.',
    source: 'hub',
    arrange: (lab) => lab.serve(address.server, 443, closeOnData),
    expect: { category: 'interrupted', accept: ['tls-handshake'], host: 'target' },
  },
  {
    ...secure,
    clients: ['web', 'pull', 'build-step-pip'],
    id: 'handshake-reset',
    about: 'The connection is reset in the middle of the TLS handshake.',
    source: 'hub',
    arrange: (lab) => lab.serve(address.server, 443, resetOnData),
    expect: { category: 'interrupted', accept: ['tls-handshake'], host: 'target' },
  },
];
