import { EFFECT_CODES } from '../model/operation';
import type { Value } from '../model/value';
import type { EventQueue } from './event-queue';
import type { HostParts } from './host-parts';
import { ClientMessage, type LogEntry, type Message, type Request } from './message';
import type { Network } from './network';
import { ReportingNode } from './reporting-node';

/** The version of a key that a node holds, and the id of the write that made it. */
export type Found = Pick<LogEntry, 'epoch' | 'lsn' | 'operation'>;

/** Whose operation an answer is for. */
export type Acknowledged = Pick<Request, 'from' | 'session' | 'operation'>;

/** A node as others hear from it: what it sends to nodes and clients. The base of `Host`. */
export abstract class SpeakingNode extends ReportingNode {
  protected readonly network: Network;
  private readonly background: Pick<EventQueue, 'leaveInBackground'>;

  protected constructor(id: number, parts: Pick<HostParts, 'queue' | 'network' | 'recorder'>) {
    super(id, parts);
    this.network = parts.network;
    this.background = parts.queue;
  }

  /** Sends an unordered message of the protocol. Fill in its view before the handler returns, and forget it then. */
  send(to: number, kind: number, values = 0): Message {
    return this.network.send(this.id, to, kind, values);
  }

  /**
   * Sends on an ordered, retransmitting stream to a node or a client group: never lost nor overtaken while both live.
   *
   * @param channel which of the streams between the two; each has an order of its own
   */
  stream(to: number, kind: number, values = 0, channel = 0): Message {
    return this.network.stream(this.id, to, kind, values, channel);
  }

  /** Of a message that was sent just now: nobody waits for it, as for a heartbeat; the world may come to rest before it arrives. */
  inBackground(message: Message): Message {
    this.background.leaveInBackground(message);
    return message;
  }

  /** Answers a session's read with the version found and its value; an LSN of 0 says that the key is absent. */
  answerRead(read: Request, found: Found, value: Value): Message {
    const answer = this.answer(read, found, found.lsn === 0 ? 0 : 1);
    answer.target = found.operation;
    answer.items = null;
    if (typeof value === 'number') {
      answer.effect = EFFECT_CODES.SET;
      answer.operand = value;
    } else {
      answer.effect = value === null ? EFFECT_CODES.DELETE : EFFECT_CODES.ADD;
      answer.items = value;
    }
    return answer;
  }

  /** Tells a session that its write is done, and which version it became. */
  acknowledgeWrite(write: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>): Message {
    return this.answer(write, version, 0);
  }

  /** Tells a session that this node did nothing of its operation and will not. */
  refuse(request: Acknowledged): void {
    const refusal = this.network.send(this.id, request.from, ClientMessage.Refusal, 0);
    refusal.operation = request.operation;
    refusal.session = request.session;
  }

  private answer(request: Acknowledged, version: Pick<LogEntry, 'epoch' | 'lsn'>, values: number): Message {
    const answer = this.network.send(this.id, request.from, ClientMessage.Answer, values);
    answer.operation = request.operation;
    answer.session = request.session;
    answer.epoch = version.epoch;
    answer.lsn = version.lsn;
    return answer;
  }
}
