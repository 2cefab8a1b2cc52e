import {
  columnOf,
  DurationColumns,
  SERIES_INTERVALS,
  type Column,
  type DurationSeries,
} from './interval-columns';
import type { ReplicaPosition } from './observer';
import { nanosecondsOf } from './histogram';

/** Whole figures by interval. */
export interface FigureSeries {
  readonly sum: Column;
  readonly max: Column;
}

/** How far a replica's copies of the log were over time: sums over all samples of an interval, a sample for each shard. */
export interface ReplicaPositionSeries {
  /** Its name. */
  readonly replica: string;
  readonly sentLsn: Column;
  readonly writeLsn: Column;
  readonly flushLsn: Column;
  readonly replayLsn: Column;
  readonly leaderLsn: Column;
  /** Its count is the number of samples. */
  readonly lag: DurationSeries;
  readonly lagBytes: FigureSeries;
  /** `leaderLsn` − `replayLsn`, 0 where that is less. */
  readonly lagWrites: FigureSeries;
}

/** The log that a node retained. */
export interface LogBytesSeries {
  /** Its name. */
  readonly node: string;
  /** Over all samples of an interval. */
  readonly sumBytes: Column;
  readonly maxBytes: number;
}

/** Positions over time, of the first `POSITION_NODES_KEPT` nodes of the cluster. */
export interface Positions {
  /** By interval. */
  readonly samples: Column;
  /** By name. */
  readonly replicas: readonly ReplicaPositionSeries[];
  /** By name. */
  readonly logBytes: readonly LogBytesSeries[];
}

/** A cluster may have a thousand nodes, and each takes some ten kilobytes of every result. */
export const POSITION_NODES_KEPT = 100;

/** Positions of a replica while they are being measured. Sums are exact below 2^53. */
export class PositionColumns {
  private readonly rows = new Float64Array(ROW * SERIES_INTERVALS);
  private readonly lag = new DurationColumns();

  add(interval: number, position: ReplicaPosition): void {
    const { rows } = this;
    const row = ROW * interval;
    rows[row + Figure.Sent] += position.sentLsn;
    rows[row + Figure.Write] += position.writeLsn;
    rows[row + Figure.Flush] += position.flushLsn;
    rows[row + Figure.Replay] += position.replayLsn;
    rows[row + Figure.Leader] += position.leaderLsn;
    const lagWrites = Math.max(0, position.leaderLsn - position.replayLsn);
    this.addLag(row + Figure.BytesSum, { sum: position.lagBytes, max: position.lagBytes });
    this.addLag(row + Figure.WritesSum, { sum: lagWrites, max: lagWrites });
    this.lag.add(interval, nanosecondsOf(position.lagMs));
  }

  addEncoded(series: Omit<ReplicaPositionSeries, 'replica'>): void {
    this.lag.addEncoded(series.lag);
    for (let interval = 0; interval < series.lag.count.length; interval += 1) {
      const row = ROW * interval;
      const at = (column: Column): number => column[interval] ?? 0;
      LSN_COLUMNS.forEach((name, figure) => (this.rows[row + figure] += at(series[name])));
      this.addLag(row + Figure.BytesSum, { sum: at(series.lagBytes.sum), max: at(series.lagBytes.max) });
      this.addLag(row + Figure.WritesSum, { sum: at(series.lagWrites.sum), max: at(series.lagWrites.max) });
    }
  }

  encode(): Omit<ReplicaPositionSeries, 'replica'> {
    return {
      sentLsn: this.column(Figure.Sent),
      writeLsn: this.column(Figure.Write),
      flushLsn: this.column(Figure.Flush),
      replayLsn: this.column(Figure.Replay),
      leaderLsn: this.column(Figure.Leader),
      lag: this.lag.encode(),
      lagBytes: { sum: this.column(Figure.BytesSum), max: this.column(Figure.BytesMax) },
      lagWrites: { sum: this.column(Figure.WritesSum), max: this.column(Figure.WritesMax) },
    };
  }

  private addLag(place: number, { sum, max }: { readonly sum: number; readonly max: number }): void {
    const { rows } = this;
    rows[place] += sum;
    if (max > rows[place + 1]) rows[place + 1] = max;
  }

  private column(figure: Figure): Column {
    return columnOf(this.rows, { from: figure, width: ROW });
  }
}

/** The log that a node retained, while it is being measured. */
export class LogBytesColumn {
  private readonly sums = new Float64Array(SERIES_INTERVALS);
  private max = 0;

  add(interval: number, bytes: number): void {
    this.sums[interval] += bytes;
    this.max = Math.max(this.max, bytes);
  }

  addEncoded({ sumBytes, maxBytes }: Omit<LogBytesSeries, 'node'>): void {
    for (let interval = 0; interval < sumBytes.length; interval += 1)
      this.sums[interval] += sumBytes[interval];
    this.max = Math.max(this.max, maxBytes);
  }

  encode(): Omit<LogBytesSeries, 'node'> {
    return { sumBytes: columnOf(this.sums, { from: 0, width: 1 }), maxBytes: this.max };
  }
}

const LSN_COLUMNS = ['sentLsn', 'writeLsn', 'flushLsn', 'replayLsn', 'leaderLsn'] as const;

/** What a row has where; the first five as `LSN_COLUMNS` lists them. */
const enum Figure {
  Sent,
  Write,
  Flush,
  Replay,
  Leader,
  BytesSum,
  BytesMax,
  WritesSum,
  WritesMax,
}
const ROW = 9;
