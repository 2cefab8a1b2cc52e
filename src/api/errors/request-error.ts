import { GraphQLError } from 'graphql';

/** Why a request could not be answered, and whether the same request may succeed later. */
const RETRYABLE_BY_CODE = {
  BAD_REQUEST: false,
  BAD_USER_INPUT: false,
  GRAPHQL_VALIDATION_FAILED: false,
  QUERY_TOO_COMPLEX: false,
  FORBIDDEN: false,
  NOT_FOUND: false,
  NOT_READY: true,
  OVERLOADED: true,
  UNAVAILABLE: true,
  TIMEOUT: true,
  INTERNAL_SERVER_ERROR: false,
} as const;

export type RequestErrorCode = keyof typeof RETRYABLE_BY_CODE;

/** An error whose message is meant for the caller; every other error is masked. */
export class RequestError extends GraphQLError {
  constructor(
    readonly code: RequestErrorCode,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, { extensions: { ...facts, code } });
  }
}

/** Null for a code that is none of ours. */
export function knownCode(code: unknown): RequestErrorCode | null {
  return typeof code === 'string' && Object.hasOwn(RETRYABLE_BY_CODE, code)
    ? (code as RequestErrorCode)
    : null;
}

export function isRetryable(code: RequestErrorCode): boolean {
  return RETRYABLE_BY_CODE[code];
}

/** The value of an argument is not allowed. */
export function refuseArgument(argument: string, message: string): RequestError {
  return new RequestError('BAD_USER_INPUT', `The argument "${argument}" is not allowed. ${message}`, {
    field: [argument],
  });
}

/** The same answer for ids that are malformed, of another type, deleted, or somebody else's. */
export function notFound(argument: string): RequestError {
  return new RequestError('NOT_FOUND', `There is nothing of this ${argument}.`, { field: [argument] });
}
