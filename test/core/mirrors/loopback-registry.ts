import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How a loopback registry misbehaves; nothing set = a sound one with token, index and CDN redirect. */
export interface Manner {
  auth?: 'none' | 'bearer' | 'basic';
  /** Blobs come from another server, as from a CDN. */
  cdn?: boolean;
  /** One manifest instead of an index. */
  single?: boolean;
  /** Another image's content under the same tag. */
  seed?: string;
  corrupt?: 'manifest' | 'blob' | 'digest-header';
  /** Status and body of every manifest request. */
  manifest?: { status: number; body: string };
  /** Status and body of `/v2/`. */
  ping?: { status: number; body: string };
  tokenStatus?: number;
  /** Send everything whatever Range asks, and without a length. */
  ignoreRange?: boolean;
  layerBytes?: number;
  prettyJson?: boolean;
}

export interface LoopbackRegistry {
  readonly url: string;
  readonly digest: string;
  readonly platformDigest: string;
  /** Every request line with its Authorization header. */
  readonly requests: { method: string; path: string; authorization: string | undefined }[];
  readonly bytesSent: () => number;
  close(): Promise<void>;
}

const sha256 = (data: string | Buffer) =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** Starts a registry on a loopback port that answers for `library/alpine:latest`. */
export async function startRegistry(manner: Manner = {}): Promise<LoopbackRegistry> {
  const seed = manner.seed ?? 'alpine';
  const layer = Buffer.alloc(manner.layerBytes ?? 300_000, seed);
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', seed });
  const text = (value: unknown) => JSON.stringify(value, null, manner.prettyJson ? 3 : 0);
  const manifest = text({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: sha256(config),
      size: config.length,
    },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        size: layer.length,
        digest: sha256(layer),
        annotations: { note: 'first layer' },
      },
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: sha256('second'),
        size: 6,
      },
    ],
  });
  const other = text({ schemaVersion: 2, layers: [] });
  const entry = (digest: string, architecture: string, os = 'linux') => ({
    annotations: { 'vnd.docker.reference.digest': sha256('elsewhere') },
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    platform: { architecture, os },
    size: 500,
  });
  const index = text({
    manifests: [
      entry(sha256(other), 's390x'),
      entry(sha256(other), 'unknown', 'unknown'),
      ...['amd64', 'arm64', 'arm', '386', 'riscv64', 'loong64', 'ppc64le'].map((arch) =>
        entry(sha256(manifest), arch),
      ),
    ],
    mediaType: 'application/vnd.oci.image.index.v1+json',
    schemaVersion: 2,
  });
  const top = manner.single ? manifest : index;
  const requests: LoopbackRegistry['requests'] = [];
  let sent = 0;

  const send = (
    response: ServerResponse,
    status: number,
    body: string | Buffer,
    headers: Record<string, string | number> = {},
  ) => {
    response.writeHead(status, { 'content-length': body.length, ...headers });
    response.end(body);
  };

  const sendBlob = (request: IncomingMessage, response: ServerResponse) => {
    const body = manner.corrupt === 'blob' ? Buffer.alloc(layer.length, 'x') : layer;
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (manner.ignoreRange) {
      response.writeHead(200);
      let at = 0;
      const pump = () => {
        while (at < body.length) {
          const chunk = body.subarray(at, at + 65_536);
          at += chunk.length;
          sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', pump);
            return;
          }
        }
        response.end();
      };
      response.on('error', () => {});
      pump();
      return;
    }
    if (range) {
      const part = body.subarray(Number(range[1]), Number(range[2]) + 1);
      sent += part.length;
      send(response, 206, part, {
        'content-range': `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${body.length}`,
      });
      return;
    }
    sent += body.length;
    send(response, 200, body);
  };

  const listen = async (
    handle: (request: IncomingMessage, response: ServerResponse) => void,
    host: string,
  ) => {
    const sockets = new Set<Socket>();
    const server = createServer((request, response) => {
      requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization,
      });
      handle(request, response);
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://${host}:${port}`,
      close: () => {
        for (const socket of sockets) socket.destroy();
        return new Promise<void>((resolve) => server.close(() => resolve()));
      },
    };
  };

  const cdn = manner.cdn === false ? undefined : await listen(sendBlob, 'localhost');
  const main = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
    const authorized =
      manner.auth === 'none' || request.headers.authorization === 'Bearer good.token-1';
    if (pathname === '/token') {
      if (manner.tokenStatus !== undefined) {
        return send(response, manner.tokenStatus, '{"errors":[{"code":"DENIED"}]}');
      }
      const scope = searchParams.get('scope');
      const good =
        scope === 'repository:library/alpine:pull' &&
        searchParams.get('service') === 'loopback registry';
      return send(response, good ? 200 : 400, text({ expires_in: 300, token: 'good.token-1' }));
    }
    if (manner.ping !== undefined && pathname === '/v2/') {
      return send(response, manner.ping.status, manner.ping.body);
    }
    if (!authorized) {
      const challenge =
        manner.auth === 'basic'
          ? 'Basic realm="members"'
          : `Bearer realm="${main.url}/token",service="loopback registry",scope="x"`;
      return send(response, 401, '{"errors":[{"code":"UNAUTHORIZED"}]}', {
        'www-authenticate': challenge,
      });
    }
    if (pathname === '/v2/') return send(response, 200, '{}');
    const reference = /^\/v2\/library\/alpine\/manifests\/(.+)$/.exec(pathname)?.[1];
    if (reference !== undefined) {
      if (manner.manifest) return send(response, manner.manifest.status, manner.manifest.body);
      const found =
        reference === 'latest' || reference === sha256(top)
          ? top
          : reference === sha256(manifest)
            ? manifest
            : undefined;
      if (found === undefined) return send(response, 404, '{"errors":[]}');
      const body = manner.corrupt === 'manifest' && found === manifest ? `${found} ` : found;
      return send(response, 200, body, {
        'docker-content-digest':
          manner.corrupt === 'digest-header' ? sha256('something else') : sha256(found),
      });
    }
    if (pathname === `/v2/library/alpine/blobs/${sha256(layer)}`) {
      if (cdn === undefined) return sendBlob(request, response);
      return send(response, 307, '', { location: `${cdn.url}/layer?signature=abc` });
    }
    send(response, 404, '{"errors":[]}');
  }, '127.0.0.1');

  return {
    url: main.url,
    digest: sha256(top),
    platformDigest: sha256(manifest),
    requests,
    bytesSent: () => sent,
    async close() {
      await main.close();
      await cdn?.close();
    },
  };
}
