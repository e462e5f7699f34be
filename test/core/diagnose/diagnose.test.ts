import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, LogReader } from '../../../src/core/diagnose/index.ts';
import { corpus, logFixtures } from './fixtures.ts';

const first = (log: string) => diagnose(log).findings[0];
const bare = (host: string | null | undefined) => (host ?? '').replace(/:\d+$/, '');

describe.each(logFixtures())('$name', ({ categories, layer, host, log }) => {
  it('is placed right', () => {
    expect(categories).toContain(first(log)?.category ?? 'none');
  });
  it('offsets of the evidence lie in the text', () => {
    for (const { evidence } of diagnose(log).findings) {
      for (const { start, end, line, excerpt, excerptStart } of evidence) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(log.length);
        expect(line).toBe(log.slice(0, start).split('\n').length);
        expect(log.slice(excerptStart, excerptStart + excerpt.length)).toBe(excerpt);
      }
    }
  });
  void layer;
  void host;
});

it('reads most layers and hosts of the sample logs', () => {
  const samples = logFixtures();
  const layers = samples.filter(({ layer, log }) => layer !== '' && first(log));
  const rightLayers = layers.filter(({ layer, log }) => first(log)?.layer === layer);
  expect(rightLayers.length / layers.length).toBeGreaterThan(0.95);
  const hosts = samples.filter(({ host, log }) => host !== '' && first(log));
  const rightHosts = hosts.filter(({ host, log }) => bare(first(log)?.host) === bare(host));
  expect(rightHosts.length / hosts.length).toBeGreaterThan(0.9);
});

const logs = corpus();
describe.skipIf(!logs)('the labelled logs beside the repository', () => {
  const all = logs ?? [];
  it('are placed right: at least 97 %', () => {
    const wrong = all.filter(({ log, category, accept }) => {
      const answer = first(log)?.category ?? 'none';
      return answer !== category && !accept.includes(answer);
    });
    expect(
      1 - wrong.length / all.length,
      wrong.map(({ id }) => id).join(' '),
    ).toBeGreaterThanOrEqual(0.97);
  });
  it('raise no false alarm', () => {
    const alarms = all.filter(
      ({ log, category, accept }) =>
        category === 'none' && accept.length === 0 && (first(log)?.category ?? 'none') !== 'none',
    );
    expect(alarms.map(({ id }) => id)).toEqual([]);
  });
  it('get the right layer where it is known: at least 90 %', () => {
    const known = all.filter(({ layer, log }) => layer !== 'unknown' && first(log));
    const right = known.filter(({ layer, log }) => first(log)?.layer === layer);
    expect(right.length / known.length).toBeGreaterThanOrEqual(0.9);
  });
});

describe('ranking', () => {
  it('takes the nested cause, not its wrapper', () => {
    expect(
      first(
        'ERROR: failed to solve: alpine: failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token": dial tcp: lookup auth.docker.io on 127.0.0.53:53: server misbehaving',
      )?.category,
    ).toBe('dns');
  });
  it('takes the attempt that ended it', () => {
    const log = [
      'level=info msg="Attempting next endpoint for pull after error: Get \\"https://m.example.net/v2/\\": dial tcp: lookup m.example.net: no such host"',
      'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout',
    ].join('\n');
    expect(first(log)?.rule).toBe('timeout-tls');
  });
  it('takes the cause before its consequence, though that comes last', () => {
    expect(
      first(
        "Err:1 http://deb.debian.org/debian trixie InRelease\n  Temporary failure resolving 'deb.debian.org'\nE: The repository 'http://deb.debian.org/debian trixie Release' does not have a Release file.\nE: Unable to locate package curl",
      )?.rule,
    ).toBe('dns-apt');
  });
  it('lets a later success settle a warning, but no error', () => {
    const warning =
      "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out.\")': /simple/flask/";
    expect(first(`${warning}\nSuccessfully installed flask-3.0.0`)?.category).toBe('none');
    expect(first(warning)?.category).toBe('timeout');
    expect(
      first('Get "https://ghcr.io/v2/": EOF\nStatus: Downloaded newer image for nginx:latest')
        ?.category,
    ).toBe('interrupted');
  });
  it('takes the line that gives a reason, though apt only repeats the outcome after it', () => {
    expect(
      first(
        'Err:1 http://mirror.example.net/debian trixie InRelease\n  Could not connect to mirror.example.net:80 (192.0.2.7), connection timed out\nErr:2 http://mirror.example.net/debian trixie-updates InRelease\n  Unable to connect to mirror.example.net:http:',
      )?.rule,
    ).toBe('timeout-apt');
  });
  it('counts repeats', () => {
    const line = 'Get "https://ghcr.io/v2/": net/http: TLS handshake timeout\n';
    expect(first(line.repeat(1234))?.count).toBe(1234);
  });
});

