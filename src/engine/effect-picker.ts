import type { WriteEffect } from '../model/operation';
import type { ValueSpec } from '../model/spec/workload';
import type { Random } from './random';

const enum Kind {
  Register,
  Counter,
  Cart,
  Messages,
}

/** A write that is being drawn: who writes is known, what is still open. */
export type DrawnWrite = { -readonly [Field in keyof WriteEffect]: WriteEffect[Field] } & {
  readonly id: number;
  readonly session: number;
};

/** No write of the session yet. */
const NONE = -1;

/**
 * Draws what each write of a workload does to its key, by one number each, so that other kinds of value leave every other
 * draw as it is. There are 2^32 such numbers to share: with a million items, or increments, not all are quite alike.
 *
 * A reply answers the write of its own session before it, which is over by the time the reply is sent. A session's first
 * write is a post. Good for one run: it remembers the last write of each session.
 */
export class EffectPicker {
  private readonly lastWrite: Int32Array;

  private constructor(
    private readonly kind: Kind,
    /** Of deletes, of removals, or of replies. */
    private readonly share: number,
    /** The least increment. */
    private readonly least: number,
    /** How many increments or items there are. */
    private readonly choices: number,
    sessions: number,
  ) {
    this.lastWrite = new Int32Array(kind === Kind.Messages ? sessions : 0).fill(NONE);
  }

  /** @param sessions of all client groups; they are numbered from 0 */
  static of(values: ValueSpec, sessions: number): EffectPicker {
    if ('counter' in values) {
      const { min, max } = values.counter.increment;
      return new EffectPicker(Kind.Counter, 0, min, max - min + 1, sessions);
    }
    if ('cart' in values) {
      const { items, removeShare } = values.cart;
      return new EffectPicker(Kind.Cart, removeShare, 0, items, sessions);
    }
    if ('messages' in values)
      return new EffectPicker(Kind.Messages, values.messages.replyShare, 0, 0, sessions);
    return new EffectPicker(Kind.Register, values.register.deleteShare, 0, 0, sessions);
  }

  /** Fills in effect, operand and cause of a write; call it for writes only, in the order of their arrival. */
  draw(write: DrawnWrite, random: Random): void {
    const chance = random.uniform();
    write.operand = 0;
    write.cause = null;
    switch (this.kind) {
      case Kind.Register:
        write.effect = chance < this.share ? 'DELETE' : 'SET';
        break;
      case Kind.Counter:
        write.effect = 'INCREMENT';
        write.operand = this.least + this.choiceBy(chance);
        break;
      case Kind.Cart:
        this.drawItem(write, chance);
        break;
      case Kind.Messages:
        this.drawMessage(write, chance);
    }
  }

  /** What is left of the number, below or above the share, is uniform again and draws the item. */
  private drawItem(write: DrawnWrite, chance: number): void {
    const removes = chance < this.share;
    write.effect = removes ? 'REMOVE' : 'ADD';
    const rest = removes ? chance / this.share : (chance - this.share) / (1 - this.share);
    write.operand = this.choiceBy(rest);
  }

  private drawMessage(write: DrawnWrite, chance: number): void {
    write.effect = 'SET';
    const last = this.lastWrite[write.session];
    if (chance < this.share && last !== NONE) write.cause = last;
    this.lastWrite[write.session] = write.id;
  }

  /** A quotient that should be just below 1 may be rounded to it. */
  private choiceBy(chance: number): number {
    return Math.min(this.choices - 1, Math.floor(chance * this.choices));
  }
}
