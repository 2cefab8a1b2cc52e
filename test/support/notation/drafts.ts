import type { ObservedOperation, WriteId } from '../../../src/model/observer';
import type { Outcome } from '../../../src/model/operation';
import type { Value } from '../../../src/model/value';
import type { Version } from '../../../src/model/version';
import { isSameVersion, writtenBy, type Finding } from './values';
import type { Sending } from './words';

/** An operation as far as the words have told it. */
export interface Draft {
  readonly id: number;
  readonly sending: Sending;
  readonly place: number;
  readonly arrivedAtMs: number;
  readonly invokedAtMs: number;
  end: DraftEnd | null;
  /** Of a write whose client never heard its version: as a node's commit or discard states it. */
  stated: Version | null;
}

export interface DraftEnd {
  readonly atMs: number;
  /** How many operations had been sent by then: what was not cannot have been read. */
  readonly sentBefore: number;
  readonly outcome: Outcome;
  readonly found: Finding;
}

/** What is told of an operation while it is under way. */
export const OPEN = {
  outcome: 'UNKNOWN',
  version: null,
  node: null,
  completedAtMs: NaN,
  value: null,
  writer: null,
} as const;

/** All operations of a history, each of which can say in full what the words left open. */
export class Drafts {
  readonly all: Draft[] = [];

  constructor(private readonly nodes: number) {}

  get(operation: number): Draft {
    const draft = this.all[operation];
    if (draft === undefined) throw new Error(`there is no operation ${operation}`);
    return draft;
  }

  /** @param zeroMs from when times count */
  operation(draft: Draft, zeroMs: number): ObservedOperation {
    const { id, sending, place, end, arrivedAtMs, invokedAtMs } = draft;
    const { kind, session, key, effect, operand, cause } = sending;
    const outcome = end?.outcome ?? 'UNKNOWN';
    const { version, writer, value } = this.shownTo(draft);
    return {
      id,
      kind,
      session,
      client: session % 2,
      key,
      arrivedAtMs: arrivedAtMs - zeroMs,
      invokedAtMs: invokedAtMs - zeroMs,
      completedAtMs: end === null ? NaN : end.atMs - zeroMs,
      outcome,
      version,
      node: outcome === 'UNKNOWN' ? null : session % this.nodes,
      effect,
      operand,
      cause,
      value,
      writer,
      place,
    };
  }

  /** What a read or a state found that says so much; only the first `sentBefore` operations can have been it. */
  found(key: number, { version: said, writer: saidWriter, value: saidValue }: Finding, sentBefore?: number) {
    const writer = said === null ? null : (saidWriter ?? this.writerOf(key, said, sentBefore));
    const version = writtenBy(said, writer);
    const value = saidValue === undefined ? this.valueOf(said, writer) : saidValue;
    return { version, writer, value };
  }

  /** @throws if no word tells the version of the write */
  writeId(operation: number): WriteId {
    const draft = this.get(operation);
    const version = this.versionOf(draft);
    if (version === null) throw new Error(`no word tells the version of operation ${operation}`);
    return { operation, key: draft.sending.key, version };
  }

  versionOf({ id, end, stated }: Draft): Version | null {
    return writtenBy(end?.found.version ?? stated, id);
  }

  private shownTo(draft: Draft) {
    const { id, sending, end } = draft;
    if (end?.outcome !== 'OK') return OPEN;
    if (sending.kind === 'READ') return this.found(sending.key, end.found, end.sentBefore);
    return { version: this.versionOf(draft), writer: id, value: null };
  }

  private writerOf(key: number, version: Version, sentBefore = this.all.length): number | null {
    const writers = this.all.slice(0, sentBefore).filter((draft) => {
      const own = this.versionOf(draft);
      return (
        draft.sending.kind === 'WRITE' &&
        draft.sending.key === key &&
        own !== null &&
        isSameVersion(own, version)
      );
    });
    return writers.length === 1 ? writers[0].id : null;
  }

  private valueOf(version: Version | null, writer: number | null): Value {
    if (version === null) return null;
    if (writer === null) return VALUE_OF_NOBODY;
    return this.get(writer).sending.effect === 'DELETE' ? null : writer;
  }
}

/** Of a version that no write of the history has, or more than one. */
const VALUE_OF_NOBODY = 0;
