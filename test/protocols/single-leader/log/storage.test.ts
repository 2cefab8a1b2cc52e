import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EFFECT_CODES } from '../../../../src/model/operation';
import { Storage } from '../../../../src/protocols/single-leader/log/storage';
import { ShardHost, type NodeDisk } from '../../../../src/protocols/single-leader/shard-host';
import { HostStage } from '../../../support/host-stage';

const KEYS = 4;
const SETTINGS = { keys: KEYS, hasTimestamps: false, nonDeterministicShare: 0 };
const { host } = new HostStage();

/** A disk that flushes one group at a time, as that of the engine does, and knows which entries it really has. */
class WatchedDisk implements NodeDisk {
  readonly storage = new Storage(new ShardHost(host, this, 0), SETTINGS);
  readonly durable = new Set<number>();
  /** The operations in the log, which are all different. */
  readonly written: number[] = [];
  private operation = 0;
  private wanted = 0;
  private finished = 0;
  private flush: { readonly through: number; readonly entries: readonly number[] } | null = null;

  persist(_: number, position: number): void {
    this.wanted = position;
    if (this.flush === null) this.beginFlush();
  }

  write(key: number): void {
    const operation = ++this.operation;
    const entry = { epoch: 1, key, operation, effect: EFFECT_CODES.SET, operand: operation };
    this.storage.log.append({ ...entry, timestampMs: 0, cause: null });
    this.written.push(operation);
    this.storage.persist();
  }

  /** The flush under way is over, if there is one. */
  finishFlush(): void {
    if (this.flush === null) return;
    const { through, entries } = this.flush;
    this.flush = null;
    this.finished = through;
    for (const operation of entries) this.durable.add(operation);
    if (this.wanted > through) this.beginFlush();
    this.storage.onPersisted(through);
  }

  applyAll(): void {
    while (this.storage.applied < this.storage.flushed) this.storage.applyNext();
  }

  cutAfter(lsn: number): void {
    this.written.length = lsn;
    this.storage.truncateAfter(lsn);
  }

  /** A leader that steps down gives up what is not flushed, and its disk goes on. */
  giveUp(): void {
    this.written.length = this.storage.flushed;
    this.storage.forgetUnflushed();
  }

  crash(): void {
    this.flush = null;
    this.wanted = this.finished;
    this.giveUp();
  }

  /** How many entries from the first on are really there. */
  get durableEnd(): number {
    const missing = this.written.findIndex((operation) => !this.durable.has(operation));
    return missing === -1 ? this.written.length : missing;
  }

  private beginFlush(): void {
    this.flush = { through: this.wanted, entries: [...this.written] };
  }
}

const step = fc.record({
  kind: fc.constantFrom('write', 'write', 'write', 'finish', 'finish', 'apply', 'cut', 'giveUp', 'crash'),
  share: fc.nat(100),
});

function play(disk: WatchedDisk, { kind, share }: { readonly kind: string; readonly share: number }): void {
  if (kind === 'write') disk.write(share % KEYS);
  else if (kind === 'finish') disk.finishFlush();
  else if (kind === 'apply') disk.applyAll();
  else if (kind === 'cut') disk.cutAfter(Math.round((share / 100) * disk.storage.written));
  else if (kind === 'giveUp') disk.giveUp();
  else disk.crash();
}

