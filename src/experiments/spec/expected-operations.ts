import { Distribution } from '../../engine/distribution';
import type { ClusterSpec } from '../../model/spec/cluster';
import { probesOf } from '../../model/spec/probe';
import { RateCurve } from '../../model/spec/rate-curve';
import { latencies, nodesOf } from '../../model/spec/topology';
import type { ClientGroupSpec, WorkloadSpec } from '../../model/spec/workload';

interface Load {
  /** Null where it is not known. */
  readonly cluster: ClusterSpec | null;
  readonly workload: WorkloadSpec;
}

/**
 * How many operations a run is expected to have, warm-up included.
 *
 * Open loops: the integral of the rate. Closed loops: as many as there would be if every answer came from the nearest
 * node, in the mean time of a round trip and one service: waiting in queues or for other nodes only makes them fewer. They
 * count as none where the cluster is not known. Infinity: sessions that wait neither for thoughts nor for answers.
 * A probe: a write and a read for each.
 */
export function expectedOperations({ cluster, workload }: Load): number {
  if (workload.probe !== null) return 2 * probesOf(workload.probe);
  const answerMs = cluster === null ? null : answerTimes(cluster);
  return workload.clients.reduce((sum, client) => {
    const mean =
      client.ratePerSecond === null ? inClosedLoop(client, workload, answerMs) : inOpenLoop(client, workload);
    return sum + mean;
  }, 0);
}

function inOpenLoop(
  { arrivals, ratePerSecond }: ClientGroupSpec,
  { durationMs, warmupMs }: WorkloadSpec,
): number {
  const rate = ratePerSecond ?? 0;
  const curve = RateCurve.of(arrivals, rate);
  if (curve === null) return (rate * (durationMs + warmupMs)) / 1000;
  return curve.expectedBetween({ fromMs: -warmupMs, toMs: durationMs });
}

type AnswerTimes = (datacenter: string | null) => number;

function inClosedLoop(
  { arrivals, sessions, datacenter }: ClientGroupSpec,
  { durationMs, warmupMs }: WorkloadSpec,
  answerMs: AnswerTimes | null,
): number {
  if (answerMs === null || !('closedLoop' in arrivals)) return 0;
  const thinkMs = Distribution.of(arrivals.closedLoop.thinkTime).meanMs;
  return (sessions * (durationMs + warmupMs)) / (thinkMs + answerMs(datacenter));
}

/** The mean time until a client has an answer from the node nearest to it. */
function answerTimes(cluster: ClusterSpec): AnswerTimes {
  const latencyBetween = latencies(cluster.links);
  const meanMs = (from: string | null, to: string | null): number =>
    Distribution.of(latencyBetween({ from, to })).meanMs;
  const places = [...new Set(nodesOf(cluster).map(({ datacenter }) => datacenter))];
  const serviceMs = Distribution.of(cluster.nodeProfile.serviceTime).meanMs;
  return (from) => serviceMs + Math.min(...places.map((to) => meanMs(from, to) + meanMs(to, from)));
}
