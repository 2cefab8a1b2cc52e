import type { Warning } from '../../model/problem';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { FaultSpec } from '../../model/spec/fault';
import type { NemesisSpec } from '../../model/spec/nemesis';
import { minimumMs } from '../../model/spec/resolve-distribution';
import { latencies, type NodePlace } from '../../model/spec/topology';
import { grouped } from '../../model/text';
import { beatMs } from '../../protocols/single-leader/plan';
import { detectionTimeoutMs } from '../../protocols/single-leader/settings/failover';
import { faultNamed, warningOf } from './fault-wording';
import { losses, outagesOf, type Outage } from './outages';
import { singleLeaderOf, type SingleLeader } from './single-leader-of';

/** A leader that goes down and has no successor. */
export function leaderIsNotReplaced(spec: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(spec.cluster);
  const reason = single === null ? null : whyNobodyFollows(spec, single);
  if (single === null || reason === null) return null;
  const message = `${single.leader.name} leads and will go down: ${reason}, so writes wait until it is back.`;
  return { code: 'NO_FAILOVER', message };
}

/** Null if it stays up, or somebody follows. */
function whyNobodyFollows(spec: ExperimentSpec, single: SingleLeader): string | null {
  const { settings, leader, followers } = single;
  const outages = outagesOf(spec);
  const goesDown =
    outages.some(({ node }) => node === leader.name) ||
    (spec.nemesis !== null && mayTakeDown(spec.nemesis, leader));
  if (!goesDown) return null;
  if (followers.length === 0) return 'it has no follower that could take its place';
  if (!settings.failover.enabled) return 'failover is off';
  return tooFewElect(outages, single);
}

function mayTakeDown({ kinds, nodes }: NemesisSpec, { name }: NodePlace): boolean {
  if (kinds.includes('DATACENTER_OUTAGE')) return true;
  return kinds.includes('CRASH') && (nodes?.includes(name) ?? true);
}

function tooFewElect(outages: readonly Outage[], single: SingleLeader): string | null {
  const { settings, leader, followers, majority } = single;
  for (const { outage, down } of losses(outages)) {
    if (outage.node !== leader.name) continue;
    const up = followers.filter(({ name }) => !down.has(name)).length;
    if (up < majority) return `an election needs ${majority} of its followers, and ${up} will be up then`;
    // From here on somebody else leads, and nobody can tell who.
    if (outage.toMs - outage.fromMs >= detectionTimeoutMs(settings.failover)) return null;
  }
  return null;
}

/** Faults of the leader that end before anybody gives it up. */
export function faultsBelowDetection(spec: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(spec.cluster);
  if (single === null || !single.settings.failover.enabled || single.followers.length === 0) return null;
  const { heartbeatIntervalMs } = single.settings.failover;
  const timeoutMs = detectionTimeoutMs(single.settings.failover);
  const all = silences(spec, single.leader);
  // After the first that is long enough somebody else leads, and nobody can tell who.
  const first = all.findIndex(({ lastsMs }) => lastsMs >= timeoutMs);
  const found = all.slice(0, first < 0 ? all.length : first).map(({ fault, lastsMs }) => {
    // The last heartbeat may be as old as the interval when the fault begins.
    const surely = lastsMs + heartbeatIntervalMs <= timeoutMs;
    return (
      `${faultNamed(spec.faults[fault], fault)} silences the leader for ${grouped(String(lastsMs))} ms, and it counts as ` +
      `dead after ${grouped(String(timeoutMs))} ms without a heartbeat: ` +
      (surely ? 'no failover will happen' : 'a failover happens only if the last heartbeat is old enough')
    );
  });
  return warningOf('FAULT_BELOW_DETECTION', found);
}

/** A leader counts as dead before its next sign of life can come, or its first. */
export function detectionBelowHeartbeat({ cluster }: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(cluster);
  if (single === null || !single.settings.failover.enabled || single.followers.length === 0) return null;
  const timeoutMs = detectionTimeoutMs(single.settings.failover);
  const reason = whySoundIsMissed(single, latencies(cluster.links), timeoutMs);
  if (reason === null) return null;
  const message =
    `${single.leader.name} counts as dead after ${grouped(String(timeoutMs))} ms without a sign of life, and ${reason}: it will ` +
    'be declared dead, and perhaps replaced, though nothing is wrong. Give more misses, a longer time-out, or a shorter interval.';
  return { code: 'DETECTION_BELOW_HEARTBEAT', message };
}

/** Null if signs of life come in time, as far as the settings tell. */
function whySoundIsMissed(
  { settings, leader, followers, cascaded }: SingleLeader,
  latencyBetween: ReturnType<typeof latencies>,
  timeoutMs: number,
): string | null {
  const betweenMs = beatMs(settings);
  if (timeoutMs <= betweenMs) return `it shows one every ${grouped(String(betweenMs))} ms`;
  // How old a sign of life is when it comes does not matter afterwards: the next one is as old.
  for (const { name, datacenter } of [...followers, ...cascaded]) {
    const latencyMs = minimumMs(latencyBetween({ from: leader.datacenter, to: datacenter }));
    if (latencyMs >= timeoutMs)
      return `the first one takes at least ${grouped(String(latencyMs))} ms to ${name}`;
  }
  return null;
}

interface Silence {
  /** The index of the fault. */
  readonly fault: number;
  readonly fromMs: number;
  readonly lastsMs: number;
}

/** The times in which scheduled faults keep the leader from being heard by all others, in their order. */
function silences(spec: ExperimentSpec, leader: NodePlace): readonly Silence[] {
  const outages = outagesOf(spec)
    .filter(({ node }) => node === leader.name)
    .map(({ fault, fromMs, toMs }) => ({ fault, fromMs, lastsMs: toMs - fromMs }));
  const passing = spec.faults.flatMap((fault, index) => {
    const silence = silencedBy(fault, leader);
    return silence === null ? [] : [{ fault: index, ...silence }];
  });
  return [...outages, ...passing].sort((one, other) => one.fromMs - other.fromMs);
}

/** Of a leader that goes on working or stands still; null if the fault is none of those. */
function silencedBy(fault: FaultSpec, { name, datacenter }: NodePlace): Omit<Silence, 'fault'> | null {
  if ('pause' in fault) {
    const { node, atMs, durationMs } = fault.pause;
    return node === name ? { fromMs: atMs, lastsMs: durationMs } : null;
  }
  if (!('isolate' in fault)) return null;
  const { isolate } = fault;
  const hit = 'node' in isolate ? isolate.node === name : isolate.datacenter === datacenter;
  return hit ? { fromMs: isolate.atMs, lastsMs: isolate.healAfterMs ?? Infinity } : null;
}