describe('Storage', () => {
  it('never takes an entry for durable that is not, and in the end each that is, whatever is cut off and lost', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const disk = new WatchedDisk();
        const { storage } = disk;
        for (const one of steps) {
          play(disk, one);
          expect(storage.written).toBe(disk.written.length);
          expect(storage.flushed).toBeLessThanOrEqual(disk.durableEnd);
          expect(storage.applied).toBeLessThanOrEqual(storage.flushed);
        }
        for (let flushes = 0; flushes < 4; flushes++) disk.finishFlush();
        expect(storage.flushed).toBe(disk.written.length);
        expect(storage.log.between(0, storage.written).map(({ operation }) => operation)).toEqual(
          disk.written,
        );
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('has, for keys that are not damaged, the values of its log', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const disk = new WatchedDisk();
        const { storage } = disk;
        for (const one of steps) play(disk, one);
        const applied = storage.log.between(0, storage.applied);
        for (let key = 0; key < KEYS; key++) {
          if (storage.damaged.includes(key)) continue;
          const last = applied.filter((entry) => entry.key === key).at(-1);
          expect(storage.table.operationAt(key)).toBe(last?.operation ?? 0);
        }
        expect(storage.isConsistent).toBe(storage.damaged.length === 0);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('does not take the flush of what was cut off for that of what came in its place', () => {
    const disk = new WatchedDisk();
    for (const key of [0, 1, 2]) disk.write(key);
    disk.cutAfter(1);
    disk.write(3);
    disk.finishFlush();
    expect(disk.storage.flushed).toBeLessThanOrEqual(1);
    disk.finishFlush();
    disk.finishFlush();
    expect(disk.storage.flushed).toBe(2);
  });
});

/** A replica that has applied so many entries, of the keys 0, 1, 2, 3, 0, 1 … */
function appliedThrough(end: number): WatchedDisk {
  const disk = new WatchedDisk();
  for (let lsn = 1; lsn <= end; lsn++) disk.write((lsn - 1) % KEYS);
  disk.finishFlush();
  disk.finishFlush();
  disk.applyAll();
  return disk;
}

describe('Storage that is mended', () => {
  it('is damaged in the keys that the tail had written, until a copy mends them and its log has come as far', () => {
    const [{ storage: leader }, disk] = [appliedThrough(8), appliedThrough(6)];
    const { storage } = disk;
    disk.cutAfter(4);
    expect(storage.damaged).toEqual([0, 1]);
    storage.mend(leader.table.copyOf(storage.damaged), 8);
    expect(storage.damaged).toEqual([]);
    expect(storage.isConsistent).toBe(false);
    for (const key of [0, 1, 2, 3]) disk.write(key);
    for (let flushes = 0; flushes < 3; flushes++) disk.finishFlush();
    disk.applyAll();
    expect(storage.isConsistent).toBe(true);
  });

  it('does not apply to a mended key what the copy has already', () => {
    const [{ storage: leader }, disk] = [appliedThrough(8), appliedThrough(6)];
    const { storage } = disk;
    disk.cutAfter(4);
    storage.mend(leader.table.copyOf(storage.damaged), 8);
    disk.write(0);
    for (let flushes = 0; flushes < 3; flushes++) disk.finishFlush();
    disk.applyAll();
    expect([storage.applied, storage.table.lsnAt(0)]).toEqual([5, 5]);
    expect(storage.table.operationAt(0)).toBe(leader.table.operationAt(0));
  });

  it('is damaged again in what was mended if the log of another leader is to follow', () => {
    const [{ storage: leader }, disk] = [appliedThrough(8), appliedThrough(6)];
    const { storage } = disk;
    disk.cutAfter(4);
    storage.mend(leader.table.copyOf(storage.damaged), 8);
    disk.cutAfter(3);
    storage.distrustCopy();
    expect(storage.damaged).toEqual([0, 1, 3]);
  });

  it('trusts a copy that its log has reached', () => {
    const [{ storage: leader }, disk] = [appliedThrough(5), appliedThrough(5)];
    disk.cutAfter(4);
    disk.storage.mend(leader.table.copyOf(disk.storage.damaged), 4);
    disk.storage.distrustCopy();
    expect(disk.storage.damaged).toEqual([]);
    expect(disk.storage.isConsistent).toBe(true);
  });

  it('becomes another replica as a whole, and goes on behind where that one was', () => {
    const [{ storage: leader }, disk] = [appliedThrough(8), appliedThrough(2)];
    const { storage } = disk;
    storage.replace(leader.table.copyOf(null), { lsn: 8, common: 2, epochs: leader.log.epochs });
    expect([storage.written, storage.flushed, storage.applied, storage.log.length]).toEqual([8, 8, 8, 0]);
    expect([0, 1, 2, 3].map((key) => storage.table.lsnAt(key))).toEqual([5, 6, 7, 8]);
    expect(storage.holds({ epoch: 1, lsn: 5 })).toBe(true);
    expect(storage.holds({ epoch: 2, lsn: 5 })).toBe(false);
    disk.write(0);
    disk.finishFlush();
    disk.finishFlush();
    expect([storage.written, storage.flushed]).toEqual([9, 9]);
  });
});
