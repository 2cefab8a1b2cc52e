import { afterEach, beforeEach, describe } from '@jest/globals';
import { FaultLab, type QueueBackend } from './fault-lab';
import { describeWithRedis } from './redis';

/** Runs of the experiment under fire. */
export const RUNS = 6;
/** When a wait for an end gives up: later than any recovery may take, so that a miss shows the figure. */
export const WAIT_MS_MAX = 60_000;

/** What a suite of faults has of its surroundings. */
export interface Scene {
  /** The lab of the test that is running. */
  readonly lab: () => FaultLab;
  /** Says how long something took, for the reader of the output. */
  readonly told: (what: string, milliseconds: number) => void;
}

/** One suite for each place where the queue may lie; every test has a lab of its own. */
export function describeFaults(name: string, suite: (scene: Scene) => void): void {
  describe(`${name}, the queue on POSTGRES`, () => suite(sceneOn('POSTGRES')));
  describeFaultsOfRedis(`${name}, the queue on REDIS`, suite);
}

/** A suite on Redis alone. */
export function describeFaultsOfRedis(name: string, suite: (scene: Scene) => void): void {
  describeWithRedis(name, () => suite(sceneOn('REDIS')));
}

function sceneOn(backend: QueueBackend): Scene {
  let lab: FaultLab | null = null;
  beforeEach(async () => {
    lab = await FaultLab.start(backend);
  }, 60_000);
  afterEach(async () => {
    const started = lab;
    lab = null;
    await started?.stop();
  }, 60_000);
  return {
    lab: () => {
      if (lab === null) throw new Error('There is a lab only while a test runs.');
      return lab;
    },
    told: (what, milliseconds) => {
      process.stdout.write(`    [${backend}] ${what}: ${(milliseconds / 1000).toFixed(1)} s\n`);
    },
  };
}
