import * as fc from 'fast-check';
import { history, type History, type HistoryOptions } from './history-notation';
import { Dice } from './notation/dice';
import { Telling, type Profile } from './notation/telling';

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

/** Small histories of what a profile says, told in words; the numbers are shrunk to find the smallest counterexample. */
export function randomHistoriesOf(
  profile: Profile,
  options: readonly HistoryOptions[] = [{}],
): fc.Arbitrary<History> {
  const number = fc.nat({ max: 2 ** 31 - 1 });
  const steps = fc.array(number, { minLength: 8, maxLength: profile.wordsMax ?? 40, size: 'max' });
  return fc
    .noBias(fc.record({ steps, frame: number }))
    .map(({ steps: numbers, frame }) => storyOf(profile, { numbers, frame: new Dice(frame), options }));
}

/** Two that are used, and one that is not. */
const KEYS = 3;

interface Story {
  readonly numbers: readonly number[];
  readonly frame: Dice;
  readonly options: readonly HistoryOptions[];
}

function storyOf(profile: Profile, { numbers, frame, options }: Story): History {
  const telling = new Telling(profile);
  const words = numbers.map((number) => telling.word(new Dice(number)));
  const chosen = frame.one(options);
  const zero = Math.min(frame.one([0, 0, 2, 5]), words.length);
  const end = frame.isRare(4) ? words.length - Math.min(5, words.length - zero) : null;
  const spoken = end === null ? words.slice(zero) : [...words.slice(zero, end), '|', ...words.slice(end)];
  const states = profile.finale?.(telling, frame) ?? '';
  const told = [...words.slice(0, zero), '|', ...spoken, ...(states === '' ? [] : [';', states])];
  return history(told.join(' '), { keys: KEYS, ...chosen });
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
