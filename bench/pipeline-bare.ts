import { raiseInliningBudget } from '../src/lab/inlining-budget';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import { createSimulation } from '../src/protocols/create-simulation';
import { SILENT_OBSERVER } from '../src/experiments/run/silent-observer';

/** Consecutive repetitions that one process plays. */
export interface Share {
  readonly spec: ExperimentSpec;
  /** Decimal. */
  readonly seed: string;
  readonly first: number;
  /** Without it. */
  readonly end: number;
}

export interface Played {
  readonly events: number;
  readonly processorSeconds: number;
}

/** In a process of its own: says that it is loaded, plays the share that it is sent, and says what it took. */
export function playShare(): void {
  raiseInliningBudget();
  process.once('message', (share: Share) => process.send?.(played(share)));
  process.send?.('loaded');
}

function played({ spec, seed, first, end }: Share): Played {
  const before = process.cpuUsage();
  let events = 0;
  for (let repetition = first; repetition < end; repetition++) {
    const simulation = createSimulation({ spec, seed: BigInt(seed), repetition, observer: SILENT_OBSERVER });
    simulation.advance(Infinity);
    events += simulation.events;
  }
  const { user, system } = process.cpuUsage(before);
  return { events, processorSeconds: (user + system) / 1e6 };
}
