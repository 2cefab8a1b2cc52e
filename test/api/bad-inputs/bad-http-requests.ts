import zlib from 'node:zlib';
import { JSON_BODY } from '../support/server';

/** What HTTP itself makes possible. */
export interface BadHttpRequest {
  readonly input: string;
  readonly request: RequestInit;
  readonly status: number;
  /** What the message must name. */
  readonly names: readonly string[];
}

const post = (body: BodyInit, headers: Record<string, string> = JSON_BODY): RequestInit => ({
  method: 'POST',
  headers,
  body,
});
const encoded = (encoding: string) => ({ ...JSON_BODY, 'content-encoding': encoding });
const typed = (type: string) => ({ 'content-type': type });
const FINE = '{"query": "{ __typename }"}';
const FORM = typed('application/x-www-form-urlencoded');
const BOMB = new Uint8Array(zlib.gzipSync(Buffer.alloc(20_000_000, ' ')));
const SUBSCRIPTION = '{"query": "subscription { experimentProgress(id: \\"x\\") { status } }"}';
const INFINITE = '{"query": "{ __typename }", "variables": {"d": NaN}}';

export const BAD_HTTP_REQUESTS: readonly BadHttpRequest[] = [
  { input: 'broken JSON', request: post('{"query": '), status: 400, names: ['JSON'] },
  { input: 'an empty body', request: post(''), status: 400, names: ['query'] },
  { input: 'a text as the body', request: post('"{ __typename }"'), status: 400, names: ['JSON'] },
  { input: 'NaN in a body', request: post(INFINITE), status: 400, names: ['JSON'] },
  { input: 'a document that is a number', request: post('{"query": 1}'), status: 400, names: ['query'] },
  { input: 'an empty document', request: post('{"query": ""}'), status: 400, names: ['query'] },
  { input: 'no document', request: post('{}'), status: 400, names: ['query'] },
  {
    input: 'variables as text',
    request: post('{"query": "{ __typename }", "variables": "x"}'),
    status: 400,
    names: ['variables'],
  },
  {
    input: 'variables as a list',
    request: post('{"query": "{ __typename }", "variables": []}'),
    status: 400,
    names: ['variables'],
  },
  {
    input: 'an operation name that is a number',
    request: post('{"query": "{ __typename }", "operationName": 1}'),
    status: 400,
    names: ['operationName'],
  },
  { input: 'a batch', request: post(`[${FINE}]`), status: 400, names: ['Batches'] },
  { input: 'a subscription', request: post(SUBSCRIPTION), status: 400, names: ['websocket'] },
  {
    input: 'over 1 MB',
    request: post(`{"query": "${' '.repeat(1_000_000)}"}`),
    status: 413,
    names: ['1 MB'],
  },
  { input: 'a gzip bomb', request: post(BOMB, encoded('gzip')), status: 413, names: ['1 MB'] },
  { input: 'what is no gzip', request: post('plain', encoded('gzip')), status: 400, names: ['JSON'] },
  { input: 'an unknown encoding', request: post(FINE, encoded('x-mine')), status: 415, names: ['gzip'] },
  {
    input: 'an unknown character set',
    request: post(FINE, typed('application/json; charset=klingon')),
    status: 415,
    names: ['UTF-8'],
  },
  {
    input: 'a body of plain text',
    request: post(FINE, typed('text/plain')),
    status: 400,
    names: ['application/json'],
  },
  { input: 'a form', request: post('query={__typename}', FORM), status: 400, names: ['application/json'] },
  { input: 'PUT', request: { ...post(FINE), method: 'PUT' }, status: 405, names: ['POST'] },
  { input: 'DELETE', request: { method: 'DELETE' }, status: 405, names: ['POST'] },
  { input: 'a GET without document', request: { method: 'GET' }, status: 400, names: ['query'] },
];
