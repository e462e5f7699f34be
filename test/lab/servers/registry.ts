/** An image registry (distribution spec) that fails at the step one names. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Blob, createImage } from './image.ts';

/** What a request asks for. */
export type Step = 'ping' | 'token' | 'manifest' | 'blob' | 'upload' | 'other';

export interface RegistryRequest {
  readonly step: Step;
  readonly host: string;
  readonly method: string;
  /** Repository, e.g. `library/alpine`. */
  readonly name: string;
  /** Tag or digest. */
  readonly reference: string;
  /** Whether it is the image's layer; a configuration is a blob, too. */
  readonly layer: boolean;
}

/** Answers in the registry's place. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export interface RegistryOptions {
  readonly seed: string;
  readonly platforms?: readonly string[];
  /** `bearer`: a token from `/token`, as Docker Hub wants it. Default: none wanted. */
  readonly auth?: 'bearer' | 'basic';
  readonly fault?: (request: RegistryRequest) => Fault | undefined;
}

/** Docker Hub's tokens come from another host. */
const realmOf = (host: string): string =>
  host === 'registry-1.docker.io' ? 'https://auth.docker.io/token' : `https://${host}/token`;

/** A fault that answers with a status and a body; objects are sent as JSON. */
export function respond(
  status: number,
  body: object | string = '',
  headers: Record<string, string> = {},
): Fault {
  return (_request, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = text.startsWith('<')
      ? 'text/html'
      : typeof body === 'string'
        ? 'text/plain'
        : 'application/json';
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };
}

/** A fault in the registry's error format. */
export function registryError(
  status: number,
  code: string,
  message: string,
  detail: unknown = null,
): Fault {
  return respond(status, { errors: [{ code, message, detail }] });
}

/** A fault that sends only the first `bytes` of a longer body, then ends the connection as told. */
export function cut(bytes: Buffer, sent: number, how: 'end' | 'reset' | 'stall'): Fault {
  return (_request, response) => {
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': bytes.length,
    });
    response.write(bytes.subarray(0, sent), () => {
      const { socket } = response;
      if (how === 'end') socket?.end();
      else if (how === 'reset') setTimeout(() => socket?.resetAndDestroy(), 50);
    });
  };
}

export function readRequest(request: IncomingMessage): RegistryRequest {
  const { pathname } = new URL(request.url ?? '/', 'http://registry');
  const host = request.headers.host ?? '';
  const method = request.method ?? 'GET';
  const made = (step: Step, name = '', reference = ''): RegistryRequest => ({
    step,
    host,
    method,
    name,
    reference,
    layer: false,
  });
  if (pathname === '/v2/' || pathname === '/v2') return made('ping');
  if (pathname === '/token') return made('token');
  const [, name = '', kind, reference = ''] =
    pathname.match(/^\/v2\/(.+)\/(manifests|blobs)\/(.*)$/) ?? [];
  if (kind === 'blobs' && reference.startsWith('uploads')) return made('upload', name, reference);
  if (kind) return made(kind === 'manifests' ? 'manifest' : 'blob', name, reference);
  return made('other');
}

/** The registry as an HTTP application. It has one image, under every name and tag. */
export function registry({ seed, platforms, auth, fault }: RegistryOptions): RequestListener {
  const image = createImage(seed, platforms);
  const send = (response: ServerResponse, method: string, found: Blob | undefined): void => {
    if (!found) {
      registryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry')(response.req, response);
      return;
    }
    response.writeHead(200, {
      'Content-Type': found.mediaType,
      'Content-Length': found.bytes.length,
      'Docker-Content-Digest': found.digest,
    });
    response.end(method === 'HEAD' ? undefined : found.bytes);
  };
  return (request, response) => {
    const asked = readRequest(request);
    response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    const failing = fault?.({ ...asked, layer: asked.reference === image.blobs[0]?.digest });
    if (failing) {
      failing(request, response);
      return;
    }
    if (asked.step === 'token') {
      respond(200, { token: 'lab', access_token: 'lab', expires_in: 300 })(request, response);
      return;
    }
    if (auth && !request.headers.authorization) {
      const scope = asked.name ? `,scope="repository:${asked.name}:pull"` : '';
      const challenge =
        auth === 'basic'
          ? 'Basic realm="Registry Realm"'
          : `Bearer realm="${realmOf(asked.host)}",service="registry"${scope}`;
      response.setHeader('WWW-Authenticate', challenge);
      registryError(401, 'UNAUTHORIZED', 'authentication required')(request, response);
      return;
    }
    const { step, method, reference } = asked;
    if (step === 'ping') respond(200, {})(request, response);
    else if (step === 'manifest') {
      const byDigest = image.manifests.find(({ digest }) => digest === reference);
      send(
        response,
        method,
        byDigest ??
          (reference.startsWith('sha256:') && reference !== image.index.digest
            ? undefined
            : image.index),
      );
    } else if (step === 'blob')
      send(
        response,
        method,
        image.blobs.find(({ digest }) => digest === reference),
      );
    else respond(404, 'not found\n')(request, response);
  };
}

/** The layer that `registry` serves for a seed. */
export function layerOf(seed: string): Buffer {
  return createImage(seed).blobs[0]?.bytes ?? Buffer.alloc(0);
}
