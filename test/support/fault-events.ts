import { expect } from '@jest/globals';
import { listen, type Answer } from './graphql-client';

const EVENTS = 'subscription($id: ID!) { experimentEvents(id: $id, afterSequence: "0") { sequence kind } }';

/** A subscription to all events of an experiment: its first value, and all of them when it completes. */
export function eventsOf(
  url: string,
  id: string,
): { readonly first: Promise<unknown>; readonly all: Promise<readonly Answer[]> } {
  let seen: (value: unknown) => void = () => undefined;
  const first = new Promise((resolve) => (seen = resolve));
  return { first, all: listen(url, EVENTS, { id }, seen) };
}

/** Every event of an experiment from the first to the last, each once and in order. */
export function expectGapless(values: readonly Answer[]): void {
  const sequences = values.map((value) => value.data?.experimentEvents.sequence);
  expect(sequences).toEqual(sequences.map((_, index) => String(index + 1)));
  expect(values.at(-1)?.data?.experimentEvents.kind).toBe('SUCCEEDED');
}
