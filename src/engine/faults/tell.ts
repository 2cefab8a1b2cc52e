import type { FaultEvent } from '../../model/observer';

/** Tells the observer what a fault has changed, now. */
export type Tell = (event: Omit<FaultEvent, 'atMs'>) => void;
