import type { Message } from './message';

/** No node, key, operation or position: an integer, so that a poisoned message keeps the shape of every other. */
export const POISON = -559_038_737;

/** Fills the fields that a protocol may read: each of them must be assigned again before it is read. */
export function poison(message: Message): void {
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
}
