import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { makeSelfSigned, type SelfSigned } from './self-signed.ts';

export const KINDS = [
  'fast',
  'slow',
  'unauthorized',
  'forbidden',
  'limited',
  'redirect',
  'reset',
  'stalled',
  'half',
  'untrusted',
] as const;

export type Kind = (typeof KINDS)[number];

export interface Visit {
  readonly kind: Kind;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether the client went away before it had the answer. */
  aborted: boolean;
  answered: boolean;
}

/** Loopback HTTPS servers, one per kind of mirror, that keep a record of who came. */
export interface LoopbackMirrors {
  readonly url: Readonly<Record<Kind | 'closed', string>>;
  readonly origins: string[];
  readonly visits: Visit[];
  count(kind: Kind): number;
  close(): Promise<void>;
}

export const trusted = makeSelfSigned();
const untrusted = makeSelfSigned();

export async function startMirrors(): Promise<LoopbackMirrors> {
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();
  const closers: (() => Promise<void>)[] = [];
  const urls = {} as Record<Kind | 'closed', string>;

  for (const kind of KINDS) {
    const identity: SelfSigned = kind === 'untrusted' ? untrusted : trusted;
    const server = createServer(identity, (request, response) => {
      const visit: Visit = {
        kind,
        path: request.url ?? '',
        headers: request.headers,
        aborted: false,
        answered: false,
      };
      visits.push(visit);
      response.on('close', () => {
        visit.aborted = !visit.answered;
      });
      const answer = (status: number, headers: Record<string, string>, body: string) => {
        visit.answered = true;
        response.writeHead(status, headers);
        response.end(body);
      };
      switch (kind) {
        case 'fast':
          return answer(200, { 'content-type': 'application/json' }, '{}');
        case 'slow':
          setTimeout(() => answer(200, {}, '{}'), 1000);
          return;
        case 'unauthorized':
          return answer(
            401,
            { 'www-authenticate': 'Basic realm="a login prompt would block the page"' },
            '{"errors":[]}',
          );
        case 'forbidden':
          return answer(403, { 'content-type': 'text/html' }, '<html>blocked</html>');
        case 'limited':
          return answer(429, {}, 'toomanyrequests');
        case 'redirect':
          return answer(302, { location: `${urls.fast}/elsewhere` }, '');
        case 'reset':
          request.socket.destroy();
          return;
        case 'half':
          // Headers and no body: the answer never ends.
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{');
          return;
        case 'stalled':
        case 'untrusted':
          return;
      }
    });
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    // The browser turns its back on the certificate.
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    urls[kind] = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  }

  const closed = createServer(trusted);
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  urls.closed = `https://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => closed.close(() => resolve()));

  return {
    url: urls,
    origins: Object.values(urls),
    visits,
    count: (kind) => visits.filter((visit) => visit.kind === kind).length,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(closers.map((close) => close()));
    },
  };
}
