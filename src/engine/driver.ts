import { EFFECT_CODES } from '../model/operation';
import { ClientMessage, type Answer, type Message, type Request } from './message';
import type { OpenOperation } from './open-operation';
import type { Routing } from './routing';

/**
 * The client library of a protocol, one for each client group, at the group's own place in the network: it brings operations
 * to the nodes and finds their answers. It has no clock and no dice; time-outs and retries are the group's.
 */
export interface Driver {
  /** Sends what the operation needs: the first time, and again for every retry. */
  invoke(operation: OpenOperation): void;
  /** A message has come from a node; it is the engine's again when the handler returns. */
  onMessage(message: Message): void;
}

/** What a client group offers to its driver. */
export interface ClientSide {
  /** Index of the client group. */
  readonly client: number;
  /** What the clock of the group's machine shows, which is right, in ms. */
  readonly nowMs: number;
  /** Sends an unordered message of the protocol. Fill in its view before the handler returns, and forget it then. */
  send(to: number, kind: number, values?: number): Message;
  /** The operation that a message is about, while its session waits for it; null when it has ended. */
  find(about: Pick<Message, 'session' | 'operation'>): OpenOperation | null;
  /** It is done: the version that was read or written, the node that says so, and what a read found. */
  succeed(operation: OpenOperation, answer: Omit<Answer, 'operation' | 'session'>): void;
  /** This attempt certainly did nothing: it is tried again, or the operation has failed. */
  refuse(operation: OpenOperation): void;
}

/** The usual client: one request to one node, which answers it. */
export class RequestDriver implements Driver {
  constructor(
    private readonly clientSide: ClientSide,
    private readonly routing: Routing,
  ) {}

  invoke(operation: OpenOperation): void {
    const { client } = this.clientSide;
    if (operation.kind === 'READ')
      this.request(operation, this.routing.nodeForRead(client, operation.choice), ClientMessage.Read, 0);
    else this.request(operation, this.routing.nodeForWrite(client), ClientMessage.Write, 1);
  }

  onMessage(message: Message): void {
    const operation = this.clientSide.find(message);
    if (operation === null) return;
    if (message.kind === ClientMessage.Refusal) this.clientSide.refuse(operation);
    else this.clientSide.succeed(operation, message);
  }

  private request(operation: OpenOperation, node: number, kind: number, values: number): void {
    const request: Request = this.clientSide.send(node, kind, values);
    request.operation = operation.id;
    request.session = operation.session;
    request.key = operation.key;
    request.effect = EFFECT_CODES[operation.effect];
    request.operand = operation.operand;
  }
}
