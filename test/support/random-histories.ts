import * as fc from 'fast-check';
import { history, type History } from './history-notation';

/** Small histories in the notation, so that a counterexample can be read: three sessions, two keys, few versions. */
export function randomHistories(): fc.Arbitrary<History> {
  const choice = fc.record({
    session: fc.nat({ max: 2 }),
    kind: fc.constantFrom('w', 'r'),
    key: fc.constantFrom('x', 'x', 'x', 'y'),
    end: fc.constantFrom('=1', '=2', '=3', '=4', '=5', '=2.1', '=-', '!', '?'),
  });
  return fc
    .record({
      choices: fc.array(choice, { minLength: 4, maxLength: 40, size: 'max' }),
      zero: fc.nat({ max: 6 }),
    })
    .map(({ choices, zero }) => words(choices, zero))
    .map(history);
}

interface Choice {
  readonly session: number;
  readonly kind: string;
  readonly key: string;
  readonly end: string;
}

/** A session that is idle sends, one that is busy ends. */
function words(choices: readonly Choice[], zero: number): string {
  const busy = new Map<number, string>();
  const spoken = choices.map(({ session, kind, key, end }) => {
    const open = busy.get(session);
    if (open === undefined) busy.set(session, kind);
    else busy.delete(session);
    if (open === undefined) return `${session}${kind}${key}`;
    return open === 'w' && end === '=-' ? `${session}=1` : `${session}${end}`;
  });
  return [...spoken.slice(0, zero), '|', ...spoken.slice(zero)].join(' ');
}
