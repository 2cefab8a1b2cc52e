import type { WorkloadSpec } from '../model/spec/workload';
import type { EffectPicker } from './effect-picker';
import type { KeyPicker } from './key-picker';
import { OpenOperation } from './open-operation';
import type { Random } from './random';

/** Counts what has arrived in a run, over all client groups. */
export interface Arrived {
  operations: number;
  writes: number;
}

/** The dice of a client group's operations, one stream a purpose: the choice of one never shifts those of another. */
export interface OperationRandoms {
  readonly kinds: Random;
  readonly keys: Random;
  readonly effects: Random;
  readonly choices: Random;
}

export interface DrawnOperationsSettings {
  /** Index of the client group. */
  readonly client: number;
  readonly workload: Pick<WorkloadSpec, 'readShare'>;
  readonly keyPicker: KeyPicker;
  readonly effectPicker: EffectPicker;
  readonly randoms: OperationRandoms;
  readonly arrived: Arrived;
}

/** Where the operations of a client group come from. */
export interface OperationSource {
  /** The next operation of that session, which arrives now. */
  next(session: number, nowMs: number): OpenOperation;
  /** Takes back an operation that has ended. */
  recycle(operation: OpenOperation): void;
}

/**
 * Draws the operations of one client group. Each gets its kind, key, effect and choice as it arrives, so none of them depends on
 * any answer. Ended ones are used again.
 */
export class DrawnOperations implements OperationSource {
  private readonly idle: OpenOperation[] = [];
  // Fields of its own: what every operation looks up should not lie two objects away.
  private readonly client: number;
  private readonly readShare: number;
  private readonly keyPicker: KeyPicker;
  private readonly effectPicker: EffectPicker;
  private readonly randoms: OperationRandoms;
  private readonly arrived: Arrived;

  constructor(settings: DrawnOperationsSettings) {
    this.client = settings.client;
    this.readShare = settings.workload.readShare;
    this.keyPicker = settings.keyPicker;
    this.effectPicker = settings.effectPicker;
    this.randoms = settings.randoms;
    this.arrived = settings.arrived;
  }

  next(session: number, nowMs: number): OpenOperation {
    const operation = this.idle.pop() ?? new OpenOperation();
    operation.begin({ id: this.arrived.operations++, client: this.client, session, nowMs });
    operation.choice = this.randoms.choices.uniform();
    if (this.randoms.kinds.uniform() < this.readShare) this.makeRead(operation);
    else this.makeWrite(operation);
    return operation;
  }

  recycle(operation: OpenOperation): void {
    this.idle.push(operation);
  }

  private makeRead(operation: OpenOperation): void {
    operation.kind = 'READ';
    operation.key = this.keyPicker.draw(this.randoms.keys, this.arrived.writes);
  }

  private makeWrite(operation: OpenOperation): void {
    operation.kind = 'WRITE';
    operation.key = this.keyPicker.drawForWrite(this.randoms.keys, this.arrived.writes++);
    this.effectPicker.draw(operation, this.randoms.effects);
  }
}
