import { FAULT_NAMES } from '../../src/model/spec/faults/resolve-faults';
import { experimentInput, pairInput, workloadInput } from './submissions';

/** In seoul-1, tokyo-1 and tokyo-2, for a second after half a second of warm-up. */
export function pairExperiment(changes: object = {}): object {
  const clients = [{ datacenter: 'seoul', ratePerSecond: 100 }];
  const workload = workloadInput({ clients, warmupMs: 500 });
  return experimentInput({ cluster: pairInput(), workload, ...changes });
}

export const NODE = { node: 'tokyo-1', atMs: 100 };
export const SPAN = { ...NODE, durationMs: 50 };
export const BETWEEN = { between: ['seoul', 'tokyo'], atMs: 100, durationMs: 50 };
export const SIDES = { between: [['seoul'], ['tokyo-1', 'tokyo-2']], atMs: 100 };
export const UPGRADE = { atMs: 100, downMs: 50, betweenMs: 10 };

const FAULTS: Readonly<Record<(typeof FAULT_NAMES)[number], readonly (readonly [object, object])[]>> = {
  crash: [[NODE, { ...NODE, restartAfterMs: null, inFlight: 'LOST' }]],
  restart: [[NODE, NODE]],
  pause: [[SPAN, SPAN]],
  partition: [
    [SIDES, { ...SIDES, healAfterMs: null }],
    [
      { from: ['seoul'], to: ['tokyo-1'], atMs: -500, healAfterMs: 7 },
      { from: ['seoul'], to: ['tokyo-1'], atMs: -500, healAfterMs: 7 },
    ],
  ],
  isolate: [
    [NODE, { ...NODE, healAfterMs: null }],
    [
      { datacenter: 'seoul', atMs: 1, healAfterMs: 2 },
      { datacenter: 'seoul', atMs: 1, healAfterMs: 2 },
    ],
  ],
  heal: [[{ atMs: 100 }, { atMs: 100 }]],
  slowLink: [
    [BETWEEN, { ...BETWEEN, factor: 1, extraMs: 0 }],
    [
      { within: 'tokyo', atMs: 1, durationMs: 2, factor: 3, everywhere: false },
      { within: 'tokyo', atMs: 1, durationMs: 2, factor: 3, extraMs: 0 },
    ],
    [
      { everywhere: true, atMs: 1, durationMs: 2, extraMs: 3 },
      { everywhere: true, atMs: 1, durationMs: 2, factor: 1, extraMs: 3 },
    ],
  ],
  lossyLink: [
    [
      { from: 'tokyo', to: 'seoul', atMs: 1, durationMs: 2, loss: 1 },
      { from: 'tokyo', to: 'seoul', atMs: 1, durationMs: 2, loss: 1, duplication: 0 },
    ],
  ],
  slowDisk: [
    [
      { ...SPAN, factor: 0 },
      { ...SPAN, factor: 0 },
    ],
  ],
  clockSkew: [[NODE, { ...NODE, offsetMs: 0, driftPpm: 0, durationMs: null }]],
  datacenterOutage: [
    [
      { datacenter: 'tokyo', atMs: 1, durationMs: 2 },
      { datacenter: 'tokyo', atMs: 1, durationMs: 2 },
    ],
  ],
  rollingUpgrade: [
    [UPGRADE, { ...UPGRADE, nodes: null }],
    [
      { ...UPGRADE, nodes: ['tokyo-2', 'seoul-1'], betweenMs: 0 },
      { ...UPGRADE, nodes: ['tokyo-2', 'seoul-1'], betweenMs: 0 },
    ],
  ],
};

/** Every kind of fault, as short as it may be written and in full. */
export const FAULT_INPUTS = FAULT_NAMES.flatMap((name) =>
  FAULTS[name].map(([input, full]) => ({ name, input, full })),
);

export const NEMESIS = { meanTimeToFailureMs: 100, meanTimeToRepairMs: 10, kinds: ['CRASH'] };
