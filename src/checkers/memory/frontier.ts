import { compareVersions, type Version } from '../../model/version';

interface Versioned {
  readonly version: Version | null;
}

/** More concurrent versions of a key than these are not remembered. */
const FRONTIER_MAX = 64;

/**
 * The newest of partially ordered versions: items none of whose versions is older than another's. Immutable, so that it can
 * be kept as it was at some moment.
 */
export class Frontier<Item extends Versioned> {
  private constructor(
    private readonly items: readonly Item[],
    /** False: it had to leave out some. */
    readonly isComplete: boolean,
  ) {}

  static empty<Item extends Versioned>(): Frontier<Item> {
    return new Frontier<Item>([], true);
  }

  /** With an item more, unless one that it has is as new; the older ones give way. */
  with(item: Item): Frontier<Item> {
    const isCovered = this.items.some(({ version }) => {
      const order = compareVersions(item.version, version);
      return order === 'BEFORE' || order === 'EQUAL';
    });
    if (isCovered) return this;
    const concurrent = this.items.filter(
      ({ version }) => compareVersions(version, item.version) !== 'BEFORE',
    );
    const isFull = concurrent.length >= FRONTIER_MAX;
    return new Frontier([...concurrent.slice(isFull ? 1 : 0), item], this.isComplete && !isFull);
  }

  /** The first item that is newer than that version; null if there is none. */
  newerThan(version: Version | null): Item | null {
    return this.items.find((item) => compareVersions(version, item.version) === 'BEFORE') ?? null;
  }
}

/** A frontier for each of many, by number; the empty one where nothing is known, or not any more. */
export class Frontiers<Item extends Versioned> {
  private readonly known = new Map<number, Frontier<Item>>();
  private readonly empty = Frontier.empty<Item>();
  /** The numbers that are known, in a ring, in the order in which they came. */
  private readonly order: number[] = [];
  private came = 0;

  /** @param frontiersMax more are not remembered: the first that came give way */
  constructor(private readonly frontiersMax = Infinity) {}

  at(index: number): Frontier<Item> {
    return this.known.get(index) ?? this.empty;
  }

  /** False: another frontier had to give way. */
  add(index: number, item: Item): boolean {
    const before = this.at(index);
    const after = before.with(item);
    if (after === before) return true;
    const hasRoom = this.known.has(index) || this.makeRoom(index);
    this.known.set(index, after);
    return hasRoom;
  }

  private makeRoom(index: number): boolean {
    if (this.frontiersMax === Infinity) return true;
    const place = this.came % this.frontiersMax;
    const isFull = this.came >= this.frontiersMax;
    if (isFull) this.known.delete(this.order[place]);
    this.order[place] = index;
    this.came += 1;
    return !isFull;
  }
}
