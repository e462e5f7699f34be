/** Proxies that are away, refuse, or aren't what their URL says. */
import { address } from '../addresses.ts';
import { issue } from '../certificates.ts';
import { setSynRetries } from '../isolate.ts';
import type { Lab } from '../lab.ts';
import type { Circumstances, Scenario } from '../scenario.ts';
import {
  answerWith,
  type Behaviour,
  closeOnData,
  http,
  resetOnData,
  stall,
  tls,
} from '../servers/behaviour.ts';
import { httpProxy, type ProxyAnswer } from '../servers/proxy.ts';
import { registry } from '../servers/registry.ts';

const NAME = 'proxy.corp.example';
const usual: Circumstances & { clients: readonly string[]; except: readonly string[] } = {
  proxy: `http://${NAME}:3128`,
  clients: [
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
  ],
  // These read no proxy from the environment.
  except: ['node-fetch', 'maven', 'dnf'],
};
const fewer = {
  ...usual,
  clients: [
    'curl',
    'wget',
    'git',
    'pip',
    'go',
    'apt',
    'docker-pull',
    'docker-build',
    'skopeo',
    'podman',
    'build-step-apt',
  ],
};

const serveProxy = (lab: Lab, behaviour: Behaviour): Promise<void> =>
  lab.serve(address.proxy, 3128, behaviour);

function answering(
  id: string,
  about: string,
  answer: ProxyAnswer,
  category: 'proxy-auth' | 'proxy-denied',
): Scenario {
  return {
    ...(answer.status === 407 || answer.status === 403 ? usual : fewer),
    id,
    about,
    arrange: (lab) => serveProxy(lab, httpProxy({ answer })),
    expect: ({ id, url }) => {
      // curl -f tells the status alone: the proxy's and the server's look the same.
      if (id.endsWith('curl') && category === 'proxy-denied')
        return { category, accept: ['registry-server', 'mirror', 'auth', 'none'], host: 'target' };
      // Without CONNECT, likewise.
      if (url?.scheme === 'http' && category === 'proxy-denied')
        return { category, accept: ['registry-server', 'mirror'], host: 'target' };
      return { category, host: 'target' };
    },
  };
}

const squid = (title: string): string =>
  `<html><head><title>ERROR: ${title}</title></head><body><h1>ERROR</h1><p>${title}</p></body></html>\n`;

