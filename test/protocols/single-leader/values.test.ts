import { describe, expect, it } from '@jest/globals';
import { EFFECTS, type Operation, type WriteEffect } from '../../../src/model/operation';
import type { ValueSpec } from '../../../src/model/spec/workload';
import { KeyValues } from '../../../src/protocols/shared/key-values';
import { about, play, type Scene } from '../../engine/scene';

const KEYS = 3;

/** A leader and two followers, one of which crashes; whatever the values are, the rest is the same. */
function sceneWith(values: ValueSpec): Scene {
  return {
    datacenters: { a: 1, b: 2 },
    links: [{ between: ['a', 'b'], latency: about(10) }],
    serviceTime: about(0.5),
    fsync: about(2),
    workload: { values, keys: { count: KEYS, distribution: { uniform: { firstKey: 0 } } } },
    faults: [{ crash: { node: 'b-1', atMs: 300, restartAfterMs: 200 } }],
  };
}

describe.each<[string, ValueSpec]>([
  ['registers', { register: { deleteShare: 0.3 } }],
  ['counters', { counter: { increment: { min: -5, max: 10 } } }],
  ['carts', { cart: { items: 4, removeShare: 0.4 } }],
  ['messages', { messages: { replyShare: 0.5 } }],
])('%s', (_, values) => {
  const { commits, ended, settles } = play(sceneWith(values));
  const [{ states }] = settles;

  it('[SL6] come out on every replica as the writes of the log make them, in its order', () => {
    const writes = new Map(ended.map((operation) => [operation.id, operation as Operation & WriteEffect]));
    const expected = new KeyValues(KEYS);
    for (const { operation, key } of commits) {
      const { effect = 'SET', operand = 0 } = writes.get(operation) ?? {};
      expected.apply({ key, operation, effect: EFFECTS.indexOf(effect), operand });
    }
    const held = Array.from({ length: KEYS }, (__, key) => expected.valueFor(key));
    for (const state of states) expect(state.values).toEqual(held);
    expect(commits.length).toBeGreaterThan(20);
  });
});
