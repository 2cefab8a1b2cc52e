import { invariant } from '../model/invariant';
import type { OpenOperation } from './open-operation';

/**
 * The sessions of one client group. A session is sequential (Jepsen's process): one operation is under way, the others
 * wait behind it in the order of their arrival, linked through `next`.
 */
export class Sessions {
  private readonly current: (OpenOperation | null)[];
  /** The end of each chain, where it has more than the one under way. */
  private readonly last: (OpenOperation | null)[];

  constructor(count: number) {
    this.current = new Array<OpenOperation | null>(count).fill(null);
    this.last = new Array<OpenOperation | null>(count).fill(null);
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
    const current = this.current[session];
    if (current === null) {
      this.current[session] = operation;
      return true;
    }
    const last = current.next === null ? current : this.last[session];
    invariant(last !== null, 'a session in which somebody waits has a last one');
    last.next = operation;
    this.last[session] = operation;
    return false;
  }

  /** Takes those that wait behind the operation under way, the first of a chain linked by `next`. */
  takeWaiting(session: number): OpenOperation | null {
    const current = this.current[session];
    if (current === null) return null;
    const first = current.next;
    current.next = null;
    return first;
  }

  /** The operation under way has ended; returns the one that waited for it and is now under way. */
  advance(session: number, ended: OpenOperation): OpenOperation | null {
    const following = ended.next;
    this.current[session] = following;
    ended.next = null;
    return following;
  }
}
