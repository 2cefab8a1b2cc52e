import { describe, expect, it } from '@jest/globals';
import { verdictOn } from '../../bench/harness/guard-verdict';
import { interleave, problemsOf } from '../../bench/harness/interleave';
import { readOptions } from '../../bench/harness/options';
import type { Play, Player } from '../../bench/harness/play';
import { asJson, asTableLine, exitCodeOf } from '../../bench/harness/report';
import { isMet, PLAIN_C, type Finding, type Row } from '../../bench/harness/row';
import { speedRow } from '../../bench/harness/speed-row';
import { spreadOf } from '../../bench/harness/spread';
import { ROWS, subjectNamed } from '../../bench/rows';
import { REFERENCE } from '../../bench/workload';

const load = { ...REFERENCE, operations: 1000 };

/** A player that always takes so long, and finds what it is told to. */
function playing(name: string, seconds: number, found: Partial<Play> = {}): Player {
  const play = { events: 7000, seconds, problems: [], fingerprint: 'same', quorum: null, ...found };
  return { name, play: () => Promise.resolve(play) };
}

const subject = subjectNamed('kernel');
const row: Row = speedRow({
  name: 'row',
  about: 'some row',
  subject,
  load,
  loadOfPlainC: load,
  target: { atLeast: 0.9 },
});

/** Measures the row with a subject and a yardstick that behave so. */
function finding(own: Player, plainC: Player | null): Promise<Finding> {
  return row.measure({ pairs: 3, scale: 1, plainC, player: () => own });
}

describe('a row of the bench', () => {
  it('tells its speed, its ratio to plain C and whether the target is met', async () => {
    const found = await finding(playing('own', 0.002), playing('plain C', 0.001));
    expect(asJson({ row, finding: found })).toMatchObject({
      name: 'row',
      eventsPerSecond: 3_500_000,
      ratioToPlainC: 0.5,
      value: 0.5,
      minimum: 0.5,
      maximum: 0.5,
      target: { atLeast: 0.9 },
      met: false,
    });
    expect(asTableLine({ row, finding: found })).toBe(
      '| row: some row | 3.50 | 0.50 | [0.50..0.50] | ≥ 0.9 | no |',
    );
    expect(exitCodeOf([{ row, finding: found }])).toBe(0);
  });

  it('tells its speed without a C compiler, and no ratio', async () => {
    const found = await finding(playing('own', 0.002), null);
    expect(asJson({ row, finding: found })).toMatchObject({
      eventsPerSecond: 3_500_000,
      ratioToPlainC: null,
      met: null,
    });
  });

  it.each([
    [
      'its own result is wrong',
      playing('own', 0.0001, { problems: ['it lost an operation'] }),
      playing('C', 1),
    ],
    [
      'that of plain C is wrong',
      playing('own', 0.0001),
      playing('C', 1, { problems: ['it lost an operation'] }),
    ],
  ])('tells the reason and no time if %s, and the bench fails', async (_, own, plainC) => {
    const found = await finding(own, plainC);
    expect(asJson({ row, finding: found })).toMatchObject({ eventsPerSecond: null, ratioToPlainC: null });
    expect(asTableLine({ row, finding: found })).toMatch(/WRONG.*it lost an operation/);
    expect(exitCodeOf([{ row, finding: found }])).toBe(1);
  });

  it('tells no time if one program finds other stale reads than the other', async () => {
    const latencies = { readMs: { p50: 1, p99: 2, p999: 3 }, writeMs: { p50: 1, p99: 2, p999: 3 } };
    const quorum = { ...latencies, reads: 500_000, writes: 500_000, staleReads: 7000, versionsBehind: 7000 };
    const other = playing('C', 1, { quorum: { ...quorum, staleReads: 14_000 } });
    const found = await finding(playing('own', 1, { quorum }), other);
    expect(found).toMatchObject({ kind: 'WRONG' });
  });

  it('is wrong if plays of one load differ', () => {
    const plays = ['one', 'other'].map((fingerprint) => ({
      ...{ events: 1, seconds: 1, problems: [], quorum: null },
      fingerprint,
    }));
    expect(problemsOf({ player: playing('own', 1), load }, plays)).toHaveLength(1);
  });
});

describe('the bench', () => {
  it('lets its parts play in turns, every second round in the opposite order', async () => {
    const heard: string[] = [];
    const listening = (name: string): Player => ({
      name,
      play: (ofLoad) => {
        heard.push(name);
        return playing(name, 1).play(ofLoad);
      },
    });
    const parts = ['a', 'b'].map((name) => ({ player: listening(name), load }));
    const plays = await interleave(parts, 3);
    expect(heard.join('')).toBe('abbaab');
    expect(plays.map(({ length }) => length)).toEqual([3, 3]);
  });

  it.each([
    [[3, 1, 2], { median: 2, minimum: 1, maximum: 3 }],
    [[4, 1, 2, 3], { median: 2.5, minimum: 1, maximum: 4 }],
  ])('takes the median of %j', (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });

  it('has rows and subjects of different names', () => {
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
    const subjects = new Set(ROWS.flatMap((some) => some.subjects));
    expect(new Set([...subjects].map(({ name }) => name)).size).toBe(subjects.size);
  });

  it('refuses a row that does not exist, and a number of pairs that is none', () => {
    expect(() => readOptions(['--only', 'kernels'], ['kernel'])).toThrow(
      'There is no row kernels; rows are kernel.',
    );
    expect(() => readOptions(['--pairs', '0'], [])).toThrow('--pairs');
    expect(readOptions(['--quick', '--only', 'kernel', '--json'], ['kernel'])).toEqual({
      json: true,
      only: ['kernel'],
      pairs: 3,
      scale: 0.2,
    });
  });
});

describe('the guard', () => {
  const measured = (ratio: number): Finding => ({
    kind: 'MEASURED',
    eventsPerSecond: 1,
    ratioToPlainC: spreadOf([ratio]),
    figure: { value: spreadOf([ratio]), unit: PLAIN_C, target: { atLeast: 1 } },
    note: '',
  });

  it.each([
    [0.61, 'HOLDS'],
    [0.59, 'SLOWER'],
  ])('finds of a row at %p of a recorded 1: %s', (ratio, kind) => {
    expect(verdictOn('row', 1, measured(ratio))).toMatchObject({ kind });
  });

  it('fails for a wrong result, and where there is no ratio', () => {
    expect(verdictOn('row', 1, { kind: 'WRONG', problems: ['off'] })).toMatchObject({ kind: 'WRONG' });
    expect(verdictOn('row', 1, { kind: 'ABSENT', reason: 'gone' })).toMatchObject({ kind: 'WRONG' });
  });

  it('meets a target from the right side', () => {
    const figure = { value: spreadOf([2]), unit: 'x' };
    expect(isMet({ ...figure, target: { atLeast: 2.1 } })).toBe(false);
    expect(isMet({ ...figure, target: { atMost: 2.1 } })).toBe(true);
    expect(isMet({ ...figure, target: null })).toBeNull();
  });
});
