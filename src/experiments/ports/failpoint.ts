/** Moments at which a test may let a process or the engine die; in the order in which they come. */
export const FAILPOINT_NAMES = [
  'api.between-commit-and-enqueue',
  'worker.before-claim',
  'worker.running',
  'engine.throw',
  'engine.exit',
  'engine.out-of-memory',
  'engine.endless-loop',
  /** There is a result, which is not written. */
  'worker.before-finish',
  /** The result is committed; the job is not acknowledged. */
  'worker.after-finish',
  /** The job's acknowledgement is under way. */
  'worker.acknowledging',
] as const;
export type FailpointName = (typeof FAILPOINT_NAMES)[number];

/** Called at the moment of that name. Resolves at once, unless a test wants the process to die here. */
export type Failpoint = (name: FailpointName) => Promise<void>;

/** Where nobody tests deaths. */
export const NO_FAILPOINT: Failpoint = async () => {};
