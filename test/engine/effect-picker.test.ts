import { describe, expect, it } from '@jest/globals';
import type { Effect } from '../../src/model/operation';
import type { ValueSpec } from '../../src/model/spec/workload';
import { EffectPicker, type DrawnWrite } from '../../src/engine/effect-picker';
import { RandomStreams } from '../../src/engine/random-streams';

const DRAWS = 60_000;
const SESSIONS = 7;
const stream = () => new RandomStreams(6n).stream({ purpose: 'test', entity: 'effects' });

/** Writes of the sessions in turn, with every third id, as if the others were reads. */
function writesOf(values: ValueSpec, draws = DRAWS): DrawnWrite[] {
  const random = stream();
  const picker = EffectPicker.of(values, SESSIONS);
  return Array.from({ length: draws }, (_, index) => {
    const write: DrawnWrite = {
      id: 3 * index,
      session: index % SESSIONS,
      effect: 'ADD',
      operand: -7,
      cause: 99,
    };
    picker.draw(write, random);
    return write;
  });
}

/** How far a count is from what a share of all gives, in standard errors. */
function deviation(count: number, share: number, of = DRAWS): number {
  return Math.abs(count - share * of) / Math.sqrt(of * share * (1 - share));
}

const countOf = (writes: readonly DrawnWrite[], effect: Effect): number =>
  writes.filter((write) => write.effect === effect).length;

describe('EffectPicker', () => {
  it('sets registers, and names neither operand nor cause', () => {
    const distinct = new Set(
      writesOf({ register: { deleteShare: 0 } }).map(({ effect, operand, cause }) =>
        JSON.stringify({ effect, operand, cause }),
      ),
    );
    expect([...distinct]).toEqual([JSON.stringify({ effect: 'SET', operand: 0, cause: null })]);
  });

  it('deletes in the share that it is told, within four standard errors', () => {
    expect(deviation(countOf(writesOf({ register: { deleteShare: 0.3 } }), 'DELETE'), 0.3)).toBeLessThan(4);
    expect(countOf(writesOf({ register: { deleteShare: 1 } }), 'DELETE')).toBe(DRAWS);
  });

  it('increments by every integer of its range alike, both ends included', () => {
    const writes = writesOf({ counter: { increment: { min: -3, max: 2 } } });
    expect(countOf(writes, 'INCREMENT')).toBe(DRAWS);
    expect(new Set(writes.map(({ operand }) => operand))).toEqual(new Set([-3, -2, -1, 0, 1, 2]));
    for (const step of [-3, -2, -1, 0, 1, 2])
      expect(deviation(writes.filter(({ operand }) => operand === step).length, 1 / 6)).toBeLessThan(4);
  });

  it('increments by a constant where the range is one number', () => {
    const writes = writesOf({ counter: { increment: { min: -5, max: -5 } } }, 100);
    expect(writes.every(({ operand }) => operand === -5)).toBe(true);
  });

  it.each([0, 0.2, 1])(
    'removes from carts in a share of %p, and all items alike either way',
    (removeShare) => {
      const writes = writesOf({ cart: { items: 4, removeShare } });
      for (const [effect, share] of [
        ['REMOVE', removeShare],
        ['ADD', 1 - removeShare],
      ] as const) {
        const chosen = writes.filter((write) => write.effect === effect);
        if (share === 0 || share === 1) expect(chosen.length).toBe(share * DRAWS);
        else expect(deviation(chosen.length, share)).toBeLessThan(4);
        for (const item of [0, 1, 2, 3]) {
          const count = chosen.filter(({ operand }) => operand === item).length;
          if (share > 0) expect(deviation(count, 1 / 4, chosen.length)).toBeLessThan(4);
        }
      }
    },
  );

  it('lets a reply answer the write of its own session before it, and a first write answer nothing', () => {
    const writes = writesOf({ messages: { replyShare: 1 } }, 50);
    expect(writes.slice(0, SESSIONS).map(({ cause }) => cause)).toEqual(new Array(SESSIONS).fill(null));
    for (const [index, { cause, effect }] of writes.entries()) {
      expect(effect).toBe('SET');
      if (index >= SESSIONS) expect(cause).toBe(writes[index - SESSIONS].id);
    }
  });

  it('replies in the share that it is told, within four standard errors', () => {
    const replies = writesOf({ messages: { replyShare: 0.4 } }).filter(({ cause }) => cause !== null);
    expect(deviation(replies.length, 0.4, DRAWS - SESSIONS)).toBeLessThan(4);
  });

  it('draws once for each write, whatever the values are', () => {
    const following = (
      [
        { register: { deleteShare: 0.5 } },
        { counter: { increment: { min: 1, max: 9 } } },
        { cart: { items: 3, removeShare: 0.5 } },
        { messages: { replyShare: 0.5 } },
      ] as const
    ).map((values) => {
      const random = stream();
      const picker = EffectPicker.of(values, 1);
      const write: DrawnWrite = { id: 0, session: 0, effect: 'SET', operand: 0, cause: null };
      for (let draw = 0; draw < 50; draw++) picker.draw(write, random);
      return random.integer();
    });
    expect(new Set(following).size).toBe(1);
  });
});
