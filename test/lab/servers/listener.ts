/** TCP listeners that can be closed with every connection they hold. */
import { createServer, type Socket } from 'node:net';

export interface Listener {
  close(): Promise<void>;
}

/**
 * Listens on one address and port.
 *
 * @param onConnection gets each connection; errors on it are swallowed, faults are what the lab is for
 */
export async function listen(
  host: string,
  port: number,
  onConnection: (socket: Socket) => void,
): Promise<Listener> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
