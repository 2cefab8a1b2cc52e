/** As many choices as are asked for, from one number (Marsaglia's xorshift); of 0 all are the first. */
export class Dice {
  constructor(private state: number) {}

  /** From 0, below `sides`. */
  roll(sides: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (Math.imul(this.state, 0x9e3779b1) >>> 8) % sides;
  }

  /** Once in so many times. */
  isRare(oneIn: number): boolean {
    return this.roll(oneIn) === oneIn - 1;
  }

  one<Thing>(things: ArrayLike<Thing>): Thing {
    return things[this.roll(things.length)];
  }
}
