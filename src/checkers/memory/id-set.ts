import { grown } from './grown';

const INITIAL_WORDS = 64;

/** A set of ids of operations, 0, 1, 2 …: a bit for each up to the highest. */
export class IdSet {
  size = 0;
  private words = new Int32Array(INITIAL_WORDS);

  has(id: number): boolean {
    const word = id >>> 5;
    return word < this.words.length && (this.words[word] & (1 << (id & 31))) !== 0;
  }

  /** False if it had it. */
  add(id: number): boolean {
    const word = id >>> 5;
    if (word >= this.words.length) this.words = grown(this.words, word + 1);
    const bit = 1 << (id & 31);
    if ((this.words[word] & bit) !== 0) return false;
    this.words[word] |= bit;
    this.size += 1;
    return true;
  }

  /** Calls for every id, rising. */
  forEach(visit: (id: number) => void): void {
    for (let word = 0; word < this.words.length; word++)
      for (let rest = this.words[word]; rest !== 0; rest &= rest - 1)
        visit((word << 5) + 31 - Math.clz32(rest & -rest));
  }
}
