import { Phase, type LogEntry, type Message } from '../../engine/message';
import type { Carried, MessageKind } from '../../engine/vocabulary';
import type { MessageTrace } from '../../model/trace';
import type { Version } from '../../model/version';

/** A message of a trace whose fate is still open. */
export type MessageDraft = { -readonly [Field in keyof MessageTrace]: MessageTrace[Field] };

export interface Sending {
  readonly id: number;
  readonly copyOf: number | null;
  readonly sentAtMs: number;
}

/** Of a message that has just been sent: its sender has not yet filled it in. */
export function draftOf({ from, to }: Message, { name }: MessageKind, sending: Sending): MessageDraft {
  return {
    type: 'MESSAGE',
    id: sending.id,
    from,
    to,
    name,
    copyOf: sending.copyOf,
    sentAtMs: sending.sentAtMs,
    dueAtMs: null,
    heldAtMs: null,
    heldFor: null,
    deliveredAtMs: null,
    serviceBeganAtMs: null,
    handledAtMs: null,
    lostAtMs: null,
    lostFor: null,
    operations: [],
    key: null,
    version: null,
    position: null,
    entries: null,
  };
}

/** Takes down what the message carries. */
export function fillIn(draft: MessageDraft, message: Message, { carries }: MessageKind): void {
  const has = (field: Carried) => carries.includes(field);
  const entries = has('entries') ? message.entries : null;
  if (has('operation')) draft.operations = [message.operation];
  else if (entries !== null) draft.operations = entries.map(({ operation }) => operation);
  if (has('key')) draft.key = message.key;
  if (has('epoch')) draft.version = versionOf(message);
  else if (has('lsn')) draft.position = message.lsn;
  if (has('target')) draft.position = message.target;
  draft.entries = entries === null ? null : entries.length;
}

/** The trace ends while the message is under way. */
export function leaveUnderWay(draft: MessageDraft, message: Message): void {
  const isOnItsWay = draft.heldAtMs === null && message.phase === Phase.Travelling;
  draft.dueAtMs = isOnItsWay ? message.time : null;
}

/** An LSN of 0 says that the key is absent. */
function versionOf({ epoch, lsn }: Pick<LogEntry, 'epoch' | 'lsn'>): Version | null {
  return lsn === 0 ? null : { epoch, lsn };
}
