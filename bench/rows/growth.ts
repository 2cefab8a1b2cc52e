import {
  eventsPerSecond,
  interleave,
  problemsOf,
  ratiosOf,
  type Part,
  type Plays,
} from '../harness/interleave';
import type { Player, Subject } from '../harness/play';
import { scaled, type Bench, type Finding, type Row } from '../harness/row';
import { disagreementsWith } from '../harness/speed-row';
import { spreadOf } from '../harness/spread';
import { REFERENCE, type QuorumLoad } from '../workload';
import { kernelSubject } from './kernel';
import { leaderlessSubject } from './leaderless';

/** Six messages of each operation take 1 ms on average, so 6 events per operation and millisecond are pending. */
const RATES_PER_MS = { few: 1, usual: 50, many: 5000 } as const;

const SLOWER = '× slower per event, 6 to 30,000 pending';

/** How much slower an event gets as more of them are pending. */
export const kernelGrowth = growthRow({ name: 'kernel-growth', subject: kernelSubject, what: 'the kernel' });
export const leaderlessGrowth = growthRow({
  name: 'leaderless-growth',
  subject: leaderlessSubject,
  what: 'the whole engine',
});

function growthRow(settings: {
  readonly name: string;
  readonly subject: Subject;
  readonly what: string;
}): Row {
  const { name, subject, what } = settings;
  return {
    name,
    about: `the reference workload with ~6, 300 and 30,000 pending events: ${what}`,
    subjects: [subject],
    measure: (bench) => measure(bench.player(subject), bench),
  };
}

async function measure(player: Player, bench: Bench): Promise<Finding> {
  const own = partsOf(player, bench);
  const plainC = bench.plainC === null ? [] : partsOf(bench.plainC, bench);
  const plays = await interleave([...own, ...plainC], bench.pairs);
  const ofPlainC = plays.slice(own.length);
  const problems = [...own, ...plainC].flatMap((part, index) => problemsOf(part, plays[index]));
  const differences = ofPlainC.flatMap((other, index) =>
    disagreementsWith(other, { part: own[index], plays: plays[index] }),
  );
  if (problems.length + differences.length > 0)
    return { kind: 'WRONG', problems: [...problems, ...differences] };
  const many = plays[own.length - 1];
  const ratioToPlainC =
    ofPlainC.length === 0 ? null : spreadOf(ratiosOf(many, ofPlainC[ofPlainC.length - 1], eventsPerSecond));
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(many.map(eventsPerSecond)).median,
    ratioToPlainC,
    figure: { value: spreadOf(slowerBy(plays)), unit: SLOWER, target: { atMost: 1.5 } },
    note: noteOf(plays.slice(0, own.length), ofPlainC),
  };
}

function partsOf(player: Player, bench: Bench): Part[] {
  return Object.values(RATES_PER_MS).map((ratePerMs) => ({
    player,
    load: scaled(loadAt(ratePerMs), bench),
  }));
}

function loadAt(ratePerMs: number): QuorumLoad {
  return { ...REFERENCE, ratePerMs, operations: 1_000_000 };
}

/** From the first of the rates to the last of them. */
function slowerBy(plays: readonly Plays[]): readonly number[] {
  return ratiosOf(plays[0], plays[Object.keys(RATES_PER_MS).length - 1], eventsPerSecond);
}

function noteOf(own: readonly Plays[], ofPlainC: readonly Plays[]): string {
  const ownSpeeds = `${speedsOf(own)} M events/s`;
  if (ofPlainC.length === 0) return ownSpeeds;
  const slower = spreadOf(slowerBy(ofPlainC)).median.toFixed(2);
  return `${ownSpeeds}; plain C ${speedsOf(ofPlainC)}, ${slower} × slower`;
}

function speedsOf(plays: readonly Plays[]): string {
  return plays.map((some) => (spreadOf(some.map(eventsPerSecond)).median / 1e6).toFixed(2)).join(', ');
}
