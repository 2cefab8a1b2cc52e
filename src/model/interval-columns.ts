/**
 * A figure for each of the equal intervals into which a run's measured duration is cut.
 *
 * A column lists whole numbers by interval from the first, without the zeros at its end, so that equal figures have equal
 * bytes and a figure that never differs from 0 costs nothing.
 */
export type Column = readonly number[];

/** Intervals that a duration is cut into. */
export const SERIES_INTERVALS = 100;

/** Durations by interval, in whole nanoseconds; the sum is sumNsHigh · 2^52 + sumNsLow, each word below 2^52. */
export interface DurationSeries {
  readonly count: Column;
  readonly sumNsHigh: Column;
  readonly sumNsLow: Column;
  readonly maxNs: Column;
}

/** What is nowhere. */
export const EMPTY_DURATION_SERIES: DurationSeries = { count: [], sumNsHigh: [], sumNsLow: [], maxNs: [] };

/** Cuts a duration: which interval a moment lies in. One on the border of two counts to either. */
export class Intervals {
  private readonly intervalsPerMs: number;

  constructor({ durationMs }: { readonly durationMs: number }) {
    this.intervalsPerMs = SERIES_INTERVALS / durationMs;
  }

  /** Before the start it is the first, after the end the last. */
  of(atMs: number): number {
    const interval = atMs * this.intervalsPerMs;
    if (!(interval > 0)) return 0;
    return interval < SERIES_INTERVALS ? interval | 0 : SERIES_INTERVALS - 1;
  }
}

/** Counts by interval, while they are being counted. */
export class CountColumn {
  private readonly counts = new Float64Array(SERIES_INTERVALS);

  add(interval: number): void {
    this.counts[interval] += 1;
  }

  addEncoded(column: Column): void {
    for (let interval = 0; interval < column.length; interval += 1) this.counts[interval] += column[interval];
  }

  encode(): Column {
    return columnOf(this.counts, { from: 0, width: 1 });
  }
}

/** Durations by interval, while they are being measured: four neighbouring elements an interval. */
export class DurationColumns {
  private readonly rows = new Float64Array(ROW * SERIES_INTERVALS);

  /** @param ns whole, 0 … 2^53−1 */
  add(interval: number, ns: number): void {
    const { rows } = this;
    const row = ROW * interval;
    rows[row] += 1;
    if (ns > rows[row + MAX]) rows[row + MAX] = ns;
    const sum = rows[row + SUM_LOW] + ns;
    if (sum < SUM_WORD) rows[row + SUM_LOW] = sum;
    else this.carry(row, ns);
  }

  addEncoded({ count, sumNsHigh, sumNsLow, maxNs }: DurationSeries): void {
    const { rows } = this;
    for (let interval = 0, row = 0; interval < count.length; interval += 1, row += ROW) {
      rows[row] += count[interval];
      rows[row + MAX] = Math.max(rows[row + MAX], maxNs[interval] ?? 0);
      rows[row + SUM_HIGH] += sumNsHigh[interval] ?? 0;
      this.carry(row, sumNsLow[interval] ?? 0);
    }
  }

  encode(): DurationSeries {
    return {
      count: columnOf(this.rows, { from: 0, width: ROW }),
      sumNsHigh: columnOf(this.rows, { from: SUM_HIGH, width: ROW }),
      sumNsLow: columnOf(this.rows, { from: SUM_LOW, width: ROW }),
      maxNs: columnOf(this.rows, { from: MAX, width: ROW }),
    };
  }

  /** A duration may itself pass the word: it is cut first, so that no intermediate sum is rounded. */
  private carry(row: number, ns: number): void {
    const { rows } = this;
    const high = Math.floor(ns / SUM_WORD);
    const low = rows[row + SUM_LOW] + (ns - high * SUM_WORD);
    const carried = low < SUM_WORD ? 0 : 1;
    rows[row + SUM_LOW] = low - carried * SUM_WORD;
    rows[row + SUM_HIGH] += high + carried;
  }
}

/** The exact sum of an interval's durations, in ns; a double, so rounded beyond 2^53. */
export function sumNsOf({ sumNsHigh, sumNsLow }: DurationSeries, interval: number): number {
  return (sumNsHigh[interval] ?? 0) * SUM_WORD + (sumNsLow[interval] ?? 0);
}

/** Every `width`-th value from `from` on, of as many as there are intervals. */
export function columnOf(
  values: Float64Array,
  { from, width }: { readonly from: number; readonly width: number },
): Column {
  let end = SERIES_INTERVALS;
  while (end > 0 && values[from + (end - 1) * width] === 0) end -= 1;
  const column: number[] = [];
  for (let interval = 0; interval < end; interval += 1) column.push(values[from + interval * width]);
  return column;
}

const ROW = 4;
const SUM_HIGH = 1;
const SUM_LOW = 2;
const MAX = 3;
const SUM_WORD = 4_503_599_627_370_496;
