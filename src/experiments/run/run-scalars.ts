import { ANOMALY_KINDS } from '../../model/anomaly';
import { decodeColumns, encodeColumns, type Column, type PackedColumns } from './packed-columns';
import type { DurationFigures, RunSummary } from './run-summary';

const NS_PER_MS = 1_000_000;
/** The first byte of the JSON list that held the scalars before they were packed. */
const JSON_LIST = '['.charCodeAt(0);

type Reading = (summary: RunSummary) => number | null;

/** The scalars of runs by name, such as `replicationLag.p99Ms`, in columns: whoever needs one reads that one. */
const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['operations.ok', ({ operations }) => operations.ok],
  ['operations.failed', ({ operations }) => operations.failed],
  ['operations.unknown', ({ operations }) => operations.unknown],
  ['converged', ({ converged }) => Number(converged)],
  ['truncated', ({ truncated }) => Number(truncated ?? false)],
  ['convergenceMs', ({ convergenceMs }) => convergenceMs],
  ['longestOutageMs', ({ longestOutageMs }) => longestOutageMs],
  ...figuresOf('replicationLag', ({ replicationLag }) => replicationLag),
  ...figuresOf('visibilityLag', ({ visibilityLag }) => visibilityLag),
  ...figuresOf('readLatency', ({ readLatency }) => readLatency),
  ...figuresOf('writeLatency', ({ writeLatency }) => writeLatency),
  ...ANOMALY_KINDS.flatMap(anomaliesOf),
  ['cost.messages', ({ cost }) => cost.messages],
  ['cost.bytes', ({ cost }) => cost.bytes],
  ['cost.events', ({ cost }) => cost.events],
  // How many failovers and lost writes there were, the anomalies FALSE_FAILOVER and LOST_WRITE tell.
  ['failoverRecovery.meanMs', ({ failoverRecovery }) => failoverRecovery.meanMs],
  ['dualLeadersMs', ({ dualLeadersMs }) => dualLeadersMs],
]);

/** The names of all scalars that are stored of a run. Those that end in `Ms` are simulated milliseconds. */
export const RUN_SCALARS: readonly string[] = [...READINGS.keys()];

/**
 * Packs the scalars of a shard's runs, about 60 bytes a run. Durations are kept in whole nanoseconds, as samples are;
 * so a mean is rounded by half a nanosecond at most, and everything else is exact.
 *
 * @param summaries by repetition
 */
export function encodeRunScalars(summaries: readonly RunSummary[]): Uint8Array {
  return encodeColumns(columnsOf(summaries));
}

/** The scalars of a shard's runs as they are stored. Nothing is unpacked that nobody asks for. */
export class RunScalars {
  private constructor(private readonly columns: PackedColumns) {}

  /** @throws InvariantError when the bytes are none that `encodeRunScalars` or its forerunner wrote. */
  static decode(bytes: Uint8Array): RunScalars {
    const packed = bytes[0] === JSON_LIST ? encodeColumns(columnsOf(summariesIn(bytes))) : bytes;
    return new RunScalars(decodeColumns(packed));
  }

  /**
   * One number per run, by repetition, NaN where a run has none; null when the scalar was not stored, since the
   * shard is older than it.
   *
   * @param name one of `RUN_SCALARS`
   */
  column(name: string): Float64Array | null {
    const values = this.columns.read(name);
    return name.endsWith('Ms') ? (values?.map((ns) => ns / NS_PER_MS) ?? null) : values;
  }
}

/** Of runs that were stored before leaders were replaced. */
const NO_FAILOVERS: Pick<RunSummary, 'failoverRecovery' | 'dualLeadersMs'> = {
  failoverRecovery: { count: 0, meanMs: null, p50Ms: null, p99Ms: null, maxMs: null },
  dualLeadersMs: 0,
};

function figuresOf(
  name: string,
  of: (summary: RunSummary) => DurationFigures,
): readonly (readonly [string, Reading])[] {
  return [
    [`${name}.count`, (summary) => of(summary).count],
    [`${name}.meanMs`, (summary) => of(summary).meanMs],
    [`${name}.p50Ms`, (summary) => of(summary).p50Ms],
    [`${name}.p99Ms`, (summary) => of(summary).p99Ms],
    [`${name}.maxMs`, (summary) => of(summary).maxMs],
  ];
}

function anomaliesOf(kind: (typeof ANOMALY_KINDS)[number]): readonly (readonly [string, Reading])[] {
  const tallyIn = ({ anomalies }: RunSummary) => anomalies.find((tally) => tally.kind === kind);
  return [
    [`anomalies.${kind}.count`, (summary) => tallyIn(summary)?.count ?? null],
    [`anomalies.${kind}.relevant`, (summary) => tallyIn(summary)?.relevant ?? null],
  ];
}

function columnsOf(summaries: readonly RunSummary[]): readonly Column[] {
  return [...READINGS].map(([name, reading]) => ({
    name,
    values: summaries.map((summary) => wholeOf(name, reading(summary))),
  }));
}

function wholeOf(name: string, value: number | null): number | null {
  return value !== null && name.endsWith('Ms') ? Math.round(value * NS_PER_MS) : value;
}

function summariesIn(bytes: Uint8Array): readonly RunSummary[] {
  const summaries = JSON.parse(new TextDecoder().decode(bytes)) as readonly RunSummary[];
  return summaries.map((summary) => ({ ...NO_FAILOVERS, ...summary }));
}
