import type { NextFunction, Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { StoreUnavailableError } from '../../experiments/ports/stores';
import { newRequestId } from '../context';
import { presentError } from '../errors/present-error';
import { RequestError } from '../errors/request-error';

interface Refusal {
  readonly status: number;
  readonly errors: readonly GraphQLError[];
  readonly requestId?: string;
}

/** Answers with errors in GraphQL's form, always as JSON. */
export function sendErrors(
  response: Response,
  logger: Logger,
  { status, errors, requestId = newRequestId() }: Refusal,
): void {
  response.status(status).json({ errors: errors.map((error) => presentError(error, { requestId, logger })) });
}

/** The last handler: what the body parser refused, and what went wrong with us. */
export function errorHandler(logger: Logger) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    sendErrors(response, logger, refusalOf(error));
  };
}

function refusalOf(error: unknown): Refusal {
  const status = statusOf(error);
  const words = status === null ? null : WORDS[status];
  if (status !== null && words !== null)
    return { status, errors: [new RequestError('BAD_REQUEST', words ?? 'The request cannot be read.')] };
  const originalError =
    error instanceof Error ? error : new Error('something else than an error was thrown', { cause: error });
  return { status: failureOf(error), errors: [new GraphQLError(originalError.message, { originalError })] };
}

/** What may succeed later is told from what will not. */
function failureOf(error: unknown): number {
  if (error instanceof StoreUnavailableError) return 503;
  return error instanceof RequestError && error.code === 'TIMEOUT' ? 504 : 500;
}

const WORDS: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON in UTF-8. Send an object such as {"query": "{ __typename }"}.',
  413: 'The body is too large: at most 1 MB is allowed, after decompression.',
  415: 'The encoding of the body is not known. Send UTF-8, plain or compressed by gzip, deflate or br.',
};

/** The status of a client's mistake that the body parser found; null for everything else. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
