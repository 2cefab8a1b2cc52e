import { grown } from '../memory/grown';

/** 4 MB for their counts, 1 MB for the reads. */
const WRITERS_MAX = 262_144;
const READS_MAX = 131_072;
const INITIAL = 64;
const NONE = -1;

/** Of a write: its id + 1, how many reads returned it, and the number of the last of them + 1. */
const enum Write {
  Id,
  Count,
  LastRead,
}
const WRITE_WIDTH = 4;

/** Of a read: its id, and the number of the read before it of the same write + 1. */
const enum Read {
  Id,
  Previous,
}
const READ_WIDTH = 2;

export interface ReadsOfWrite {
  readonly writer: number;
  readonly count: number;
}

/**
 * Which reads returned which write: how many did of each of the writes among the last quarter of a million
 * operations, and the ids of the last reads. Asked at the end, when it is known which writes came to nothing.
 */
export class ReadsByWriter {
  private writes = new Int32Array(WRITE_WIDTH * INITIAL);
  private reads = new Int32Array(READ_WIDTH * INITIAL);
  private readCount = 0;
  private youngest = NONE;

  /** Both limits are powers of two. */
  constructor(
    private readonly writersMax = WRITERS_MAX,
    private readonly readsMax = READS_MAX,
  ) {}

  /** Returns the reads of an older write that make way; null if none do. */
  add(read: number, writer: number): ReadsOfWrite | null {
    const row = this.rowOf(writer);
    if (row >= this.writes.length) this.writes = grown(this.writes, row + WRITE_WIDTH);
    if (writer > this.youngest) this.youngest = writer;
    const known = this.writes[row + Write.Id] - 1;
    if (known === writer) {
      this.count(read, row);
      return null;
    }
    if (known > writer) return { writer, count: 1 };
    const left = known === NONE ? null : this.at(row);
    this.begin(row, writer);
    this.count(read, row);
    return left;
  }

  /** How many reads returned that write; null if that is not known any more. */
  countOf(writer: number): number | null {
    const row = this.rowOf(writer);
    if (row < this.writes.length && this.writes[row + Write.Id] - 1 === writer)
      return this.writes[row + Write.Count];
    return writer > this.youngest - this.writersMax ? 0 : null;
  }

  /** The ids of the reads that returned that write, of those that are still remembered, the last first. */
  readsOf(writer: number): readonly number[] {
    const ids: number[] = [];
    const row = this.rowOf(writer);
    if (row >= this.writes.length || this.writes[row + Write.Id] - 1 !== writer) return ids;
    let number = this.writes[row + Write.LastRead] - 1;
    while (number !== NONE && number >= this.readCount - this.readsMax) {
      const place = READ_WIDTH * (number & (this.readsMax - 1));
      ids.push(this.reads[place + Read.Id]);
      number = this.reads[place + Read.Previous] - 1;
    }
    return ids;
  }

  private rowOf(writer: number): number {
    return WRITE_WIDTH * (writer & (this.writersMax - 1));
  }

  private at(row: number): ReadsOfWrite {
    return { writer: this.writes[row + Write.Id] - 1, count: this.writes[row + Write.Count] };
  }

  private begin(row: number, writer: number): void {
    this.writes[row + Write.Id] = writer + 1;
    this.writes[row + Write.Count] = 0;
    this.writes[row + Write.LastRead] = 0;
  }

  private count(read: number, row: number): void {
    const number = this.readCount++;
    const place = READ_WIDTH * (number & (this.readsMax - 1));
    if (place >= this.reads.length) this.reads = grown(this.reads, place + READ_WIDTH);
    this.reads[place + Read.Id] = read;
    this.reads[place + Read.Previous] = this.writes[row + Write.LastRead];
    this.writes[row + Write.Count] += 1;
    this.writes[row + Write.LastRead] = number + 1;
  }
}
