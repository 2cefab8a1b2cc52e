import { describe, expect, it } from '@jest/globals';
import { createCheckers, talliesOf } from '../../../src/checkers/registry';
import { FanOutObserver } from '../../../src/experiments/run/fan-out-observer';
import type { FinalState, WriteId } from '../../../src/model/observer';
import { history, play } from '../../support/history-notation';
import { judge } from '../../support/judge';

describe('LOST_WRITE', () => {
  it.each([
    ['given up, and held by no node', '0wx 0=1 D0@0 ; 0{} 1{}'],
    ['given up by all nodes', '0wx 0=1 D0@0 D0@1 ; 0 1'],
    ['nodes hold other writes', '0wx D0@0=1 0=1 1wx 1! ; 0{1} 1{1}'],
    ['no node is left', '0wx 0=1 D0@0'],
    ['given up before it was acknowledged', '0wx D0@0=1 0=1 ; 0{}'],
    ['a later write of the key would have replaced it', '0wx 0=1 D0@0 1wx 1! ; 0:x=2{1} 1:x=2{1}'],
    ['a delete', '0dx 0=1 D0@0 ; 0{}'],
    ['by a version vector', '0wx 0=[1,0] D0@0 ; 0{}'],
    ['by last-write-wins', '0wx 0=~5:1 D0@0 ; 0{}'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['another node holds it', '0wx 0=1 D0@0 ; 0{} 1{0}'],
    ['the node that gave it up got it again', '0wx 0=1 D0@0 ; 0{0}'],
    ['overwritten where it is held', '0wx 0=1 D0@0 1wx 1? ; 0:x=2{0}'],
    ['no node holds it, but none gave it up', '0wx 0=1 ; 0{} 1{}'],
    ['another write was given up', '0wx 0=1 1wx 1! D1@0=2 ; 0{}'],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['the write failed', '0wx 0! D0@0=1 ; 0{}'],
    ['nobody knows about the write', '0wx 0? D0@0=1 ; 0{}'],
    ['the write is under way at the end', '0wx D0@0=1 ; 0{}'],
    ['it was written in the warm-up', '0wx 0=1 | D0@0 ; 0{}'],
    ['it arrived after the duration', '| | 0wx 0=1 D0@0 ; 0{}'],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('LOST_WRITE', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows as the last node gives the write up, once however many do', () => {
    const { count, witnesses } = judge('LOST_WRITE', '1wx 1=1 0wx 0=2 D1@0 D1@1 1rx 1=1 D1@0 ; 0{0}');
    expect(count).toBe(1);
    expect(witnesses).toMatchObject([{ atMs: 8, operations: [{ id: 1 }] }]);
  });
});

/** Writes from before the run, of LSN 1001 … 1020, given up by node 0; and which of them node 1 holds at the end. */
function initial(told: string, held: (lsn: number) => boolean, discarded = 20) {
  const played = history(told);
  const losses: WriteId[] = [];
  const lost = (write: WriteId) => losses.push(write);
  const checkers = createCheckers({ ...played.outline, initialWrites: 1020 }, { losses: { lost } });
  const observer = new FanOutObserver(checkers);
  for (let lsn = 1001; lsn <= 1000 + discarded; lsn += 1)
    observer.discarded({ operation: -lsn, key: 3, version: { epoch: 1, lsn }, node: 0, atMs: 2 });
  const states = [0, 1].map((node): FinalState => ({
    node,
    holds: ({ operation }) => node === 1 && held(-operation),
    versionOf: () => null,
    valueFor: () => null,
  }));
  play({ ...played, states }, observer);
  const tallies = talliesOf(checkers).filter(({ kind }) => kind === 'LOST_WRITE' || kind === 'DIRTY_READ');
  return { losses, lost: tallies[0], dirty: tallies[1] };
}

describe('a write from before the run', () => {
  it('counts as acknowledged: it is relevant, and lost when nobody holds it', () => {
    const { losses, lost } = initial('0rx 0=-', () => false);
    expect(lost).toMatchObject({ kind: 'LOST_WRITE', count: 20, affected: 20, relevant: 1020 });
    expect(losses.map(({ operation }) => -operation).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => 1001 + index),
    );
    expect(lost.witnesses).toHaveLength(10);
    expect(lost.witnesses[0]).toMatchObject({ atMs: 2, operations: [] });
    expect(lost.witnesses[0].explanation).toContain(
      'Before the run, a write of key d had been acknowledged as version 1001 (epoch 1): the leader had it in its ' +
        'log. At 2.0 ms seoul-1 gave it up',
    );
  });

  it('is not lost when somebody holds it', () => {
    const { losses, lost } = initial('0rx 0=-', (lsn) => lsn !== 1007);
    expect([lost.count, losses.map(({ operation }) => operation)]).toEqual([1, [-1007]]);
  });

  it('is relevant though it is not given up', () => {
    expect(initial('0wx 0=2.1', () => true, 0).lost).toMatchObject({ count: 0, relevant: 1021 });
  });

  it('is a dirty read when it was read and lost', () => {
    const played = history('0rd 0=1001 1rd 1=1002');
    const dirty = initialReads(played, [-1001, -1002]);
    expect(dirty).toMatchObject({ kind: 'DIRTY_READ', count: 1, relevant: 2 });
    expect(dirty.witnesses[0].explanation).toContain('a write from before the run.');
  });
});

/** Reads of writes from before the run, by those ids; the first of them is given up by all. */
function initialReads(played: ReturnType<typeof history>, writers: readonly number[]) {
  const checkers = createCheckers({ ...played.outline, initialWrites: 1020 });
  const observer = new FanOutObserver(checkers);
  const [lsn] = [-writers[0]];
  observer.discarded({ operation: -lsn, key: 3, version: { epoch: 1, lsn }, node: 0, atMs: 2 });
  const moments = played.moments.map((moment) =>
    moment.kind === 'ENDED'
      ? { ...moment, operation: { ...moment.operation, writer: writers[moment.operation.id] } }
      : moment,
  );
  play({ ...played, moments }, observer);
  const [dirty] = talliesOf(checkers).filter(({ kind }) => kind === 'DIRTY_READ');
  return dirty;
}

describe('whoever wants to hear of losses', () => {
  it('hears of each lost write once, and of no other', () => {
    const played = history('1wx 1=1 0wy 0=2 2wz 2? D1@0 D1@1 D0@0 D0@1 D2@0=3 ; 0{0} 1{}');
    const losses: WriteId[] = [];
    const lost = (write: WriteId) => losses.push({ ...write });
    play(played, new FanOutObserver(createCheckers(played.outline, { losses: { lost } })));
    expect(losses).toMatchObject([{ operation: 1, key: 24, version: { epoch: 1, lsn: 2 } }]);
  });
});
