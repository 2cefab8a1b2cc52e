import { invariant } from '../model/invariant';
import type { Message } from './message';

/** No node, key, operation or position: an integer, so that a poisoned message keeps the shape of every other. */
export const POISON = -559_038_737;

/** Fills what a sender must assign: each of these fields is nonsense until it is. Returns the message. */
export function poisoned(message: Message): Message {
  message.senderLife = POISON;
  message.receiverLife = POISON;
  message.kind = POISON;
  message.to = POISON;
  message.from = POISON;
  message.work = POISON;
  message.operation = POISON;
  message.session = POISON;
  message.key = POISON;
  message.effect = POISON;
  message.operand = POISON;
  message.epoch = POISON;
  message.lsn = POISON;
  message.target = POISON;
  message.timer = null;
  message.isBackground = false;
  message.entries = null;
  message.timestampMs = POISON;
  message.channel = POISON;
  message.cause = null;
  message.attachment = null;
  message.items = null;
  return message;
}

/** The end of a message that is not used again: whoever kept it reads nonsense, and throws as he writes to it. */
export function bury(message: Message): void {
  invariant(!Object.isFrozen(message), 'a message was recycled twice');
  Object.freeze(poisoned(message));
}
