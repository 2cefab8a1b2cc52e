import { invariant } from '../../../model/invariant';

/** Rows of a segment: a power of two. */
const SEGMENT_BITS = 8;
const SEGMENT_ROWS = 1 << SEGMENT_BITS;

/**
 * Rows of numbers, found by consecutive log sequence numbers.
 *
 * They lie in segments, as those of a write-ahead log: a log that grows moves nothing, and one that forgets uses a segment again.
 */
export class LsnColumns<Cells extends Int32Array | Float64Array> {
  /** The oldest row that is kept; without any, the next one. */
  first = 1;
  /** The youngest row. */
  last = 0;
  private readonly segments: Cells[] = [];
  /** The number of the first segment: of LSNs 0 … 255 it is 0. */
  private firstSegment = 0;
  private spare: Cells | null = null;

  /** @param create makes the cells of a segment, so many of them */
  constructor(
    private readonly width: number,
    private readonly create: (cells: number) => Cells,
  ) {}

  /** Rows there is room for. */
  get capacity(): number {
    return SEGMENT_ROWS * this.segments.length;
  }

  /** Adds a row, to be filled in, and returns its number. */
  append(): number {
    const lsn = ++this.last;
    if (this.placeOf(lsn) === this.segments.length) this.segments.push(this.blank());
    return lsn;
  }

  /** The cells among which those of that row are, from `rowOf` on. */
  cellsOf(lsn: number): Cells {
    return this.segments[this.placeOf(lsn)];
  }

  rowOf(lsn: number): number {
    return (lsn & (SEGMENT_ROWS - 1)) * this.width;
  }

  /** Forgets the rows after that one. */
  truncateAfter(lsn: number): void {
    invariant(lsn <= this.last && lsn >= this.first - 1, 'a log cannot be cut where it has no rows');
    this.last = lsn;
    while (this.segments.length > Math.max(0, this.placeOf(lsn) + 1))
      this.spare = this.segments.pop() ?? null;
  }

  /** Forgets the rows up to and including that one. */
  discardThrough(lsn: number): void {
    invariant(lsn <= this.last, 'a log cannot forget what it has not');
    if (lsn < this.first) return;
    this.first = lsn + 1;
    while (this.placeOf(this.first) > 0 && this.segments.length > 0) {
      this.spare = this.segments.shift() ?? null;
      this.firstSegment++;
    }
  }

  /** Forgets every row; the next one follows that LSN. */
  restartAfter(lsn: number): void {
    this.segments.length = 0;
    this.first = lsn + 1;
    this.last = lsn;
    this.firstSegment = this.first >>> SEGMENT_BITS;
  }

  /** The place of the segment that holds a row. */
  private placeOf(lsn: number): number {
    return (lsn >>> SEGMENT_BITS) - this.firstSegment;
  }

  private blank(): Cells {
    const segment = this.spare ?? this.create(SEGMENT_ROWS * this.width);
    this.spare = null;
    return segment;
  }
}
