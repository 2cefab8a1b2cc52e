import { Field } from 'type-graphql';
import type { AnomalyKind } from '../../model/anomaly';
import type { HistoryWindow } from '../../model/history';
import { runId } from '../../model/ids';
import type { RunRecord } from '../../experiments/ports/records';
import type { HistoryState } from '../../experiments/run-history';
import { historyPath } from '../history-path';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { PlainType, type Plain } from '../schema/plain-type';
import { AnomalyKindType } from './enums';

export type HistoryRecording = 'WHOLE' | 'WINDOWS' | 'NOT_KEPT' | 'NOT_FINISHED';

export const HistoryRecordingType = describedEnum<HistoryRecording>(
  'HistoryRecording',
  'How much of the operations of a run is kept.',
  {
    WHOLE: 'Every operation, those of the warm-up too.',
    WINDOWS:
      'More than 20,000 operations, or too large sets, are not kept whole: windows around the first two anomalies of each kind, and the beginning of the run.',
    NOT_KEPT: 'Nothing; `reason` says why, and how to get it.',
    NOT_FINISHED: 'The run, or one that it is simulated with, has not ended.',
  },
);

@PlainType('HistoryWindow', { description: 'A stretch of a run of which the operations are kept.' })
export class HistoryWindowType {
  @Field(() => FiniteFloat, {
    description:
      'Simulated ms. Every operation that ended after it and before `toMs` is kept, and those still under way then, within limits.',
  })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Simulated ms.' })
  readonly toMs!: number;

  @Field(() => AnomalyKindType, {
    nullable: true,
    description: 'The anomaly that it is kept for; null without one.',
  })
  readonly anomaly!: AnomalyKind | null;

  @Field(() => String, { description: 'Why it is kept, in a sentence.' })
  readonly reason!: string;
}

@PlainType('RunHistory', {
  description:
    'The operations of a run as its clients saw them, each invoked and completed. Kept of the first ten repetitions of a point.',
})
export class RunHistory {
  @Field(() => HistoryRecordingType, { description: 'How much of it is kept.' })
  readonly recording!: HistoryRecording;

  @Field(() => BigIntegerScalar, {
    nullable: true,
    description: 'How many operations are kept; each is two lines of the download. Null if nothing is kept.',
  })
  readonly operations!: number | null;

  @Field(() => BigIntegerScalar, {
    nullable: true,
    description:
      'How many operations its clients sent, the warm-up’s too; those that waited until the end and were never sent are no part of a history. Null if nothing is kept.',
  })
  readonly operationsOfRun!: number | null;

  @Field(() => [HistoryWindowType], {
    description:
      'What is kept of a run with the recording WINDOWS, by `fromMs`; they may overlap. Empty for all others.',
  })
  readonly windows!: readonly Plain<HistoryWindowType>[];

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing can be read, in words; null if something can.',
  })
  readonly reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to GET it on this server, as JSON lines: one object for each invocation and one for each completion, in their order. Null if nothing is kept.',
  })
  readonly url!: string | null;
}

/** A history as the API shows it. */
export function shownHistory(run: RunRecord, state: HistoryState): Plain<RunHistory> {
  if (state.kind !== 'KEPT')
    return {
      recording: state.kind,
      operations: null,
      operationsOfRun: null,
      windows: [],
      reason: state.reason,
      url: null,
    };
  const { windows, ...kept } = state.description;
  return { ...kept, windows: windows.map(shownWindow), reason: null, url: historyPath(runId(run)) };
}

function shownWindow(window: HistoryWindow): Plain<HistoryWindowType> {
  const { anomaly } = window;
  return {
    ...window,
    reason: anomaly === null ? 'The run began here.' : `${anomaly} showed here, or is proved from here.`,
  };
}
