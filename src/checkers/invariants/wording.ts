import type { RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { capitalised, nodeName, sessionName, time } from '../wording';

interface Bound {
  readonly value: number;
  readonly min: number;
}

/** Why a value that was read is wrong. */
export function explainReadValue(outline: RunOutline, read: Operation, { value, min }: Bound): string {
  return (
    `${capitalised(sessionName(outline, read))} sent a read of ${outline.keyName(read.key)} at ` +
    `${time(read.invokedAtMs)} and at ${time(read.completedAtMs)} got ${value} from ${nodeName(outline, read)}, ` +
    `although it must never be below ${min}. Any correct answer is ${min} or more.`
  );
}

interface Held extends Bound {
  readonly node: number;
  readonly key: number;
}

/** Why a value that a replica holds is wrong. */
export function explainFinalValue(
  outline: RunOutline,
  { node, key, value, min }: Held,
  atMs: number,
): string {
  return (
    `When the world had settled, at ${time(atMs)}, ${outline.nodes[node]} held ${value} for ` +
    `${outline.keyName(key)}, although it must never be below ${min}.`
  );
}
