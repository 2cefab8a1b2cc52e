import { describe, expect, it } from '@jest/globals';
import { createCheckers, talliesOf } from '../../../src/checkers/registry';
import { FanOutObserver } from '../../../src/experiments/run/fan-out-observer';
import { compareVersions } from '../../../src/model/version';
import { history, play } from '../../support/history-notation';

/** A client tried its write again: versions 1 and 2 are attempts of write 0, the second one was acknowledged. */
function lostWrites(told: string, heldLsn: number): number | undefined {
  const played = history(told);
  const held = { epoch: 1, lsn: heldLsn };
  const state = {
    node: 0,
    holds: ({ version }: { readonly version: object }) =>
      compareVersions(version as typeof held, held) === 'EQUAL',
    versionOf: () => held,
    valueFor: () => null,
  };
  const checkers = createCheckers(played.outline);
  play({ ...played, states: [state] }, new FanOutObserver(checkers));
  return talliesOf(checkers).find(({ kind }) => kind === 'LOST_WRITE')?.count;
}

describe('LOST_WRITE of a write that its client tried twice', () => {
  it('is not: an attempt is given up, and the one that was acknowledged is held', () => {
    expect(lostWrites('0wx D0@0=1 0=2', 2)).toBe(0);
  });

  it('is: the one that was acknowledged is given up', () => {
    expect(lostWrites('0wx D0@0=1 0=2 D0@1=2', 3)).toBe(1);
  });
});
