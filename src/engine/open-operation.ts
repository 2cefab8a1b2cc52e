import { NEVER_SENT, type ObservedOperation } from '../model/observer';
import { EFFECT_CODES, type Effect, type OperationKind, type Outcome } from '../model/operation';
import type { Value } from '../model/value';
import type { LogVersion } from '../model/version';
import type { Answer, Finding } from './message';

interface Beginning {
  readonly id: number;
  readonly client: number;
  readonly session: number;
  readonly nowMs: number;
}

/** An operation from its arrival to its end; used again afterwards, so an observer copies what it keeps. */
export class OpenOperation implements ObservedOperation {
  id = 0;
  kind: OperationKind = 'READ';
  session = 0;
  client = 0;
  key = 0;
  arrivedAtMs = 0.5;
  invokedAtMs = 0.5;
  completedAtMs = 0.5;
  outcome: Outcome = 'UNKNOWN';
  version: LogVersion | null = null;
  node: number | null = null;
  place = NEVER_SENT;

  effect: Effect = 'SET';
  operand = 0;
  cause: number | null = null;
  value: Value = null;
  writer: number | null = null;

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
    this.value = null;
    this.writer = null;
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
  answered(answer: Omit<Answer, 'operation' | 'session'>): void {
    this.outcome = 'OK';
    this.node = answer.from;
    if (answer.lsn === 0) return;
    this.answeredVersion.epoch = answer.epoch;
    this.answeredVersion.lsn = answer.lsn;
    this.version = this.answeredVersion;
    this.writer = this.kind === 'READ' ? answer.target : this.id;
    if (this.kind === 'READ') this.value = valueOf(answer);
  }
}

function valueOf({ effect, operand, items }: Finding): Value {
  if (effect === EFFECT_CODES.SET) return operand;
  return effect === EFFECT_CODES.ADD ? items : null;
}
