import {
  OperationTypeNode,
  type GraphQLError,
  type ExecutionArgs,
  type GraphQLFormattedError,
} from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { admit } from '../admission/admit';
import { createContext, newRequestId, type RequestContext } from '../context';
import { presentError } from '../errors/present-error';
import { RequestError } from '../errors/request-error';
import type { Serving } from './serving';

/**
 * The graphql-transport-ws protocol over any socket. Every operation, mutations and queries too, passes the same
 * admission as over HTTP; Apollo has no part in it.
 */
export function websocketOperations(serving: Serving): Server<unknown> {
  const { limits, logger } = serving;
  const present = (errors: readonly GraphQLError[], requestId: string): readonly GraphQLFormattedError[] =>
    errors.map((error) => presentError(error, { requestId, logger }));
  return makeServer({
    connectionInitWaitTimeout: limits.connectionInitMs,
    onSubscribe: ({ subscriptions }, _id, payload) => {
      // The new one is among them already.
      if (Object.keys(subscriptions).length > limits.operationsPerSocket)
        return [tooManyOperations(limits.operationsPerSocket)];
      return prepared(payload, serving);
    },
    onError: (_context, _id, _payload, errors) => present(errors, newRequestId()),
    onNext: (_context, _id, _payload, { contextValue }, { errors, ...result }) => {
      if (errors === undefined) return undefined;
      return { ...result, errors: present(errors, (contextValue as RequestContext).requestId) };
    },
  });
}

function prepared(
  { query, operationName, variables }: SubscribePayload,
  { schema, limits, lab }: Serving,
): ExecutionArgs | readonly GraphQLError[] {
  const request = { query, operationName: operationName ?? null, variables: variables ?? {} };
  const admission = admit(request, { schema, limits });
  if (admission.kind === 'REFUSED') return admission.errors;
  const { document, operation } = admission.operation;
  const life = operation.operation === OperationTypeNode.SUBSCRIPTION ? 'SUBSCRIPTION' : 'ANSWER';
  return {
    schema,
    document,
    operationName: request.operationName,
    variableValues: request.variables,
    contextValue: createContext(lab, { timeoutMs: limits.timeoutMs, life }),
  };
}

function tooManyOperations(allowed: number): RequestError {
  return new RequestError(
    'OVERLOADED',
    `This websocket has ${allowed} operations already: wait until one has completed, or complete one.`,
    { limit: 'operationsPerSocket', allowed },
  );
}
