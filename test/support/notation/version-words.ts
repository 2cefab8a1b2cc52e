import type { Dice } from './dice';

export type VersionKind = 'LOG' | 'VECTOR' | 'TIMESTAMP';

/** One of few versions. */
export function versionWord(kind: VersionKind, dice: Dice): string {
  return WORDS[kind](dice);
}

const WORDS: Readonly<Record<VersionKind, (dice: Dice) => string>> = {
  LOG: (dice) => dice.one(['1', '2', '3', '4', '5', '6', '7', '8', '9', '2.1', '2.2', '2.10']),
  VECTOR: (dice) => `[${[1 + dice.roll(3), dice.roll(3), dice.roll(2)].join()}]`,
  TIMESTAMP: (dice) => `~${dice.roll(4)}:${dice.roll(3)}`,
};