describe('layers', () => {
  const stalled =
    "Failed to connect to pypi.org port 443 after 130000 ms: Couldn't connect to server";
  it.each([
    ['build', 'a quoted BuildKit line', `> #6 9.679 curl: (28) ${stalled}`],
    [
      'build',
      'step stamps of lines wrapped inside a word',
      '304.4 E: Failed to fetch http://deb.debian.org/debian/pool/main/a/apt/apt_3\n.deb  403  connecting to deb.debian.org:80: dial tcp 151.101.2.132:80: connectex: A conn\nection attempt failed because the connected party did not properly respond',
    ],
    [
      'container',
      "a service's log",
      'web_api.2.x7k2m0q9vb4t@node-2    | Get "https://auth.docker.io/token": dial tcp 192.0.2.7:443: i/o timeout',
    ],
    [
      'client',
      'a token that containers/image asked for',
      'requesting bearer token: invalid status code from registry 403 (Forbidden)',
    ],
    [
      'daemon',
      "a pull's end, wrapped",
      'failed to copy: httpReadSeeker: failed open: failed to do request:\nGet "https://cdn.docker.example/registry-v2/…": EOF',
    ],
    [
      'container',
      "Harbor's log",
      '2026-03-02T08:00:00Z [ERROR] [/controller/registry/controller.go:233]: failed to check health of registry 2: Get "https://registry-1.docker.io/v2/": dial tcp 192.0.2.7:443: connect: connection refused',
    ],
    [
      'client',
      'a chart that Flux fetches',
      'chart pull error: failed to download chart for remote reference: failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden',
    ],
    [
      'client',
      'docker and a machine in its older words',
      'docker: An error occurred trying to connect: Post https://192.0.2.14:2376/v1.22/containers/create: x509: certificate is valid for 127.0.0.1, not 192.0.2.14.',
    ],
    [
      'build',
      'an action that builds',
      `docker/build-push-action@v6 stops with: curl: (28) ${stalled}`,
    ],
    ['build', 'compose building', `docker compose build web\ncurl: (28) ${stalled}`],
    ['client', "Windows' own words", 'curl: (35) schannel: next InitializeSecurityContext failed'],
    [
      'client',
      "a tool at a user's prompt",
      'src/web$ go build .\ngo: a.example/b@v1.0.0: Get "https://proxy.golang.org/a.example/b/@v/v1.0.0.mod": dial tcp 192.0.2.7:443: i/o timeout',
    ],
    [
      'client',
      'skopeo in its older words',
      'level=fatal msg="Error initializing image from source docker://web:3: pinging docker registry returned: Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host"',
    ],
    [
      'daemon',
      "the classic builder's own pull",
      'Step 0 : FROM debian\nPulling repository debian\nbuild: pull: Get https://index.docker.io/v1/repositories/library/debian/images: x509: certificate has expired or is not yet valid',
    ],
    [
      'daemon',
      "the classic builder's pull, as Compose tells it",
      `ERROR: Service 'web' failed to build: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host`,
    ],
    [
      'daemon',
      'a retry in its journal',
      'level=info msg="Download failed, retrying: unexpected EOF"',
    ],
    [
      'daemon',
      'a retry of a push in its journal',
      'ERRO[0079] Upload failed, retrying: read tcp 10.0.0.4:47702->192.0.2.7:443: i/o timeout',
    ],
    [
      'client',
      "Podman's debug lines",
      'INFO[0263] Reading blob body from https://reg.example.net/v2/a/blobs/sha256:18e8 failed (unexpected EOF), reconnecting…',
    ],
    [
      'container',
      "a container's prompt",
      '/usr/src/app # apk add curl\n28BB:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed',
    ],
    [
      'container',
      'an image whose name is a tool of the host',
      'docker run --rm quay.io/buildah/stable yum install git\n  - Curl error (56): Recv failure: Connection reset by peer',
    ],
    [
      'container',
      'a program of a container',
      'docker run -it app\nGem::RemoteFetcher::FetchError: Errno::ECONNRESET: Connection reset by peer - SSL_connect',
    ],
    [
      'client',
      "go-containerregistry's capitals",
      'GET https://index.docker.io/v2/team/app/manifests/1: MANIFEST_UNKNOWN: manifest unknown',
    ],
    [
      'daemon',
      'the same answer as dockerd tells it',
      'docker pull team/app\nGet https://index.docker.io/v2/team/app/manifests/1: manifest unknown',
    ],
    [
      'client',
      'Helm fetching a chart',
      'Error: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token: 403 Forbidden\nhelm pull oci://ghcr.io/team/chart',
    ],
    [
      'build',
      'buildx pushing',
      'ERROR: failed to push reg.corp.example/app:1: unexpected status: 401 Unauthorized',
    ],
    [
      'client',
      'Podman going through its registries',
      'Trying to pull quay.io/team/app:1...\n  unauthorized: authentication required\nError: error pulling image "team/app"',
    ],
    [
      'build',
      'Podman building',
      'STEP 1/3: FROM quay.io/team/base:1\nError: initializing source docker://quay.io/team/base:1: Requesting bearer token: invalid status code from registry 403 (Forbidden)',
    ],
    [
      'daemon',
      'Portainer deploying a stack',
      'Failed to deploy a stack: compose up operation failed: unexpected EOF',
    ],
    [
      'client',
      'kubectl asking the API server',
      'kubectl logs web-0\nError from server: Get https://10.0.0.5:10250/containerLogs/d/web-0/web: x509: certificate signed by unknown authority',
    ],
    [
      'client',
      'ORAS, in Argo CD',
      'rpc error: code = Unknown desc = cannot get digest for revision 1: HEAD "https://quay.io/v2/team/charts/manifests/1": response status code 401: Unauthorized',
    ],
    [
      'client',
      'buildx asking for a manifest',
      '$ docker buildx imagetools inspect quay.io/team/app:1\nERROR: failed to do request: Head "https://quay.io/v2/team/app/manifests/1": Forbidden',
    ],
    [
      'daemon',
      "what docker run shows of the containerd image store's pull",
      'docker: unknown: failed to copy: httpReadSeeker: failed open: unexpected status\nfrom GET request to https://cdn.example.com/registry-v2/blobs :\n403 Forbidden',
    ],
    [
      'container',
      "a program's gRPC",
      'level=error msg="rpc error: code = Unavailable desc = connection error: desc = \\"transport: authentication handshake failed: x509: certificate is valid for 127.0.0.1, not 10.0.0.4\\""',
    ],
    [
      'container',
      "a program's log",
      'level=warn component=dispatcher err="establish TLS connection to server: x509: certificate is valid for mail.example.com, not smtp.example.com"',
    ],
    [
      'daemon',
      'docker run, wrapped',
      'run 334, `docker: received unexpected HTTP status: 502 Bad\nGateway` pulling the image',
    ],
    [
      'daemon',
      "a push's layers",
      '597790b2e14a: Waiting\nfailed to do request: Head "https://Shop/v2/web/blobs/sha256:47ac": dialing Shop:443 container via direct connection because static system has no HTTPS proxy: connecting to Shop:443: dial tcp: lookup Shop: no such host',
    ],
    [
      'client',
      "the cluster's API server",
      '公网访问 6443 报 `x509: certificate is valid for 10.0.0.1, not 203.0.113.5`\nsystemctl restart k3s',
    ],
    [
      'client',
      'a tool fetching for itself',
      'Downloading kubeadm: Get https://storage.example.com/release/kubeadm: net/http: TLS handshake timeout',
    ],
    [
      'daemon',
      'a bare certificate error beside an image',
      'pulling the image fails: x509: certificate signed by unknown authority',
    ],
    [
      'container',
      "the kubelet's probe",
      'Readiness probe failed: Get "https://127.0.0.1:8200/v1/health": http: server gave HTTP response to HTTPS client',
    ],
    [
      'build',
      'npm on a full disk',
      "npm WARN tar ENOSPC: no space left on device, open '/app/node_modules/.staging/a.js'",
    ],
    [
      'daemon',
      "containerd's lines in k0s' journal",
      'level=info msg="trying next host" error="failed to do request: Head \\"https://registry-1.docker.io/v2/library/busybox/manifests/1\\": dial tcp: lookup registry-1.docker.io: no such host" component=containerd stream=stderr',
    ],
    [
      'daemon',
      'a message that a heading quotes first',
      '### Error 2: "dial tcp: lookup registry: no such host"\n\nError response from daemon: Get "https://registry:5000/v2/": dial tcp: lookup registry: no such host',
    ],
    [
      'build',
      'a status in brackets, told of a build',
      'docker compose 首次构建时提示 `unexpected status code [manifests 1.24.5-bookworm]: 403 Forbidden`',
    ],
    [
      'container',
      'the metrics server',
      "metrics-server fails to scrape: `x509: cannot validate certificate for 10.0.0.3 because it doesn't contain any IP SANs`",
    ],
    [
      'build',
      'Kaniko pushing',
      'error pushing image: failed to push to destination reg.corp.example/app:1: unsupported status code 504; body: <html>',
    ],
    [
      'build',
      "Kaniko's time stamps",
      'INFO[2026-04-17T14:14:12Z] Unpacking rootfs as cmd RUN make requires it.\nWARN[2026-04-17T14:19:19Z] Retrying operation after 1s due to stream error: stream ID 17; NO_ERROR; received from peer',
    ],
    [
      'container',
      "a container's prompt, as Red Hat's shell writes it",
      '[root@0123456789ab ~]# yum -y install git\n14: curl#6 - "Could not resolve host: mirrorlist.example.net; Unknown error"',
    ],
    [
      'build',
      'step stamps quoted in a reply',
      '> 68.85 E: Failed to fetch http://deb.example.net/pool/x_1_all.deb  Unable to connect to deb.example.net:80:',
    ],
    [
      'container',
      'a container that Compose names without a number',
      "web  | fatal: unable to access 'https://git.example.net/a.git/': Could not resolve host: git.example.net\nweb exited with code 128",
    ],
    [
      'container',
      "a tool at a container's shell",
      'docker run --rm -it app bash\nError downloading https://plugins.example.dev/info.json: invalid peer certificate: UnknownIssuer',
    ],
    [
      'daemon',
      "docker run's own pull beside a shell",
      'docker run --rm -it reg.example.net/app bash\nGet https://reg.example.net/v2/: x509: certificate signed by unknown authority',
    ],
    [
      'client',
      'Notary, which the client asks itself',
      'The push refers to repository [reg.example.net:5000/app]\nError: error contacting notary server: x509: certificate has expired or is not yet valid',
    ],
    [
      'container',
      "Java's empty trust store in a container",
      'docker run --rm -it maven:3 mvn compile\nUnexpected error: java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty',
    ],
    [
      'build',
      'micromamba in a step',
      'RUN micromamba install -y -f env.yaml\nDownload error (28) Timeout was reached [https://conda.example.net/noarch/repodata.json]',
    ],
    [
      'build',
      'dnf in a Podman build',
      '    STEP 6/15: RUN dnf -y upgrade\n      - Curl error (60): SSL peer certificate or SSH remote key was not OK for https://rpm.example.net/repodata/repomd.xml',
    ],
    [
      'daemon',
      "a registry's token, asked for alone",
      'Post "https://auth.docker.io/token": dial tcp 192.0.2.7:443: i/o timeout',
    ],
    [
      'client',
      "the host's prompt",
      'C:\\Users\\me>pip install numpy\nCould not fetch URL https://pypi.org/simple/numpy/: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:749)',
    ],
  ])('%s: %s', (layer, _name, log) => {
    expect(first(log)?.layer).toBe(layer);
  });
});

