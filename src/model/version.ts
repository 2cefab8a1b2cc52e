/** For one leader: the write's place in the log, its epoch and log sequence number. */
export interface LogVersion {
  readonly epoch: number;
  /** Log sequence number, from 1. */
  readonly lsn: number;
}

/** For last-write-wins: what the clock of the accepting node showed; ties go to the higher node, then the later operation. */
export interface TimestampVersion {
  readonly timestampMs: number;
  readonly node: number;
  /** The id of the operation that wrote it. */
  readonly operation: number;
}

/** For concurrent writes: how many writes of the key, by accepting node, it has seen, its own included. */
export interface VectorVersion {
  /** Whole numbers from 0, by the index of the node; a missing one is 0. */
  readonly vector: readonly number[];
}

/** A write's place in the order that its protocol gives; the writes of one run have one kind of version. */
export type Version = LogVersion | TimestampVersion | VectorVersion;

export type VersionOrder = 'BEFORE' | 'EQUAL' | 'AFTER' | 'CONCURRENT';

export function isLogVersion(version: Version): version is LogVersion {
  return 'lsn' in version;
}

export function isVectorVersion(version: Version): version is VectorVersion {
  return 'vector' in version;
}

/**
 * How `one` stands to `other`. Only BEFORE makes it older; an absent value (null) is before every version. Versions of
 * different kinds have no order: they are concurrent.
 */
export function compareVersions(one: Version | null, other: Version | null): VersionOrder {
  if (one === null || other === null) return compareAbsent(one, other);
  if (isLogVersion(one)) return isLogVersion(other) ? compareLogs(one, other) : 'CONCURRENT';
  if (isVectorVersion(one)) return isVectorVersion(other) ? compareVectors(one, other) : 'CONCURRENT';
  return isLogVersion(other) || isVectorVersion(other) ? 'CONCURRENT' : compareTimestamps(one, other);
}

export function isOlder(one: Version | null, other: Version | null): boolean {
  return compareVersions(one, other) === 'BEFORE';
}

/** A copy that whoever gave the version cannot change. */
export function copyOfVersion(version: Version): Version {
  return isVectorVersion(version) ? { vector: [...version.vector] } : { ...version };
}

function compareAbsent(one: Version | null, other: Version | null): VersionOrder {
  if (one === other) return 'EQUAL';
  return one === null ? 'BEFORE' : 'AFTER';
}

function compareLogs(one: LogVersion, other: LogVersion): VersionOrder {
  return byNumbers(one.epoch - other.epoch || one.lsn - other.lsn);
}

function compareTimestamps(one: TimestampVersion, other: TimestampVersion): VersionOrder {
  return byNumbers(
    one.timestampMs - other.timestampMs || one.node - other.node || one.operation - other.operation,
  );
}

function compareVectors({ vector: one }: VectorVersion, { vector: other }: VectorVersion): VersionOrder {
  let isBehind = false;
  let isAhead = false;
  for (let node = 0; node < Math.max(one.length, other.length); node++) {
    const difference = (one[node] ?? 0) - (other[node] ?? 0);
    if (difference < 0) isBehind = true;
    if (difference > 0) isAhead = true;
  }
  if (isBehind && isAhead) return 'CONCURRENT';
  return isBehind ? 'BEFORE' : isAhead ? 'AFTER' : 'EQUAL';
}

function byNumbers(difference: number): VersionOrder {
  if (difference === 0) return 'EQUAL';
  return difference < 0 ? 'BEFORE' : 'AFTER';
}
