import type { WriteId } from '../model/observer';
import type { Value } from '../model/value';
import type { Version } from '../model/version';
import type { Message, Request } from './message';
import type { Timer } from './timer';

/**
 * What a protocol makes a node do. It sees the world only through the host on which it runs; while that host is down
 * nothing is called but `onCrash`, at the moment of the crash.
 */
export interface Behaviour {
  /** A client's operation, after its service. */
  onRead(read: Request): void;
  onWrite(write: Request): void;
  /** A message of the protocol's own. */
  onMessage(message: Message): void;
  onTimer(timer: Timer): void;
  /** The log is durable up to that position. */
  onPersisted(position: number): void;
  /** The power failed: forget whatever was not durable. Nothing can be sent any more; all timers are void. */
  onCrash(): void;
  /** The node is up again, with what was durable. */
  onRestart(): void;
  /** What the node holds for a key, null where absent; asked when the run is over. */
  versionOf(key: number): Version | null;
  /** Whether the write is in its log or among those it applied, overwritten or not; asked when the run is over. */
  holds(write: WriteId): boolean;
  /** And the value. */
  valueFor(key: number): Value;
  /** How many entries its log keeps, asked when the run is over. */
  readonly retainedEntries: number;
}
