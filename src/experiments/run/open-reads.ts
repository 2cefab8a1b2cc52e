/**
 * The reads under way in the order in which they were sent, and what had happened by then: a ring of numbers that grows
 * with the reads under way.
 *
 * A moment is a count of what happened so far. Sessions are sequential, so each has one read under way at most.
 */
export class OpenReads {
  /** Per session, the read that is under way; −1 without one. */
  private readonly readOfSession: Float64Array;
  private readonly momentOfSession: Float64Array;
  private sessions = new Int32Array(INITIAL);
  private reads = new Float64Array(INITIAL);
  private first = 0;
  private next = 0;

  constructor(sessions: number) {
    this.readOfSession = new Float64Array(sessions).fill(-1);
    this.momentOfSession = new Float64Array(sessions);
  }

  send(session: number, read: number, moment: number): void {
    if (this.next - this.first === this.reads.length) this.makeRoom();
    const place = this.next % this.reads.length;
    this.sessions[place] = session;
    this.reads[place] = read;
    this.readOfSession[session] = read;
    this.momentOfSession[session] = moment;
    this.next += 1;
  }

  /** The moment at which the session sent its last read. */
  momentOf(session: number): number {
    return this.momentOfSession[session];
  }

  /** Nothing happens for a read that was never sent. */
  end(session: number, read: number): void {
    if (this.readOfSession[session] === read) this.readOfSession[session] = -1;
    this.dropEnded();
  }

  /** The moment at which the first read that is still under way was sent; the one given when there is none. */
  firstMoment(otherwise: number): number {
    if (this.first === this.next) return otherwise;
    return this.momentOfSession[this.sessions[this.first % this.reads.length]];
  }

  private dropEnded(): void {
    while (this.first < this.next) {
      const place = this.first % this.reads.length;
      if (this.readOfSession[this.sessions[place]] === this.reads[place]) return;
      this.first += 1;
    }
  }

  private makeRoom(): void {
    const { sessions, reads, first, next } = this;
    this.sessions = new Int32Array(2 * reads.length);
    this.reads = new Float64Array(2 * reads.length);
    for (let ticket = first; ticket < next; ticket += 1) {
      this.sessions[ticket % this.reads.length] = sessions[ticket % reads.length];
      this.reads[ticket % this.reads.length] = reads[ticket % reads.length];
    }
  }
}

const INITIAL = 64;
