import { invariant } from '../model/invariant';
import type { FinalState, Observer } from '../model/observer';
import type { ExperimentSpec } from '../model/spec/experiment';
import { keyCountOf } from '../model/spec/probe';
import { buildWorld, type BuiltWorld } from './build-world';
import { RandomStreams, runSeed } from './random-streams';
import type { EventQueueSettings } from './event-queue';
import type { Replication, World } from './replication';
import { SETTLE_MS_MAX } from './faults/timetable';
import type { Tracer } from './tracer';

export interface SimulationInput {
  /** Validated, with every default filled in. */
  readonly spec: ExperimentSpec;
  /** The experiment's seed, 0 … 2^64 − 1. */
  readonly seed: bigint;
  /** From 0. */
  readonly repetition: number;
  /** Told what happens as it happens; it cannot change the run. */
  readonly observer: Observer;
  /** Sees more than an observer, for a trace; it cannot change the run either. Nothing is traced without one. */
  readonly tracer?: Tracer | null;
  /** The protocol's parts for this world. */
  readonly createReplication: (world: World) => Replication;
  /**
   * POISONED is the debug build: the same run, but a protocol that reads a field which its message does not carry, or keeps a
   * message, meets nonsense. AS_IS by default.
   */
  readonly recycledMessages?: EventQueueSettings['recycled'];
}

/** How much of the fraction the measured duration, warm-up included, takes; settling takes what is left but the end. */
const SHARE_OF_DURATION = 0.99;
const SHARE_OF_SETTLE = 0.0099;

/**
 * One run: a cluster, its clients and its faults, played event by event.
 *
 * Call `advance` until `done`; between two calls the caller may report progress or give up. The clients work from
 * −warmupMs to durationMs; then whoever is down restarts, operations that had arrived go on, and the run ends when nothing
 * is left to happen or 60 s have passed: what is open then ends as UNKNOWN, and `settled` is the observer's last call.
 * A run that has played all events of its budget ends there and then, in the same way: it is `truncated`.
 * Same input and same `ENGINE_VERSION`: the same calls, bit by bit, however the run is cut into advances.
 */
export class Simulation {
  /** 0 … 2^64 − 1; every random number of the run comes from it. */
  readonly runSeed: bigint;
  /** Events played. */
  events = 0;
  /** When the budget of events was used up, simulated milliseconds; null unless it ended the run. */
  truncatedAtMs: number | null = null;
  private isDone = false;
  private sealedHash: string | null = null;
  private readonly eventBudget: number;
  private readonly world: BuiltWorld;
  private readonly spec: ExperimentSpec;

  constructor({ seed, repetition, tracer = null, ...input }: SimulationInput) {
    this.spec = input.spec;
    this.eventBudget = input.spec.eventBudget ?? Infinity;
    this.runSeed = runSeed(seed, repetition);
    this.world = buildWorld({ ...input, tracer, streams: new RandomStreams(this.runSeed) });
  }

  get done(): boolean {
    return this.isDone;
  }

  /** Share of the run that is over, 0 … 1: it never falls and is 1 only when done. */
  get fraction(): number {
    if (this.isDone) return 1;
    if (this.world.probe !== null) return SHARE_OF_DURATION * this.world.probe.fraction;
    const { warmupMs, durationMs } = this.spec.workload;
    const settleMs = this.world.queue.now - durationMs;
    if (settleMs > 0) return SHARE_OF_DURATION + SHARE_OF_SETTLE * Math.min(1, settleMs / SETTLE_MS_MAX);
    return (SHARE_OF_DURATION * (this.world.queue.now + warmupMs)) / (durationMs + warmupMs);
  }

  /** Operations that have ended, those of the warm-up included. */
  get simulatedOperations(): number {
    return this.world.recorder.ended;
  }

  /** Messages sent, delivered or not. */
  get messages(): number {
    return this.world.network.messages;
  }

  /** Bytes of those messages. */
  get bytes(): number {
    return this.world.network.bytes;
  }

  /**
   * Rolling hash of all that was told to the observer, of the final states and of the counts: 32 hexadecimal digits. Runs of
   * which any recorded fact differs differ in it.
   *
   * @throws InvariantError before it is done.
   */
  get hash(): string {
    invariant(this.sealedHash !== null, 'a run has no hash before it is done');
    return this.sealedHash;
  }

  /** Plays at most that many events (Infinity plays to the end). After the end it does nothing. */
  advance(maxEvents: number): void {
    if (this.isDone) return;
    const { queue, endpoints } = this.world;
    const playedMax = Math.min(maxEvents, this.eventBudget - this.events);
    let played = 0;
    for (; played < playedMax && !queue.isQuiet; played++) {
      const message = queue.next();
      endpoints[message.to].accept(message);
    }
    this.events += played;
    if (queue.isQuiet) this.finish();
    else if (this.events >= this.eventBudget) this.truncate();
  }

  /** What still waits at its session was never sent, as when the clients stop. */
  private truncate(): void {
    this.truncatedAtMs = this.world.queue.now;
    for (const group of this.world.clientGroups) group.stop();
    this.finish();
  }

  private finish(): void {
    for (const group of this.world.clientGroups) group.close();
    const states = this.finalStates();
    this.sealedHash = this.sealHash(states);
    this.world.recorder.settled(states, this.truncatedAtMs !== null);
    this.isDone = true;
  }

  private sealHash(states: readonly FinalState[]): string {
    const { hash } = this.world.recorder;
    for (const state of states) hash.finalState(state, keyCountOf(this.spec.workload));
    const { events, messages, bytes } = this;
    return hash.sealed({ atMs: this.world.queue.now, events, messages, bytes });
  }

  private finalStates(): FinalState[] {
    return this.world.hosts.map((host) => ({
      node: host.id,
      holds: (write) => host.holds(write),
      versionOf: (key) => host.versionOf(key),
      valueFor: (key) => host.valueFor(key),
      logBytes: host.retainedEntries * this.spec.workload.valueBytes,
    }));
  }
}
