import { notFound } from '../errors/request-error';

type Open<Item> = (signal: AbortSignal) => Promise<AsyncIterable<Item> | null>;

/**
 * A stream that ends at once when its reader leaves: waiting for the next item is cut short by the signal, where
 * a plain generator would only notice at its next item.
 *
 * @throws RequestError NOT_FOUND if there is nothing to follow.
 */
export async function follow<Item>(open: Open<Item>): Promise<AsyncIterableIterator<Item>> {
  const reader = new AbortController();
  const items = await open(reader.signal);
  if (items === null) throw notFound('id');
  const iterator = items[Symbol.asyncIterator]();
  const followed: AsyncIterableIterator<Item> = {
    next: () => iterator.next(),
    return: async () => {
      reader.abort();
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => followed,
  };
  return followed;
}
