import { invariant } from '../model/invariant';
import type { KeySpec } from '../model/spec/workload';
import { PopularityTable } from './popularity-table';
import type { Random } from './random';

const enum Law {
  Uniform,
  Zipfian,
  Hotspot,
  Latest,
}

interface Settings {
  readonly law: Law;
  readonly count: number;
  /** Keys before it are never used. */
  readonly firstKey: number;
  readonly hotKeys: number;
  readonly hotOperationShare: number;
  readonly popularity: PopularityTable | null;
}

/** A table of a million keys takes 12 MB and more time than a small run: runs of one specification share it. */
const pickers = new WeakMap<KeySpec, KeyPicker>();

/**
 * Draws keys, each by one uniform number, so that a change of the law changes no later draw.
 *
 * - Uniform: from the first key to the last.
 * - Zipfian: a key's index is its rank from 0, the most popular; see `PopularityTable`.
 * - Hotspot: YCSB's `HotspotIntegerGenerator`: the first keys are hot, all hot keys alike and all cold ones. Their number
 *   is rounded, and at least one; where no key is cold, all operations go to the hot ones.
 * - Latest: YCSB's `SkewedLatestGenerator`: a read takes the key whose distance from the newest is zipfian among the keys
 *   written so far. Every write inserts: it takes the next key, and after the last the first again, so the keys are those
 *   of the last `count` writes. A write counts as it arrives, not, as YCSB has it, when it is acknowledged: so no
 *   answer has a say in what is read, and the newest key may well be read before it is there. Before any write, reads
 *   take key 0, which is absent.
 *
 * Source: Cooper et al., "Benchmarking Cloud Serving Systems with YCSB" (2010), and its generators' code.
 */
export class KeyPicker {
  private readonly law: Law;
  private readonly count: number;
  private readonly firstKey: number;
  private readonly hotKeys: number;
  private readonly hotOperationShare: number;
  private readonly popularity: PopularityTable | null;

  private constructor({ law, count, firstKey, hotKeys, hotOperationShare, popularity }: Settings) {
    this.law = law;
    this.count = count;
    this.firstKey = firstKey;
    this.hotKeys = hotKeys;
    this.hotOperationShare = hotOperationShare;
    this.popularity = popularity;
  }

  /** Keeps nothing of a run; the same specification, by identity, has the same one. */
  static of(keys: KeySpec): KeyPicker {
    const known = pickers.get(keys);
    if (known !== undefined) return known;
    const picker = new KeyPicker(settingsOf(keys));
    pickers.set(keys, picker);
    return picker;
  }

  /** Under the law `latest`, whose writes take one key after the other. */
  get writesInsert(): boolean {
    return this.law === Law.Latest;
  }

  /**
   * The index of a key, 0 … count − 1, for a read, or for a write that inserts nothing.
   *
   * @param written how many writes of the run arrived before; only `latest` asks for it
   */
  draw(random: Random, written = 0): number {
    const chance = random.uniform();
    switch (this.law) {
      case Law.Uniform:
        return this.firstKey + ((chance * (this.count - this.firstKey)) | 0);
      case Law.Zipfian:
        return this.rankBy(chance, this.count);
      case Law.Hotspot:
        return this.hotOrCold(chance);
      case Law.Latest:
        return written === 0 ? 0 : this.behindNewest(chance, written);
    }
  }

  /** The index of a key for a write; as many draws as for a read. */
  drawForWrite(random: Random, written: number): number {
    const key = this.draw(random, written);
    return this.law === Law.Latest ? written % this.count : key;
  }

  private rankBy(chance: number, choices: number): number {
    invariant(this.popularity !== null, 'a law of ranks without a table');
    return this.popularity.rankBy(chance, choices);
  }

  private behindNewest(chance: number, written: number): number {
    const distance = this.rankBy(chance, Math.min(written, this.count));
    return (written - 1 - distance) % this.count;
  }

  /** What is left of the number, below or above the share, is uniform again and draws the key. */
  private hotOrCold(chance: number): number {
    const { hotKeys, hotOperationShare: share } = this;
    const coldKeys = this.count - hotKeys;
    if (chance < share) return Math.min(hotKeys - 1, Math.floor((chance / share) * hotKeys));
    const rest = (chance - share) / (1 - share);
    if (coldKeys === 0) return Math.min(hotKeys - 1, Math.floor(rest * hotKeys));
    return hotKeys + Math.min(coldKeys - 1, Math.floor(rest * coldKeys));
  }
}

function settingsOf({ count, distribution }: KeySpec): Settings {
  const none = { count, firstKey: 0, hotKeys: 0, hotOperationShare: 0, popularity: null };
  if ('zipfian' in distribution)
    return {
      ...none,
      law: Law.Zipfian,
      popularity: new PopularityTable(count, distribution.zipfian.exponent),
    };
  if ('latest' in distribution)
    return { ...none, law: Law.Latest, popularity: new PopularityTable(count, distribution.latest.exponent) };
  if ('hotspot' in distribution) {
    const { hotKeyShare, hotOperationShare } = distribution.hotspot;
    return {
      ...none,
      law: Law.Hotspot,
      hotKeys: Math.max(1, Math.round(count * hotKeyShare)),
      hotOperationShare,
    };
  }
  const { firstKey } = distribution.uniform;
  invariant(firstKey < count, `no key from ${firstKey} among ${count}: the workload was not validated`);
  return { ...none, law: Law.Uniform, firstKey };
}
