import type { AnomalyTally } from '../model/anomaly';
import type { Observer } from '../model/observer';

/**
 * Judges a run while it goes on, by what it observes alone: it knows neither the engine nor the protocol.
 *
 * It leaves out the events that it does not need.
 */
export interface Checker extends Partial<Observer> {
  /** What it found so far, of each anomaly that it judges; final after `settled`. */
  tallies(): readonly AnomalyTally[];
}
