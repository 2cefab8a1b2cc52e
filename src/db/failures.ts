import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailableError } from '../experiments/ports/stores';

const CONFLICT_ATTEMPTS = 5;
const CONFLICT_DELAY_MS_MAX = 50;

/** SQLSTATEs, codes of sockets and of Prisma, and kinds of Prisma's driver adapter, for "no database answers". */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  // Shut down, crashed, starting, idle for too long, too many connections, a statement or a lock took too long.
  ...['57P01', '57P02', '57P03', '57P05', '25P03', '53300', '57014', '55P03'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
]);
/** Class 08 of SQLSTATE: connection exceptions. */
const CONNECTION_EXCEPTION = /^08[0-9A-Z]{3}$/;
const CONFLICT_CODES: ReadonlySet<string> = new Set(['40001', '40P01', 'P2034', 'TransactionWriteConflict']);
/** What `pg` and its pool say without giving a code. */
const UNAVAILABLE_MESSAGE =
  /Connection terminated|Connection ended unexpectedly|timeout exceeded when trying to connect|timeout expired|Query read timeout|connection error and is not queryable|after calling end on the pool|Client was closed/i;

export type Failure = 'UNAVAILABLE' | 'CONFLICT' | 'OTHER';

/** What an error of `pg` or Prisma means for the caller: no database, a lost race to be tried again, or neither. */
export function classifyFailure(error: unknown): Failure {
  const signs = signsOf(error, 4);
  if (signs.some((sign) => CONFLICT_CODES.has(sign))) return 'CONFLICT';
  const unavailable = signs.some(
    (sign) =>
      UNAVAILABLE_CODES.has(sign) || CONNECTION_EXCEPTION.test(sign) || UNAVAILABLE_MESSAGE.test(sign),
  );
  return unavailable ? 'UNAVAILABLE' : 'OTHER';
}

/**
 * Runs a database operation: one that lost a race (serialization, deadlock) starts again a few times.
 * @throws StoreUnavailableError while the database cannot be reached, or when every attempt lost
 */
export async function reachingDatabase<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      const failure = classifyFailure(error);
      if (failure === 'OTHER') throw error;
      if (failure === 'UNAVAILABLE' || attempt === CONFLICT_ATTEMPTS) {
        throw new StoreUnavailableError('The database cannot be reached.', { cause: error });
      }
      await delay(Math.random() * CONFLICT_DELAY_MS_MAX);
    }
  }
}

/** Codes and messages of an error and of those it wraps, as each library wraps in its own way. */
function signsOf(error: unknown, depth: number): string[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const { code, originalCode, kind, message, cause, meta, driverAdapterError, errors } = error as Record<
    string,
    unknown
  >;
  const own = [code, originalCode, kind, message].filter((sign) => typeof sign === 'string');
  const wrapped = [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [...own, ...wrapped.flatMap((inner) => signsOf(inner, depth - 1))];
}
