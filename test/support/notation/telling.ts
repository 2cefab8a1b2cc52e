import type { Dice } from './dice';
import { versionWord, type VersionKind } from './version-words';

/** What a random history is made of. */
export interface Profile {
  readonly versions: VersionKind;
  /** What sessions send: r, w, d, i. */
  readonly letters: string;
  /** How writes end: = acknowledged, ! failed, ? unknown. */
  readonly ends: string;
  /** Writes answer others. */
  readonly hasCauses?: boolean;
  /** Reads state a value. */
  readonly hasValues?: boolean;
  /** Words about nodes: one in so many, and which. */
  readonly aside?: {
    readonly oneIn: number;
    readonly words: readonly ((telling: Telling, dice: Dice) => string)[];
  };
  /** Left out, 40. */
  readonly wordsMax?: number;
  /** The words of the final states. */
  readonly finale?: (telling: Telling, dice: Dice) => string;
}

export interface SentWrite {
  readonly id: number;
  readonly key: string;
  readonly letter: string;
  readonly version: string;
  isAcknowledged: boolean;
  isCommitted: boolean;
}

interface Busy {
  readonly letter: string;
  readonly key: string;
  readonly write: SentWrite | null;
}

/** Tells a history word by word: a session that is idle sends, one that is busy ends. */
export class Telling {
  readonly writes: SentWrite[] = [];
  /** Of the nodes that lead, by node; what the epochs of a run have come to. */
  readonly epochs = new Map<number, number>();
  epoch = 0;
  private sent = 0;
  private readonly busy = new Map<number, Busy>();
  private readonly waiting = new Set<number>();

  constructor(private readonly profile: Profile) {}

  word(dice: Dice): string {
    const { aside } = this.profile;
    if (aside !== undefined && dice.isRare(aside.oneIn)) {
      const word = dice.one(aside.words)(this, dice);
      if (word !== '') return word;
    }
    const session = dice.roll(3);
    const busy = this.busy.get(session);
    if (busy !== undefined) return `${tie(dice)}${session}${this.end(session, busy, dice)}`;
    if (!this.waiting.has(session) && dice.isRare(12)) {
      this.waiting.add(session);
      return `${session}@`;
    }
    return `${tie(dice)}${session}${this.send(session, dice)}`;
  }

  /** The version of what is there of a key, and who wrote it: of a write sent, of nobody, or none. */
  finding(key: string, dice: Dice): string {
    const writes = this.writes.filter((write) => write.key === key);
    if (writes.length === 0 || dice.isRare(8)) return '-';
    if (dice.isRare(10)) return versionWord(this.profile.versions, dice);
    const { version, id } = dice.one(writes);
    return `${version}@${id}`;
  }

  private send(session: number, dice: Dice): string {
    const letter = dice.one(this.profile.letters);
    const key = dice.one('aaab');
    const write = letter === 'r' ? null : this.newWrite(letter, key, dice);
    const cause =
      this.profile.hasCauses === true && write !== null && this.sent > 0 ? this.cause(write, dice) : '';
    const operand = letter === 'i' ? dice.one(['+1', '-1', '-2', '+5']) : '';
    this.busy.set(session, { letter, key, write });
    this.waiting.delete(session);
    this.sent += 1;
    return `${letter}${key}${operand}${cause}`;
  }

  private newWrite(letter: string, key: string, dice: Dice): SentWrite {
    const taken = new Set(this.writes.filter((write) => write.key === key).map(({ version }) => version));
    let version = versionWord(this.profile.versions, dice);
    for (let again = 0; taken.has(version) && again < 4; again += 1)
      version = versionWord(this.profile.versions, dice);
    const write = { id: this.sent, key, letter, version, isAcknowledged: false, isCommitted: false };
    this.writes.push(write);
    return write;
  }

  private cause(write: SentWrite, dice: Dice): string {
    const others = this.writes.filter((other) => other !== write);
    return others.length === 0 || dice.isRare(5) ? '' : `<${dice.one(others).id}`;
  }

  private end(session: number, { key, write }: Busy, dice: Dice): string {
    this.busy.delete(session);
    const value = this.profile.hasValues === true ? `#${dice.one([1, 2, 0, 4, -1, 3, -3])}` : '';
    if (write === null)
      return dice.isRare(10) ? dice.one(['!', '?']) : `=${withValue(this.finding(key, dice), value)}`;
    const how = dice.one(this.profile.ends);
    write.isAcknowledged = how === '=';
    return how === '=' ? `=${write.version}` : how;
  }
}

function tie(dice: Dice): string {
  return dice.isRare(7) ? '^' : '';
}

function withValue(finding: string, value: string): string {
  return finding === '-' ? finding : `${finding}${value}`;
}
