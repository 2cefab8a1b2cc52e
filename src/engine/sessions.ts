import type { OpenOperation } from './open-operation';

/**
 * The sessions of one client group. A session is sequential (Jepsen's process): one operation is under way, the others
 * wait in the order of their arrival.
 */
export class Sessions {
  private readonly current: (OpenOperation | null)[];
  private readonly firstWaiting: (OpenOperation | null)[];
  private readonly lastWaiting: (OpenOperation | null)[];

  constructor(count: number) {
    this.current = new Array<OpenOperation | null>(count).fill(null);
    this.firstWaiting = new Array<OpenOperation | null>(count).fill(null);
    this.lastWaiting = new Array<OpenOperation | null>(count).fill(null);
  }

  get count(): number {
    return this.current.length;
  }

  /** The operation under way. */
  at(session: number): OpenOperation | null {
    return this.current[session];
  }

  /** Adds an operation; true if it can be sent at once. */
  add(session: number, operation: OpenOperation): boolean {
    if (this.current[session] === null) {
      this.current[session] = operation;
      return true;
    }
    const last = this.lastWaiting[session];
    if (last === null) this.firstWaiting[session] = operation;
    else last.next = operation;
    this.lastWaiting[session] = operation;
    return false;
  }

  /** Takes those that wait behind the operation under way, the first of a chain linked by `next`. */
  takeWaiting(session: number): OpenOperation | null {
    const first = this.firstWaiting[session];
    this.firstWaiting[session] = null;
    this.lastWaiting[session] = null;
    return first;
  }

  /** The operation under way has ended; returns the one that waited for it and is now under way. */
  advance(session: number): OpenOperation | null {
    const following = this.firstWaiting[session];
    this.current[session] = following;
    if (following === null) return null;
    this.firstWaiting[session] = following.next;
    if (following.next === null) this.lastWaiting[session] = null;
    following.next = null;
    return following;
  }
}
