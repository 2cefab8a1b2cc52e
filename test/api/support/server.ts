import { afterEach } from '@jest/globals';
import pino from 'pino';
import { createServer, type ApiServer, type ServerOptions } from '../../../src/api/server/create-server';
import { untouchedLab } from './labs';

const silent = pino({ level: 'silent' });
const started: ApiServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

/** A server on a free port of this machine, closed after the test. */
export async function startServer(options: Partial<ServerOptions> = {}): Promise<ApiServer> {
  const server = await openServer(options);
  started.push(server);
  return server;
}

/** The same, for the test to close. */
export async function openServer(options: Partial<ServerOptions> = {}): Promise<ApiServer> {
  return createServer({ lab: untouchedLab, host: '127.0.0.1', port: 0, logger: silent, ...options });
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphqlAnswerError[];
}

export interface GraphqlAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** Sends whatever a test wants to `/graphql`. */
export async function send(server: ApiServer, request: RequestInit): Promise<GraphqlAnswer> {
  const response = await fetch(`${server.url}/graphql`, request);
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as Partial<GraphqlAnswer>;
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text,
    data,
    errors,
  };
}

/** Sends a JSON body. */
export async function post(server: ApiServer, body: unknown): Promise<GraphqlAnswer> {
  return send(server, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) });
}

export const JSON_BODY = { 'content-type': 'application/json' };

/** Whether the server still does what it is for. */
export async function isAlive(server: ApiServer): Promise<boolean> {
  const { status, data } = await post(server, { query: '{ __typename }' });
  return status === 200 && data?.__typename === 'Query';
}
