import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

export interface SilentServer {
  /** The address of a database that never says a word. */
  readonly url: string;
  /** Resolves when somebody has connected. */
  readonly visited: Promise<unknown>;
  close(): void;
}

/** Accepts connections and keeps silent, as a server that was stopped or a dead network does. */
export async function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://somebody:secret@127.0.0.1:${port}/silent`,
    visited: once(server, 'connection'),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
