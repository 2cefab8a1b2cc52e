import { describe, expect, it } from '@jest/globals';
import { idempotencyOf } from '../../src/experiments/idempotency';
import { Problems } from '../../src/model/problem';
import { Fields } from '../../src/model/spec/fields';

function hashOf(input: object): string | null {
  const whole = { idempotencyKey: 'k', ...input };
  return idempotencyOf('scope', whole, new Fields(whole, Problems.none()))?.requestHash ?? null;
}

describe('the claim of an idempotency key', () => {
  it('is none without a key', () => {
    expect(hashOf({ idempotencyKey: undefined })).toBeNull();
  });

  it('is of the whole request but the key, in whatever order its fields come', () => {
    const hash = hashOf({ name: 'a', log: { slots: true, walKeepBytes: 1 } });
    expect(hashOf({ log: { walKeepBytes: 1, slots: true }, name: 'a', idempotencyKey: 'other' })).toBe(hash);
    expect(hashOf({ name: 'a', log: { slots: true, walKeepBytes: 2 } })).not.toBe(hash);
  });

  it('takes the bigints of GraphQL, however far they go', () => {
    const hash = hashOf({ log: { walKeepBytes: 9_007_199_254_740_993n } });
    expect(hashOf({ log: { walKeepBytes: 9_007_199_254_740_993n } })).toBe(hash);
    expect(hashOf({ log: { walKeepBytes: 9_007_199_254_740_992n } })).not.toBe(hash);
  });
});
