import { NEVER_SENT, type ObservedOperation } from '../model/observer';
import type { Effect, OperationKind, Outcome, WriteEffect } from '../model/operation';
import type { Version } from '../model/version';
import type { Answer } from './message';

interface Beginning {
  readonly id: number;
  readonly client: number;
  readonly session: number;
  readonly nowMs: number;
}

/** An operation from its arrival to its end; used again afterwards, so an observer copies what it keeps. */
export class OpenOperation implements ObservedOperation, WriteEffect {
  id = 0;
  kind: OperationKind = 'READ';
  session = 0;
  client = 0;
  key = 0;
  arrivedAtMs = 0.5;
  invokedAtMs = 0.5;
  completedAtMs = 0.5;
  outcome: Outcome = 'UNKNOWN';
  version: Version | null = null;
  node: number | null = null;
  place = NEVER_SENT;

  effect: Effect = 'SET';
  operand = 0;
  cause: number | null = null;

  /** Of the attempt under way: from then on an answer comes too late. */
  deadlineMs = 0.5;
  attempts = 0;
  /** It waits for its next attempt. */
  isBackingOff = false;
  /** An attempt of it timed out. */
  mayHaveHappened = false;
  /** A uniform number in [0, 1), drawn as it arrived: it settles whatever its driver leaves to chance. */
  choice = 0.5;
  /** The client's own: who waits behind it. */
  next: OpenOperation | null = null;
  private readonly answeredVersion = { epoch: 0, lsn: 0 };

  /** Before it is sent nothing is known of its end. */
  begin({ id, client, session, nowMs }: Beginning): void {
    this.id = id;
    this.client = client;
    this.session = session;
    this.arrivedAtMs = nowMs;
    this.invokedAtMs = nowMs;
    this.completedAtMs = nowMs;
    this.effect = 'SET';
    this.operand = 0;
    this.cause = null;
    this.outcome = 'UNKNOWN';
    this.version = null;
    this.node = null;
    this.place = NEVER_SENT;
    this.next = null;
    this.attempts = 0;
    this.isBackingOff = false;
    this.mayHaveHappened = false;
  }

  /** An LSN of 0 says that the key is absent. */
  answered({ from, epoch, lsn }: Pick<Answer, 'from' | 'epoch' | 'lsn'>): void {
    this.outcome = 'OK';
    this.node = from;
    if (lsn === 0) return;
    this.answeredVersion.epoch = epoch;
    this.answeredVersion.lsn = lsn;
    this.version = this.answeredVersion;
  }
}
