import { createHash } from 'node:crypto';
import type { Checker } from '../../checkers/checker';
import { createCheckers, talliesOf } from '../../checkers/registry';
import type { Simulation } from '../../engine/simulation';
import type { AnomalyListener } from '../../model/anomaly-listener';
import { FirstFew } from '../../model/first-few';
import { invariant } from '../../model/invariant';
import { TIMELINE_EVENTS_KEPT, type Measurements, type TimelineEvent } from '../../model/measurements';
import { timelineKey } from '../../model/measurements-order';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { createSimulation, outlineOfRun } from '../../protocols/create-simulation';
import { grouped } from '../../model/text';
import { canonicalBytes } from '../result/canonical-bytes';
import { FanOutObserver, type Listener } from './fan-out-observer';
import { MeasurementsCollector } from './measurements-collector';
import { summarize, type RunSummary } from './run-summary';

export interface RunInput {
  /** Validated, with every default filled in. */
  readonly spec: ExperimentSpec;
  /** The experiment's, 0 … 2^64 − 1; the run's own is mixed from it and the repetition. */
  readonly seed: bigint;
  /** From 0. */
  readonly repetition: number;
}

export interface RunOutput {
  /** Of this one run. */
  readonly measurements: Measurements;
  readonly summary: RunSummary;
  /** SHA-256 of the canonical bytes of the measurements, hex. */
  readonly resultHash: string;
}

/** A simulation with everything that watches it; played in steps, so that its caller can report or give up between. */
export interface RunInProgress {
  /** Plays at most that many events. */
  advance(maxEvents: number): void;
  readonly done: boolean;
  /** Share of the run that is over, 0 … 1; never falls. */
  readonly fraction: number;
  /** Operations that have ended, warm-up included. */
  readonly simulatedOperations: number;
  /** @throws InvariantError before it is done. */
  finish(): RunOutput;
}

/** Watches a run beside what measures and judges it; its output does not depend on it. */
export type RunRecorder = Listener & AnomalyListener;

/**
 * Begins one run: the same input gives the same output, byte by byte, however it is advanced.
 *
 * @param recorder hears of an event before the checkers, so that it knows the operations of the anomalies that they tell it
 */
export function startRun(input: RunInput, recorder: RunRecorder | null = null): RunInProgress {
  const outline = outlineOfRun(input.spec, input.repetition);
  const collector = new MeasurementsCollector(outline);
  const checkers = createCheckers(outline, { listener: recorder, losses: collector });
  const watchers = [...(recorder === null ? [] : [recorder]), collector, ...checkers];
  const simulation = createSimulation({ ...input, observer: new FanOutObserver(watchers) });
  return new WatchedRun(input.repetition, { simulation, collector, checkers });
}

interface RunParts {
  readonly simulation: Simulation;
  readonly collector: MeasurementsCollector;
  readonly checkers: readonly Checker[];
}

class WatchedRun implements RunInProgress {
  constructor(
    private readonly repetition: number,
    private readonly parts: RunParts,
  ) {}

  get done(): boolean {
    return this.parts.simulation.done;
  }

  get fraction(): number {
    return this.parts.simulation.fraction;
  }

  get simulatedOperations(): number {
    return this.parts.simulation.simulatedOperations;
  }

  advance(maxEvents: number): void {
    this.parts.simulation.advance(maxEvents);
  }

  finish(): RunOutput {
    invariant(this.done, 'a run is not over before it is done');
    const measurements = this.measurements();
    const { runSeed, hash } = this.parts.simulation;
    return {
      measurements,
      summary: summarize(measurements, { repetition: this.repetition, seed: runSeed, runHash: hash }),
      resultHash: createHash('sha256').update(canonicalBytes(measurements)).digest('hex'),
    };
  }

  private measurements(): Measurements {
    const { simulation, collector, checkers } = this.parts;
    const { messages, bytes, events, truncatedAtMs } = simulation;
    const measured = collector.measurements({
      anomalies: talliesOf(checkers),
      cost: { messages, bytes, events },
    });
    if (truncatedAtMs === null) return { ...measured, truncatedRuns: 0 };
    const timeline = new FirstFew(TIMELINE_EVENTS_KEPT, timelineKey);
    timeline.add([...measured.timeline, this.truncation(truncatedAtMs)]);
    return { ...measured, truncatedRuns: 1, timeline: timeline.all() };
  }

  private truncation(atMs: number): TimelineEvent {
    const message = `Its budget of ${grouped(this.parts.simulation.events)} events was used up: the run ended here`;
    return { repetition: this.repetition, atMs, kind: 'TRUNCATED', node: null, message };
  }
}
