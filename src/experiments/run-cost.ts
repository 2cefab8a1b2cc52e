import { invariant } from '../model/invariant';
import type { ExperimentSpec } from '../model/spec/experiment';
import { expectedOperations } from './spec/expected-operations';
import { nodesOf } from '../model/spec/topology';

/** What decides how long a run takes in real time, as far as it is known before it runs. */
export interface RunLoad {
  /** As the registry names it. */
  readonly protocol: string;
  readonly nodes: number;
  /** Expected operations of one run, warm-up included. */
  readonly operations: number;
}

/** A finished shard and the real seconds that it took. */
export interface ShardCost extends RunLoad {
  readonly runs: number;
  readonly seconds: number;
}

/**
 * The normal equations of least squares for `runs · secondsPerRun + operations · secondsPerOperation = seconds` over
 * shards, each divided by its own seconds: so a shard of a millisecond and one of five seconds count the same, and
 * one whose worker slept for an hour counts nothing.
 */
export interface RunCostSums {
  readonly runsRuns: number;
  readonly runsOperations: number;
  readonly operationsOperations: number;
  readonly runs: number;
  readonly operations: number;
}

/** The sums for one protocol and number of nodes. */
export interface RunCostRecord extends RunCostSums {
  readonly protocol: string;
  readonly nodes: number;
}

export interface RunCost {
  readonly secondsPerRun: number;
  readonly secondsPerOperation: number;
}

/** What a shard of n shards ago counts is this to the n-th: some twenty shards are remembered. */
export const COST_DECAY = 0.95;

/** Single leader with three nodes on a machine of 2026; believed until shards say otherwise. */
const PRIOR: RunCost = { secondsPerRun: 0.001, secondsPerOperation: 8e-6 };
/** In shards: of the ratio of the two, which shards that are all alike cannot tell. */
const PRIOR_WEIGHT = 0.05;
/** In shards: of the speed, which one shard tells. */
const SPEED_WEIGHT = 1e-6;
const SHARE_OF_PRIOR_MIN = 0.01;
const SECONDS_MIN = 0.001;

export function runLoadOf({ cluster, workload }: ExperimentSpec): RunLoad {
  const [protocol] = Object.keys(cluster.replication);
  invariant(protocol !== undefined, 'a validated cluster has a protocol');
  return { protocol, nodes: nodesOf(cluster).length, operations: expectedOperations({ cluster, workload }) };
}

/** What one shard adds to the sums. */
export function equationOf(cost: ShardCost): RunCostSums {
  const seconds = Math.max(cost.seconds, SECONDS_MIN);
  const runs = cost.runs / seconds;
  const operations = (cost.runs * cost.operations) / seconds;
  return {
    runsRuns: runs * runs,
    runsOperations: runs * operations,
    operationsOperations: operations * operations,
    runs,
    operations,
  };
}

/** Real seconds that one run will take. @param known of the load's protocol; its nearest number of nodes is believed */
export function predictedSeconds({ nodes, operations }: RunLoad, known: readonly RunCostRecord[]): number {
  const { secondsPerRun, secondsPerOperation } = estimate(nearest(nodes, known));
  return secondsPerRun + operations * secondsPerOperation;
}

/**
 * First how much slower than the prior everything is; then, in units of that, least squares for the two unknowns
 * with the prior as a further, light shard. Neither falls below a hundredth of what the speed alone would make it.
 */
export function estimate(sums: RunCostSums | null): RunCost {
  if (sums === null) return PRIOR;
  const factor = slowness(sums);
  const run = PRIOR.secondsPerRun * factor;
  const operation = PRIOR.secondsPerOperation * factor;
  const runsRuns = run * run * sums.runsRuns + PRIOR_WEIGHT;
  const both = run * operation * sums.runsOperations;
  const operationsOperations = operation * operation * sums.operationsOperations + PRIOR_WEIGHT;
  const runs = run * sums.runs + PRIOR_WEIGHT;
  const operations = operation * sums.operations + PRIOR_WEIGHT;
  const determinant = runsRuns * operationsOperations - both * both;
  const perRun = (runs * operationsOperations - operations * both) / determinant;
  const perOperation = (operations * runsRuns - runs * both) / determinant;
  return {
    secondsPerRun: run * Math.max(perRun, SHARE_OF_PRIOR_MIN),
    secondsPerOperation: operation * Math.max(perOperation, SHARE_OF_PRIOR_MIN),
  };
}

/** Least squares for one unknown: seconds over what the prior predicts. */
function slowness(sums: RunCostSums): number {
  const { secondsPerRun: run, secondsPerOperation: operation } = PRIOR;
  const predicted = run * sums.runs + operation * sums.operations;
  const squared =
    run * run * sums.runsRuns +
    2 * run * operation * sums.runsOperations +
    operation * operation * sums.operationsOperations;
  return (predicted + SPEED_WEIGHT) / (squared + SPEED_WEIGHT);
}

function nearest(nodes: number, known: readonly RunCostRecord[]): RunCostRecord | null {
  const distance = (record: RunCostRecord): number => Math.abs(record.nodes - nodes);
  return known.reduce<RunCostRecord | null>(
    (best, record) => (best === null || distance(record) < distance(best) ? record : best),
    null,
  );
}
