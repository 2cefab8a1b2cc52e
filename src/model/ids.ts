import { invariant } from './invariant';

/**
 * Ids are `<type>_<ulid>`: opaque, typed and ordered by time. A run has no row of its own, so its id carries
 * its experiment's ULID, its point and its repetition: `run_<ulid>_<point>_<repetition>`.
 */
export type ClusterId = `clu_${string}`;
export type ExperimentId = `exp_${string}`;
export type ShardId = `shd_${string}`;
export type RunId = `run_${string}`;

/** One repetition of one point of an experiment. */
export interface RunRef {
  readonly experimentId: ExperimentId;
  readonly point: number;
  readonly repetition: number;
}

const ULID = '[0-9a-hjkmnp-tv-z]{26}';
const INDEX = '(0|[1-9][0-9]{0,9})';
const CLUSTER = new RegExp(`^clu_${ULID}$`);
const EXPERIMENT = new RegExp(`^exp_${ULID}$`);
const RUN = new RegExp(`^run_(${ULID})_${INDEX}_${INDEX}$`);

/** Null for anything that is not an id of that type; whether it exists is another question. */
export function parseClusterId(text: string): ClusterId | null {
  return CLUSTER.test(text) ? (text as ClusterId) : null;
}

export function parseExperimentId(text: string): ExperimentId | null {
  return EXPERIMENT.test(text) ? (text as ExperimentId) : null;
}

export function parseRunId(text: string): RunRef | null {
  const [, ulid, point, repetition] = RUN.exec(text) ?? [];
  if (ulid === undefined) return null;
  return { experimentId: `exp_${ulid}`, point: Number(point), repetition: Number(repetition) };
}

export function runId({ experimentId, point, repetition }: RunRef): RunId {
  invariant(EXPERIMENT.test(experimentId), `${experimentId} is no experiment id`);
  return `run_${experimentId.slice('exp_'.length)}_${point}_${repetition}`;
}
