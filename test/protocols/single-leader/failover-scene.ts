import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { startRun } from '../../../src/experiments/run/start-run';
import { traceRun } from '../../../src/experiments/run/trace-run';
import type { Notice, NoticeKind } from '../../../src/model/observer';
import type { ClockSpec } from '../../../src/model/spec/cluster';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import type { MessageTrace, TraceEvent } from '../../../src/model/trace';
import { createSimulation } from '../../../src/protocols/create-simulation';
import type { AcknowledgementSettings } from '../../../src/protocols/single-leader/settings/acknowledgement';
import {
  DEFAULT_FAILOVER,
  type FailoverSettings,
} from '../../../src/protocols/single-leader/settings/failover';
import type { LogSettings } from '../../../src/protocols/single-leader/settings/log';
import type { ReadSettings } from '../../../src/protocols/single-leader/settings/reads';
import {
  DEFAULT_SINGLE_LEADER,
  type SingleLeaderSettings,
} from '../../../src/protocols/single-leader/settings/settings';
import { Chronicle, specOf, type Scene } from '../../engine/scene';

/** A scene whose leader can be lost: unless it says otherwise, one leader in a and two followers 10 ms away in b. */
export interface FailoverScene extends Omit<Scene, 'reads'> {
  readonly failover?: Partial<FailoverSettings>;
  readonly acknowledgement?: Partial<AcknowledgementSettings>;
  readonly log?: Partial<LogSettings>;
  readonly reads?: Partial<ReadSettings>;
  readonly others?: Partial<
    Pick<SingleLeaderSettings, 'shards' | 'causality' | 'initialLog' | 'leader' | 'cascading'>
  >;
  readonly clocks?: readonly ClockSpec[];
}

/** A tenth of the defaults: signs of life every 100 ms, dead after 300, promoted in 100, found by clients 50 later. */
export const QUICK: FailoverSettings = {
  ...DEFAULT_FAILOVER,
  heartbeatIntervalMs: 100,
  promotionMs: 100,
  stonithMs: 50,
  stonithRestartMs: 1000,
  redirection: { virtualIp: { moveMs: 50 } },
};
export const TIMEOUT_MS = 300;

/** The first node of the scene's datacenters leads; `a-1`, `b-1`, `b-2` have these numbers. */
export const [A1, B1, B2] = [0, 1, 2];

export function failoverSpec(scene: FailoverScene): ExperimentSpec {
  const { failover, acknowledgement, log, reads, others, clocks = [], ...world } = scene;
  const singleLeader: SingleLeaderSettings = {
    ...DEFAULT_SINGLE_LEADER,
    acknowledgement: { ...DEFAULT_SINGLE_LEADER.acknowledgement, ...acknowledgement },
    log: { ...DEFAULT_SINGLE_LEADER.log, ...log },
    reads: { ...DEFAULT_SINGLE_LEADER.reads, ...reads },
    failover: { ...QUICK, ...failover },
    ...others,
  };
  const workload = { durationMs: 3000, timeoutMs: 400, ...world.workload };
  const spec = specOf({ datacenters: { a: 1, b: 2 }, ...world, workload });
  return { ...spec, cluster: { ...spec.cluster, clocks, replication: { singleLeader } } };
}

/** Plays it to its end; whoever reads what a message does not carry meets nonsense. */
export function playFailover(scene: FailoverScene, seed = 1n): Chronicle {
  const spec = failoverSpec(scene);
  const observer = new Chronicle(spec.workload.keys.count);
  createSimulation({ spec, seed, repetition: 0, observer, recycledMessages: 'POISONED' }).advance(Infinity);
  return observer;
}

/** With everything that measures and judges it. */
export function measureFailover(scene: FailoverScene, seed = 1n): ExperimentResult {
  const run = startRun({ spec: failoverSpec(scene), seed, repetition: 0 });
  while (!run.done) run.advance(Infinity);
  return new ExperimentResult(run.finish().measurements);
}

export function traceFailover(scene: FailoverScene, seed = 1n): readonly TraceEvent[] {
  const input = { spec: failoverSpec(scene), seed, repetition: 0, fromMs: -Infinity, toMs: Infinity };
  return traceRun({ ...input, eventsMax: 1_000_000 }).events;
}

export function messagesNamed(events: readonly TraceEvent[], name: string): readonly MessageTrace[] {
  return events.filter((event): event is MessageTrace => event.type === 'MESSAGE' && event.name === name);
}

export function noticesOf({ notices }: Pick<Chronicle, 'notices'>, kind: NoticeKind): readonly Notice[] {
  return notices.filter((notice) => notice.kind === kind);
}

/** `410: 1 leads in 2`, `700: 0 leads no more in 1`. */
export function reignsOf({ leaderships }: Pick<Chronicle, 'leaderships'>): readonly string[] {
  return leaderships.map(
    ({ atMs, node, kind, epoch }) =>
      `${atMs}: ${node} leads ${kind === 'BEGAN' ? '' : 'no more '}in ${epoch}`,
  );
}

/** How often an anomaly came, by its kind. */
export function countOf(result: Pick<ExperimentResult, 'anomalies'>, kind: string): number {
  return result.anomalies.find((anomaly) => anomaly.kind === kind)?.count ?? NaN;
}
