/** The number of a key's version (`numberOf`) and the moment of its acknowledgement, in a pool of such rows. */
const ROW = 2;
const MOMENT = 1;

/** What is known of a key: where its rows begin, how many it has, and for how many there is room. */
const KEY = 3;
const COUNT = 1;
const ROOM = 2;

const INITIAL_ROOM = 2;
const INITIAL_POOL_ROWS = 1024;

/** How much is kept of a key. */
export interface Keeping {
  /** As many newer versions as anybody wants to count. */
  readonly cap: number;
  /** The moment at which the oldest read under way was sent: what that one may count is kept. */
  readonly openSince: () => number;
}

/**
 * The newest acknowledged versions of every key, oldest first: as many as are needed to count up to `cap` newer ones for
 * any read under way.
 *
 * Memory: per key at most twice the cap and twice what was acknowledged while the oldest read under way lasts.
 */
export class AcknowledgedVersions {
  private readonly ofKey: Int32Array;
  private pool = new Float64Array(ROW * INITIAL_POOL_ROWS);
  private poolRows = 0;
  /** Places that outgrown keys left behind, by the logarithm of their room. */
  private readonly free: number[][] = [];

  private readonly cap: number;
  private readonly openSince: () => number;

  constructor(keys: number, { cap, openSince }: Keeping) {
    this.ofKey = new Int32Array(KEY * keys);
    this.cap = cap;
    this.openSince = openSince;
  }

  add(key: number, version: number, moment: number): void {
    const about = KEY * key;
    if (this.ofKey[about + COUNT] === this.ofKey[about + ROOM]) this.makeRoom(about);
    const { pool, ofKey } = this;
    const begin = ofKey[about];
    let place = begin + ROW * ofKey[about + COUNT];
    for (; place > begin && pool[place - ROW] > version; place -= ROW) this.copyRow(place - ROW, place);
    pool[place] = version;
    pool[place + MOMENT] = moment;
    ofKey[about + COUNT] += 1;
  }

  /** How many versions of the key, acknowledged by that moment, are newer than the one given; at most the cap. */
  newerThan(version: number, key: number, moment: number): number {
    const { pool } = this;
    const begin = this.ofKey[KEY * key];
    let newer = 0;
    let place = begin + ROW * this.ofKey[KEY * key + COUNT] - ROW;
    for (; place >= begin && pool[place] > version && newer < this.cap; place -= ROW)
      if (pool[place + MOMENT] <= moment) newer += 1;
    return newer;
  }

  private copyRow(from: number, to: number): void {
    this.pool[to] = this.pool[from];
    this.pool[to + MOMENT] = this.pool[from + MOMENT];
  }

  private makeRoom(about: number): void {
    const room = this.ofKey[about + ROOM];
    if (room >= 2 * this.cap) this.dropUncountable(about, this.openSince());
    if (4 * this.ofKey[about + COUNT] > 3 * room || room === 0)
      this.move(about, Math.max(2 * room, INITIAL_ROOM));
  }

  /** What is older than `cap` versions that every read under way counts, no read can reach. */
  private dropUncountable(about: number, openSince: number): void {
    const begin = this.ofKey[about];
    const end = begin + ROW * this.ofKey[about + COUNT];
    let counted = 0;
    let place = end;
    while (place > begin && counted < this.cap) {
      place -= ROW;
      if (this.pool[place + MOMENT] <= openSince) counted += 1;
    }
    this.pool.copyWithin(begin, place, end);
    this.ofKey[about + COUNT] = (end - place) / ROW;
  }

  private move(about: number, room: number): void {
    const former = this.ofKey[about];
    const formerRoom = this.ofKey[about + ROOM];
    const place = this.take(room);
    this.pool.copyWithin(place, former, former + ROW * this.ofKey[about + COUNT]);
    this.ofKey[about] = place;
    this.ofKey[about + ROOM] = room;
    if (formerRoom > 0) this.freeOf(formerRoom).push(former);
  }

  private take(room: number): number {
    const left = this.freeOf(room).pop();
    if (left !== undefined) return left;
    const place = ROW * this.poolRows;
    this.poolRows += room;
    if (ROW * this.poolRows > this.pool.length) this.growPool();
    return place;
  }

  private freeOf(room: number): number[] {
    return (this.free[31 - Math.clz32(room)] ??= []);
  }

  private growPool(): void {
    const grown = new Float64Array(Math.max(2 * this.pool.length, ROW * this.poolRows));
    grown.set(this.pool);
    this.pool = grown;
  }
}
