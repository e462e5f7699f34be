import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

/** What to answer with; the type follows from the name of `file`. */
export interface Answer {
  file: string;
  body: Buffer | string;
  /** The body is already packed by brotli. */
  brotli?: boolean;
}

export interface StaticServer {
  /** E.g. `http://localhost:40123`. */
  origin: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
};

/** Whether a file is text by its name, so that packing it is worth while. */
export function isText(file: string): boolean {
  return extname(file) in types;
}

/**
 * A loopback server that asks `find` for each path; what it finds nothing for, or fails on, is a 404.
 * Rejects where `port` is taken; 0 takes any that is free.
 */
export async function serveStatic(
  find: (pathname: string) => Promise<Answer | undefined>,
  port = 0,
): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
    const answer = await find(pathname).catch(() => undefined);
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(answer.file)] ?? 'application/octet-stream',
      ...(answer.brotli && { 'content-encoding': 'br' }),
    });
    response.end(answer.body);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}
