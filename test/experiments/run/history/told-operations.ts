import { HistoryRecorder } from '../../../../src/experiments/run/history/history-recorder';
import { historyEvents } from '../../../../src/experiments/run/history/history-events';
import type { HistoryDescription, HistoryEvent } from '../../../../src/model/history';
import type { ObservedOperation } from '../../../../src/model/observer';
import type { ExperimentSpec } from '../../../../src/model/spec/experiment';
import { SAMPLE_SPEC } from '../../../support/sample-spec';

const WRITTEN: ObservedOperation = {
  id: 0,
  kind: 'WRITE',
  session: 0,
  client: 0,
  key: 0,
  arrivedAtMs: 0,
  invokedAtMs: 0,
  completedAtMs: 0,
  outcome: 'OK',
  version: null,
  node: 0,
  effect: 'SET',
  operand: 0,
  cause: null,
  value: null,
  writer: null,
  place: 0,
};

/** A write of a register that was answered, but for what is given. */
export function operation(changes: Partial<ObservedOperation>): ObservedOperation {
  return { ...WRITTEN, ...changes };
}

export const BEGAN_AT_MS = -100;

/** Tells a recorder of operations as the engine does: one object is used again for all. */
export class Telling {
  readonly recorder = new HistoryRecorder({ warmupMs: -BEGAN_AT_MS });
  private readonly shared: { -readonly [Field in keyof ObservedOperation]: ObservedOperation[Field] } = {
    ...WRITTEN,
  };

  sent(sent: ObservedOperation): this {
    Object.assign(this.shared, sent, { completedAtMs: NaN, version: null, node: null, value: null });
    this.recorder.operationInvoked(this.shared);
    return this;
  }

  ended(ended: ObservedOperation): this {
    Object.assign(this.shared, ended);
    this.recorder.operationEnded(this.shared);
    return this;
  }

  whole(whole: ObservedOperation): this {
    return this.sent(whole).ended(whole);
  }

  /** Operations `from` to before `to`, one after the other, a millisecond each. */
  many(from: number, to: number, changes: Partial<ObservedOperation> = {}): this {
    for (let id = from; id < to; id++)
      this.whole(operation({ id, arrivedAtMs: id, invokedAtMs: id, completedAtMs: id + 1, ...changes }));
    return this;
  }

  description(): HistoryDescription {
    return this.recorder.history().description;
  }

  events(spec: ExperimentSpec = SAMPLE_SPEC): readonly HistoryEvent[] {
    return [...historyEvents(this.recorder.history().bytes, spec)];
  }

  /** The ids of the operations that are kept, in the order of their ends. */
  kept(): readonly number[] {
    return this.events()
      .filter(({ type }) => type !== 'INVOKE')
      .map(({ operation: id }) => id);
  }
}

export function specWith(values: ExperimentSpec['workload']['values']): ExperimentSpec {
  return { ...SAMPLE_SPEC, workload: { ...SAMPLE_SPEC.workload, values } };
}
