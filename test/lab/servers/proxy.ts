/** An HTTP proxy: CONNECT and absolute-form requests, with the refusals that real ones give. */
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { address } from '../addresses.ts';
import type { Behaviour } from './behaviour.ts';

/** How the proxy answers. */
export interface ProxyAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Whatever the target, it forwards to the lab's server.
 *
 * @param answer what every request gets instead of being forwarded
 * @param tunnel what happens inside an established tunnel instead of the connection to the target
 */
export function httpProxy({
  answer,
  tunnel,
}: {
  answer?: ProxyAnswer;
  tunnel?: Behaviour;
} = {}): Behaviour {
  const refusal = (): { head: string; body: string } => {
    const { status = 500, reason = '', headers = {}, body = '' } = answer ?? {};
    const lines = Object.entries({
      ...headers,
      'Content-Length': String(Buffer.byteLength(body)),
      Connection: 'close',
    });
    return {
      head: `HTTP/1.1 ${status} ${reason}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      body,
    };
  };
  const server = createServer((request, response) => {
    if (answer) {
      response.writeHead(answer.status, answer.reason, { ...answer.headers, Connection: 'close' });
      response.end(answer.body);
      return;
    }
    forward(request)
      .on('response', (upstream) => {
        response.writeHead(upstream.statusCode ?? 502, upstream.headers);
        upstream.pipe(response);
      })
      .on('error', () => response.writeHead(502, 'Bad Gateway').end());
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {});
    if (answer) {
      const { head, body } = refusal();
      socket.end(head + body);
      return;
    }
    if (tunnel) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel(socket);
      return;
    }
    const { port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port || 443), address.server, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  return (socket) => {
    server.emit('connection', socket);
  };
}

function forward(request: IncomingMessage) {
  const { port, pathname, search } = new URL(request.url ?? '/');
  const { method, headers } = request;
  const outgoing = httpRequest({
    host: address.server,
    port: port || 80,
    path: pathname + search,
    method,
    headers,
  });
  return request.pipe(outgoing);
}
