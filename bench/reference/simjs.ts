import { createRequire } from 'node:module';
import { Random } from '../../src/engine/random';
import { Histogram } from '../../src/model/histogram';
import { percentilesOf } from '../kernel';
import type { QuorumLoad, QuorumStatistics } from '../workload';

/** The version this program was written for; the package is no dependency, so it may be absent. */
export const SIMJS_VERSION = '2.0.3';

interface Timer {
  done<Argument>(callback: (argument: Argument) => void, context: object, argument: Argument): void;
}

interface Entity {
  time(): number;
  setTimer(delay: number): Timer;
}

interface SimJs {
  readonly Sim: new () => {
    addEntity<Made>(kind: new (...some: never[]) => Made): Made;
    simulate(endTime: number): boolean;
  };
  readonly Entity: new () => Entity;
}

/** Null if it is not installed. The package exports nothing: it leaves itself in the `window` of a browser. */
export function loadSimJs(): SimJs | null {
  const scope = globalThis as { window?: { Sim?: SimJs } };
  scope.window ??= {};
  try {
    createRequire(__filename)('simjs');
  } catch {
    return null;
  }
  return scope.window.Sim ?? null;
}

interface Operation {
  readonly isWrite: boolean;
  readonly key: number;
  readonly version: number;
  readonly startedMs: number;
  replies: number;
  newest: number;
}

interface Leg {
  readonly operation: Operation;
  readonly replica: number;
  /** What a read found there. */
  version: number;
}

/**
 * The reference workload as one writes it in simjs: timers of an entity, and objects for what they carry.
 *
 * Random numbers and histograms are ours, since simjs' own Mersenne twister would count against it.
 * @throws if simjs is not installed
 */
export function playSimJs(load: QuorumLoad): QuorumStatistics {
  const simjs = loadSimJs();
  if (simjs === null) throw new Error('simjs is not installed');
  const { replicas, writeQuorum, readQuorum, keys, ratePerMs, operations, seed } = load;
  const random = new Random([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
  const latency = { read: new Histogram(), write: new Histogram() };
  const stored = Array.from({ length: replicas }, () => new Int32Array(keys));
  const [lastWritten, acknowledged] = [new Int32Array(keys), new Int32Array(keys)];
  const count = { issued: 0, reads: 0, writes: 0, staleReads: 0, versionsBehind: 0 };

  class Cluster extends simjs.Entity {
    start(): void {
      this.awaitArrival();
    }

    private awaitArrival(): void {
      this.setTimer(random.exponential() / ratePerMs).done(this.onArrival, this, null);
    }

    private readonly onArrival = (): void => {
      const isWrite = random.integer() >= 0;
      const key = random.below(keys);
      const version = isWrite ? ++lastWritten[key] : acknowledged[key];
      const operation = { isWrite, key, version, startedMs: this.time(), replies: 0, newest: 0 };
      for (let replica = 0; replica < replicas; replica++)
        this.setTimer(random.exponential()).done(this.onDelivery, this, { operation, replica, version: 0 });
      if (++count.issued < operations) this.awaitArrival();
    };

    private readonly onDelivery = (leg: Leg): void => {
      const { key, isWrite, version } = leg.operation;
      const versions = stored[leg.replica];
      if (!isWrite) leg.version = versions[key];
      else if (versions[key] < version) versions[key] = version;
      this.setTimer(random.exponential()).done(this.onAnswer, this, leg);
    };

    private readonly onAnswer = ({ operation, version }: Leg): void => {
      operation.replies++;
      if (operation.isWrite && operation.replies === writeQuorum) this.onWritten(operation);
      if (operation.isWrite || operation.replies > readQuorum) return;
      operation.newest = Math.max(operation.newest, version);
      if (operation.replies === readQuorum) this.onRead(operation);
    };

    private onWritten({ key, version, startedMs }: Operation): void {
      count.writes++;
      latency.write.record(this.time() - startedMs);
      acknowledged[key] = Math.max(acknowledged[key], version);
    }

    private onRead({ version, newest, startedMs }: Operation): void {
      count.reads++;
      latency.read.record(this.time() - startedMs);
      if (newest >= version) return;
      count.staleReads++;
      count.versionsBehind += version - newest;
    }
  }

  const simulation = new simjs.Sim();
  simulation.addEntity(Cluster);
  simulation.simulate(Infinity);
  const { reads, writes, staleReads, versionsBehind } = count;
  return {
    ...{ reads, writes, staleReads, versionsBehind },
    readMs: percentilesOf(latency.read),
    writeMs: percentilesOf(latency.write),
  };
}