describe('text as it is pasted', () => {
  const cause = 'proxyconnect tcp: dial tcp 10.1.2.3:3128: connect: connection refused';
  const plain = `Get "https://registry-1.docker.io/v2/": ${cause}`;
  it.each([
    [
      'escaped quotes in logfmt',
      `time="2026-01-01T00:00:00Z" level=error msg="Get \\"https://registry-1.docker.io/v2/\\": ${cause}"`,
    ],
    ['HTML entities', plain.replaceAll('"', '&#34;')],
    ['terminal colours', plain.replace('connect: ', '\u001b[31mconnect: \u001b[0m')],
    ['colours that lost their escape', plain.replace('proxyconnect', '[31mproxyconnect')],
    ['typographic quotes', plain.replace('"', '“').replace('"', '”')],
    ['no-break spaces', plain.replaceAll(' ', '\u00a0')],
    ['a frame', `│ ${plain} │`],
    ['BuildKit', `#8 12.34 ${plain}`],
    ['a journal', `Nov 11 10:00:00 host01 dockerd[812]: ${plain}`],
    ['a wrap between words', plain.replace('dial tcp ', 'dial tcp\n    ')],
    ['doubled blanks', plain.replace('dial tcp', 'dial  tcp').replace('n refused', 'n  refused')],
    ['a wrap inside a word', plain.replace('refused', 'ref\nused')],
    ['Windows line ends', `${plain}\r\n`],
    ['markdown', `\`${plain}\``],
    ['literal line ends', `log: \\r\\n${plain}\\r\\n`],
  ])('%s', (_name, log) => {
    expect(first(log)?.rule).toBe('proxy-dial');
    expect(first(log)?.facts.proxy).toBe('10.1.2.3:3128');
  });
});

