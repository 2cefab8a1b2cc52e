import type { Message } from '../../../src/engine/message';
import type { Tracer } from '../../../src/engine/tracer';
import { createSimulation } from '../../../src/protocols/create-simulation';
import { Kind, type PromiseAnswer, type Proposal } from '../../../src/protocols/single-leader/messages';
import { Chronicle } from '../../engine/scene';
import { failoverSpec, type FailoverScene } from './failover-scene';

interface Step {
  readonly from: number;
  readonly to: number;
  readonly atMs: number;
}

export interface SeenProposal extends Step {
  readonly epoch: number;
  /** The epoch whose leader the candidate knows. */
  readonly knownEpoch: number;
}

/** An answer to a proposal, as its candidate gets it. */
export type SeenPromise = Step & Pick<PromiseAnswer, 'epoch' | 'isGranted'>;

/** What nodes say to each other in elections, which no observer is told. */
export class ElectionWitness implements Tracer {
  readonly polls: Step[] = [];
  readonly standings: Step[] = [];
  readonly nominations: Step[] = [];
  readonly proposals: SeenProposal[] = [];
  readonly promises: SeenPromise[] = [];
  readonly outdated: (Step & { readonly epoch: number })[] = [];

  handled({ kind, from, to, epoch, attachment }: Message, atMs: number): void {
    const step = { from, to, atMs };
    if (kind === Kind.Poll) this.polls.push(step);
    else if (kind === Kind.Standing) this.standings.push(step);
    else if (kind === Kind.Nominate) this.nominations.push(step);
    else if (kind === Kind.Outdated) this.outdated.push({ ...step, epoch });
    else if (kind === Kind.Propose) this.onPropose(step, attachment as Proposal);
    else if (kind === Kind.Promise) this.onPromise(step, attachment as PromiseAnswer);
  }

  sent(): void {}
  duplicated(): void {}
  held(): void {}
  delivered(): void {}
  lost(): void {}
  serviceBegan(): void {}
  crashed(): void {}
  timerFired(): void {}
  flushed(): void {}
  stateChanged(): void {}

  private onPropose(step: Step, { epoch, view }: Proposal): void {
    this.proposals.push({ ...step, epoch, knownEpoch: view.epoch });
  }

  private onPromise(step: Step, { epoch, isGranted }: PromiseAnswer): void {
    this.promises.push({ ...step, epoch, isGranted });
  }
}

export interface WitnessedRun {
  readonly run: Chronicle;
  readonly witness: ElectionWitness;
}

export function witnessElections(scene: FailoverScene, seed = 1n): WitnessedRun {
  const spec = failoverSpec(scene);
  const run = new Chronicle(spec.workload.keys.count);
  const witness = new ElectionWitness();
  createSimulation({ spec, seed, repetition: 0, observer: run, tracer: witness }).advance(Infinity);
  return { run, witness };
}
