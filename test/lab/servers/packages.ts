/** Package repositories with one small package each, as far as a client asks. */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { respond } from './registry.ts';

const hash = (algorithm: string, content: string | Buffer): string =>
  createHash(algorithm).update(content).digest('hex');

export interface AptOptions {
  /** `Date:` and `Valid-Until:` of the Release file. */
  readonly date?: string;
  readonly validUntil?: string;
  /** The package list isn't the one that the Release file describes. */
  readonly stale?: boolean;
  /** No file of the distribution exists. */
  readonly missing?: boolean;
}

/** A Debian repository without a signature; its list is empty. */
export function aptRepository({
  date = 'Sat, 01 Jan 2022 00:00:00 UTC',
  validUntil,
  stale,
  missing,
}: AptOptions): RequestListener {
  const list =
    'Package: lab\nVersion: 1\nArchitecture: amd64\nFilename: pool/lab_1_amd64.deb\nSize: 1\n\n';
  const packed = gzipSync(list);
  const path = 'main/binary-amd64/Packages';
  const release = [
    'Origin: Debian',
    'Suite: bookworm',
    'Codename: bookworm',
    `Date: ${date}`,
    ...(validUntil ? [`Valid-Until: ${validUntil}`] : []),
    'Architectures: amd64',
    'Components: main',
    'SHA256:',
    ` ${hash('sha256', list)} ${list.length} ${path}`,
    ` ${hash('sha256', packed)} ${packed.length} ${path}.gz`,
    '',
  ].join('\n');
  return (request, response) => {
    const asked = request.url ?? '';
    const answer = missing
      ? respond(404, 'Not Found\n')
      : asked.endsWith('/Release')
        ? respond(200, release)
        : asked.endsWith('Packages.gz')
          ? (_: typeof request, sent: typeof response) => {
              const bytes = Buffer.from(packed);
              if (stale) bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 0xff;
              sent.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
            }
          : respond(404, 'Not Found\n');
    answer(request, response);
  };
}

/** PyPI's simple index with one distribution of `flask`; `wrong`: its hash is another one. */
export function pythonIndex({ wrong }: { wrong?: boolean } = {}): RequestListener {
  const wheel = Buffer.from('not really a wheel');
  const name = 'flask-3.0.0-py3-none-any.whl';
  const digest = wrong ? hash('sha256', 'another') : hash('sha256', wheel);
  return (request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/simple/flask'))
      respond(
        200,
        `<!DOCTYPE html><html><body><a href="/files/${name}#sha256=${digest}">${name}</a></body></html>`,
      )(request, response);
    else if (path.startsWith('/files/'))
      response.writeHead(200, { 'Content-Length': wheel.length }).end(wheel);
    else respond(404, 'Not Found\n')(request, response);
  };
}

/** npm's registry with one version of `left-pad`, whose archive isn't the one described. */
export function npmRegistry(): RequestListener {
  return (request, response) => {
    const path = request.url ?? '';
    if (path.endsWith('.tgz')) {
      respond(200, 'not the archive', { 'Content-Type': 'application/octet-stream' })(
        request,
        response,
      );
      return;
    }
    const tarball = 'https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz';
    const integrity = `sha512-${createHash('sha512').update('the archive').digest('base64')}`;
    respond(200, {
      name: 'left-pad',
      'dist-tags': { latest: '1.3.0' },
      versions: { '1.3.0': { name: 'left-pad', version: '1.3.0', dist: { tarball, integrity } } },
    })(request, response);
  };
}
