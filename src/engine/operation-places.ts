import { invariant } from '../model/invariant';

/**
 * Places for operations under way, over all client groups: whoever comes takes the one that was given back last, so the same
 * few are used again and again.
 */
export class OperationPlaces {
  private readonly free: Int32Array;
  private count: number;

  /** @param sessions each has one operation under way at most */
  constructor(sessions: number) {
    this.free = new Int32Array(sessions);
    for (let index = 0; index < sessions; index++) this.free[index] = sessions - 1 - index;
    this.count = sessions;
  }

  /** 0 … sessions − 1 */
  take(): number {
    invariant(this.count > 0, 'there is a place for every session');
    return this.free[--this.count];
  }

  giveBack(place: number): void {
    this.free[this.count++] = place;
  }
}
