import type { World } from '../../engine/replication';
import type { NodePlace } from '../../model/spec/topology';
import { detectionTimeoutMs } from './settings/failover';
import type { LogSettings } from './settings/log';
import { leaderOf, type SingleLeaderSettings } from './settings/settings';

/** The settings of a run in the numbers of its nodes: what every replica goes by. Nothing in it changes. */
export interface Plan {
  readonly settings: SingleLeaderSettings;
  /** How many; they are numbered from 0. */
  readonly nodes: number;
  /** Who leads at the beginning. */
  readonly leader: number;
  /** By node, the follower that it gets its log from; null: from the leader. */
  readonly upstreamOf: readonly (number | null)[];
  /** By leader, the nodes that then get the log from it and from no other follower: those that it waits for, and that elect. */
  readonly followersOf: readonly (readonly number[])[];
  /** Whom FIRST and ANY count, by priority; the leader among them is left out while it leads. */
  readonly standbys: readonly number[];
  /** By node, its place in the list of priorities, behind all that are listed if it is not. */
  readonly priorityOf: readonly number[];
  /** By node, where its log ends at the beginning. */
  readonly initialLsn: readonly number[];
  readonly timeoutMs: number;
  /** Between two signs of life. */
  readonly beatMs: number;
  /** Values that an entry carries, and how many bytes that is. */
  readonly valuesPerEntry: number;
  readonly entryBytes: number;
  readonly valueBytes: number;
  /** Entries that a node keeps whether or not somebody needs them. */
  readonly keptEntries: number;
  /** Service times that the apply of an entry takes. */
  readonly applyWork: number;
  readonly keys: number;
  readonly shards: number;
  readonly clientEndpoints: readonly number[];
}

/** Applying costs a fraction of executing where pages are copied, an execution where the statement is executed again. */
const WAL_APPLY_WORK = 0.5;
const STATEMENT_APPLY_WORK = 1;

export function planOf(settings: SingleLeaderSettings, world: World): Plan {
  const { nodes, keys, valueBytes, clientEndpoints } = world;
  const { log, acknowledgement, failover } = settings;
  const node = (name: string): number => nodes.findIndex((place) => place.name === name);
  const valuesPerEntry = log.format === 'STATEMENT' ? 1 : log.rowsPerWrite;
  const entryBytes = Math.max(1, valuesPerEntry * valueBytes);
  const upstreamOf = nodes.map(({ name }) => {
    const found = settings.cascading.find((cascade) => cascade.node === name);
    return found === undefined ? null : node(found.upstream);
  });
  return {
    settings,
    nodes: nodes.length,
    leader: leaderOf(settings, nodes),
    upstreamOf,
    followersOf: nodes.map((_, leader) => followersOf(leader, upstreamOf)),
    standbys: acknowledgement.standbys?.map(node) ?? nodes.map((_, index) => index),
    priorityOf: nodes.map(({ name }) => placeIn(failover.priorities, name)),
    initialLsn: initialLsns(settings, nodes),
    timeoutMs: detectionTimeoutMs(failover),
    beatMs: beatMs(settings),
    valuesPerEntry,
    entryBytes,
    valueBytes,
    keptEntries: Math.floor(log.walKeepBytes / entryBytes),
    applyWork: applyWorkOf(log),
    keys,
    shards: settings.shards,
    clientEndpoints,
  };
}

/** By node. */
export function initialLsns(
  { initialLog }: Pick<SingleLeaderSettings, 'initialLog'>,
  nodes: readonly NodePlace[],
): readonly number[] {
  return nodes.map(({ name }) => initialLog.find(({ node }) => node === name)?.lsn ?? 0);
}

function followersOf(leader: number, upstreamOf: readonly (number | null)[]): readonly number[] {
  const isDirect = (upstream: number | null): boolean => upstream === null || upstream === leader;
  return upstreamOf.flatMap((upstream, node) => (node !== leader && isDirect(upstream) ? [node] : []));
}

function placeIn(priorities: readonly string[], name: string): number {
  const place = priorities.indexOf(name);
  return place === -1 ? priorities.length : place;
}

/** A follower knows how fresh it is by the leader's signs of life, so a bound on its lag wants them often enough. */
const BEATS_PER_LAG = 4;

export function beatMs({ failover, reads }: SingleLeaderSettings): number {
  if (reads.policy !== 'LAG_BOUNDED') return failover.heartbeatIntervalMs;
  return Math.min(failover.heartbeatIntervalMs, reads.maxLagMs / BEATS_PER_LAG);
}

function applyWorkOf({ format, rowsPerWrite }: LogSettings): number {
  if (format === 'ROW') return rowsPerWrite;
  return format === 'WAL' ? WAL_APPLY_WORK : STATEMENT_APPLY_WORK;
}
