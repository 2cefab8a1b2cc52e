/**
 * The reads under way in the order in which they were sent, and what had happened by then: a ring of numbers that grows
 * with the reads under way.
 *
 * A moment is a count of what happened so far. A place is that of an operation under way (`ObservedOperation`).
 */
export class OpenReads {
  /** By place, the ticket of the read that is under way there; −1 without one. */
  private readonly ticketAt: Int32Array;
  private readonly momentAt: Int32Array;
  /** By ticket, counted from 0 as reads are sent. */
  private places = new Int32Array(INITIAL);
  private first = 0;
  private next = 0;

  constructor(places: number) {
    this.ticketAt = new Int32Array(places).fill(-1);
    this.momentAt = new Int32Array(places);
  }

  /** Reads there is room for. */
  get room(): number {
    return this.places.length;
  }

  send(place: number, moment: number): void {
    if (this.next - this.first === this.places.length) this.makeRoom();
    this.places[this.next & (this.places.length - 1)] = place;
    this.ticketAt[place] = this.next;
    this.momentAt[place] = moment;
    this.next += 1;
  }

  /** The moment at which the read at that place was sent. */
  momentOf(place: number): number {
    return this.momentAt[place];
  }

  end(place: number): void {
    this.ticketAt[place] = -1;
  }

  /** The moment at which the first read that is still under way was sent; the one given when there is none. */
  firstMoment(otherwise: number): number {
    this.dropEnded();
    if (this.first === this.next) return otherwise;
    return this.momentAt[this.places[this.first & (this.places.length - 1)]];
  }

  private dropEnded(): void {
    const { places, ticketAt } = this;
    while (this.first < this.next && ticketAt[places[this.first & (places.length - 1)]] !== this.first)
      this.first += 1;
  }

  /** Only what is under way needs room: what has ended gives its own up. */
  private makeRoom(): void {
    this.squeeze();
    const { places: former, first, next } = this;
    if (2 * (next - first) <= former.length) return;
    this.places = new Int32Array(2 * former.length);
    for (let ticket = first; ticket < next; ticket += 1)
      this.places[ticket & (this.places.length - 1)] = former[ticket & (former.length - 1)];
  }

  /** Gives those under way consecutive tickets, in their order. */
  private squeeze(): void {
    const { places, ticketAt } = this;
    let kept = this.first;
    for (let ticket = this.first; ticket < this.next; ticket += 1) {
      const place = places[ticket & (places.length - 1)];
      if (ticketAt[place] !== ticket) continue;
      places[kept & (places.length - 1)] = place;
      ticketAt[place] = kept;
      kept += 1;
    }
    this.next = kept;
  }
}

/** A power of two, as every later size. */
const INITIAL = 64;
