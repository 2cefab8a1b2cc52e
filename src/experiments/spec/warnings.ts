import { Distribution } from '../../engine/distribution';
import type { Warning } from '../../model/problem';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { minimumMs } from '../../model/spec/resolve-distribution';
import { latencies } from '../../model/spec/topology';
import { grouped } from '../../model/text';
import { nodeRoles } from '../node-roles';
import { electionMayMissWrites, waitsForNobody, writesBlocked } from './acknowledgement-warnings';
import { expectedOperations } from './expected-operations';
import { detectionBelowHeartbeat, faultsBelowDetection, leaderIsNotReplaced } from './failover-warnings';
import { faultsUnnoticed, faultsWithoutEffect } from './fault-warnings';

interface Submitted {
  readonly spec: ExperimentSpec;
  readonly repetitions: number;
}

/** What is allowed and may surprise whoever submits this. */
export function warningsOf(submitted: Submitted): readonly Warning[] {
  return RULES.map((rule) => rule(submitted)).filter((warning) => warning !== null);
}

type Rule = (submitted: Submitted) => Warning | null;

/** Fewer samples than this leave less than ten beyond the 99.9th percentile. */
const SAMPLES_MIN = 10_000;

const clientsGiveUpTooSoon: Rule = ({ spec: { cluster, workload } }) => {
  const leader = nodeRoles(cluster).find(({ role }) => role === 'LEADER');
  if (leader === undefined) return null;
  const latencyBetween = latencies(cluster.links);
  const roundTripMs = (from: string | null): number =>
    minimumMs(latencyBetween({ from, to: leader.datacenter })) +
    minimumMs(latencyBetween({ from: leader.datacenter, to: from }));
  const slow = workload.clients.find((client) => roundTripMs(client.datacenter) >= workload.timeoutMs);
  if (slow === undefined) return null;
  const message =
    `Clients${slow.datacenter === null ? '' : ` in ${slow.datacenter}`} give up after ${workload.timeoutMs} ms, and ` +
    `a round trip to ${leader.name} takes at least ${roundTripMs(slow.datacenter)} ms: every write there ends unknown.`;
  return { code: 'TIMEOUT_BELOW_LATENCY', message };
};

const leaderIsOverloaded: Rule = ({ spec: { cluster, workload } }) => {
  // A closed loop waits for its answers: it slows down where an open one would pile up.
  const perMs = workload.clients.reduce((sum, client) => sum + (client.ratePerSecond ?? 0), 0) / 1000;
  const writesPerMs = perMs * (1 - workload.readShare);
  const serviceMs = Distribution.of(cluster.nodeProfile.serviceTime).meanMs;
  if (writesPerMs === 0 || writesPerMs * serviceMs < 1) return null;
  const share =
    serviceMs === Infinity
      ? 'without end, for the mean of its service time is infinite'
      : `${(writesPerMs * serviceMs * 100).toFixed(0)} % of the time`;
  const message = `The writes alone keep a node busy ${share}: its queue grows without end, and so do latency and lag.`;
  return { code: 'OVERLOADED_NODE', message };
};

const tooFewSamples: Rule = ({ spec: { cluster, workload }, repetitions }) => {
  const measured = { cluster, workload: { ...workload, warmupMs: 0 } };
  const operations = Math.round(expectedOperations(measured) * repetitions);
  if (operations >= SAMPLES_MIN) return null;
  const message =
    `About ${grouped(operations)} operations will be measured: a 99.9th percentile needs ${grouped(SAMPLES_MIN)} or more. ` +
    'Raise the duration, a rate or the repetitions.';
  return { code: 'TOO_FEW_SAMPLES', message };
};

const RULES: readonly Rule[] = [
  ({ spec }) => leaderIsNotReplaced(spec),
  ({ spec }) => faultsBelowDetection(spec),
  ({ spec }) => detectionBelowHeartbeat(spec),
  ({ spec }) => waitsForNobody(spec),
  ({ spec }) => electionMayMissWrites(spec),
  ({ spec }) => writesBlocked(spec),
  clientsGiveUpTooSoon,
  leaderIsOverloaded,
  tooFewSamples,
  ({ spec }) => faultsWithoutEffect(spec),
  ({ spec }) => faultsUnnoticed(spec),
];
