import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import { admit, type AdmittedOperation } from '../admission/admit';
import { createContext, newRequestId, type RequestContext } from '../context';
import { presentError } from '../errors/present-error';
import { RequestError } from '../errors/request-error';
import { sendErrors } from './http-errors';
import { BadHttpRequest, readRequest, refuseOtherMediaTypes } from './http-request';
import { requestScope } from './request-scope';
import type { Serving } from './serving';

/** GraphQL over HTTP: queries and mutations by POST, queries by GET. */
export interface GraphqlRoute {
  readonly router: Router;
  close(): Promise<void>;
}

export async function graphqlRoute(serving: Serving): Promise<GraphqlRoute> {
  const apollo = apolloServer(serving);
  await apollo.start();
  const router = Router();
  router.use(refuseMethods(serving));
  router.use(checkMediaType(serving));
  router.use(express.json({ limit: serving.limits.bodyBytes }));
  router.use(admitOnly(serving));
  const execute = expressMiddleware(apollo, { context: async ({ res }) => contextOf(res) });
  router.use((request, response, next) => {
    // Apollo refuses a missing body even where it does not read one.
    request.body ??= {};
    requestScope.run({ requestId: contextOf(response).requestId }, () => execute(request, response, next));
  });
  return { router, close: () => apollo.stop() };
}

function apolloServer({ schema, logger }: Serving): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // The root that starts the server also stops it, in its own order.
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled()],
    logger,
    formatError: (formatted, error) => {
      const requestId = requestScope.getStore()?.requestId ?? newRequestId();
      return presentError(asGraphqlError(error, formatted), { requestId, logger });
    },
  });
}

function asGraphqlError(error: unknown, { message }: GraphQLFormattedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(message, { originalError: error instanceof Error ? error : undefined });
}

function refuseMethods({ logger }: Serving) {
  return ({ method }: Request, response: Response, next: NextFunction): void => {
    if (method === 'GET' || method === 'POST') {
      next();
      return;
    }
    response.setHeader('Allow', 'GET, POST');
    const error = new RequestError('BAD_REQUEST', `${method} is not taken here: send GraphQL by POST.`);
    sendErrors(response, logger, { status: 405, errors: [error] });
  };
}

function checkMediaType({ logger }: Serving) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (refusing(response, logger, () => refuseOtherMediaTypes(request)) !== null) next();
  };
}

/** Lets through what may be executed, and makes its context. */
function admitOnly({ schema, limits, logger, lab }: Serving) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const asked = refusing(response, logger, () => readRequest(request));
    if (asked === null) return;
    const admission = admit(asked, { schema, limits });
    if (admission.kind === 'REFUSED') {
      sendErrors(response, logger, { status: 400, errors: admission.errors });
      return;
    }
    if (refusing(response, logger, () => refuseForMethod(request.method, admission.operation)) === null)
      return;
    response.locals.context = createContext(lab, { timeoutMs: limits.timeoutMs, life: 'ANSWER' });
    next();
  };
}

function refuseForMethod(method: string, { operation }: AdmittedOperation): void {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw new BadHttpRequest(
      400,
      'Subscriptions go over a websocket on this path, by the protocol graphql-transport-ws.',
    );
  if (method === 'GET' && operation.operation === OperationTypeNode.MUTATION)
    throw new BadHttpRequest(405, 'Mutations are not taken by GET: send them by POST.');
}

/** Null after the request was refused. */
function refusing<Value>(response: Response, logger: Serving['logger'], check: () => Value): Value | null {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof BadHttpRequest)) throw error;
    if (error.status === 405) response.setHeader('Allow', 'POST');
    sendErrors(response, logger, error);
    return null;
  }
}

function contextOf({ locals }: Response): RequestContext {
  return locals.context as RequestContext;
}
