import type { QuorumLoad } from '../workload';
import type { Play, Player } from './play';

/** Who plays what in every round. */
export interface Part {
  readonly player: Player;
  readonly load: QuorumLoad;
}

/** One part's play in each round. */
export type Plays = readonly Play[];

/**
 * Lets all parts play once a round, one after another, every second round in the opposite order: whatever else the
 * machine does then falls on all of them alike.
 */
export async function interleave(parts: readonly Part[], rounds: number): Promise<readonly Plays[]> {
  const plays = parts.map((): Play[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = parts.map((_, index) => (round % 2 === 0 ? index : parts.length - 1 - index));
    for (const index of order) plays[index].push(await parts[index].player.play(parts[index].load));
  }
  return plays;
}

/** How often per round one part's value is as large as another's. */
export function ratiosOf(one: Plays, other: Plays, value: (play: Play) => number): readonly number[] {
  return one.map((play, round) => value(play) / value(other[round]));
}

export function eventsPerSecond({ events, seconds }: Pick<Play, 'events' | 'seconds'>): number {
  return events / seconds;
}

/** What is wrong with any of the plays of one part, each thing once; that they differ from each other is wrong as well. */
export function problemsOf({ player }: Part, plays: Plays): readonly string[] {
  const found = new Set(plays.flatMap(({ problems }) => problems));
  if (new Set(plays.map(({ fingerprint }) => fingerprint)).size > 1)
    found.add('plays of the same load with the same seed gave different results');
  return [...found].map((problem) => `${player.name}: ${problem}`);
}
