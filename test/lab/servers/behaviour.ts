/** What a server does with a connection: the faults below HTTP. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import {
  createSecureContext,
  createServer as createTlsServer,
  type TlsOptions as ServerOptions,
} from 'node:tls';
import type { Identity } from '../certificates.ts';

export type Behaviour = (socket: Socket) => void;

/** Speaks HTTP/1.1. */
export function http(app: RequestListener): Behaviour {
  const server: Server = createServer({ keepAliveTimeout: 2000 }, app);
  return (socket) => {
    server.emit('connection', socket);
  };
}

export interface TlsOptions
  extends Pick<ServerOptions, 'minVersion' | 'maxVersion' | 'ciphers' | 'requestCert' | 'ca'> {
  /** The certificate for a server name; `undefined` name: the client sent none. */
  identity(name: string | undefined): Identity;
}

/** TLS, then `inner`. */
export function tls(options: TlsOptions, inner: Behaviour): Behaviour {
  const { identity, ...settings } = options;
  const { minVersion, maxVersion, ciphers, ca } = settings;
  const server = createTlsServer(
    {
      ...settings,
      ...identity(undefined),
      rejectUnauthorized: settings.requestCert ?? false,
      SNICallback: (name, done) =>
        done(null, createSecureContext({ ...identity(name), minVersion, maxVersion, ciphers, ca })),
    },
    inner,
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return (socket) => {
    server.emit('connection', socket);
  };
}

/** Closes at once: the client sees EOF. */
export const closeAtOnce: Behaviour = (socket) => {
  socket.end();
};

/** Closes as soon as the client has sent something. */
export const closeOnData: Behaviour = (socket) => {
  socket.once('data', () => socket.end());
};

/** Resets as soon as the client has sent something. */
export const resetOnData: Behaviour = (socket) => {
  socket.once('data', () => socket.resetAndDestroy());
};

/** Reads and never answers. */
export const stall: Behaviour = (socket) => {
  socket.resume();
};

/** Sends `bytes` at the first data and closes: whatever protocol the client speaks, this isn't it. */
export function answerWith(bytes: string | Uint8Array): Behaviour {
  return (socket) => {
    socket.once('data', () => socket.end(bytes));
  };
}

/** A TLS alert record (RFC 8446, 6.2), e.g. 40 handshake_failure, 112 unrecognized_name. */
export function tlsAlert(description: number): Behaviour {
  return answerWith(Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, description));
}
