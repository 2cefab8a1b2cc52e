import { ClientMessage, type Message } from './message';

/** What a message may carry, by the names of its fields. */
export type Carried = keyof Pick<
  Message,
  'operation' | 'key' | 'epoch' | 'lsn' | 'target' | 'entries' | 'timestampMs' | 'cause'
>;

/** A kind of message, for people. */
export interface MessageKind {
  readonly name: string;
  /** The fields its sender fills in, as far as a trace shows them; the others hold what an earlier use left. */
  readonly carries: readonly Carried[];
}

/** How a protocol calls what its nodes send and await: by kind, from 0. */
export interface Vocabulary {
  readonly messages: readonly MessageKind[];
  readonly timers: readonly string[];
}

const CLIENT_MESSAGES: ReadonlyMap<number, MessageKind> = new Map([
  [ClientMessage.Read, { name: 'READ', carries: ['operation', 'key'] }],
  [ClientMessage.Write, { name: 'WRITE', carries: ['operation', 'key'] }],
  [ClientMessage.Answer, { name: 'ANSWER', carries: ['operation', 'epoch', 'lsn'] }],
  [ClientMessage.Refusal, { name: 'REFUSAL', carries: ['operation'] }],
]);

/** The kind of a message of that number. What a protocol gave no name is called by its number. */
export function messageKindOf({ messages }: Pick<Vocabulary, 'messages'>, kind: number): MessageKind {
  return CLIENT_MESSAGES.get(kind) ?? messages[kind] ?? { name: `message ${kind}`, carries: [] };
}

/** The name of a timer of that number. */
export function timerNameOf({ timers }: Pick<Vocabulary, 'timers'>, kind: number): string {
  return timers[kind] ?? `timer ${kind}`;
}
