import { describe, expect, it } from '@jest/globals';
import { shownHistory } from '../../../src/api/types/run-history';
import type { RunRecord } from '../../../src/experiments/ports/records';

const RUN: RunRecord = {
  experimentId: 'exp_00000000000000000000000001',
  point: 0,
  repetition: 3,
  status: 'SUCCEEDED',
  summary: null,
  failureReason: null,
};

describe('a history', () => {
  it('of windows says where they lie, why, and where they can be read', () => {
    const windows = [
      { fromMs: -100, toMs: 20, anomaly: null },
      { fromMs: 500, toMs: 520.5, anomaly: 'STALE_READ' },
    ] as const;
    const description = { recording: 'WINDOWS', operations: 2010, operationsOfRun: 90_000, windows } as const;
    expect(shownHistory(RUN, { kind: 'KEPT', description })).toEqual({
      recording: 'WINDOWS',
      operations: 2010,
      operationsOfRun: 90_000,
      windows: [
        { ...windows[0], reason: 'The run began here.' },
        { ...windows[1], reason: 'STALE_READ showed here, or is proved from here.' },
      ],
      reason: null,
      url: '/v1/runs/run_00000000000000000000000001_0_3/history',
    });
  });

  it.each(['NOT_KEPT', 'NOT_FINISHED'] as const)('that is %s says why, and has nothing to read', (kind) => {
    expect(shownHistory(RUN, { kind, reason: 'That is why.' })).toEqual({
      recording: kind,
      operations: null,
      operationsOfRun: null,
      windows: [],
      reason: 'That is why.',
      url: null,
    });
  });
});
