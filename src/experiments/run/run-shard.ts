import { MeasurementsAccumulator } from '../../model/measurements-accumulator';
import type { Claim, RunHistory } from '../ports/records';
import type { ShardOutcome } from '../ports/stores';
import { encodeMeasurements } from '../result/encode-measurements';
import { isHistoryKept } from './history/histories-kept';
import { HistoryRecorder } from './history/history-recorder';
import { encodeRunScalars } from './run-scalars';
import type { RunSummary } from './run-summary';
import { startRun, type RunInProgress, type RunOutput } from './start-run';
import { StepSize } from './step-size';

/** What the caller of a shard may do and see while it runs, on another thread; each is cheap. */
export interface ShardControl {
  readonly stopRequested: () => boolean;
  readonly report: (progress: { readonly fraction: number; readonly simulatedOperations: number }) => void;
  /** Real milliseconds from any zero; decides how often the shard looks up, and nothing else. */
  readonly now: () => number;
  /** Takes the history of a run that has ended, if it is one to keep. Left out: nothing is recorded. */
  readonly keepHistory?: (history: RunHistory) => void;
}

/** Runs the consecutive repetitions of a shard; null if it was stopped, which is seen within some 20 ms. */
export function runShard(claim: Claim, control: ShardControl): ShardOutcome | null {
  return new ShardRun(claim, control).toItsEnd();
}

/** What is kept of an ended run is its summary: memory does not grow with a run's measurements times the runs. */
class ShardRun {
  private readonly stepSize = new StepSize();
  private readonly merged = new MeasurementsAccumulator();
  private readonly summaries: RunSummary[] = [];
  private readonly resultHashes: string[] = [];
  private simulatedOperations = 0;

  constructor(
    private readonly claim: Claim,
    private readonly control: ShardControl,
  ) {}

  toItsEnd(): ShardOutcome | null {
    const { spec, seed, firstRepetition, runCount } = this.claim;
    for (let index = 0; index < runCount; index++) {
      const repetition = firstRepetition + index;
      const recorder = this.recorderOf(repetition);
      const run = startRun({ spec, seed, repetition }, recorder);
      while (!run.done) {
        if (this.control.stopRequested()) return null;
        this.step(run);
        this.report(index, run);
      }
      this.simulatedOperations += run.simulatedOperations;
      this.keep(run.finish());
      if (recorder !== null) this.control.keepHistory?.({ repetition, ...recorder.history() });
    }
    return this.outcome();
  }

  private recorderOf(repetition: number): HistoryRecorder | null {
    const isRecorded = this.control.keepHistory !== undefined && isHistoryKept({ repetition });
    return isRecorded ? new HistoryRecorder(this.claim.spec.workload) : null;
  }

  private step(run: RunInProgress): void {
    const began = this.control.now();
    run.advance(this.stepSize.events);
    // The last step of a run is seldom a full one and tells nothing.
    if (!run.done) this.stepSize.took(this.control.now() - began);
  }

  private report(index: number, run: RunInProgress): void {
    this.control.report({
      fraction: (index + run.fraction) / this.claim.runCount,
      simulatedOperations: this.simulatedOperations + run.simulatedOperations,
    });
  }

  private keep({ measurements, summary, resultHash }: RunOutput): void {
    this.merged.add(measurements);
    this.summaries.push(summary);
    this.resultHashes.push(resultHash);
  }

  private outcome(): ShardOutcome {
    return {
      measurements: encodeMeasurements(this.merged.measurements()),
      runs: this.summaries.map(({ seed, runHash, truncated }, index) => ({
        seed,
        resultHash: this.resultHashes[index],
        runHash,
        truncated,
      })),
      scalars: encodeRunScalars(this.summaries),
      simulatedOperations: this.simulatedOperations,
    };
  }
}
