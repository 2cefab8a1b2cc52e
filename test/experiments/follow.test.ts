import { describe, expect, it } from '@jest/globals';
import { followEvents, type Follow } from '../../src/experiments/follow-events';
import { followProgress } from '../../src/experiments/follow-progress';
import type { NewExperiment } from '../../src/experiments/ports/stores';
import { useDatabase } from '../support/open-test-database';
import { newExperiment } from '../support/sample-experiment';

const NEVER = new AbortController().signal;

describe('following an experiment', () => {
  const opened = useDatabase();
  const ports = (): Follow => opened().database;

  /** Runs all shards of an experiment to their end, some at a time. */
  async function runAll(experiment: NewExperiment): Promise<void> {
    for (const claim of await opened().claimAll(experiment)) {
      const runs = Array.from({ length: claim.runCount }, () => ({
        seed: '1',
        resultHash: 'aa'.repeat(32),
        runHash: null,
        truncated: false,
      }));
      const bytes = new Uint8Array([123, 125]);
      await opened().database.shards.finish(claim, {
        measurements: bytes,
        scalars: bytes,
        runs,
        simulatedOperations: 1,
      });
    }
  }

  async function sequencesOf(experiment: NewExperiment, afterSequence: bigint): Promise<bigint[]> {
    const sequences: bigint[] = [];
    const events = await followEvents(ports(), { id: experiment.id, afterSequence }, NEVER);
    for await (const event of events ?? []) sequences.push(event.sequence);
    return sequences;
  }

  it('gives every event once and in order while they happen, and ends with the experiment', async () => {
    const experiment = await opened().submit(newExperiment({ repetitions: 20 }));
    const followers = [1, 2, 3].map(() => sequencesOf(experiment, 0n));
    await runAll(experiment);
    const total = 1 + 1 + 20 + 20 + 1;
    const expected = Array.from({ length: total }, (_, index) => BigInt(index + 1));
    expect(await Promise.all(followers)).toEqual([expected, expected, expected]);
  });

  it('goes on after the sequence that a reader has seen, and ends at once if that was the last', async () => {
    const experiment = await opened().submit(newExperiment());
    await runAll(experiment);
    expect(await sequencesOf(experiment, 3n)).toEqual([4n, 5n]);
    expect(await sequencesOf(experiment, 5n)).toEqual([]);
    expect(await sequencesOf(experiment, 500n)).toEqual([]);
  });

  it('ends when the reader goes', async () => {
    const experiment = await opened().submit(newExperiment());
    const gone = new AbortController();
    const seen: string[] = [];
    for await (const event of (await followEvents(
      ports(),
      { id: experiment.id, afterSequence: 0n },
      gone.signal,
    )) ?? []) {
      seen.push(event.kind);
      gone.abort();
    }
    expect(seen).toEqual(['SUBMITTED']);
  });

  it('tells progress at once, never backward, and at last the end', async () => {
    const experiment = await opened().submit(newExperiment({ repetitions: 4 }));
    const values = [];
    for await (const progress of (await followProgress(ports(), experiment.id, NEVER)) ?? []) {
      values.push(progress);
      if (values.length === 1) await runAll(experiment);
    }
    expect(values[0]).toMatchObject({
      status: 'QUEUED',
      fraction: 0,
      completedRuns: 0,
      totalRuns: 4,
      etaMs: null,
    });
    expect(values.at(-1)).toMatchObject({
      status: 'SUCCEEDED',
      fraction: 1,
      completedRuns: 4,
      etaMs: 0,
      sequence: 11n,
    });
  });

  it('finds nothing to follow where there is no experiment', async () => {
    const { id } = newExperiment();
    expect(await followEvents(ports(), { id, afterSequence: 0n }, NEVER)).toBeNull();
    expect(await followProgress(ports(), id, NEVER)).toBeNull();
  });
});