export const proxyScenarios: readonly Scenario[] = [
  {
    ...usual,
    id: 'proxy-dead',
    about: 'No proxy listens at the address (and in a container, 127.0.0.1 is the container).',
    proxy: 'http://127.0.0.1:7890',
    arrange: () => {},
    expect: { category: 'proxy-unreachable', accept: ['refused'], host: 'proxy' },
  },
  {
    ...fewer,
    id: 'proxy-dead-lan',
    about: "The proxy on another machine doesn't listen: 允许局域网连接 is off.",
    proxy: `http://${address.refusing}:10808`,
    arrange: () => {},
    expect: { category: 'proxy-unreachable', host: 'proxy' },
  },
  {
    ...fewer,
    id: 'proxy-times-out',
    about: 'Packets to the proxy vanish.',
    proxy: `http://${address.dropped}:3128`,
    seconds: 100,
    arrange: () => setSynRetries(1),
    expect: { category: 'proxy-unreachable', accept: ['timeout'], host: 'proxy' },
  },
  {
    ...fewer,
    id: 'proxy-name-unknown',
    about: "The proxy's name doesn't resolve.",
    proxy: 'http://proxy.old-office.example:8080',
    arrange: (lab) =>
      lab.resolveSome((name) => (name === 'proxy.old-office.example' ? undefined : 'usual')),
    expect: { category: 'proxy-unreachable', accept: ['dns'], host: 'proxy' },
  },
  answering(
    'proxy-407',
    'The proxy wants a password.',
    {
      status: 407,
      reason: 'Proxy Authentication Required',
      headers: { 'Proxy-Authenticate': 'Basic realm="Corp proxy"', 'Content-Type': 'text/html' },
      body: squid('Cache Access Denied'),
    },
    'proxy-auth',
  ),
  {
    ...fewer,
    id: 'proxy-407-wrong-password',
    about: 'The proxy refuses the password in the URL.',
    proxy: `http://alice:secret@${NAME}:3128`,
    arrange: (lab) =>
      serveProxy(
        lab,
        httpProxy({
          answer: {
            status: 407,
            reason: 'Proxy Authentication Required',
            headers: { 'Proxy-Authenticate': 'Basic realm="Corp proxy"' },
          },
        }),
      ),
    // curl 8.23 says "HTTP response code said error" and no more.
    expect: ({ id }) => ({
      category: 'proxy-auth',
      accept: id === 'curl' ? ['none'] : [],
      host: 'target',
    }),
  },
  answering(
    'proxy-403',
    'The proxy forbids the target.',
    {
      status: 403,
      reason: 'Forbidden',
      headers: { 'Content-Type': 'text/html' },
      body: squid('Access Denied'),
    },
    'proxy-denied',
  ),
  answering(
    'proxy-502',
    "The proxy can't reach the target: 502.",
    { status: 502, reason: 'Bad Gateway' },
    'proxy-denied',
  ),
  answering(
    'proxy-503',
    "The proxy can't reach the target: 503.",
    {
      status: 503,
      reason: 'Service Unavailable',
      headers: { 'Content-Type': 'text/html' },
      body: squid('Service Unavailable'),
    },
    'proxy-denied',
  ),
  answering(
    'proxy-504',
    "The proxy can't reach the target: 504.",
    { status: 504, reason: 'Gateway Timeout' },
    'proxy-denied',
  ),
  {
    ...usual,
    id: 'proxy-https-url',
    about: 'The URL says https://, and the proxy speaks plain HTTP.',
    proxy: `https://${NAME}:3128`,
    // wget speaks plain HTTP to it all the same.
    except: [...usual.except, 'openssl', 'wget'],
    arrange: (lab) => serveProxy(lab, httpProxy()),
    // Tools on OpenSSL say "wrong version number" and don't say that it was the proxy.
    expect: ({ group, id }) =>
      group === 'pull' || id.startsWith('docker') || id === 'go'
        ? { category: 'proxy-protocol' }
        : { category: 'proxy-protocol', accept: ['tls-handshake', 'http-on-https'] },
  },
  {
    ...fewer,
    id: 'proxy-is-socks',
    about: 'The URL says http://, and the port is a SOCKS one.',
    proxy: `http://${NAME}:1080`,
    except: [...usual.except, 'openssl'],
    arrange: (lab) => lab.serve(address.proxy, 1080, answerWith(Uint8Array.of(5, 0xff))),
    expect: { category: 'proxy-protocol', accept: ['interrupted', 'proxy-denied'] },
  },
  {
    ...fewer,
    id: 'proxy-socks-url',
    about: 'The URL says socks5://, and the port is an HTTP one.',
    proxy: `socks5://${NAME}:3128`,
    except: [...usual.except, 'openssl', 'wget', 'busybox-wget', 'npm'],
    arrange: (lab) =>
      serveProxy(lab, httpProxy({ answer: { status: 400, reason: 'Bad Request' } })),
    expect: { category: 'proxy-protocol', accept: ['interrupted'] },
  },
  {
    ...fewer,
    id: 'proxy-scheme-twice',
    about: 'The URL has its scheme twice.',
    proxy: `http://http://${NAME}:3128`,
    except: [...usual.except, 'openssl'],
    arrange: (lab) => lab.resolveSome((name) => (name.endsWith('.example') ? 'usual' : undefined)),
    expect: { category: 'proxy-protocol', accept: ['proxy-unreachable', 'dns'] },
  },
  {
    ...fewer,
    id: 'proxy-password-unescaped',
    about: 'The password in the URL has a # that should be %23.',
    proxy: `http://alice:pa#ss@${NAME}:3128`,
    except: [...usual.except, 'openssl'],
    arrange: (lab) => lab.resolveSome((name) => (name.endsWith('.example') ? 'usual' : undefined)),
    expect: { category: 'proxy-protocol', accept: ['proxy-unreachable', 'dns'] },
  },
  {
    ...fewer,
    id: 'proxy-closes',
    about: 'The proxy closes the connection instead of answering CONNECT.',
    except: [...usual.except, 'openssl'],
    arrange: (lab) => serveProxy(lab, closeOnData),
    expect: {
      category: 'interrupted',
      accept: ['proxy-unreachable', 'proxy-protocol', 'proxy-denied'],
    },
  },
  {
    ...fewer,
    id: 'proxy-resets',
    about: 'The proxy resets the connection instead of answering CONNECT.',
    except: [...usual.except, 'openssl'],
    clients: ['curl', 'wget', 'pip', 'git', 'go', 'apt', 'docker-pull', 'skopeo', 'docker-build'],
    arrange: (lab) => serveProxy(lab, resetOnData),
    expect: {
      category: 'interrupted',
      accept: ['proxy-unreachable', 'proxy-protocol', 'proxy-denied'],
    },
  },
  {
    ...usual,
    id: 'proxy-tunnel-closed',
    about: 'The tunnel is closed as soon as TLS starts: the proxy has no working node.',
    except: [
      ...usual.except,
      'openssl',
      'apt',
      'busybox-wget',
      'build-step-apt',
      'container-apt',
      'legacy-build-step-apt',
    ],
    arrange: (lab) => serveProxy(lab, httpProxy({ tunnel: closeOnData })),
    expect: { category: 'interrupted', accept: ['tls-handshake'], host: 'target' },
  },
  {
    ...fewer,
    id: 'proxy-tunnel-stalls',
    about: 'The tunnel opens and nothing comes through.',
    clients: [
      'curl',
      'wget',
      'pip',
      'docker-pull',
      'docker-build',
      'docker-pull-containerd-store',
      'skopeo',
    ],
    hurry: true,
    seconds: 100,
    arrange: (lab) => serveProxy(lab, httpProxy({ tunnel: stall })),
    expect: { category: 'timeout', accept: ['proxy-unreachable'], host: 'target' },
  },
  {
    ...usual,
    id: 'proxy-inspects',
    about: "The proxy opens TLS with its own root, which isn't trusted.",
    scheme: 'https',
    except: [...usual.except, 'busybox-wget'],
    arrange: (lab) => {
      const identity = (name = 'localhost') =>
        issue({ commonName: name, names: [name] }, lab.untrusted);
      return serveProxy(
        lab,
        httpProxy({ tunnel: tls({ identity }, http(registry({ seed: 'inspected' }))) }),
      );
    },
    expect: { category: 'tls-unknown-ca', host: 'target' },
  },
];
