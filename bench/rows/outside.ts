import { eventsPerSecond, interleave, problemsOf, ratiosOf, type Part } from '../harness/interleave';
import type { Player, Subject } from '../harness/play';
import { scaled, type Bench, type Finding } from '../harness/row';
import { disagreementsWith } from '../harness/speed-row';
import { spreadOf } from '../harness/spread';
import { REFERENCE } from '../workload';

export interface OutsideSettings {
  /** Another simulator with the reference workload. */
  readonly outside: Player;
  /** It is so slow that it plays only these. */
  readonly operations: number;
  /** What we play beside it. */
  readonly subject: Subject;
  /** How often faster ours must be. */
  readonly atLeast: number;
  readonly note: string;
}

/** Ours and another simulator in turns, both on the reference workload; plain C as well, if there is a compiler. */
export async function besideOutside(bench: Bench, settings: OutsideSettings): Promise<Finding> {
  const load = { ...REFERENCE, operations: 1_000_000 };
  const own: Part = { player: bench.player(settings.subject), load: scaled(load, bench) };
  const outside: Part = {
    player: settings.outside,
    load: scaled({ ...load, operations: settings.operations }, bench),
  };
  const plainC = bench.plainC === null ? [] : [{ player: bench.plainC, load: scaled(load, bench) }];
  const parts = [own, outside, ...plainC];
  const [ownPlays, outsidePlays, ...plainCPlays] = await interleave(parts, bench.pairs);
  const all = [ownPlays, outsidePlays, ...plainCPlays];
  const problems = [
    ...parts.flatMap((part, index) => problemsOf(part, all[index])),
    ...plainCPlays.flatMap((plays) => disagreementsWith(plays, { part: outside, plays: outsidePlays })),
  ];
  if (problems.length > 0) return { kind: 'WRONG', problems };
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(outsidePlays.map(eventsPerSecond)).median,
    ratioToPlainC:
      plainCPlays.length === 0 ? null : spreadOf(ratiosOf(outsidePlays, plainCPlays[0], eventsPerSecond)),
    figure: {
      value: spreadOf(ratiosOf(ownPlays, outsidePlays, eventsPerSecond)),
      unit: `× it: ${settings.subject.name}`,
      target: { atLeast: settings.atLeast },
    },
    note: settings.note,
  };
}
