import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { StoreUnavailableError } from '../../experiments/ports/stores';
import { QueueUnavailableError } from '../../experiments/ports/work-queue';
import { isRetryable, knownCode, type RequestErrorCode } from './request-error';

/** Where an error happened: what its line in the log and its answer have in common. */
export interface ErrorPlace {
  readonly requestId: string;
  readonly logger: Logger;
}

/**
 * An error as the caller may see it: with code, request id and whether to try again. What was not meant for the
 * caller is logged whole and answered as "Internal error".
 */
export function presentError(error: GraphQLError, { requestId, logger }: ErrorPlace): GraphQLFormattedError {
  const { code, message, facts } = classified(error);
  if (code === 'INTERNAL_SERVER_ERROR')
    logger.error({ requestId, err: error.originalError ?? error }, 'request failed');
  const { locations, path } = error.toJSON();
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { ...facts, code, requestId, retryable: isRetryable(code) },
  };
}

interface Classified {
  readonly code: RequestErrorCode;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

function classified(error: GraphQLError): Classified {
  const cause = error.originalError ?? error;
  if (cause instanceof StoreUnavailableError || cause instanceof QueueUnavailableError) return UNAVAILABLE;
  const code = knownCode(cause instanceof GraphQLError ? cause.extensions.code : null);
  if (code !== null && code !== 'INTERNAL_SERVER_ERROR')
    return { code, message: error.message, facts: shownFacts(cause) };
  if (isBadArgument(cause)) return { code: 'BAD_USER_INPUT', message: error.message, facts: {} };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error', facts: {} };
}

const UNAVAILABLE: Classified = {
  code: 'UNAVAILABLE',
  message: 'The database of the lab cannot be reached at the moment: nothing was done. Try again.',
  facts: {},
};

/** What the domain of the error adds; how HTTP shall answer is nobody's business but Apollo's. */
function shownFacts(cause: unknown): Readonly<Record<string, unknown>> {
  if (!(cause instanceof GraphQLError)) return {};
  return Object.fromEntries(Object.entries(cause.extensions).filter(([name]) => SHOWN_FACTS.has(name)));
}

const SHOWN_FACTS: ReadonlySet<string> = new Set(['field', 'limit', 'found', 'allowed', 'limitMs']);

/** graphql-js finds some wrong arguments only while it executes, and gives their errors no code. */
function isBadArgument(cause: unknown): boolean {
  return (
    cause instanceof GraphQLError &&
    cause.originalError === undefined &&
    cause.extensions.code === undefined &&
    cause.message.startsWith('Argument "')
  );
}
