import { describe, expect, it } from '@jest/globals';
import { classifyFailure, reachingDatabase } from '../../src/db/failures';
import { StoreUnavailableError } from '../../src/experiments/ports/stores';

const coded = (code: string): Error => Object.assign(new Error('failed'), { code });

/** Loses as often as said, then wins. */
function contest(losses: number): { play: () => Promise<string>; readonly played: number } {
  const state = { played: 0 };
  const play = async (): Promise<string> => {
    if (state.played++ < losses) throw coded('40P01');
    return 'won';
  };
  return Object.assign(state, { play });
}

describe('a failure of the database', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    '57P01',
    '57P02',
    '57P03',
    '08006',
    '08P01',
    'P1001',
    'P1017',
    'P2024',
  ])('%s means that it is unavailable', (code) => expect(classifyFailure(coded(code))).toBe('UNAVAILABLE'));

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])('without a code, "%s", means that it is unavailable', (message) =>
    expect(classifyFailure(new Error(message))).toBe('UNAVAILABLE'),
  );

  it.each(['40001', '40P01', 'P2034'])('%s means a lost race', (code) =>
    expect(classifyFailure(coded(code))).toBe('CONFLICT'),
  );

  it.each(['23505', '42601', 'P2002'])('%s is neither', (code) =>
    expect(classifyFailure(coded(code))).toBe('OTHER'),
  );

  it.each([
    ['a cause', new Error('outer', { cause: coded('57P01') })],
    [
      'Prisma’s meta',
      Object.assign(coded('P2010'), { meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } }),
    ],
    ['several addresses', new AggregateError([coded('ECONNREFUSED')])],
  ])('is found inside %s', (_, error) => expect(classifyFailure(error)).toBe('UNAVAILABLE'));

  it('in an error that wraps itself is looked for in finite time', () => {
    const error: Error = new Error('a ring');
    error.cause = error;
    expect(classifyFailure(error)).toBe('OTHER');
  });

  it.each([null, undefined, 'text', 7])('is not read out of %p', (thrown) =>
    expect(classifyFailure(thrown)).toBe('OTHER'),
  );
});

describe('an operation', () => {
  it('that loses four races starts again and wins', async () => {
    expect(await reachingDatabase(contest(4).play)).toBe('won');
  });

  it('that loses every race gives up as unavailable after five', async () => {
    const hopeless = contest(100);
    await expect(reachingDatabase(hopeless.play)).rejects.toThrow(StoreUnavailableError);
    expect(hopeless.played).toBe(5);
  });

  it('that fails for another reason fails with that reason, once', async () => {
    await expect(reachingDatabase(() => Promise.reject(coded('23505')))).rejects.toMatchObject({
      code: '23505',
    });
  });
});
