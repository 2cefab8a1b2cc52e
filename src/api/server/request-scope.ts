import { AsyncLocalStorage } from 'node:async_hooks';

/** Carries the id of the request to where Apollo formats its errors, which it does without the context. */
export const requestScope = new AsyncLocalStorage<{ readonly requestId: string }>();
