import type { Request } from 'express';
import type { GraphqlRequest } from '../admission/admit';
import { RequestError } from '../errors/request-error';

/** What is wrong with a request before its document is looked at. */
export class BadHttpRequest extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  get errors(): readonly RequestError[] {
    return [new RequestError('BAD_REQUEST', this.message)];
  }
}

/** @throws BadHttpRequest */
export function readRequest(request: Request): GraphqlRequest {
  return request.method === 'GET' ? fromQueryString(request) : fromBody(request);
}

/** @throws BadHttpRequest for bodies that a form of another site could send, and for whatever is not JSON. */
export function refuseOtherMediaTypes(request: Request): void {
  if (request.method === 'GET' || request.is('application/json') === 'application/json') return;
  throw new BadHttpRequest(
    400,
    'Send the request as JSON, with the header "Content-Type: application/json".',
  );
}

function fromBody(request: Request): GraphqlRequest {
  const body: unknown = request.body;
  if (Array.isArray(body))
    throw new BadHttpRequest(
      400,
      'Batches are not taken: send one operation a request, or several in one document.',
    );
  if (!isRecord(body))
    throw new BadHttpRequest(400, 'The body must be a JSON object with the field "query".');
  return checked(body);
}

function fromQueryString({ originalUrl }: Request): GraphqlRequest {
  const parameters = new URL(originalUrl, 'http://localhost').searchParams;
  const variables = parameters.get('variables');
  return checked({
    query: parameters.get('query'),
    operationName: parameters.get('operationName'),
    variables: variables === null ? null : parsed(variables),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadHttpRequest(400, 'The parameter "variables" must be a JSON object.');
  }
}

function checked({
  query,
  operationName = null,
  variables = null,
}: Readonly<Record<string, unknown>>): GraphqlRequest {
  if (typeof query !== 'string' || query.trim() === '')
    throw new BadHttpRequest(400, 'The field "query" must be a GraphQL document, as a string.');
  if (operationName !== null && typeof operationName !== 'string')
    throw new BadHttpRequest(400, 'The field "operationName" must be a string.');
  if (variables !== null && !isRecord(variables))
    throw new BadHttpRequest(400, 'The field "variables" must be an object of the values by their names.');
  return { query, operationName, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
