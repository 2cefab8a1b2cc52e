import { Histogram } from '../../model/histogram';
import type { TVisibility } from '../../model/measurements';
import { wilsonInterval } from './wilson-interval';

/** Reads sent about so long after the acknowledgement of the newest write of their key. */
export interface TVisibilityPoint {
  /** The chosen delay; of a stretch its middle on a logarithmic scale, half its end if it begins at 0. */
  readonly afterMs: number;
  /** The stretch [fromMs, toMs) whose reads were joined; both are the delay if it was chosen. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly reads: number;
  /** Share of the reads that returned that write or a newer one. */
  readonly probability: number;
  /** Wilson's interval of 95 %. */
  readonly low: number;
  readonly high: number;
}

/** Why there is no t for a probability. */
export type TVisibilityGap = 'NO_READS_AFTER_WRITES' | 'BEFORE_FIRST_DELAY' | 'BEYOND_LAST_DELAY';

/** Points that the search for a t uses; a drawing asks for as many as it likes. */
const POINTS_SEARCHED = 50;

/** Ascending in t. Of chosen delays one point each; otherwise at most `atMost` stretches, those without reads left out. */
export function tVisibilityCurve(measured: TVisibility, atMost: number): readonly TVisibilityPoint[] {
  if (measured.delays.length > 0)
    return measured.delays.map(({ afterNs, reads, missed }) =>
      pointOf({ fromNs: afterNs, toNs: afterNs }, { reads, missed }),
    );
  const missed = Histogram.decode(measured.missed);
  return Histogram.decode(measured.reads)
    .buckets(atMost)
    .filter(({ count }) => count > 0)
    .map((stretch) => pointOf(stretch, { reads: stretch.count, missed: missed.countBetween(stretch) }));
}

/**
 * How long after an acknowledgement a read sees the write with that probability, in ms; or why nobody knows.
 *
 * log(1 − p) is interpolated between the two points around it, on a curve made never to fall (pool adjacent violators).
 * Where all n reads of a point saw the write, half a read is taken to have missed it: a probability beyond that is
 * answered with the point itself.
 *
 * @param probability above 0, below 1
 */
export function tVisibilityMs(measured: TVisibility, probability: number): number | TVisibilityGap {
  const points = neverFalling(tVisibilityCurve(measured, POINTS_SEARCHED));
  if (points.length === 0) return 'NO_READS_AFTER_WRITES';
  const place = points.findIndex((point) => point.probability >= probability);
  if (place === -1) return 'BEYOND_LAST_DELAY';
  if (place > 0) return interpolated(points[place - 1], points[place], probability);
  return points[0].probability === probability ? points[0].afterMs : 'BEFORE_FIRST_DELAY';
}

type Sight = Pick<TVisibilityPoint, 'afterMs' | 'reads' | 'probability'>;

function interpolated(before: Sight, after: Sight, probability: number): number {
  const missedAfter = Math.max(1 - after.probability, 1 / (2 * after.reads));
  const [first, asked, last] = [1 - before.probability, 1 - probability, missedAfter].map(Math.log);
  const share = last === first ? 1 : Math.min(1, Math.max(0, (asked - first) / (last - first)));
  return before.afterMs + share * (after.afterMs - before.afterMs);
}

/** Neighbours that fall are given the share of their reads together, until none falls. */
function neverFalling(points: readonly TVisibilityPoint[]): readonly Sight[] {
  const pools: { points: Sight[]; reads: number; seen: number }[] = [];
  for (const point of points) {
    let pool = { points: [point as Sight], reads: point.reads, seen: point.probability * point.reads };
    for (let last = pools.at(-1); last !== undefined && falls(last, pool); last = pools.at(-1)) {
      pools.pop();
      pool = {
        points: [...last.points, ...pool.points],
        reads: last.reads + pool.reads,
        seen: last.seen + pool.seen,
      };
    }
    pools.push(pool);
  }
  return pools.flatMap((pool) =>
    pool.points.map(({ afterMs, reads }) => ({ afterMs, reads, probability: pool.seen / pool.reads })),
  );
}

type Pool = { readonly reads: number; readonly seen: number };

function falls(before: Pool, after: Pool): boolean {
  return before.seen * after.reads > after.seen * before.reads;
}

function pointOf(
  { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number },
  { reads, missed }: { readonly reads: number; readonly missed: number },
): TVisibilityPoint {
  const fromMs = fromNs / NS_PER_MS;
  const toMs = toNs / NS_PER_MS;
  return {
    afterMs: middleOf(fromMs, toMs),
    fromMs,
    toMs,
    reads,
    probability: (reads - missed) / reads,
    ...wilsonInterval({ successes: reads - missed, trials: reads }),
  };
}

function middleOf(fromMs: number, toMs: number): number {
  if (fromMs === toMs) return fromMs;
  return fromMs === 0 ? toMs / 2 : Math.sqrt(fromMs * toMs);
}

const NS_PER_MS = 1_000_000;
