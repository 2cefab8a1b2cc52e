import { isOlder } from '../model/version';
import { OpenOperation } from './open-operation';
import type { OperationSource } from './operation-source';
import type { Pace } from './pace';
import type { ProbeDelays } from './probe-delays';

export interface ProbeSettings {
  readonly delays: ProbeDelays;
  /** Called once, as the last probe ends. */
  readonly onEnd: () => void;
}

/**
 * The one session of a probe workload: it writes a fresh key, reads it some time after the acknowledgement, and begins anew when
 * the read has ended, so that no two probes overlap (Bailis et al. 2012, section 5.2).
 *
 * A write that is not acknowledged has no read.
 */
export class Probe implements OperationSource, Pace {
  readonly isClosedLoop = true;
  private readonly operation = new OpenOperation();
  private operations = 0;
  private key = 0;
  /** Of the probe under way, until its write has ended. */
  private delayMs: number | null = null;
  /** When its read is to be sent; null: a write is next. */
  private readAtMs: number | null = null;
  private writeMs = 0;
  private readonly written = { epoch: 0, lsn: 0 };
  private hasEnded = false;

  constructor(private readonly settings: ProbeSettings) {}

  /** Share of the probes that were begun, 0 … 1; never falls. */
  get fraction(): number {
    return this.settings.delays.fraction;
  }

  nextMs(_place: number, nowMs: number): number {
    if (this.readAtMs !== null) return this.readAtMs;
    this.delayMs = this.settings.delays.next();
    if (this.delayMs !== null) return nowMs;
    if (!this.hasEnded) this.settings.onEnd();
    this.hasEnded = true;
    return Infinity;
  }

  next(session: number, nowMs: number): OpenOperation {
    const { operation } = this;
    operation.begin({ id: this.operations++, client: 0, session, nowMs });
    operation.kind = this.readAtMs === null ? 'WRITE' : 'READ';
    operation.key = this.readAtMs === null ? this.key++ : this.key - 1;
    return operation;
  }

  recycle(operation: OpenOperation): void {
    if (operation.kind === 'WRITE') this.onWritten(operation);
    else this.onRead(operation);
  }

  private onWritten({ outcome, version, arrivedAtMs, completedAtMs }: OpenOperation): void {
    if (outcome !== 'OK' || version === null || this.delayMs === null) return;
    this.writeMs = completedAtMs - arrivedAtMs;
    this.written.epoch = version.epoch;
    this.written.lsn = version.lsn;
    this.readAtMs = completedAtMs + this.delayMs;
  }

  private onRead({ outcome, version }: OpenOperation): void {
    this.readAtMs = null;
    const isFresh = outcome === 'OK' && !isOlder(version, this.written);
    this.settings.delays.learn({ writeMs: this.writeMs, isFresh });
  }
}
