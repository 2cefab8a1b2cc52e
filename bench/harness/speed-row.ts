import { disagreements } from '../expectations';
import type { QuorumLoad } from '../workload';
import { eventsPerSecond, interleave, problemsOf, ratiosOf, type Part, type Plays } from './interleave';
import type { Subject } from './play';
import { PLAIN_C, scaled, type Bench, type Finding, type Row, type Target } from './row';
import { spreadOf } from './spread';

export interface SpeedRowSettings {
  readonly name: string;
  readonly about: string;
  readonly subject: Subject;
  /** What the subject plays. */
  readonly load: QuorumLoad;
  /** What plain C plays beside it. */
  readonly loadOfPlainC: QuorumLoad;
  /** In events per second of plain C. */
  readonly target: Target | null;
}

/** A row about events per second, in pairs with plain C. */
export function speedRow(settings: SpeedRowSettings): Row {
  const { name, about, subject } = settings;
  return { name, about, subjects: [subject], measure: (bench) => measure(settings, bench) };
}

async function measure(settings: SpeedRowSettings, bench: Bench): Promise<Finding> {
  const { subject, target } = settings;
  const own: Part = { player: bench.player(subject), load: scaled(settings.load, bench) };
  if (bench.plainC === null) return speedAlone(own, await interleave([own], bench.pairs));
  const plainC: Part = { player: bench.plainC, load: scaled(settings.loadOfPlainC, bench) };
  const [plays, plays1] = await interleave([own, plainC], bench.pairs);
  const problems = [
    ...problemsOf(own, plays),
    ...problemsOf(plainC, plays1),
    ...disagreementsWith(plays1, { part: own, plays }),
  ];
  if (problems.length > 0) return { kind: 'WRONG', problems };
  const ratioToPlainC = spreadOf(ratiosOf(plays, plays1, eventsPerSecond));
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(plays.map(eventsPerSecond)).median,
    ratioToPlainC,
    figure: { value: ratioToPlainC, unit: PLAIN_C, target },
    note: '',
  };
}

/** Quorum plays of another program than plain C must find what it found. */
export function disagreementsWith(
  ofPlainC: Plays,
  { part, plays }: { readonly part: Part; readonly plays: Plays },
): readonly string[] {
  const [one, other] = [plays[0].quorum, ofPlainC[0].quorum];
  if (one === null || other === null) return [];
  return disagreements(one, other).map((problem) => `${part.player.name}: ${problem}`);
}

function speedAlone(part: Part, [plays]: readonly Plays[]): Finding {
  const problems = problemsOf(part, plays);
  if (problems.length > 0) return { kind: 'WRONG', problems };
  const speed = spreadOf(plays.map(eventsPerSecond)).median;
  return { kind: 'MEASURED', eventsPerSecond: speed, ratioToPlainC: null, figure: null, note: '' };
}
