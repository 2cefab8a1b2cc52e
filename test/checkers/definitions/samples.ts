import type * as fc from 'fast-check';
import type { AnomalyKind } from '../../../src/model/anomaly';
import type { History, HistoryOptions } from '../../support/history-notation';
import {
  abandonment,
  commitment,
  finale,
  meeting,
  mishap,
  succession,
  takeover,
} from '../../support/notation/asides';
import { randomHistories, randomHistoriesOf } from '../../support/random-histories';

/** Random histories, and the anomalies of which at least a tenth of them has some, and a tenth none. */
export interface Sample {
  readonly histories: fc.Arbitrary<History>;
  readonly shows: readonly AnomalyKind[];
  readonly runs: number;
  readonly seed: number;
}

const SESSIONS = [
  'STALE_READ',
  'READ_YOUR_WRITES',
  'MONOTONIC_READS',
  'MONOTONIC_WRITES',
  'WRITES_FOLLOW_READS',
] as const;

const CLIENTS = { letters: 'rrrrwwdd', ends: '=====!?', hasCauses: true } as const;
const SHOWN_TO_CLIENTS = [...SESSIONS, 'RESURRECTED_DELETE', 'CONSISTENT_PREFIX'] as const;

/** What clients do. */
export const CLIENT_SAMPLES = {
  'a log where versions come twice': { histories: randomHistories(), shows: SESSIONS, runs: 25_000, seed: 1 },
  'a log': {
    histories: randomHistoriesOf({ versions: 'LOG', ...CLIENTS }),
    shows: SHOWN_TO_CLIENTS,
    runs: 35_000,
    seed: 2,
  },
  'version vectors': {
    histories: randomHistoriesOf({ versions: 'VECTOR', ...CLIENTS }),
    shows: SHOWN_TO_CLIENTS,
    runs: 35_000,
    seed: 3,
  },
  'last write wins': {
    histories: randomHistoriesOf({ versions: 'TIMESTAMP', ...CLIENTS }),
    shows: SHOWN_TO_CLIENTS,
    runs: 35_000,
    seed: 4,
  },
} as const satisfies Readonly<Record<string, Sample>>;

const INVARIANTS: readonly HistoryOptions[] = [
  { invariants: [{ key: null, min: 0 }] },
  { invariants: [{ key: 0, min: -2 }] },
  {
    invariants: [
      { key: null, min: -2 },
      { key: 1, min: 1 },
    ],
  },
  {},
];

const NODES = {
  letters: 'rrwwi',
  ends: '=====!?',
  hasValues: true,
  wordsMax: 60,
  aside: {
    oneIn: 2,
    words: [
      ...[commitment, commitment, commitment, meeting, meeting, abandonment],
      ...[succession, succession, succession, succession, mishap, takeover],
    ],
  },
  finale,
} as const;
const SHOWN_BY_NODES = [
  'LOST_WRITE',
  'DIRTY_READ',
  'DROPPED_UPDATE',
  'CONFLICT',
  'SPLIT_BRAIN',
  'DIVERGENCE',
  'INVARIANT',
  'FALSE_FAILOVER',
] as const;

/** What nodes do. */
export const NODE_SAMPLES = {
  'nodes with logs': {
    histories: randomHistoriesOf({ versions: 'LOG', ...NODES }, INVARIANTS),
    shows: SHOWN_BY_NODES,
    runs: 35_000,
    seed: 5,
  },
  'nodes with version vectors': {
    histories: randomHistoriesOf({ versions: 'VECTOR', ...NODES }, INVARIANTS),
    shows: SHOWN_BY_NODES,
    runs: 35_000,
    seed: 6,
  },
  'nodes where the last write wins': {
    histories: randomHistoriesOf({ versions: 'TIMESTAMP', ...NODES }, INVARIANTS),
    shows: SHOWN_BY_NODES,
    runs: 35_000,
    seed: 7,
  },
} as const satisfies Readonly<Record<string, Sample>>;
