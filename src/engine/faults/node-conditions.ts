import type { ClockSpec } from '../../model/spec/cluster';
import type { ClockTrouble, DiskTrouble } from './affliction';
import type { ClockError } from '../clock';
import type { Afflictable } from './afflictable';
import { PerNode } from './per-node';
import type { Tell } from './tell';

export interface NodeConditionsSettings {
  /** Clocks that are wrong without any fault, by node. */
  readonly clocks: ReadonlyMap<number, Pick<ClockSpec, 'offsetMs' | 'driftPpm'>>;
  readonly time: { readonly now: number };
}

/**
 * Slow disks and wrong clocks. What overlaps adds up: factors are multiplied, offsets and drifts added to each other and to
 * the clock's own error. A crash ends none of them: they are the machine's.
 */
export class NodeConditions {
  private readonly disks = new PerNode<DiskTrouble>();
  private readonly clocks = new PerNode<ClockTrouble>();

  constructor(
    private readonly settings: NodeConditionsSettings,
    private readonly world: Pick<Afflictable, 'slowDisk' | 'skewClock'>,
    private readonly tell: Tell,
  ) {}

  /** Sets the clocks that are wrong from the beginning; no fault, so nothing is told. */
  start(): void {
    for (const node of this.settings.clocks.keys()) this.world.skewClock(node, this.clockError(node));
  }

  beginDisk(trouble: DiskTrouble): void {
    const before = this.diskFactor(trouble.node);
    this.disks.add(trouble);
    this.settleDisk(trouble.node, before);
  }

  endDisk(trouble: DiskTrouble): void {
    const before = this.diskFactor(trouble.node);
    if (this.disks.remove(trouble)) this.settleDisk(trouble.node, before);
  }

  beginClock(trouble: ClockTrouble): void {
    const before = this.clockError(trouble.node);
    this.clocks.add(trouble);
    this.settleClock(trouble.node, before);
  }

  endClock(trouble: ClockTrouble): void {
    const before = this.clockError(trouble.node);
    if (this.clocks.remove(trouble)) this.settleClock(trouble.node, before);
  }

  endAll(): void {
    for (const trouble of this.disks.all()) this.endDisk(trouble);
    for (const trouble of this.clocks.all()) this.endClock(trouble);
  }

  private settleDisk(node: number, before: number): void {
    const factor = this.diskFactor(node);
    if (factor === before) return;
    if (factor === 1) this.tell({ kind: 'DISK_RESTORED', nodes: [node], text: [] });
    else this.tell({ kind: 'SLOW_DISK', nodes: [node], text: [String(factor)] });
    this.world.slowDisk(node, factor);
  }

  private settleClock(node: number, before: ClockError): void {
    const error = this.clockError(node);
    if (error.offsetMs === before.offsetMs && error.driftPpm === before.driftPpm) return;
    if (this.clocks.of(node).length === 0) this.tell({ kind: 'CLOCK_CORRECTED', nodes: [node], text: [] });
    else this.tell({ kind: 'CLOCK_SKEW', nodes: [node], text: this.clockInWords(error) });
    this.world.skewClock(node, error);
  }

  private diskFactor(node: number): number {
    return this.disks.of(node).reduce((product, { factor }) => product * factor, 1);
  }

  private clockError(node: number): ClockError {
    const own = this.settings.clocks.get(node) ?? { offsetMs: 0, driftPpm: 0 };
    return this.clocks.of(node).reduce<ClockError>(
      (sum, { offsetMs, driftPpm, sinceMs }) => ({
        offsetMs: sum.offsetMs + offsetMs - (driftPpm * sinceMs) / 1e6,
        driftPpm: sum.driftPpm + driftPpm,
      }),
      { offsetMs: own.offsetMs, driftPpm: own.driftPpm },
    );
  }

  /** What it shows too much just now, and its drift. */
  private clockInWords({ offsetMs, driftPpm }: ClockError): readonly string[] {
    const aheadMs = offsetMs + (driftPpm * this.settings.time.now) / 1e6;
    return [aheadMs.toFixed(3), String(driftPpm)];
  }
}
