import { setTimeout as delay } from 'node:timers/promises';
import type { BackendFactory, IQueueBackend } from 'bullmq';

const PAUSE_MS = 300;

/**
 * BullMQ's worker asks for the next job again at once after every failure but a refused connection. While a server
 * starts, stops or breaks connections that would be thousands of failures a second; so each is followed by a pause.
 */
export function pausingAfterFailure<Backend extends IQueueBackend, Connection>(
  open: BackendFactory<Backend, Connection>,
): BackendFactory<Backend, Connection> {
  return (name, options, roles) => {
    const backend = open(name, options, roles);
    const take = backend.moveToActive.bind(backend);
    backend.moveToActive = (token, workerName) =>
      take(token, workerName).catch(async (failure: unknown) => {
        await delay(PAUSE_MS);
        throw failure;
      });
    return backend;
  };
}
