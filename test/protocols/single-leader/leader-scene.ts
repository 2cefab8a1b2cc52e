import type { ClockSpec } from '../../../src/model/spec/cluster';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import { createSimulation } from '../../../src/protocols/create-simulation';
import type { AcknowledgementSettings } from '../../../src/protocols/single-leader/settings/acknowledgement';
import {
  DEFAULT_FAILOVER,
  type FailoverSettings,
} from '../../../src/protocols/single-leader/settings/failover';
import type { LogSettings } from '../../../src/protocols/single-leader/settings/log';
import {
  DEFAULT_SINGLE_LEADER,
  type SingleLeaderSettings,
} from '../../../src/protocols/single-leader/settings/settings';
import { Chronicle, specOf, type Scene } from '../../engine/scene';

/** A scene under settings of a single leader, who is replaced by nobody unless it says otherwise. */
export interface LeaderScene extends Scene {
  readonly acknowledgement?: Partial<AcknowledgementSettings>;
  readonly log?: Partial<LogSettings>;
  readonly failover?: Partial<FailoverSettings>;
  readonly others?: Partial<
    Pick<SingleLeaderSettings, 'leader' | 'leaderDatacenter' | 'cascading' | 'initialLog'>
  >;
  readonly clocks?: readonly ClockSpec[];
}

export function specUnder(scene: LeaderScene): ExperimentSpec {
  const { acknowledgement, log, reads: policy = 'LEADER' } = scene;
  const singleLeader: SingleLeaderSettings = {
    ...DEFAULT_SINGLE_LEADER,
    acknowledgement: { ...DEFAULT_SINGLE_LEADER.acknowledgement, ...acknowledgement },
    log: { ...DEFAULT_SINGLE_LEADER.log, ...log },
    reads: { ...DEFAULT_SINGLE_LEADER.reads, policy },
    failover: { ...DEFAULT_FAILOVER, enabled: false, ...scene.failover },
    ...scene.others,
  };
  const spec = specOf(scene);
  return { ...spec, cluster: { ...spec.cluster, clocks: scene.clocks ?? [], replication: { singleLeader } } };
}

/** Plays it to its end; whoever reads what a message does not carry meets nonsense. */
export function playUnder(scene: LeaderScene, seed = 1n): Chronicle {
  const spec = specUnder(scene);
  const observer = new Chronicle(spec.workload.keys.count);
  playSpec(spec, { observer, seed });
  return observer;
}

export function playSpec(
  spec: ExperimentSpec,
  { observer, seed }: { readonly observer: Chronicle; readonly seed: bigint },
): void {
  createSimulation({ spec, seed, repetition: 0, observer, recycledMessages: 'POISONED' }).advance(Infinity);
}