describe('wraps at the edge of a terminal', () => {
  const message = `fatal: unable to access 'https://git.example.net/a/b.git/': Failed to connect to git.example.net port 443 after 21045 ms: Couldn't connect to server`;
  const cut = (width: number): string[] => message.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  it.each([60, 66, 72, 78, 80, 100, 120])('of %d columns', (width) => {
    const lines = cut(width);
    const plain = lines.join('\n');
    const quoted = lines.map((line) => `> ${line}`).join('\n');
    const commented = lines.map((line) => `# ${line}`).join('\n');
    for (const log of [plain, quoted, commented])
      expect(first(log)?.rule, log).toBe('timeout-curl');
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\n'],
    ['NULs', '\0'.repeat(1000)],
    ['lone surrogates', '\ud800\udc00\ud800 connection refused \udfff'],
    ['markup', '<script>alert(1)</script>'],
    ['backslashes', '\\'.repeat(5000)],
    ['brackets', '['.repeat(20_000)],
  ])('%s does no harm', (_name, log) => {
    expect(() => diagnose(log)).not.toThrow();
  });

  it('reads one line of many megabytes in pieces and says so', () => {
    const cause = 'Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout ';
    const log = `${'x y '.repeat(500_000)}${cause}${'z '.repeat(500_000)}`;
    const diagnosis = diagnose(log);
    expect(diagnosis.findings[0]?.rule).toBe('timeout-tls');
    expect(diagnosis.notes.map(({ id }) => id)).toContain('long-lines');
    const [place] = diagnosis.findings[0]?.evidence ?? [];
    expect(log.slice(place?.start, place?.end)).toContain('TLS handshake timeout');
  });

  it('says when it looks binary', () => {
    const bytes = Array.from({ length: 4000 }, (_, i) => String.fromCharCode(i % 31)).join('');
    expect(diagnose(bytes).notes.map(({ id }) => id)).toContain('binary');
  });

  it('never throws and keeps offsets inside the text', () => {
    const samples = logFixtures().map(({ log }) => log);
    const part = fc.oneof(
      fc.constantFrom(...samples),
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\r\n', '\\n', '\\"', '&#34;', '\u001b[31m', '│', '`', '  '),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const log = parts.join('');
        for (const { evidence } of diagnose(log).findings) {
          for (const { start, end } of evidence) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(log.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('LogReader', () => {
  const noise = 'Nov 11 10:00:00 host01 systemd[1]: Started Session 3 of user root.\n';
  it('gives the same answer however the text is cut', () => {
    const error = 'Get "https://ghcr.io/v2/": dial tcp 140.82.112.33:443: i/o timeout\n';
    const log = `${noise.repeat(3000)}${error}${noise.repeat(6000)}${error}`;
    const whole = diagnose(log);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 8 }),
        (sizes) => {
          const reader = new LogReader();
          let at = 0;
          for (let i = 0; at < log.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            reader.push(log.slice(at, at + Math.max(size, 1000)));
            at += Math.max(size, 1000);
          }
          const parts = reader.finish();
          expect(parts.findings.map(({ rule, count }) => [rule, count])).toEqual(
            whole.findings.map(({ rule, count }) => [rule, count]),
          );
          expect(parts.findings[0]?.evidence).toEqual(whole.findings[0]?.evidence);
        },
      ),
      { numRuns: 8 },
    );
    expect(whole.findings[0]?.evidence[0]?.line).toBe(3001);
  });

  it('says when it was stopped', () => {
    const reader = new LogReader();
    reader.push(noise.repeat(100));
    reader.cancel();
    expect(reader.finish().notes.map(({ id }) => id)).toContain('cancelled');
  });
});

describe('a request for library/…', () => {
  const solve = (host: string, image: string) =>
    `ERROR: failed to solve: ${image}: failed to resolve source metadata for ${image}: failed to do request: Head "https://${host}/v2/library/web/manifests/3": dial tcp 192.0.2.7:443: i/o timeout`;
  it.each([
    [
      'timeout',
      'of a Harbor named in the image',
      solve('reg.example.net', 'reg.example.net/library/web:3'),
    ],
    ['timeout', 'of a registry with a private address', solve('10.7.0.9:5000', 'web:3')],
    ['mirror', 'for an image of Docker Hub', solve('reg.example.net', 'docker.io/library/web:3')],
    [
      'mirror',
      'to a host with the name of a mirror',
      solve('docker.example.net', 'docker.example.net/library/web:3'),
    ],
    [
      'auth',
      'to a registry of which one path is a mirror',
      'unexpected status from HEAD request to https://cr.yandex/v2/crp1/web/manifests/3: 403 Forbidden',
    ],
    [
      'mirror',
      'to that path',
      'unexpected status from HEAD request to https://cr.yandex/v2/mirror/web/manifests/3: 403 Forbidden',
    ],
  ])('is %s %s', (category, _name, log) => {
    expect(first(log)?.category).toBe(category);
  });
});

describe('the image', () => {
  const error = 'Error response from daemon: Get "https://registry-1.docker.io/v2/": EOF';
  it.each([
    ['mysql:5.7', `$ docker pull mysql:5.7\n${error}`],
    ['reg.example.net:5000/a/b:1.2', `$ docker pull reg.example.net:5000/a/b:1.2\n${error}`],
    ['web', `$ docker run -it --rm web bash\n${error}`],
    ['web', `$ docker run -u node web npm ci\n${error}`],
    ['db:5.7', `Pulling store (db:5.7)...\n${error}`],
    [undefined, `docker login https://reg.example.net/\n${error}`],
    [
      undefined,
      `Pulling store ... error\nERROR: for store  Get "https://registry-1.docker.io/v2/": EOF`,
    ],
    [undefined, `Failed to download metadata for repo appstream\n${error}`],
    [undefined, `a docker pull error: ${error}`],
    [undefined, `failed to pull image "docker.io/<image>": ${error}`],
  ])('%s', (image, log) => {
    expect(first(log)?.facts.image).toBe(image);
  });
});

it('takes no word for the host that curl could not resolve', () => {
  const log =
    'warning: spurious network error (1 tries remaining): [6] Could not resolve hostname (Could not resolve host: index.example.net)';
  expect(diagnose(log).findings.map(({ host }) => host)).toEqual(['index.example.net']);
});

it('takes the host of a status that apt writes below the file', () => {
  const log =
    '0.655 Err:1 http://deb.example.net/debian trixie InRelease\n0.655   403  Forbidden [IP: 192.0.2.7 80]';
  expect(first(log)?.host).toBe('deb.example.net');
  expect(first(log)?.facts.ip).toBe('192.0.2.7');
});

it('names no second cause where a download failed for the first', () => {
  const rules = (reason: string) =>
    diagnose(
      `error pulling image configuration: download failed after attempts=6: ${reason}`,
    ).findings.map(({ rule }) => rule);
  expect(rules('net/http: TLS handshake timeout')).toEqual(['timeout-tls']);
  expect(rules('who knows')).toEqual(['interrupted-download']);
});

it('takes no platform for an image', () => {
  const finding = first('no matching manifest for linux/arm64/v8 in the manifest list entries');
  expect(finding?.facts.platform).toBe('linux/arm64/v8');
  expect(finding?.facts.image).toBeUndefined();
});

it('asks for no host where none is involved', () => {
  expect(first('exec /docker-entrypoint.sh: exec format error')?.surer).toBeUndefined();
});
