import type { Warning } from '../../model/problem';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { detectionTimeoutMs } from '../../protocols/single-leader/settings/failover';
import { faultNamed, warningOf } from './fault-wording';
import { losses, outagesOf, type Outage } from './outages';
import { singleLeaderOf, type SingleLeader } from './single-leader-of';

/** A mode that waits for followers, and nothing that they would have to do. */
export function waitsForNobody({ cluster }: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(cluster);
  if (single === null) return null;
  const { mode, await: awaited } = single.settings.acknowledgement;
  if (mode === 'ASYNC' || awaited !== 'LOCAL_FLUSH') return null;
  const message =
    `${mode} waits for nobody here, since LOCAL_FLUSH is all that is awaited: writes are as safe as under ASYNC. ` +
    'Await REMOTE_WRITE, REMOTE_FLUSH or REMOTE_APPLY to wait for followers.';
  return { code: 'WAITS_FOR_NOBODY', message };
}

/** Whoever is elected may lack a write that was acknowledged, though followers were waited for. */
export function electionMayMissWrites({ cluster }: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(cluster);
  if (single === null || !single.settings.failover.enabled || single.followers.length === 0) return null;
  const { mode, await: awaited } = single.settings.acknowledgement;
  if (mode === 'ASYNC' || awaited === 'LOCAL_FLUSH') return null;
  const reasons = whyWritesAreMissed(single);
  if (reasons.length === 0) return null;
  const message = `A node may be elected that lacks an acknowledged write: ${reasons.join('; ')}.`;
  return { code: 'ELECTION_MAY_MISS_WRITES', message };
}

function whyWritesAreMissed({ settings, followers, cascaded, majority }: SingleLeader): readonly string[] {
  const { acknowledgement, failover } = settings;
  const { mode, count, await: awaited } = acknowledgement;
  const waitsForAll = mode === 'SYNC' || count >= followers.length;
  // A follower of a follower, which nobody waits for, may be elected too.
  const everybodyHas = waitsForAll && cascaded.length === 0;
  const enough = followers.length - majority + 1;
  return [
    ...(waitsForAll || count >= enough
      ? []
      : [
          `an election needs ${majority} of the ${followers.length} followers, and ${mode} waits for ${count} ` +
            `(wait for ${enough})`,
        ]),
    ...(failover.election === 'PRIORITY' && !everybodyHas
      ? ['PRIORITY elects the first of the list even if others have more']
      : []),
    ...(failover.fencing === 'EPOCH' || everybodyHas
      ? []
      : [
          `under ${failover.fencing} followers go on acknowledging for the old leader until they hear of the new one`,
        ]),
    ...(awaited === 'REMOTE_WRITE' ? ['REMOTE_WRITE is lost where a node crashes before its flush'] : []),
  ];
}

/** Modes that wait as long as it takes, with fewer nodes up than they wait for. */
export function writesBlocked(spec: ExperimentSpec): Warning | null {
  const single = singleLeaderOf(spec.cluster);
  const wait = single === null ? null : waitOf(single);
  if (single === null || wait === null) return null;
  const found = blockedByFaults(spec, single, wait);
  return warningOf('WRITES_BLOCKED', found.length > 0 ? found : blockedByNemesis(spec, single, wait));
}

interface Wait {
  /** How many must answer. */
  readonly count: number;
  /** Who may be waited for, when somebody else leads. */
  readonly candidates: ReadonlySet<string>;
}

/** Null if a write never waits for long. */
function waitOf({ settings: { acknowledgement }, leader, followers }: SingleLeader): Wait | null {
  const { mode, await: awaited, count, standbys } = acknowledgement;
  if (mode === 'ASYNC' || mode === 'SEMI_SYNC' || awaited === 'LOCAL_FLUSH') return null;
  const all = [leader, ...followers].map(({ name }) => name);
  if (mode === 'SYNC') return { count: followers.length, candidates: new Set(all) };
  return { count, candidates: new Set(standbys?.filter((name) => all.includes(name)) ?? all) };
}

function blockedByFaults(spec: ExperimentSpec, single: SingleLeader, wait: Wait): readonly string[] {
  const { leader } = single;
  const outages = outagesOf(spec).filter((outage) =>
    outage.node === leader.name ? isReplaced(outage, single) : wait.candidates.has(outage.node),
  );
  const messages = new Map<number, string>();
  for (const { outage, down } of losses(outages)) {
    const left = canAnswer(single, wait, down);
    if (left < wait.count && !messages.has(outage.fault))
      messages.set(
        outage.fault,
        `${faultNamed(spec.faults[outage.fault], outage.fault)} takes ${outage.node} down: each write waits ` +
          `for ${answers(wait.count)}, ${left} can answer, and so it waits until enough are back`,
      );
  }
  return [...messages.values()];
}

/** While a leader is down that nobody replaces there are no writes that could wait. */
function isReplaced({ fromMs, toMs }: Outage, { settings: { failover } }: SingleLeader): boolean {
  return failover.enabled && toMs - fromMs >= detectionTimeoutMs(failover);
}

/** @param down the leader and candidates */
function canAnswer(
  { leader }: SingleLeader,
  { candidates }: Wait,
  down: ReadonlyMap<string, number>,
): number {
  const isCandidate = candidates.has(leader.name);
  const isDown = down.has(leader.name);
  const candidatesDown = isDown && !isCandidate ? down.size - 1 : down.size;
  // Whoever leads does not wait for itself; a successor is probably one of the candidates.
  const leading = isDown || isCandidate ? 1 : 0;
  return Math.max(0, candidates.size - candidatesDown - leading);
}

function answers(count: number): string {
  return count === 1 ? '1 follower' : `${count} followers`;
}

function blockedByNemesis(
  { nemesis }: ExperimentSpec,
  { leader, followers }: SingleLeader,
  { candidates, count }: Wait,
): readonly string[] {
  const standbys = followers.filter(({ name }) => candidates.has(name));
  if (nemesis === null || standbys.length > count) return [];
  const { kinds, nodes } = nemesis;
  const hits =
    kinds.includes('DATACENTER_OUTAGE') ||
    (kinds.includes('CRASH') && standbys.some(({ name }) => nodes?.includes(name) ?? true));
  if (!hits) return [];
  return [
    `The nemesis will take followers down: each write of ${leader.name} waits for ${answers(count)}, ` +
      `${standbys.length} can answer at best, and so it waits until enough are back`,
  ];
}
