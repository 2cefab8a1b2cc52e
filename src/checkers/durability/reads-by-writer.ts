import { grown } from '../memory/grown';

/** 4 MB for their counts, 1 MB for the reads. */
const WRITERS_MAX = 262_144;
const READS_MAX = 131_072;
const INITIAL = 64;
const NONE = -1;

/** Of a write: its id, how many reads returned it, none in a row that is free, and the number of the last of them + 1. */
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
 *
 * Writes from before the run have negative ids: they make way first, and then nothing is known of the others either.
 */
export class ReadsByWriter {
  private writes = new Int32Array(WRITE_WIDTH * INITIAL);
  private reads = new Int32Array(READ_WIDTH * INITIAL);
  private readCount = 0;
  private youngest = NONE;
  private hasLeftInitial = false;

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
    const isFree = this.writes[row + Write.Count] === 0;
    const known = this.writes[row + Write.Id];
    if (!isFree && known === writer) {
      this.count(read, row);
      return null;
    }
    if (!isFree && known > writer) return this.leave({ writer, count: 1 });
    const left = isFree ? null : this.leave(this.at(row));
    this.begin(row, writer);
    this.count(read, row);
    return left;
  }

  /** How many reads returned that write; null if that is not known any more. */
  countOf(writer: number): number | null {
    const row = this.rowOf(writer);
    if (this.isOf(writer, row)) return this.writes[row + Write.Count];
    if (writer < 0) return this.hasLeftInitial ? null : 0;
    return writer > this.youngest - this.writersMax ? 0 : null;
  }

  /** The ids of the reads that returned that write, of those that are still remembered, the last first. */
  readsOf(writer: number): readonly number[] {
    const ids: number[] = [];
    const row = this.rowOf(writer);
    if (!this.isOf(writer, row)) return ids;
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

  private isOf(writer: number, row: number): boolean {
    if (row >= this.writes.length || this.writes[row + Write.Count] === 0) return false;
    return this.writes[row + Write.Id] === writer;
  }

  private at(row: number): ReadsOfWrite {
    return { writer: this.writes[row + Write.Id], count: this.writes[row + Write.Count] };
  }

  private leave(left: ReadsOfWrite): ReadsOfWrite {
    if (left.writer < 0) this.hasLeftInitial = true;
    return left;
  }

  private begin(row: number, writer: number): void {
    this.writes[row + Write.Id] = writer;
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
