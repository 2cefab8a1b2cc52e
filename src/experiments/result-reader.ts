import { setImmediate } from 'node:timers/promises';
import type { ExperimentId } from '../model/ids';
import type { Measurements } from '../model/measurements';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../model/merge-measurements';
import type { ExperimentStore } from './ports/stores';
import { decodeMeasurements } from './result/encode-measurements';
import { ExperimentResult } from './result/experiment-result';

/** Rows read and merged before others get their turn: some tens of milliseconds. */
const SHARDS_AT_ONCE = 50;
/** Results kept merged; the one that was not asked for longest goes first. */
const RESULTS_KEPT = 50;

type Store = Pick<ExperimentStore, 'finishedShards' | 'measurements'>;

/**
 * Merges the results of shards. What was merged is kept, so that an experiment that is looked at again and again while
 * it runs costs only its new shards, and those who ask at the same time wait for the same work.
 */
export class ResultReader {
  private readonly kept = new Map<string, MergedPoint>();

  constructor(private readonly experiments: Store) {}

  /** The merged result of a point's finished shards; null before the first. */
  async read(id: ExperimentId, point: number): Promise<ExperimentResult | null> {
    const measurements = await this.mergedPoint(id, point).upToDate();
    return measurements.runs === 0 ? null : new ExperimentResult(measurements);
  }

  private mergedPoint(id: ExperimentId, point: number): MergedPoint {
    const key = `${id} ${point}`;
    const merged = this.kept.get(key) ?? new MergedPoint(this.experiments, id, point);
    this.kept.delete(key);
    this.kept.set(key, merged);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= RESULTS_KEPT) break;
      this.kept.delete(oldest);
    }
    return merged;
  }
}

/** A point's merged measurements and the shards that they hold. */
class MergedPoint {
  private measurements: Measurements = EMPTY_MEASUREMENTS;
  private readonly included = new Set<number>();
  private work: Promise<Measurements> | null = null;

  constructor(
    private readonly experiments: Store,
    private readonly id: ExperimentId,
    private readonly point: number,
  ) {}

  upToDate(): Promise<Measurements> {
    this.work ??= this.includeNew().finally(() => {
      this.work = null;
    });
    return this.work;
  }

  private async includeNew(): Promise<Measurements> {
    const finished = await this.experiments.finishedShards(this.id, this.point);
    const missing = finished.filter((firstRepetition) => !this.included.has(firstRepetition));
    for (let start = 0; start < missing.length; start += SHARDS_AT_ONCE) {
      await this.include(missing.slice(start, start + SHARDS_AT_ONCE));
      await setImmediate();
    }
    return this.measurements;
  }

  private async include(shards: readonly number[]): Promise<void> {
    const encoded = await this.experiments.measurements(this.id, this.point, shards);
    this.measurements = encoded.map(decodeMeasurements).reduce(mergeMeasurements, this.measurements);
    for (const firstRepetition of shards) this.included.add(firstRepetition);
  }
}
