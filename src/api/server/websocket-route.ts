import { once } from 'node:events';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { refusedFor } from './host-check';
import type { Serving } from './serving';
import { serveConnection } from './websocket-connection';
import { websocketOperations } from './websocket-operations';

const GOING_AWAY = 1001;

/** GraphQL over websocket on `/graphql`. */
export interface WebsocketRoute {
  /** Refuses new sockets, closes the open ones with 1001, and ends those that do not answer in time. */
  close(): Promise<void>;
}

export function websocketRoute(httpServer: HttpServer, serving: Serving): WebsocketRoute {
  const protocol = websocketOperations(serving);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: serving.limits.frameBytes,
    handleProtocols: chosenProtocol,
  });
  let closing = false;
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = upgradeRefusal(request, serving, { closing });
    if (refusal !== null) refuseUpgrade(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (opened) => serveConnection(opened, protocol, serving));
  });
  return {
    close: async () => {
      closing = true;
      await closeAll(sockets, serving.limits.closeMs);
    },
  };
}

/** An unknown protocol is taken on for a moment: only then can the client be told by the close code 4406. */
function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return GRAPHQL_TRANSPORT_WS_PROTOCOL;
  const [first] = offered;
  return first ?? false;
}

interface UpgradeRefusal {
  readonly status: string;
  readonly code: string;
  readonly message: string;
}

function upgradeRefusal(
  request: IncomingMessage,
  serving: Serving,
  { closing }: { closing: boolean },
): UpgradeRefusal | null {
  const stranger = refusedFor(request, serving);
  if (stranger !== null) return { status: '403 Forbidden', code: 'FORBIDDEN', message: stranger };
  if (closing)
    return {
      status: '503 Service Unavailable',
      code: 'UNAVAILABLE',
      message: 'The server is closing. Try again.',
    };
  const path = (request.url ?? '').split('?')[0];
  if (path === '/graphql') return null;
  return { status: '404 Not Found', code: 'NOT_FOUND', message: 'Websockets are taken on /graphql only.' };
}

function refuseUpgrade(socket: Duplex, { status, code, message }: UpgradeRefusal): void {
  const body = JSON.stringify({
    errors: [{ message, extensions: { code, retryable: code === 'UNAVAILABLE' } }],
  });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

async function closeAll(sockets: WebSocketServer, closeMs: number): Promise<void> {
  const open = [...sockets.clients];
  const closed = Promise.all(open.map((socket) => once(socket, 'close')));
  for (const socket of open) socket.close(GOING_AWAY, 'Going away');
  const terminate = setTimeout(() => {
    for (const socket of open) socket.terminate();
  }, closeMs);
  await closed;
  clearTimeout(terminate);
}
