import { cluster, QUICK_FAILOVER } from '../cluster';
import { hasFailedOver, shows, type Chance, type NeverOrCanCase, type Submission } from '../never-or-can';

interface Crashing {
  readonly acknowledgement: object;
  readonly failover?: object;
  /** Followers; by default two, in places of their own. */
  readonly datacenters?: Readonly<Record<string, number>>;
}

const NODES = ['a-1', 'b-1', 'c-1'];

/** One node crashes, the leader or a follower, at any time, and comes back at any later time or not at all. */
function oneCrash({ acknowledgement, failover = {}, datacenters = { a: 1, b: 1, c: 1 } }: Crashing) {
  return (chance: Chance): Submission => ({
    cluster: cluster({
      datacenters,
      singleLeader: { acknowledgement, failover: { ...QUICK_FAILOVER, ...failover } },
    }),
    workload: WRITERS,
    faults: [
      {
        crash: {
          node: chance.oneOf(NODES),
          atMs: chance.between(0, 1500),
          restartAfterMs: chance.oneOf([null, chance.between(1, 1000)]),
          inFlight: chance.oneOf(['LOST', 'DELIVERED']),
        },
      },
    ],
  });
}

const WRITERS = {
  durationMs: 1600,
  timeoutMs: 300,
  readShare: 0.2,
  keys: { count: 20 },
  clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 20, ratePerSecond: 100 })),
};

/** One follower alone in b, three in c. */
const MANY = { a: 1, b: 1, c: 3 };
/** The leader never comes back, and is replaced by whoever is left. */
function leaderLost(crashing: Crashing) {
  return (chance: Chance): Submission => ({
    ...oneCrash(crashing)(chance),
    faults: [{ crash: { node: 'a-1', atMs: chance.between(100, 1000) } }],
  });
}

const happens = shows('LOST_WRITE');

export const CRASHES: readonly NeverOrCanCase[] = [
  {
    name: 'SYNC with remote flush loses no acknowledged write to any single crash',
    polarity: 'NEVER',
    experiment: oneCrash({ acknowledgement: { mode: 'SYNC', await: 'REMOTE_FLUSH' } }),
    happens,
    isPutToTheTest: hasFailedOver,
  },
  {
    name: 'ANY 1 of two followers with remote flush loses no acknowledged write to any single crash',
    polarity: 'NEVER',
    experiment: oneCrash({ acknowledgement: { mode: 'ANY', count: 1, await: 'REMOTE_FLUSH' } }),
    happens,
    isPutToTheTest: hasFailedOver,
  },
  {
    name: 'ASYNC loses acknowledged writes to a single crash',
    polarity: 'CAN',
    experiment: oneCrash({ acknowledgement: { mode: 'ASYNC' } }),
    happens,
  },
  {
    name: 'SYNC that waits for the local flush only loses acknowledged writes to a single crash',
    polarity: 'CAN',
    experiment: oneCrash({ acknowledgement: { mode: 'SYNC', await: 'LOCAL_FLUSH' } }),
    happens,
  },
  {
    name: 'SYNC loses no acknowledged write although the first of the priorities is elected',
    polarity: 'NEVER',
    experiment: leaderLost({
      acknowledgement: { mode: 'SYNC' },
      failover: { election: 'PRIORITY', priorities: ['c-1'] },
    }),
    happens,
    isPutToTheTest: hasFailedOver,
  },
  {
    name: 'ANY 1 loses acknowledged writes if the first of the priorities is elected, who may be behind',
    polarity: 'CAN',
    experiment: leaderLost({
      acknowledgement: { mode: 'ANY', count: 1 },
      failover: { election: 'PRIORITY', priorities: ['c-1'] },
    }),
    happens,
  },
];

/** The first follower to have a write is cut off with the leader: the majority of four elects without it. */
function leaderLostWithItsNearest(acknowledgement: object) {
  return (chance: Chance): Submission => {
    const atMs = chance.between(100, 1000);
    return {
      ...leaderLost({ acknowledgement, datacenters: MANY })(chance),
      faults: [{ crash: { node: 'a-1', atMs } }, { isolate: { node: 'b-1', atMs, healAfterMs: 1000 } }],
    };
  };
}

/** How many of four followers must have a write, so that every majority of them has one that does. */
export const COUNTS: readonly NeverOrCanCase[] = [
  {
    name: 'ANY 2 of four followers loses no acknowledged write, whoever is cut off with the leader',
    polarity: 'NEVER',
    experiment: leaderLostWithItsNearest({ mode: 'ANY', count: 2 }),
    happens,
    isPutToTheTest: hasFailedOver,
  },
  {
    name: 'ANY 1 of four followers loses acknowledged writes if the one that has them is cut off with the leader',
    polarity: 'CAN',
    experiment: leaderLostWithItsNearest({ mode: 'ANY', count: 1 }),
    happens,
  },
];
