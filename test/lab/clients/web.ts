/** Tools that fetch something over HTTP. */
import type { Case, Client } from '../scenario.ts';

/** `yes` when the scenario wants short time limits. */
const when = ({ hurry }: Case, yes: string): string => (hurry ? ` ${yes}` : '');

const cargoToml =
  '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>app</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.example</groupId><artifactId>lib</artifactId><version>1.0</version></dependency>
  </dependencies>
</project>
`;

const origin = ({ url, host }: Case): string => url.slice(0, url.indexOf(host) + host.length);

export const webClients: readonly Client[] = [
  {
    id: 'curl',
    group: 'web',
    program: '/usr/bin/curl',
    version: 'curl --version',
    url: { scheme: 'https', host: 'download.docker.com', path: '/linux/ubuntu/gpg' },
    command: (at) =>
      `curl -fsSL${when(at, '--connect-timeout 3 --max-time 6')} ${at.url} -o /tmp/docker.gpg`,
  },
  {
    id: 'wget',
    group: 'web',
    program: '/usr/bin/wget',
    version: 'wget --version',
    url: {
      scheme: 'https',
      host: 'nodejs.org',
      path: '/dist/v22.11.0/node-v22.11.0-linux-x64.tar.xz',
    },
    command: (at) =>
      `wget${at.hurry ? ' --timeout=3 --tries=1' : ' --tries=2'} -O /tmp/node.tar.xz ${at.url}`,
  },
  {
    id: 'busybox-wget',
    group: 'web',
    program: '/usr/bin/busybox',
    version: 'busybox',
    url: {
      scheme: 'http',
      host: 'archive.apache.org',
      path: '/dist/kafka/3.7.0/kafka_2.13-3.7.0.tgz',
    },
    command: (at) => `busybox wget${when(at, '-T 3')} -O /tmp/kafka.tgz ${at.url}`,
  },
  {
    id: 'git',
    group: 'web',
    program: '/usr/bin/git',
    version: 'git --version',
    url: { scheme: 'https', host: 'github.com', path: '/example/app.git' },
    command: (at) => `git clone ${at.url} /tmp/app`,
    clean: ['/tmp/app'],
  },
  {
    id: 'pip',
    group: 'web',
    program: '/usr/bin/pip',
    version: 'pip --version',
    url: { scheme: 'https', host: 'pypi.org', path: '/simple' },
    command: (at) =>
      `pip install --no-cache-dir --break-system-packages${when(at, '--timeout 3 --retries 1')}${
        at.host === 'pypi.org' && at.scheme !== 'http' ? '' : ` --index-url ${at.url}`
      } flask`,
  },
  {
    id: 'npm',
    group: 'web',
    program: '/usr/bin/npm',
    version: 'npm --version',
    url: { scheme: 'https', host: 'registry.npmjs.org', path: '/' },
    command: (at) =>
      `cd /tmp/npm-app && npm install --fetch-retries=${at.hurry ? '0 --fetch-timeout=3000' : '0'}${
        at.host === 'registry.npmjs.org' && at.scheme !== 'http' ? '' : ` --registry=${at.url}`
      } left-pad`,
    files: () => ({ '/tmp/npm-app/package.json': '{ "name": "app", "version": "1.0.0" }\n' }),
    clean: ['/tmp/npm-app', '/root/.npm'],
  },
  {
    id: 'go',
    group: 'web',
    program: '/usr/bin/go',
    version: 'go version',
    url: { scheme: 'https', host: 'proxy.golang.org', path: '' },
    command: (at) =>
      `cd /tmp/go-app && GONOSUMDB=* GOFLAGS=-mod=mod${at.host === 'proxy.golang.org' ? '' : ` GOPROXY=${at.url}`} go get rsc.io/quote@v1.5.2`,
    files: () => ({ '/tmp/go-app/go.mod': 'module example/app\n\ngo 1.19\n' }),
    clean: ['/tmp/go-app', '/root/go'],
  },
  {
    id: 'apt',
    group: 'web',
    tolerant: true,
    program: '/usr/bin/apt-get',
    version: 'apt-get --version',
    url: { scheme: 'http', host: 'deb.debian.org', path: '/debian' },
    command: (at) =>
      `apt-get${at.hurry ? ' -o Acquire::http::Timeout=3 -o Acquire::https::Timeout=3 -o Acquire::Retries=0' : ' -o Acquire::Retries=1'} update`,
    files: (at) => ({ '/etc/apt/sources.list': `deb [trusted=yes] ${at.url} bookworm main\n` }),
    clean: ['/etc/apt/sources.list.d', '/var/lib/apt/lists'],
  },
  {
    id: 'openssl',
    group: 'web',
    tolerant: true,
    program: '/usr/bin/openssl',
    version: 'openssl version',
    url: { scheme: 'https', host: 'registry.corp.example', path: '' },
    command: (at) =>
      `openssl s_client -connect ${at.host}:443 -servername ${at.host}${
        at.proxy ? ` -proxy ${at.proxy.replace(/^\w+:\/\//, '')}` : ''
      } </dev/null`,
    proxyInEnvironment: false,
  },
  {
    id: 'requests',
    group: 'web',
    program: '/usr/lib/python3/dist-packages/requests/api.py',
    version: 'python3 -c "import requests; print(\'requests\', requests.__version__)"',
    url: { scheme: 'https', host: 'api.example.com', path: '/v1/items' },
    command: (at) =>
      `python3 -c 'import requests; print(requests.get("${at.url}"${at.hurry ? ', timeout=3' : ''}).raise_for_status())'`,
  },
  {
    id: 'node-fetch',
    group: 'web',
    program: '/usr/bin/node',
    version: 'node --version',
    url: { scheme: 'https', host: 'api.example.com', path: '/v1/items' },
    command: (at) =>
      `node -e 'fetch("${at.url}"${at.hurry ? ', { signal: AbortSignal.timeout(3000) }' : ''}).then((r) => r.json()).then(console.log)'`,
    proxyInEnvironment: false,
  },
  {
    id: 'cargo',
    program: '/usr/bin/cargo',
    version: 'cargo --version',
    suites: ['sid'],
    url: { scheme: 'https', host: 'index.crates.io', path: '' },
    command: (at) =>
      `cd /tmp/crate &&${when(at, 'CARGO_HTTP_TIMEOUT=3 CARGO_NET_RETRY=1')} cargo fetch`,
    files: () => ({ '/tmp/crate/Cargo.toml': cargoToml, '/tmp/crate/src/lib.rs': '' }),
    clean: ['/tmp/crate', '/root/.cargo'],
  },
  {
    id: 'maven',
    program: '/usr/bin/mvn',
    version: 'mvn --version',
    suites: ['sid'],
    url: { scheme: 'https', host: 'repo.maven.apache.org', path: '/maven2' },
    command: (at) =>
      `mvn -B -f /tmp/mvn/pom.xml${when(at, '-Dmaven.wagon.http.retryHandler.count=0 -Daether.connector.connectTimeout=3000')} compile`,
    files: () => ({ '/tmp/mvn/pom.xml': pom }),
    clean: ['/tmp/mvn', '/root/.m2'],
    proxyInEnvironment: false,
  },
  {
    id: 'dnf',
    program: '/usr/bin/dnf',
    version: 'dnf --version',
    suites: ['bookworm'],
    url: { scheme: 'https', host: 'mirrors.example.com', path: '/rocky/9/BaseOS/x86_64/os' },
    command: (at) =>
      `dnf --releasever=9 --setopt=reposdir=/tmp/repos${when(at, '--setopt=timeout=3 --setopt=retries=1')} makecache`,
    files: (at) => ({
      '/tmp/repos/rocky.repo': `[baseos]\nname=Rocky Linux 9 - BaseOS\nbaseurl=${origin(at)}/rocky/9/BaseOS/x86_64/os/\nenabled=1\ngpgcheck=0\n`,
    }),
    clean: ['/tmp/repos', '/var/cache/dnf'],
    proxyInEnvironment: false,
  },
];
