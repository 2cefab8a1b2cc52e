import fc from 'fast-check';
import type { SingleLeaderSettings } from '../../../src/protocols/single-leader/settings/settings';
import type { AnyCluster } from './any-cluster';

/**
 * Whether no acknowledged write can be lost: whoever may be elected has it on its disk, and nobody acknowledges for a leader that
 * was replaced.
 */
export function isSafe({ a, b, settings }: AnyCluster): boolean {
  const { acknowledgement, failover, cascading } = settings;
  const { mode, await: awaited, count } = acknowledgement;
  const isDurable = awaited === 'REMOTE_FLUSH' || awaited === 'REMOTE_APPLY';
  if (!isDurable || failover.fencing !== 'EPOCH') return false;
  // Whoever follows a follower is not waited for; and who does depends on who leads, so that no majority holds over two reigns.
  if (cascading.length > 0) return false;
  if (mode === 'SYNC') return true;
  const followers = a + b - 1;
  const majority = Math.floor(followers / 2) + 1;
  return mode === 'ANY' && failover.election === 'MOST_ADVANCED_LSN' && followers - count < majority;
}

/** The same clusters under settings by which no acknowledged write is ever lost. */
export function safely(clusters: fc.Arbitrary<AnyCluster>): fc.Arbitrary<AnyCluster> {
  return fc
    .tuple(clusters, fc.constantFrom('SYNC' as const, 'ANY' as const))
    .map(([cluster, mode]) => withSettings(cluster, safeSettings(cluster, mode)));
}

function safeSettings({ a, b, settings }: AnyCluster, mode: 'SYNC' | 'ANY'): SingleLeaderSettings {
  const followers = a + b - 1;
  const { acknowledgement, failover } = settings;
  const isApplied = acknowledgement.await === 'REMOTE_APPLY';
  return {
    ...settings,
    acknowledgement: {
      ...acknowledgement,
      mode,
      count: Math.max(1, followers - Math.floor(followers / 2)),
      await: isApplied ? 'REMOTE_APPLY' : 'REMOTE_FLUSH',
    },
    failover: {
      ...failover,
      enabled: true,
      fencing: 'EPOCH',
      election: mode === 'ANY' ? 'MOST_ADVANCED_LSN' : failover.election,
    },
    cascading: [],
  };
}

export function withoutFailover(clusters: fc.Arbitrary<AnyCluster>): fc.Arbitrary<AnyCluster> {
  return clusters.map((cluster) =>
    withSettings(cluster, {
      ...cluster.settings,
      failover: { ...cluster.settings.failover, enabled: false },
    }),
  );
}

function withSettings(cluster: AnyCluster, settings: SingleLeaderSettings): AnyCluster {
  return { ...cluster, settings };
}
