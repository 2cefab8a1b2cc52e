import { invariant } from '../model/invariant';
import type { KeySpec } from '../model/spec/workload';
import { pow } from './deterministic-math/pow';
import type { Random } from './random';

/**
 * Draws keys, each by one uniform number, so that a change of the law changes no later draw.
 *
 * Uniform: from the first key to the last. Zipfian: a key's index is its rank from 0, the most popular, and its
 * probability is exactly proportional to 1 / (rank + 1)^exponent, as in YCSB (Cooper et al. 2010), whose generator only
 * approximates it and allows no exponent of 1. Drawn by inversion with a guide table (Chen and Asau 1974): constant
 * expected time.
 */
export class KeyPicker {
  private constructor(
    private readonly firstKey: number,
    private readonly choices: number,
    private readonly popularity: Popularity | null,
  ) {}

  static of({ count, distribution }: KeySpec): KeyPicker {
    if ('zipfian' in distribution) return new KeyPicker(0, count, zipfian(count, distribution.zipfian));
    const { firstKey } = distribution.uniform;
    invariant(firstKey < count, `no key from ${firstKey} among ${count}: the workload was not validated`);
    return new KeyPicker(firstKey, count - firstKey, null);
  }

  /** A key's index, 0 … count − 1. */
  draw(random: Random): number {
    if (this.popularity === null) return this.firstKey + random.below(this.choices);
    const { guide, cumulative } = this.popularity;
    const chance = random.uniform();
    let key = guide[Math.floor(chance * this.choices)];
    while (cumulative[key] <= chance) key++;
    return key;
  }
}

interface Popularity {
  /** The probability of a key or one more popular; 1 for the last. */
  readonly cumulative: Float64Array;
  /** Cell i: the first key whose cumulative probability is above i / count. */
  readonly guide: Int32Array;
}

function zipfian(count: number, { exponent }: { readonly exponent: number }): Popularity {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let key = 0; key < count; key++)
    cumulative[key] = total += pow({ base: key + 1, exponent: -exponent });
  for (let key = 0; key < count; key++) cumulative[key] /= total;
  cumulative[count - 1] = 1;
  return { cumulative, guide: guideTo(cumulative) };
}

function guideTo(cumulative: Float64Array): Int32Array {
  const guide = new Int32Array(cumulative.length);
  for (let cell = 0, key = 0; cell < guide.length; cell++) {
    while (cumulative[key] <= cell / guide.length) key++;
    guide[cell] = key;
  }
  return guide;
}
