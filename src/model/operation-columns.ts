import {
  CountColumn,
  DurationColumns,
  EMPTY_DURATION_SERIES,
  type Column,
  type DurationSeries,
} from './interval-columns';

/** How operations fared over time, by intervals of the measured duration. */
export interface OperationFigures {
  /** Of those answered OK, by the interval in which they arrived: from the arrival to the answer. */
  readonly latency: DurationSeries;
  /** Those that failed, and those of which nobody knows, by the interval in which they arrived. */
  readonly failed: Column;
  readonly unknown: Column;
  /** OK answers by the interval in which they came: the throughput. Those after the end of the duration are left out. */
  readonly answers: Column;
}

/** What no operation gives. */
export const NO_OPERATION_FIGURES: OperationFigures = {
  latency: EMPTY_DURATION_SERIES,
  failed: [],
  unknown: [],
  answers: [],
};

/** The same while it is being measured. */
export class OperationColumns {
  readonly latency = new DurationColumns();
  readonly failed = new CountColumn();
  readonly unknown = new CountColumn();
  readonly answers = new CountColumn();

  addEncoded({ latency, failed, unknown, answers }: OperationFigures): void {
    this.latency.addEncoded(latency);
    this.failed.addEncoded(failed);
    this.unknown.addEncoded(unknown);
    this.answers.addEncoded(answers);
  }

  encode(): OperationFigures {
    return {
      latency: this.latency.encode(),
      failed: this.failed.encode(),
      unknown: this.unknown.encode(),
      answers: this.answers.encode(),
    };
  }
}
