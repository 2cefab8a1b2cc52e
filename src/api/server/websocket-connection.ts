import type { RawData, WebSocket } from 'ws';
import { CloseCode, type Server } from 'graphql-ws';
import type { Serving } from './serving';

type Limits = Pick<Serving, 'limits' | 'logger'>;

/** Joins one websocket to the protocol until it closes. */
export function serveConnection(
  socket: WebSocket,
  protocol: Server<unknown>,
  { limits, logger }: Limits,
): void {
  const stopPinging = keepAlive(socket, limits.pingMs);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text, limits.bufferedBytes),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) =>
        socket.on('message', (data, isBinary) => {
          receiveText({ data, isBinary }, receive).catch((error: unknown) => {
            closeAfter(error, socket);
            logger.debug({ err: error }, 'a websocket message could not be handled');
          });
        }),
    },
    undefined,
  );
  // A frame that is too large and the like: ws itself closes with the right code.
  socket.on('error', (error) => logger.debug({ err: error }, 'a websocket failed'));
  socket.once('close', (code, reason) => {
    stopPinging();
    closed(code, reason.toString('utf8')).catch((error: unknown) => {
      logger.warn({ err: error }, 'a websocket was not cleaned up');
    });
  });
}

async function receiveText(
  { data, isBinary }: { readonly data: RawData; readonly isBinary: boolean },
  receive: (text: string) => Promise<void>,
): Promise<void> {
  if (isBinary) throw new ProtocolError('Send text frames');
  await receive((data as Buffer).toString('utf8'));
}

class ProtocolError extends Error {}

function closeAfter(error: unknown, socket: WebSocket): void {
  // graphql-ws throws this for messages that only a server sends.
  const unexpected = error instanceof Error && error.message.startsWith('Unexpected message of type');
  if (error instanceof ProtocolError) socket.close(CloseCode.BadRequest, error.message);
  else if (unexpected) socket.close(CloseCode.BadRequest, 'Invalid message received');
  else socket.close(CloseCode.InternalServerError, 'Internal error');
}

/**
 * Resolves when the text has left, so that a stream waits for its reader. A client that lets more than the allowed
 * bytes wait is cut off: what it has not read cannot be taken back, and a close frame would queue behind it.
 */
function send(socket: WebSocket, text: string, bufferedBytes: number): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > bufferedBytes) {
    socket.terminate();
    return Promise.resolve();
  }
  return new Promise((resolve) => socket.send(text, () => resolve()));
}

/** Pings; a client that has not answered by the next ping is gone. */
function keepAlive(socket: WebSocket, pingMs: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, pingMs);
  return () => clearInterval(timer);
}
