import type { QuorumLoad } from '../workload';
import type { Player, Subject } from './play';
import type { Spread } from './spread';

/** A line of the table. To add one: write a file in `rows/`, and name it in `rows.ts`. */
export interface Row {
  /** Short, in kebab-case; what `--only` takes. */
  readonly name: string;
  /** What is measured, for the table. */
  readonly about: string;
  /** What it lets play in processes of their own. */
  readonly subjects: readonly Subject[];
  measure(bench: Bench): Promise<Finding>;
}

/** What a row measures with. */
export interface Bench {
  /** How often everything is measured. */
  readonly pairs: number;
  /** Multiplies operations: 1, or less for a quick look. */
  readonly scale: number;
  /** Null if there is no C compiler: then only times are told, no ratios. */
  readonly plainC: Player | null;
  /** The process of a subject; it ends with the row. */
  player(subject: Subject): Player;
}

/** A bound on a row's figure. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** The number that a row is about, and its target if it has one. */
export interface Figure {
  readonly value: Spread;
  /** Such as "× plain C". */
  readonly unit: string;
  readonly target: Target | null;
}

/** Either something is wrong, or something is absent, or there are times. */
export type Finding =
  | { readonly kind: 'WRONG'; readonly problems: readonly string[] }
  | { readonly kind: 'ABSENT'; readonly reason: string }
  | {
      readonly kind: 'MEASURED';
      /** Null for a row that is not about speed. */
      readonly eventsPerSecond: number | null;
      /** Null without a C compiler, or for a row that is not about speed. */
      readonly ratioToPlainC: Spread | null;
      /** Null if it could not be told, for want of a C compiler. */
      readonly figure: Figure | null;
      /** More about it, for people; empty if there is nothing. */
      readonly note: string;
    };

export const PLAIN_C = '× plain C';

/** Whether a figure meets its target; null without one. */
export function isMet({ value, target }: Figure): boolean | null {
  if (target === null) return null;
  return 'atLeast' in target ? value.median >= target.atLeast : value.median <= target.atMost;
}

/** A load with that many operations at full length. */
export function scaled(load: QuorumLoad, { scale }: Bench): QuorumLoad {
  return { ...load, operations: Math.round(load.operations * scale) };
}
