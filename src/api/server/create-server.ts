import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { Lab } from '../../experiments/lab';
import { RequestError } from '../errors/request-error';
import { DEFAULT_LIMITS, type ServerLimits } from '../limits';
import { buildApiSchema } from '../schema/build-schema';
import { graphqlRoute, type GraphqlRoute } from './graphql-route';
import { healthRoutes } from './health-routes';
import { historyRoute } from './history-route';
import { refusedFor } from './host-check';
import { errorHandler, sendErrors } from './http-errors';
import { playgroundRoute } from './playground';
import type { Serving } from './serving';
import { websocketRoute, type WebsocketRoute } from './websocket-route';

export interface ServerOptions {
  readonly lab: Lab;
  /** Address to bind; whether one beyond loopback is allowed is for the settings to decide. */
  readonly host: string;
  /** What a request may give as its Host beside the names of this machine, in lower case; none by default. */
  readonly allowedHosts?: readonly string[];
  /** 0 for any free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Those that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ServerLimits>;
}

export interface ApiServer {
  /** Of the playground, without slash at the end; GraphQL is on `/graphql` below it. */
  readonly url: string;
  readonly port: number;
  /**
   * Stops taking requests, closes websockets with 1001, lets open requests end, cuts off what is still open after
   * `limits.closeMs`. The lab stays open.
   */
  close(): Promise<void>;
}

/**
 * Serves the lab over HTTP and websocket; resolves when it listens.
 *
 * @throws Error if the address cannot be bound.
 */
export async function createServer(options: ServerOptions): Promise<ApiServer> {
  const { lab, host, port, logger, limits, allowedHosts = [] } = options;
  const serving: Serving = {
    lab,
    logger,
    schema: buildApiSchema(),
    limits: { ...DEFAULT_LIMITS, ...limits },
    allowedHosts,
  };
  const graphql = await graphqlRoute(serving);
  const httpServer = http.createServer(expressApp(serving, graphql));
  const websocket = websocketRoute(httpServer, serving);
  httpServer.on('clientError', refuseUnreadable);
  httpServer.listen(port, host);
  await once(httpServer, 'listening');
  const bound = (httpServer.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: onlyOnce(() => closeAll({ httpServer, websocket, graphql }, serving.limits.closeMs)),
  };
}

function expressApp(serving: Serving, graphql: GraphqlRoute): Express {
  const { logger } = serving;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(refuseStrangers(serving));
  app.use(healthRoutes(serving));
  app.use(historyRoute(serving));
  app.use('/graphql', graphql.router);
  app.use(playgroundRoute());
  app.use((_request, response) => {
    const error = new RequestError(
      'NOT_FOUND',
      'There is nothing here. GraphQL is on /graphql, the playground on /.',
    );
    sendErrors(response, logger, { status: 404, errors: [error] });
  });
  app.use(errorHandler(logger));
  return app;
}

function refuseStrangers(serving: Serving) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const refusal = refusedFor(request, serving);
    if (refusal === null) next();
    else
      sendErrors(response, serving.logger, { status: 403, errors: [new RequestError('FORBIDDEN', refusal)] });
  };
}

/** What is no HTTP at all never reaches Express; its answer is JSON like every other. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The headers are too large: at most 16 kB are allowed.']
      : ['400 Bad Request', 'The request is not valid HTTP.'];
  const body = JSON.stringify({
    errors: [{ message, extensions: { code: 'BAD_REQUEST', retryable: false } }],
  });
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

interface OpenParts {
  readonly httpServer: http.Server;
  readonly websocket: WebsocketRoute;
  readonly graphql: GraphqlRoute;
}

async function closeAll({ httpServer, websocket, graphql }: OpenParts, closeMs: number): Promise<void> {
  const closed = once(httpServer, 'close');
  httpServer.close();
  const idle = setInterval(() => httpServer.closeIdleConnections(), 50);
  const cut = setTimeout(() => httpServer.closeAllConnections(), closeMs);
  await websocket.close();
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
  await graphql.close();
}

function onlyOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
}
