import { cluster, DETECTION_MS, QUICK_FAILOVER } from '../cluster';
import { hasFailedOver, shows, type Chance, type NeverOrCanCase, type Submission } from '../never-or-can';
import type { ExperimentResult } from '../../../../src/experiments/result/experiment-result';

type Fault = (chance: Chance) => object;

/** The leader and the clients beside it on one side, two followers and theirs on the other. */
const PARTED: Fault = (chance) => ({
  partition: {
    between: [['a'], ['b', 'c']],
    atMs: chance.between(200, 600),
    healAfterMs: chance.between(700, 1200),
  },
});

/** The leader stands still for a little longer than it takes to be missed, and wakes up while its successor is promoted. */
const PAUSED: Fault = (chance) => ({
  pause: {
    node: 'a-1',
    atMs: chance.between(200, 900),
    durationMs: DETECTION_MS + chance.between(0, QUICK_FAILOVER.promotionMs),
  },
});

/** It stands still for so long that its successor leads when it wakes up. */
const PAUSED_LONG: Fault = (chance) => ({
  pause: { node: 'a-1', atMs: chance.between(200, 600), durationMs: chance.between(600, 1000) },
});

interface Split {
  readonly acknowledgement: object;
  readonly fencing: 'NONE' | 'STONITH' | 'EPOCH';
  readonly fault: Fault;
}

function split({ acknowledgement, fencing, fault }: Split) {
  return (chance: Chance): Submission => ({
    cluster: cluster({
      datacenters: { a: 1, b: 1, c: 1 },
      singleLeader: { acknowledgement, failover: { ...QUICK_FAILOVER, fencing } },
    }),
    workload: {
      durationMs: 2000,
      timeoutMs: 1000,
      readShare: 0.1,
      keys: { count: 20 },
      clients: ['a', 'b', 'c'].map((datacenter) => ({ datacenter, sessions: 30, ratePerSecond: 60 })),
    },
    faults: [fault(chance)],
  });
}

const SYNC = { mode: 'SYNC' };
const ANY = { mode: 'ANY', count: 1 };
const ASYNC = { mode: 'ASYNC' };

const keepsAll = (name: string, acknowledgement: object, fault: Fault): NeverOrCanCase => ({
  name,
  polarity: 'NEVER',
  experiment: split({ acknowledgement, fencing: 'EPOCH', fault }),
  happens: shows('LOST_WRITE'),
  isPutToTheTest: hasFailedOver,
});

/** Of the acknowledged writes. */
export const SPLIT_BRAINS: readonly NeverOrCanCase[] = [
  keepsAll('SYNC and epochs lose no acknowledged write in a partition', SYNC, PARTED),
  keepsAll('ANY 1 of two followers and epochs lose no acknowledged write in a partition', ANY, PARTED),
  keepsAll(
    'SYNC and epochs lose no acknowledged write to a leader that wakes up in a promotion',
    SYNC,
    PAUSED,
  ),
  keepsAll(
    'ANY 1 of two and epochs lose no acknowledged write to a leader that wakes up in a promotion',
    ANY,
    PAUSED,
  ),
  keepsAll(
    'ANY 1 of two and epochs lose no acknowledged write to a leader that wakes up late',
    ANY,
    PAUSED_LONG,
  ),
  {
    name: 'ANY 1 of two loses acknowledged writes without fencing, if the leader wakes up in a promotion',
    polarity: 'CAN',
    experiment: split({ acknowledgement: ANY, fencing: 'NONE', fault: PAUSED }),
    happens: shows('LOST_WRITE'),
  },
  {
    name: 'ASYNC loses acknowledged writes in a partition in spite of epochs',
    polarity: 'CAN',
    experiment: split({ acknowledgement: ASYNC, fencing: 'EPOCH', fault: PARTED }),
    happens: shows('LOST_WRITE'),
  },
];

/** What STONITH bounds: from being missed until the power is off. */
const BOUND_MS = DETECTION_MS + QUICK_FAILOVER.stonithMs;
const leadsTooLong = ({ replication }: ExperimentResult): boolean =>
  replication.dualLeaders.longestMs > BOUND_MS;

export const DUAL_LEADERS: readonly NeverOrCanCase[] = [
  ...[PARTED, PAUSED, PAUSED_LONG].flatMap((fault, index): readonly NeverOrCanCase[] => {
    const experiment = split({ acknowledgement: ASYNC, fencing: 'STONITH', fault });
    const where = ['a partition', 'a short pause', 'a long pause'][index];
    const isPutToTheTest = hasFailedOver;
    return [
      {
        name: `STONITH never has two leaders in ${where}: the promotion waits for the power to be off`,
        polarity: 'NEVER',
        experiment,
        happens: ({ replication }) => replication.dualLeaders.totalMs > 0,
        isPutToTheTest,
      },
      {
        name: `STONITH never has a split brain in ${where}`,
        polarity: 'NEVER',
        experiment,
        happens: shows('SPLIT_BRAIN'),
        isPutToTheTest,
      },
    ];
  }),
  {
    name: 'without fencing two lead in a partition for longer than STONITH would take',
    polarity: 'CAN',
    experiment: split({ acknowledgement: ASYNC, fencing: 'NONE', fault: PARTED }),
    happens: leadsTooLong,
  },
  {
    name: 'without fencing there is a split brain when a leader wakes up late',
    polarity: 'CAN',
    experiment: split({ acknowledgement: ASYNC, fencing: 'NONE', fault: PAUSED_LONG }),
    happens: shows('SPLIT_BRAIN'),
  },
  {
    name: 'in spite of epochs two lead in a partition for longer than STONITH would take',
    polarity: 'CAN',
    experiment: split({ acknowledgement: ASYNC, fencing: 'EPOCH', fault: PARTED }),
    happens: leadsTooLong,
  },
];
