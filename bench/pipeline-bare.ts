import { raiseInliningBudget } from '../src/lab/inlining-budget';
import type { Observer } from '../src/model/observer';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import { createSimulation } from '../src/protocols/create-simulation';

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

const SILENT: Observer = {
  operationInvoked: () => undefined,
  operationEnded: () => undefined,
  committed: () => undefined,
  applied: () => undefined,
  fault: () => undefined,
  clientsStopped: () => undefined,
  settled: () => undefined,
};

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
    const simulation = createSimulation({ spec, seed: BigInt(seed), repetition, observer: SILENT });
    simulation.advance(Infinity);
    events += simulation.events;
  }
  const { user, system } = process.cpuUsage(before);
  return { events, processorSeconds: (user + system) / 1e6 };
}
