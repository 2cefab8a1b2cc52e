import type {
  Commit,
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FaultKind,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  Observer,
  PositionSample,
  Reconciliation,
} from '../../src/model/observer';
import type { Value } from '../../src/model/value';
import type { Version } from '../../src/model/version';
import type { Operation } from '../../src/model/operation';
import type { LinkEnds, LinkLaw } from '../../src/model/spec/cluster';
import {
  DEFAULT_ARRIVALS,
  DEFAULT_IN_FLIGHT,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../../src/model/spec/defaults';
import type { Distribution } from '../../src/model/spec/distribution';
import type { ExperimentSpec } from '../../src/model/spec/experiment';
import type { CrashFault, FaultSpec } from '../../src/model/spec/fault';
import type { ClientGroupSpec, WorkloadSpec } from '../../src/model/spec/workload';
import { createSimulation } from '../../src/protocols/create-simulation';
import { DEFAULT_READS } from '../../src/protocols/single-leader/settings/reads';
import { WITHOUT_FAILOVER } from '../support/without-failover';

export const NO_TIME: Distribution = { constant: { ms: 0 } };
export const exactly = (ms: number): Distribution => ({ constant: { ms } });
export const about = (meanMs: number): Distribution => ({ exponential: { meanMs, offsetMs: 0 } });

export interface Scene {
  /** Nodes of each datacenter: the first one, a, has the leader. */
  readonly datacenters?: Readonly<Record<string, number>>;
  readonly links?: readonly SceneLink[];
  readonly serviceTime?: Distribution;
  readonly fsync?: Distribution;
  readonly reads?: 'LEADER' | 'NEAREST' | 'ANY_FOLLOWER';
  readonly workload?: Partial<Omit<WorkloadSpec, 'clients'>> & { readonly clients?: readonly SceneClients[] };
  readonly faults?: readonly SceneFault[];
}

/** Poisson arrivals, unless it says otherwise. */
type SceneClients = Omit<ClientGroupSpec, 'arrivals'> & Partial<ClientGroupSpec>;

/** A link, and a fault, may leave out what has a default. */
export type SceneLink = LinkEnds & Partial<LinkLaw> & Pick<LinkLaw, 'latency'>;
export type SceneFault = FaultSpec | { readonly crash: Omit<CrashFault, 'inFlight'> };

/** A small specification in which nothing takes time but what the scene says, and 10 ms from a to b. */
export function specOf(scene: Scene): ExperimentSpec {
  const datacenters = Object.entries(scene.datacenters ?? { a: 1, b: 1 });
  const clients = scene.workload?.clients ?? [{ datacenter: 'a', sessions: 10, ratePerSecond: 100 }];
  return {
    cluster: {
      name: 'scene',
      datacenters: datacenters.map(([name, nodes]) => ({ name, nodes })),
      nodes: null,
      links: [
        ...(scene.links ?? [{ between: ['a', 'b'], latency: exactly(10) }]),
        ...datacenters.map(([name]) => ({ within: name, latency: NO_TIME })),
      ].map((link) => ({ ...DEFAULT_LINK_WITHIN, ...link })),
      nodeProfile: { serviceTime: scene.serviceTime ?? NO_TIME, fsync: scene.fsync ?? NO_TIME },
      clocks: [],
      replication: {
        singleLeader: { ...WITHOUT_FAILOVER, reads: { ...DEFAULT_READS, policy: scene.reads ?? 'LEADER' } },
      },
    },
    workload: {
      durationMs: 1000,
      warmupMs: 0,
      readShare: 0.5,
      keys: { count: 10, distribution: { uniform: { firstKey: 0 } } },
      values: DEFAULT_VALUES,
      invariants: [],
      timeoutMs: 5000,
      retry: DEFAULT_RETRY,
      valueBytes: 100,
      probe: null,
      ...scene.workload,
      clients: clients.map((group) => ({ arrivals: DEFAULT_ARRIVALS, ...group })),
    },
    faults: (scene.faults ?? []).map(completed),
    nemesis: null,
  };
}

function completed(fault: SceneFault): FaultSpec {
  return 'crash' in fault ? { crash: { inFlight: DEFAULT_IN_FLIGHT, ...fault.crash } } : fault;
}

/** What a replica holds at the end, written out. */
interface WrittenState {
  readonly node: number;
  readonly versions: readonly (Version | null)[];
  readonly values: readonly Value[];
}

/** Everything an observer hears, kept. */
export class Chronicle implements Observer {
  readonly invoked: Operation[] = [];
  readonly ended: Operation[] = [];
  readonly commits: Commit[] = [];
  readonly applications: { readonly replica: number; readonly operation: number; readonly atMs: number }[] =
    [];
  readonly faults: { readonly kind: FaultKind; readonly node: number; readonly atMs: number }[] = [];
  readonly leaderships: LeadershipEvent[] = [];
  readonly failovers: Failover[] = [];
  readonly notices: Notice[] = [];
  readonly copies: CopiedState[] = [];
  readonly recoveries: FollowerRecovery[] = [];
  readonly samples: PositionSample[] = [];
  readonly stops: number[] = [];
  readonly settles: { readonly atMs: number; readonly states: readonly WrittenState[] }[] = [];
  /** Every call in its order, as one line. */
  readonly lines: string[] = [];

  /** @param keys how many the run has */
  constructor(private readonly keys = 10) {}

  operationInvoked(operation: Operation): void {
    this.invoked.push(this.told('invoked', operation));
  }

  operationEnded(operation: Operation): void {
    this.ended.push(this.told('ended', operation));
  }

  committed(commit: Commit): void {
    this.commits.push(this.told('committed', commit));
  }

  applied(replica: number, operation: number, atMs: number): void {
    this.applications.push(this.told('applied', { replica, operation, atMs }));
  }

  discarded(discard: Discard): void {
    this.told('discarded', discard);
  }

  reconciled(reconciliation: Reconciliation): void {
    this.told('reconciled', reconciliation);
  }

  leadership(event: LeadershipEvent): void {
    this.leaderships.push(this.told('leadership', event));
  }

  failedOver(failover: Failover): void {
    this.failovers.push(this.told('failedOver', failover));
  }

  noticed(notice: Notice): void {
    this.notices.push(this.told('noticed', notice));
  }

  copied(state: CopiedState): void {
    this.copies.push(this.told('copied', state));
  }

  recovered(recovery: FollowerRecovery): void {
    this.recoveries.push(this.told('recovered', recovery));
  }

  positions(sample: PositionSample): void {
    this.samples.push(this.told('positions', sample));
  }

  fault({ kind, nodes: [node], atMs }: FaultEvent): void {
    this.faults.push(this.told('fault', { kind, node, atMs }));
  }

  clientsStopped(atMs: number): void {
    this.stops.push(this.told('stopped', atMs));
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    const written = states.map((state) => ({
      node: state.node,
      versions: Array.from({ length: this.keys }, (_, key) => state.versionOf(key)),
      values: Array.from({ length: this.keys }, (_, key) => state.valueFor(key)),
    }));
    this.settles.push(this.told('settled', { atMs, states: written }));
  }

  private told<Event>(name: string, event: Event): Event {
    this.lines.push(`${name} ${JSON.stringify(event, withoutBookkeeping)}`);
    return structuredClone(event);
  }
}

/** How the engine remembers an operation is not what happened. */
function withoutBookkeeping(name: string, value: unknown): unknown {
  return name === 'place' || name === 'next' ? undefined : value;
}

/** A chronicle for runs of that scene. */
export function chronicleOf(scene: Scene): Chronicle {
  return new Chronicle(specOf(scene).workload.keys.count);
}

/** Plays a scene to its end. */
export function play(scene: Scene, seed = 1n): Chronicle {
  const chronicle = chronicleOf(scene);
  createSimulation({ spec: specOf(scene), seed, repetition: 0, observer: chronicle }).advance(Infinity);
  return chronicle;
}
