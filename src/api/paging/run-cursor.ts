import type { RunCursor } from '../../experiments/lab';
import { encodeCursor } from './cursor';

const KEY = /^(0|[1-9][0-9]{0,9})\.(0|[1-9][0-9]{0,9})$/;

/** Runs are listed by point and repetition: these two make the cursor. */
export function runCursor({ point, repetition }: RunCursor): string {
  return encodeCursor(`${point}.${repetition}`);
}

/** Null if the text in a cursor is not that of a run. */
export function parseRunCursor(key: string): RunCursor | null {
  const [, point, repetition] = KEY.exec(key) ?? [];
  return point === undefined ? null : { point: Number(point), repetition: Number(repetition) };
}
