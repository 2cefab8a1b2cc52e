/** A write's place in the order its protocol gives: for one leader, its epoch and log sequence number. */
export interface LogVersion {
  readonly epoch: number;
  /** Log sequence number, from 1. */
  readonly lsn: number;
}

/** Versions of other protocols (timestamps, vectors) join this union with their protocols. */
export type Version = LogVersion;

export type VersionOrder = 'BEFORE' | 'EQUAL' | 'AFTER' | 'CONCURRENT';

/** How `one` stands to `other`. Only BEFORE makes it older; an absent value (null) is before every version. */
export function compareVersions(one: Version | null, other: Version | null): VersionOrder {
  if (one === null || other === null) return compareAbsent(one, other);
  if (one.epoch !== other.epoch) return one.epoch < other.epoch ? 'BEFORE' : 'AFTER';
  if (one.lsn === other.lsn) return 'EQUAL';
  return one.lsn < other.lsn ? 'BEFORE' : 'AFTER';
}

export function isOlder(one: Version | null, other: Version | null): boolean {
  return compareVersions(one, other) === 'BEFORE';
}

function compareAbsent(one: Version | null, other: Version | null): VersionOrder {
  if (one === other) return 'EQUAL';
  return one === null ? 'BEFORE' : 'AFTER';
}
