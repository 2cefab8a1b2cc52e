import { describe, expect, it } from '@jest/globals';
import { EFFECTS, type Effect } from '../../../src/model/operation';
import { KeyValues } from '../../../src/protocols/shared/key-values';

/** Writes of key 1, as [effect, operand], by the operations 1, 2, 3 …. */
function after(...writes: readonly (readonly [Effect, number])[]): KeyValues {
  const values = new KeyValues(3);
  writes.forEach(([effect, operand], index) =>
    values.apply({ key: 1, operation: index + 1, effect: EFFECTS.indexOf(effect), operand }),
  );
  return values;
}

describe('KeyValues', () => {
  it('holds nothing for a key that was never written', () => {
    expect(after(['SET', 0]).valueFor(2)).toBeNull();
  });

  it('holds the last write of a register, and nothing after a delete', () => {
    expect(after(['SET', 0], ['SET', 0]).valueFor(1)).toBe(2);
    expect(after(['SET', 0], ['DELETE', 0]).valueFor(1)).toBeNull();
    expect(after(['DELETE', 0], ['SET', 0]).valueFor(1)).toBe(2);
  });

  it('adds increments, 0 being a value too', () => {
    expect(after(['INCREMENT', 5], ['INCREMENT', -8]).valueFor(1)).toBe(-3);
    expect(after(['INCREMENT', 5], ['INCREMENT', -5]).valueFor(1)).toBe(0);
  });

  it('adds and removes items of a set, which is nothing when empty', () => {
    expect(after(['ADD', 7], ['ADD', 3], ['ADD', 7]).valueFor(1)).toEqual([3, 7]);
    expect(after(['ADD', 7], ['REMOVE', 7]).valueFor(1)).toBeNull();
    expect(after(['REMOVE', 7], ['ADD', 7]).valueFor(1)).toEqual([7]);
  });

  it('refuses an effect that there is not', () => {
    expect(() => new KeyValues(1).apply({ key: 0, operation: 1, effect: -1, operand: 0 })).toThrow(
      'no effect -1',
    );
  });
});
